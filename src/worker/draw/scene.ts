/** Everything one painting looks at, handed from hand to hand, and how words are written in it. */
import type { Frame, MessageLook } from '../../history/frame.ts'
import type { Look, View } from '../protocol.ts'
import type { DrawnList } from './drawn.ts'
import type { Inks } from './inks.ts'
import { tokenName } from './names.ts'
import type { Pen } from './pen.ts'

/** Looks of the messages in the frame, by id: a `Map` will do. */
export interface Looks {
  get(message: number): MessageLook | undefined
}

/** Hues of messages by their number. */
export interface Hues {
  of(message: number): number
}

export interface Scene {
  pen: Pen
  inks: Inks
  frame: Frame
  looks: Looks
  /** The identity of each message as a number from 0 to 7. */
  hues: Hues
  look: Look
  view: View
  zoom: number
  /** Zoomed out so far that only shapes and large numbers can be read. */
  far: boolean
  /** Size of tokens on links, 1 = normal. */
  scale: number
  drawn: DrawnList
  /** Index of the node that is being drawn, -1 on links. */
  node: number
}

export type Role = 'ink' | 'inkSoft' | 'quiet' | 'ok' | 'danger' | 'warning' | 'accent' | 'litInk'

/** How words look. Sizes are flow units; what would be smaller than `LEAST_PX` on the screen is left out. */
export interface Type {
  size: number
  weight: 400 | 550 | 650
  role: Role
  align: 'left' | 'center' | 'right'
  code?: boolean
}

const LEAST_PX = 5.5

export const NOTE: Type = { size: 11, weight: 400, role: 'quiet', align: 'left' }
export const FIGURE: Type = { size: 15, weight: 650, role: 'ink', align: 'left' }
export const CODE: Type = { size: 10.5, weight: 400, role: 'inkSoft', align: 'left', code: true }

const fonts = new Map<Type, { inks: Inks; font: string }>()

/** Names under which a worker's own typefaces are known. */
export const OWN_UI = 'Eventarium UI'
export const OWN_CODE = 'Eventarium Code'
let typefacesLoaded = false

/** The typeface of words, or of code, for a font string. */
export function familyOf(inks: Inks, code: boolean): string {
  const family = code ? inks.fontCode : inks.fontUi
  return typefacesLoaded ? `"${code ? OWN_CODE : OWN_UI}", ${family}` : family
}

/**
 * The typefaces have come. They are asked for by another name than before, because a context keeps what
 * it once found for a font; and all widths are measured anew.
 */
export function takeTypefaces(): void {
  typefacesLoaded = true
  fonts.clear()
  widths.clear()
}

function fontOf(inks: Inks, type: Type): string {
  const known = fonts.get(type)
  if (known?.inks === inks) return known.font
  const font = `${type.weight} ${type.size}px ${familyOf(inks, type.code ?? false)}`
  fonts.set(type, { inks, font })
  return font
}

/** Writes a line, vertically centred on `y`, shortened with … to `most` flow units. Returns whether it could be read. */
export function write(
  scene: Scene,
  text: string,
  x: number,
  y: number,
  type: Type,
  most?: number,
): boolean {
  if (type.size * scene.zoom < LEAST_PX || text === '') return false
  const { pen, inks } = scene
  pen.font = fontOf(inks, type)
  pen.textAlign = type.align
  pen.textBaseline = 'alphabetic'
  pen.fillStyle = inks[type.role]
  const line = most === undefined ? text : shorten(pen, text, most)
  pen.fillText(line, x, y + type.size * 0.36)
  return true
}

export function widthOf(scene: Scene, text: string, type: Type): number {
  scene.pen.font = fontOf(scene.inks, type)
  return measured(scene.pen, text)
}

const WIDTHS_MAX = 4000
const widths = new Map<string, Map<string, number>>()

function measured(pen: Pen, text: string): number {
  let ofFont = widths.get(pen.font)
  if (!ofFont) {
    ofFont = new Map()
    widths.set(pen.font, ofFont)
  }
  let width = ofFont.get(text)
  if (width === undefined) {
    if (ofFont.size >= WIDTHS_MAX) ofFont.clear()
    width = pen.measureText(text).width
    ofFont.set(text, width)
  }
  return width
}

function shorten(pen: Pen, text: string, most: number): string {
  const whole = measured(pen, text)
  if (whole <= most) return text
  let length = Math.max(1, Math.floor((text.length * most) / whole))
  while (length > 1 && measured(pen, `${text.slice(0, length)}…`) > most) length--
  return `${text.slice(0, length).trimEnd()}…`
}

const NAMES_MAX = 4000
/** By key, then by label. */
const names = new Map<string, Map<string, string>>()

/** The few characters inside a message's token. */
export function nameOf(look: MessageLook): string {
  let ofKey = names.get(look.key)
  if (!ofKey) {
    if (names.size >= NAMES_MAX) names.clear()
    ofKey = new Map()
    names.set(look.key, ofKey)
  }
  let name = ofKey.get(look.label)
  if (name === undefined) {
    if (ofKey.size >= NAMES_MAX) ofKey.clear()
    name = tokenName(look.label, look.key)
    ofKey.set(look.label, name)
  }
  return name
}
