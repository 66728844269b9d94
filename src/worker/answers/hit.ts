/** What lies under a point of the canvas (flow coordinates) at the moment that was last drawn. */
import type { Asked } from './answer.ts'

export function answerHit(
  { painter }: Asked,
  { x, y, radius }: { x: number; y: number; radius: number },
): { message: number; node: string } | null {
  return painter.hit(x, y, radius)
}
