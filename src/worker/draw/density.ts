/**
 * How finely the messages on one link are drawn, by how crowded it is. The rule looks at the frame and the
 * view only, never at what was drawn before, so that the same moment always looks the same.
 */
export type Level = 'full' | 'small' | 'ribbon'

/** Above so many tokens on the whole canvas, all are drawn as plain dots, in one batch a hue. */
export const DOTS_ABOVE = 2000

/** `crowd`: tokens a token's width of link. */
export function levelOf(count: number, lengthPx: number, tokenPx: number): Level {
  if (count <= 1) return 'full'
  const crowd = (count * tokenPx) / Math.max(1, lengthPx)
  return crowd < 1 ? 'full' : crowd <= 3 ? 'small' : 'ribbon'
}

/** Tokens keep a least size on the screen, however far the view is zoomed out. */
export function tokenScale(zoom: number, large: boolean): number {
  const readable = Math.max(1, Math.min(2.4, 0.62 / zoom))
  return readable * (large ? 1.35 : 1)
}
