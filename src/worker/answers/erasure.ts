/** What a store keeps at a moment, and what of a person is held elsewhere. */
import { keptBy, type LogKept } from '../../history/erasure/erasure.ts'
import type { Asked } from './answer.ts'

export function answerErasure(
  { history }: Asked,
  { store, factIndex }: { store: string; factIndex: number },
): LogKept {
  history.seek({ factIndex })
  return keptBy(history.viewed, store)
}
