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
  return { items: completionsAt(catalog, text, caret, run), examples: examplesOf(catalog) }
}
