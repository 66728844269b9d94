/** What the canvas shows: every message that was drawn last, where and how. Tests compare it instead of pixels. */
import type { DrawnToken } from '../draw/drawn.ts'
import type { Asked } from './answer.ts'

export function answerDrawn({ painter }: Asked): { factIndex: number; tokens: DrawnToken[] } {
  return { factIndex: painter.factIndex, tokens: painter.tokenList() }
}
