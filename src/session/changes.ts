/** What a person changed, in their words, so that undo can say what it takes back. */
import type { Scenario } from '../scenario/document.ts'
import type { Edit } from '../scenario/edit.ts'
import { nameOf } from './names.ts'
import type { Change } from './undo.ts'

export function changeOf(edit: Edit, scenario: Scenario): Change {
  switch (edit.edit) {
    case 'addNode':
      return { does: `add ${edit.node.name}` }
    case 'removeNode':
    case 'removeLink':
      return { does: `remove ${nameOf(scenario, edit.id)}` }
    case 'addLink':
      return {
        does: `link ${nameOf(scenario, edit.link.from)} → ${nameOf(scenario, edit.link.to)}`,
      }
    case 'changeNode':
    case 'changeLink':
      return fieldsOf(edit.id, edit.changes, nameOf(scenario, edit.id))
    case 'changeScenario': {
      const change = fieldsOf('', edit.changes, 'the scenario')
      // A program is changed where its author pauses: each pause is a step.
      return 'fold' in edit.changes ? { does: change.does } : change
    }
    case 'moveNodes': {
      const [first, ...others] = edit.moves
      if (others.length > 0 || !first) return { does: `move ${edit.moves.length} nodes` }
      return { does: `move ${nameOf(scenario, first.id)}` }
    }
    case 'replace':
      return { does: 'change the document' }
  }
}

/** `prefetch of worker`: the field itself where it is one, so that stepping it is one step. */
function fieldsOf(id: string, changes: object, owner: string): Change {
  const fields = Object.keys(changes)
  const does = `${fields.map(inWords).join(', ')} of ${owner}`
  return { does, of: `${id} ${fields.join(' ')}` }
}

/** A field's name as words: `durationMs` is the duration, `maxPollRecords` max poll records. */
function inWords(field: string): string {
  const words = field.replace(/(Ms|Us)$/, '').replace(/([a-z])([A-Z])/g, '$1 $2')
  return words.toLowerCase()
}

/** Whether an edit leaves the run as it is: where nodes lie, and how a person folds what happened. */
export function isBesideTheRun(edit: Edit): boolean {
  if (edit.edit === 'moveNodes') return true
  return (
    edit.edit === 'changeScenario' && Object.keys(edit.changes).every((field) => field === 'fold')
  )
}
