/**
 * Inside an event store: each stream as a strip of cards, never erased, and under each card the fold up to it. Streams
 * for which there is no room have a line each: their latest events, small, and what they add up to.
 */
import type { EventStoreState, StoredEvent } from '../../../history/sourcingStates.ts'
import { type Box, windowStart } from '../../../scenario/shapes.ts'
import {
  type StreamLines,
  type Strip,
  streamLayout,
  streamStrip,
} from '../../../scenario/streamStrips.ts'
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
const LINE_NAME: Type = { ...STREAM, weight: 400 }
const LINE_FOLD: Type = { ...FOLD_LIT, size: 13, align: 'right' }
const STEP = 2
/** Of a line: where its cards begin, how wide each is, how many there are, and the room for the fold. */
const LINE = { cards: 130, card: 14, events: 8, fold: 92 } as const

type Stream = EventStoreState['streams'][number]

export function drawEventStore(scene: Scene, state: EventStoreState, body: Box): void {
  const { strips, lines } = streamLayout(body, state.streams.length)
  state.streams.slice(0, strips).forEach((stream, row) => {
    drawStream(scene, stream, streamStrip(body, row), body)
  })
  if (state.streams.length > strips) drawLines(scene, state, strips, lines)
  if (state.streams.length === 0) {
    const strip = streamStrip(body, 0)
    write(scene, 'no events yet', strip.left, strip.top - 12, NOTE)
    drawEmpty(scene, strip, 0)
  }
}

/** The streams without a strip, those written to last; how many there are besides. */
function drawLines(scene: Scene, state: EventStoreState, strips: number, lines: StreamLines): void {
  const rest = state.streams.slice(strips)
  const isCut = state.streamCount - strips > lines.count
  const shown = isCut ? latestOf(rest, lines.count - 1) : rest
  const lastWritten = Math.max(...state.streams.map(positionOf))
  scene.pen.fillStyle = scene.inks.line
  if (strips > 0) scene.pen.fillRect(lines.left, lines.top - 5, lines.right - lines.left, 1)
  shown.forEach((stream, line) => {
    const y = lines.top + (line + 0.5) * lines.height
    drawLine(scene, stream, lines, y, positionOf(stream) === lastWritten)
  })
  if (!isCut) return
  const more = state.streamCount - strips - shown.length
  const y = lines.top + (shown.length + 0.5) * lines.height
  write(scene, `${countText(more)} more streams`, lines.left, y, NOTE)
}

/** The latest events of a stream as small cards, its version, and what it adds up to. */
function drawLine(
  scene: Scene,
  stream: Stream,
  { left, right }: StreamLines,
  y: number,
  latest: boolean,
): void {
  const { pen, inks } = scene
  write(scene, stream.name, left, y, latest ? STREAM : LINE_NAME, LINE.cards - 10)
  const held = stream.events.slice(-LINE.events)
  held.forEach((event, i) => {
    const x = left + LINE.cards + i * (LINE.card + 3)
    const isLast = latest && i === held.length - 1
    pen.fillStyle = hueOf(inks, scene.looks.get(event.message)?.hue ?? 0)
    pen.fillRect(x, y - 5, LINE.card, 10)
    if (isLast || scene.look.selectedMessage === event.message) {
      pen.beginPath()
      pen.roundRect(x - 1.5, y - 6.5, LINE.card + 3, 13, 1)
      pen.strokeStyle = inks.accent
      pen.lineWidth = 2
      pen.stroke()
    }
    scene.drawn.add(event.message, 'token', x + LINE.card / 2, y, 8, scene.node)
  })
  write(scene, versionText(stream), right - LINE.fold, y, NOTE_END)
  const { name, text } = foldText(stream.folds.at(-1))
  write(scene, text, right, y, LINE_FOLD)
  const nameEnd = right - widthOf(scene, text, LINE_FOLD) - 6
  if (name !== '') write(scene, name, nameEnd, y, NOTE_END)
}

/** A stream that was deleted says so in the place of its version. */
function versionText({ version, deleted }: Stream): string {
  if (deleted === 'no') return `version ${version}`
  return deleted === 'softly' ? 'deleted' : 'tombstone'
}

function positionOf({ events }: Stream): number {
  return events.at(-1)?.position ?? -1
}

/** The streams that were written to last, in their own order. */
function latestOf(streams: readonly Stream[], count: number): Stream[] {
  const newest = [...streams].sort((a, b) => positionOf(b) - positionOf(a)).slice(0, count)
  return streams.filter((stream) => newest.includes(stream))
}

function drawStream(scene: Scene, stream: Stream, strip: Strip, body: Box): void {
  const { events } = stream
  const held = events.length
  const first = windowStart(0, held, strip.columns, STEP)
  const hidden = stream.version + 1 - (held - first)
  const last = stream.folds[held - 1]
  write(scene, stream.name, strip.left, strip.top - 13, STREAM)
  const foldLeft = strip.left + widthOf(scene, stream.name, STREAM) + 10
  if (!scene.far && last !== undefined) {
    write(scene, foldText(last).name, foldLeft, strip.top - 13, NOTE)
  }
  const past = hidden > 0 ? `${countText(hidden)} earlier · ` : ''
  const right = body.x + body.width - 20
  write(scene, past + versionText(stream), right, strip.top - 13, NOTE_END)
  for (let i = first; i < held; i++) {
    const event = events[i]
    if (!event) continue
    const x = strip.left + (i - first) * (strip.cardWidth + strip.gap)
    const latest = i === held - 1
    drawCard(scene, event, x, strip, latest)
    if (!scene.far) drawFold(scene, stream.folds[i], x, strip, latest, i > first)
  }
  drawEmpty(scene, strip, held - first)
  if (scene.far && last !== undefined) {
    const { name, text } = foldText(last)
    drawFarFigure(scene, text, name, strip.left, strip.foldTop + 16)
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
