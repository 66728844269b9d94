/** Facts before (`limit` < 0) or after an index, matching a filter. */
import type { FactFilter, FactLine } from '../../history/answers.ts'
import { listFacts } from '../../history/lines.ts'
import type { Asked } from './answer.ts'

export function answerFacts(
  { history }: Asked,
  ask: { from: number; limit: number; filter: FactFilter },
): FactLine[] {
  return listFacts(history, ask.from, ask.limit, ask.filter)
}
