/** Which message lies under a point of the lanes (CSS pixels) as they were last painted; its look, or null. */
import type { MessageLook } from '../../history/frame.ts'
import { lookOf } from '../../history/looks.ts'
import { hitOnEasel } from '../draw/lanes/painting.ts'
import type { Asked } from './answer.ts'

export function answerLanesHit(
  { history, lanes }: Asked,
  { x, y, radius }: { x: number; y: number; radius: number },
): MessageLook | null {
  const message = hitOnEasel(lanes, x, y, radius)
  return message < 0 ? null : lookOf(history.live.records, message)
}
