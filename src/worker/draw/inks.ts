/** The colours and fonts that the message layer draws with: the page's palette, read as it came through the wall. */
import { assert } from '../../base/assert.ts'

/** The roles of `ui/theme.ts`'s palette that are drawn with here. */
export interface Inks {
  canvas: string
  surface: string
  surfaceRaised: string
  surfaceSunken: string
  ink: string
  inkSoft: string
  quiet: string
  line: string
  lineStrong: string
  accent: string
  danger: string
  dangerSoft: string
  warning: string
  ok: string
  lit: string
  litInk: string
  message: readonly string[]
  messageInk: string
  fontUi: string
  fontCode: string
}

const known = new WeakMap<object, Inks>()

/** Reads a palette; one and the same palette is read once. */
export function readInks(palette: Record<string, unknown>): Inks {
  const before = known.get(palette)
  if (before) return before
  assert(Array.isArray(palette.message), 'the palette has no message hues')
  assert(typeof palette.ink === 'string', 'the palette has no ink')
  const inks = palette as unknown as Inks
  known.set(palette, inks)
  return inks
}

export function hueOf(inks: Inks, hue: number): string {
  return inks.message[hue & 7] ?? inks.ink
}
