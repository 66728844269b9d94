/** What can stand at the caret of a condition in this scenario, whether it can be read so far, and examples. */
import { type Completion, completionsAt, examplesOf } from '../../history/conditions/complete.ts'
import { namesOfRun } from '../../history/conditions/runNames.ts'
import { catalogOf } from '../../history/conditions/scan.ts'
import type { Asked } from './answer.ts'

export function answerComplete(
  { history }: Asked,
  { text, caret }: { text: string; caret: number },
): { items: Completion[]; examples: string[] } {
  const catalog = catalogOf(history.live)
  const run = namesOfRun(catalog, history.live)
  const items = completionsAt(catalog, text, caret, run)
  const mayFold = 'fold'.startsWith(text) && catalog.placesOf('eventStore').length > 0
  return { items: mayFold ? [...items, FOLD] : items, examples: examplesOf(catalog) }
}

/** Conditions about a fold are not for the engine; they begin with their word. */
const FOLD: Completion = {
  insert: 'fold ',
  from: 0,
  label: 'fold',
  meaning: 'a number of a fold, as in fold account-acc1 balance < 0',
}
