/**
 * How finely the messages on one link are drawn, by how crowded it is. The rule looks at the frame and the
 * view only, never at what was drawn before, so that the same moment always looks the same.
 */
export type Level = 'full' | 'small' | 'ribbon'

/** Above so many tokens on the whole canvas none is drawn with its letters: nobody could read them in time. */
export const SMALL_ABOVE = 400
/** Above so many, all are drawn as plain dots, in one batch a hue, and ribbons begin earlier. */
export const DOTS_ABOVE = 2000

/** The level of a link with `count` of the `total` tokens on the canvas. */
export function levelOf(count: number, lengthPx: number, tokenPx: number, total = count): Level {
  const whole = total > SMALL_ABOVE ? 'small' : 'full'
  if (count <= 1) return whole
  const crowd = (count * tokenPx) / Math.max(1, lengthPx)
  if (crowd < 1) return whole
  return crowd <= (total > DOTS_ABOVE ? 1 : 3) ? 'small' : 'ribbon'
}

/** Tokens keep a least size on the screen, however far the view is zoomed out. */
export function tokenScale(zoom: number, large: boolean): number {
  const readable = Math.max(1, Math.min(2.4, 0.62 / zoom))
  return readable * (large ? 1.35 : 1)
}
