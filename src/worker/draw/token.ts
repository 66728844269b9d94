/**
 * One message as a token: its hue, pattern and letters are its identity, its outline and marks are its state.
 */
import { TOKEN } from '../../scenario/shapes.ts'
import { hueOf } from './inks.ts'
import type { Pen } from './pen.ts'
import { familyOf, nameOf, type Scene, type Type } from './scene.ts'

/** State marks, to be added up. */
export const RING = 1
/** In somebody else's hands: only its outline is here. */
export const GHOST = 2
/** Its effect has happened more than once. */
export const TWIN = 4
/** Dead: dropped or dead-lettered. */
export const CROSS = 8
/** Which sort of message it is. */
export const COMMAND = 16
export const EVENT = 32
/** Half the size, no letters. */
export const SMALL = 64
/** Lies over a link or another token and is set off from it. */
export const SET_OFF = 128

const LETTERS_LEAST_PX = 6.5
const PATTERN_LEAST_PX = 6

const LETTERS: Type = { size: 10.5, weight: 650, role: 'ink', align: 'center' }

/** Draws message `message` centred at x, y, and notes it for clicks. `scale` 1 is its normal size. */
export function drawToken(
  scene: Scene,
  message: number,
  x: number,
  y: number,
  scale: number,
  marks: number,
): void {
  const { pen, inks } = scene
  const look = scene.looks.get(message)
  const size = marks & SMALL ? scale * 0.55 : scale
  const [width, height] = [TOKEN.width * size, TOKEN.height * size]
  const [left, top] = [x - width / 2, y - height / 2]
  const hue = look?.hue ?? 0
  if (scene.look.selectedMessage === message) halo(scene, x, y, width, height)
  if (marks & TWIN) outline(scene, left + 4 * size, top - 4 * size, width, height, marks, size)
  if (marks & RING) ring(scene, left, top, width, height, size)
  if (marks & SET_OFF) setOff(scene, left, top, width, height, marks, size)
  trace(pen, left, top, width, height, marks, size)
  if (marks & GHOST) ghost(scene, hue)
  else {
    pen.fillStyle = hueOf(inks, hue)
    pen.fill()
  }
  const name = look && !(marks & SMALL) ? nameOf(look) : ''
  if (name !== '' && LETTERS.size * size * scene.zoom >= LETTERS_LEAST_PX) {
    letters(scene, name, x, y, size, marks, hue)
  } else if (!(marks & GHOST) && height * scene.zoom >= PATTERN_LEAST_PX) {
    pattern(scene, hue, x, y, width, height)
  }
  if (marks & CROSS) cross(scene, x, y, height * 0.62)
  const form = marks & GHOST ? 'ghost' : marks & SMALL ? 'small' : 'token'
  scene.drawn.add(message, form, x, y, width / 2, scene.node)
}

/** The outline of a token: rounded for a message, an arrow for a command, a card for an event. */
function trace(
  pen: Pen,
  x: number,
  y: number,
  width: number,
  height: number,
  marks: number,
  size: number,
): void {
  pen.beginPath()
  if (marks & COMMAND) {
    const tip = height * 0.34
    pen.moveTo(x, y)
    pen.lineTo(x + width - tip, y)
    pen.lineTo(x + width, y + height / 2)
    pen.lineTo(x + width - tip, y + height)
    pen.lineTo(x, y + height)
    pen.closePath()
  } else {
    pen.roundRect(x, y, width, height, (marks & EVENT ? 1.5 : 5.5) * size)
  }
}

/** A margin of the ground's colour around the token. Filled, because a stroke costs three times as much. */
function setOff(
  scene: Scene,
  x: number,
  y: number,
  width: number,
  height: number,
  marks: number,
  size: number,
): void {
  const { pen, inks } = scene
  const out = 1.5 * Math.min(1, size)
  trace(pen, x - out, y - out, width + 2 * out, height + 2 * out, marks, size * 1.2)
  pen.fillStyle = inks.canvas
  pen.fill()
}

