/**
 * One message as a token: its hue, pattern and letters are its identity, its outline and marks are its state.
 */
import { TOKEN } from '../../scenario/shapes.ts'
import { hueOf } from './inks.ts'
import type { Pen } from './pen.ts'
import { nameOf, type Scene, type Type } from './scene.ts'

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
  trace(pen, left, top, width, height, marks, size)
  if (marks & SET_OFF) setOff(scene, size)
  if (marks & GHOST) ghost(scene, hue)
  else {
    pen.fillStyle = hueOf(inks, hue)
    pen.fill()
    if (!(marks & SMALL) && height * scene.zoom >= 9) pattern(scene, hue, left, top, width, height)
  }
  if (look && !(marks & SMALL)) letters(scene, nameOf(look), x, y, size, marks, hue)
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

function setOff(scene: Scene, size: number): void {
  scene.pen.strokeStyle = scene.inks.canvas
  scene.pen.lineWidth = 3 * Math.min(1, size)
  scene.pen.stroke()
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
  const out = 3.25 * Math.max(0.7, size)
  pen.beginPath()
  pen.roundRect(x - out, y - out, width + 2 * out, height + 2 * out, 5.5 * size + out)
  pen.fillStyle = inks.canvas
  pen.fill()
  pen.strokeStyle = inks.warning
  pen.lineWidth = 2 * Math.max(0.7, size)
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
  const px = LETTERS.size * size * scene.zoom
  if (px < 6.5 || name === '') return
  pen.font = lettersFont(inks.fontUi, size)
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

/** Eight patterns, one a hue, along the edges so that the letters stay clear: colour is never the only sign. */
function pattern(
  scene: Scene,
  hue: number,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const { pen, inks } = scene
  const thick = height * 0.11
  const inset = height * 0.17
  pen.fillStyle = inks.messageInk
  const alpha = pen.globalAlpha
  pen.globalAlpha = alpha * 0.6
  const bar = (left: number, top: number, wide: number, high: number) =>
    pen.fillRect(x + left, y + top, wide, high)
  const bottom = height - inset - thick + 1
  switch (hue & 7) {
    case 1:
      bar(inset + 2, bottom, width - 2 * inset - 4, thick)
      break
    case 2:
      bar(inset - 1, inset + 1, thick, height - 2 * inset - 2)
      break
    case 3:
      for (const share of [0.25, 0.5, 0.75]) bar(width * share - thick / 2, bottom, thick, thick)
      break
    case 4:
      bar(inset - 1, inset + 1, thick, height - 2 * inset - 2)
      bar(width - inset - thick + 1, inset + 1, thick, height - 2 * inset - 2)
      break
    case 5:
      bar(inset + 2, inset - 1, width - 2 * inset - 4, thick)
      break
    case 6:
      bar(inset + 2, bottom, (width - 2 * inset - 4) * 0.4, thick)
      bar(
        width - inset - 2 - (width - 2 * inset - 4) * 0.4,
        bottom,
        (width - 2 * inset - 4) * 0.4,
        thick,
      )
      break
    case 7:
      bar(width - inset - thick + 1, inset + 1, thick, height - 2 * inset - 2)
      break
  }
  pen.globalAlpha = alpha
}
