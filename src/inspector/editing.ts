/** Edits from fields: what the document refuses becomes the sentence at the field, or a toast. */
import { applyEdit, type Edit } from '../scenario/edit.ts'
import { useVerbs } from '../session/react.tsx'
import { showToast } from '../ui/toast.ts'

/** Edits the document; where that is refused, the person is told why and nothing has changed. */
export function useEdit(): (edit: Edit) => void {
  const session = useVerbs()
  return (edit) => {
    const problem = problemWith(session.store.getState().scenario, edit)
    if (problem === undefined) session.edit(edit)
    else showToast(problem)
  }
}

/** Tells in advance why an edit would be refused, for the sentence under a field. */
export function useProblem(): (edit: Edit) => string | undefined {
  const session = useVerbs()
  return (edit) => problemWith(session.store.getState().scenario, edit)
}

function problemWith(scenario: Parameters<typeof applyEdit>[0], edit: Edit): string | undefined {
  const edited = applyEdit(scenario, edit)
  return edited.ok ? undefined : edited.sentence
}