function ghost(scene: Scene, hue: number): void {
  const { pen, inks } = scene
  pen.fillStyle = inks.surfaceRaised
  pen.fill()
  pen.strokeStyle = hueOf(inks, hue)
  pen.lineWidth = 1.25
  pen.setLineDash([3, 2.5])
  pen.stroke()
  pen.setLineDash([])
}

/** Delivered before: a second outline around the token. */
function ring(
  scene: Scene,
  x: number,
  y: number,
  width: number,
  height: number,
  size: number,
): void {
  const { pen, inks } = scene
  const out = 2.75 * Math.max(0.7, size)
  pen.beginPath()
  pen.roundRect(x - out, y - out, width + 2 * out, height + 2 * out, 5.5 * size + out)
  pen.fillStyle = inks.canvas
  pen.fill()
  pen.strokeStyle = inks.warning
  pen.lineWidth = 1.75 * Math.max(0.7, size)
  pen.stroke()
}

function outline(
  scene: Scene,
  x: number,
  y: number,
  width: number,
  height: number,
  marks: number,
  size: number,
): void {
  const { pen, inks } = scene
  trace(pen, x, y, width, height, marks, size)
  pen.fillStyle = inks.dangerSoft
  pen.fill()
  pen.strokeStyle = inks.danger
  pen.lineWidth = 1.5
  pen.stroke()
}

function halo(scene: Scene, x: number, y: number, width: number, height: number): void {
  const { pen, inks } = scene
  const out = 7
  pen.beginPath()
  pen.roundRect(x - width / 2 - out, y - height / 2 - out, width + 2 * out, height + 2 * out, 11)
  pen.fillStyle = inks.lit
  pen.fill()
  pen.strokeStyle = inks.accent
  pen.lineWidth = 2
  pen.stroke()
}

function cross(scene: Scene, x: number, y: number, reach: number): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.moveTo(x - reach, y - reach)
  pen.lineTo(x + reach, y + reach)
  pen.moveTo(x + reach, y - reach)
  pen.lineTo(x - reach, y + reach)
  pen.lineCap = 'round'
  pen.strokeStyle = inks.canvas
  pen.lineWidth = 5
  pen.stroke()
  pen.strokeStyle = inks.danger
  pen.lineWidth = 2.5
  pen.stroke()
}

function letters(
  scene: Scene,
  name: string,
  x: number,
  y: number,
  size: number,
  marks: number,
  hue: number,
): void {
  const { pen, inks } = scene
  pen.font = lettersFont(familyOf(inks, false), size)
  pen.textAlign = 'center'
  pen.textBaseline = 'alphabetic'
  pen.fillStyle = marks & GHOST ? hueOf(inks, hue) : inks.messageInk
  const back = marks & COMMAND ? 2 * size : 0
  pen.fillText(name, x - back, y + LETTERS.size * size * 0.36)
}

let lettersKey = ''
let lettersSize = 0
let lettersCss = ''

function lettersFont(font: string, size: number): string {
  if (font !== lettersKey || size !== lettersSize) {
    lettersKey = font
    lettersSize = size
    lettersCss = `${LETTERS.weight} ${LETTERS.size * size}px ${font}`
  }
  return lettersCss
}

/** Where there is no room for letters, eight patterns stand for the eight hues: colour is never the only sign. */
function pattern(
  scene: Scene,
  hue: number,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const { pen, inks } = scene
  const thick = height * 0.16
  const [wide, high] = [width * 0.5, height * 0.5]
  const across = (at: number) => pen.fillRect(x - wide / 2, y + at - thick / 2, wide, thick)
  const down = (at: number) => pen.fillRect(x + at - thick / 2, y - high / 2, thick, high)
  const dot = (at: number) => pen.fillRect(x + at - thick / 2, y - thick / 2, thick, thick)
  pen.fillStyle = inks.messageInk
  switch (hue & 7) {
    case 1:
      across(0)
      break
    case 2:
      down(0)
      break
    case 3:
      dot(0)
      break
    case 4:
      down(-wide / 4)
      down(wide / 4)
      break
    case 5:
      dot(-wide / 3)
      dot(wide / 3)
      break
    case 6:
      across(-high / 3)
      across(high / 3)
      break
    case 7:
      across(0)
      down(0)
      break
  }
}
