/** The moment `steps` facts (negative: back) from one; steps over set-up and pipe facts unless `everything`. */
import { stepFrom } from '../../history/lines.ts'
import type { Asked } from './answer.ts'

export function answerStep(
  { history }: Asked,
  ask: { from: number; steps: number; everything?: boolean },
): { factIndex: number; timeUs: number } {
  return stepFrom(history, ask.from, ask.steps, ask.everything ?? false)
}
