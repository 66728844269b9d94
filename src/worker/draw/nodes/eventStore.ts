/** Inside an event store: each stream as a strip of cards, never erased, and under each card the fold up to it. */
import type { EventStoreState, StoredEvent } from '../../../history/frame.ts'
import { type Box, windowStart } from '../../../scenario/shapes.ts'
import { type Strip, streamRows, streamStrip } from '../../../scenario/streamStrips.ts'
import { hueOf } from '../inks.ts'
import { countText, foldText, valueText } from '../names.ts'
import { CODE, NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { drawFarFigure } from './parts.ts'

const STREAM: Type = { ...CODE, size: 11.5, weight: 650, role: 'ink' }
const TYPE: Type = { size: 11, weight: 650, role: 'ink', align: 'left' }
const TYPE_LIT: Type = { ...TYPE, role: 'litInk' }
const DATA_LIT: Type = { ...CODE, role: 'litInk' }
const VERSION: Type = { ...NOTE, size: 9, align: 'right' }
const FOLD: Type = { size: 14, weight: 550, role: 'quiet', align: 'center' }
const FOLD_LIT: Type = { size: 17, weight: 650, role: 'ink', align: 'center' }
const NOTE_END: Type = { ...NOTE, align: 'right' }
const STEP = 2

type Stream = EventStoreState['streams'][number]

export function drawEventStore(scene: Scene, state: EventStoreState, body: Box): void {
  const rows = streamRows(body)
  state.streams.slice(0, rows).forEach((stream, row) => {
    drawStream(scene, stream, streamStrip(body, row), body, row)
  })
  if (state.streams.length === 0) {
    const strip = streamStrip(body, 0)
    write(scene, 'no events yet', strip.left, strip.top - 12, NOTE)
    drawEmpty(scene, strip, 0)
  }
}

function drawStream(scene: Scene, stream: Stream, strip: Strip, body: Box, row: number): void {
  const { events } = stream
  const held = events.length
  const first = windowStart(0, held, strip.columns, STEP)
  const hidden = stream.version + 1 - (held - first)
  write(scene, stream.name, strip.left, strip.top - 13, STREAM)
  const past = hidden > 0 ? `${countText(hidden)} earlier · ` : ''
  const right = body.x + body.width - 20
  write(scene, `${past}version ${stream.version}`, right, strip.top - 13, NOTE_END)
  for (let i = first; i < held; i++) {
    const event = events[i]
    if (!event) continue
    const x = strip.left + (i - first) * (strip.cardWidth + strip.gap)
    const latest = i === held - 1
    drawCard(scene, event, x, strip, latest)
    if (!scene.far) drawFold(scene, stream.folds[i], x, strip, latest, i > first)
  }
  drawEmpty(scene, strip, held - first)
  const last = stream.folds[held - 1]
  if (scene.far && last !== undefined) {
    const { text } = foldText(last)
    const { name } = foldText(last)
    drawFarFigure(scene, text, name, strip.left, strip.foldTop + 16)
  } else if (row >= 0) {
    write(scene, foldText(stream.folds[first]).name, strip.left, strip.foldTop + 15, NOTE)
  }
}

function drawCard(
  scene: Scene,
  event: StoredEvent,
  x: number,
  strip: Strip,
  latest: boolean,
): void {
  const { pen, inks } = scene
  const { top, cardWidth, cardHeight } = strip
  const hue = hueOf(inks, scene.looks.get(event.message)?.hue ?? 0)
  const selected = scene.look.selectedMessage === event.message
  pen.beginPath()
  pen.roundRect(x, top, cardWidth, cardHeight, 2.5)
  pen.fillStyle = latest ? inks.lit : inks.surface
  pen.fill()
  pen.strokeStyle = selected ? inks.accent : inks.lineStrong
  pen.lineWidth = selected ? 2.5 : 1.25
  pen.stroke()
  pen.fillStyle = hue
  pen.fillRect(x, top, scene.far ? cardWidth / 3 : 5, cardHeight)
  write(scene, event.type, x + 10, top + 15, latest ? TYPE_LIT : TYPE, cardWidth - 12)
  write(scene, valueText(dataOf(event)), x + 10, top + 32, latest ? DATA_LIT : CODE, cardWidth - 26)
  write(scene, String(event.version), x + cardWidth - 4, top + cardHeight - 7, VERSION)
  scene.drawn.add(event.message, 'token', x + cardWidth / 2, top + cardHeight / 2, 24, scene.node)
}

/** The numbers of an event tell it apart; the id is the stream's anyway. */
function dataOf(event: StoredEvent): unknown {
  if (typeof event.data !== 'object' || event.data === null) return event.data
  const numbers = Object.values(event.data).filter((value) => typeof value === 'number')
  return numbers.length > 0 ? numbers : event.data
}

function drawFold(
  scene: Scene,
  fold: unknown,
  x: number,
  strip: Strip,
  latest: boolean,
  follows: boolean,
): void {
  if (fold === undefined) return
  const centre = x + strip.cardWidth / 2
  const y = strip.foldTop + 15
  const { text } = foldText(fold)
  write(scene, text, centre, y, latest ? FOLD_LIT : FOLD)
  if (follows) drawArrow(scene, x - strip.gap / 2, y)
  drawStem(scene, centre, strip.top + strip.cardHeight, strip.foldTop + 3)
  if (latest) drawUnderline(scene, centre, y, widthOf(scene, text, FOLD_LIT))
}

function drawUnderline(scene: Scene, x: number, y: number, width: number): void {
  scene.pen.fillStyle = scene.inks.accent
  scene.pen.fillRect(x - width / 2 - 3, y + 11, width + 6, 2)
}

/** From one balance to the next. */
function drawArrow(scene: Scene, x: number, y: number): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.moveTo(x - 9, y)
  pen.lineTo(x + 9, y)
  pen.moveTo(x + 5, y - 3.5)
  pen.lineTo(x + 9, y)
  pen.lineTo(x + 5, y + 3.5)
  pen.lineCap = 'round'
  pen.strokeStyle = inks.quiet
  pen.lineWidth = 1.25
  pen.stroke()
}

function drawStem(scene: Scene, x: number, from: number, to: number): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.moveTo(x, from)
  pen.lineTo(x, to)
  pen.lineCap = 'butt'
  pen.strokeStyle = inks.line
  pen.lineWidth = 1.5
  pen.stroke()
}

/** Where the next cards will be laid. */
function drawEmpty(scene: Scene, strip: Strip, from: number): void {
  const { pen, inks } = scene
  pen.strokeStyle = inks.line
  pen.lineWidth = 1.25
  pen.setLineDash([4, 4])
  for (let i = from; i < strip.columns; i++) {
    pen.beginPath()
    const x = strip.left + i * (strip.cardWidth + strip.gap)
    pen.roundRect(x, strip.top, strip.cardWidth, strip.cardHeight, 2.5)
    pen.stroke()
  }
  pen.setLineDash([])
}
