/** Inside a Redis stream (entries under their ids, and how far each group has come), a group (what is pending), and those who read. */
import type {
  PendingEntry,
  RedisConsumerState,
  RedisGroupProgress,
  RedisGroupState,
  RedisReaderState,
  RedisStreamState,
} from '../../../history/redisStates.ts'
import { type EntryStrip, entryStrip, pendingRows } from '../../../scenario/entryStrip.ts'
import { type Box, cellCentre, TOKEN, windowStart } from '../../../scenario/shapes.ts'
import { countText, durationText } from '../names.ts'
import { FIGURE, NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { CROSS, drawToken, GHOST, RING } from '../token.ts'
import { drawDone } from './consumer.ts'
import { drawFarFigure, drawFigure, drawJobs, drawNote, drawNoteEnd } from './parts.ts'

const ID: Type = { size: 9, weight: 400, role: 'quiet', align: 'center' }
const GROUP_NAME: Type = { ...NOTE, align: 'right' }
const OWNER: Type = { size: 9, weight: 400, role: 'quiet', align: 'center' }
const COUNT: Type = { size: 9, weight: 650, role: 'ink', align: 'center' }
const LAG: Type = { ...NOTE, size: 10 }
const LAG_LIT: Type = { ...LAG, weight: 650, role: 'ink' }
const LOST: Type = { ...NOTE, size: 10, weight: 550, role: 'danger' }
const SECOND: Type = { ...FIGURE, size: 13 }
const ROW: Type = { ...NOTE, role: 'inkSoft' }
const ROW_END: Type = { ...NOTE, align: 'right' }
const ROW_LATE: Type = { ...ROW_END, weight: 550, role: 'warning' }
const ROW_GONE: Type = { ...ROW_END, weight: 550, role: 'danger' }
/** The strip moves on by so many entries at a time, and so many of those that are gone stay in sight. */
const STEP = 2
const EATEN = 2
/** Room for an id. */
const ID_WIDTH = 48

export function drawRedisStream(scene: Scene, state: RedisStreamState, body: Box): void {
  if (scene.far) {
    const y = body.y + body.height / 2
    drawFarFigure(scene, countText(state.length), 'entries', body.x + 16, y)
    return
  }
  const strip = entryStrip(body, state.tail - oldestOf(state) + 1)
  const eaten = Math.min(EATEN, state.first)
  const first = windowStart(state.first - eaten, state.tail, strip.columns, STEP)
  drawBed(scene, strip)
  const scale = Math.min((strip.cellWidth - 5) / TOKEN.width, 1)
  const every = Math.ceil(ID_WIDTH / strip.cellWidth)
  for (const { position, entry, message, gone } of state.entries) {
    if (position < first) continue
    const x = strip.left + (position - first + 0.5) * strip.cellWidth
    if (position % every === 0) write(scene, entry, x, strip.idsY, ID, every * strip.cellWidth)
    drawToken(scene, message, x, strip.cellsY, scale, gone ? GHOST | CROSS : 0)
  }
  state.groups.forEach((group, i) => {
    drawRail(scene, group, state, strip, strip.railsY + i * strip.railHeight, first)
  })
  const next = drawFigure(
    scene,
    countText(state.length),
    state.length === 1 ? 'entry' : 'entries',
    body.x + 14,
    strip.footY,
    SECOND,
  )
  drawNote(scene, `last id ${state.last}`, next, strip.footY + 1)
  if (state.trimming !== null) {
    drawNoteEnd(scene, state.trimming, body.x + body.width - 22, strip.footY + 1)
  }
}

/** The first entry that a group has still to give out or that is pending: the strip shows it, if it can. */
function oldestOf({ groups, first, tail }: RedisStreamState): number {
  const oldest = groups.map(({ next, pending }) => Math.min(next, pending[0]?.position ?? next))
  return Math.max(first, Math.min(tail, ...oldest))
}

function drawBed(scene: Scene, strip: EntryStrip): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.roundRect(
    strip.left - 3,
    strip.cellsY - strip.cellsHeight / 2,
    strip.columns * strip.cellWidth + 6,
    strip.cellsHeight,
    5,
  )
  pen.fillStyle = inks.surfaceSunken
  pen.fill()
}

/** One group: a line up to its last-delivered-id, a mark for what is pending, what it has still to read. */
function drawRail(
  scene: Scene,
  group: RedisGroupProgress,
  stream: RedisStreamState,
  strip: EntryStrip,
  y: number,
  first: number,
): void {
  const { pen, inks } = scene
  const xOf = (position: number) =>
    strip.left + Math.max(0, Math.min(strip.columns, position - first)) * strip.cellWidth
  const end = xOf(group.next)
  write(scene, group.name, strip.left - 10, y, GROUP_NAME, 60)
  if (end > strip.left) {
    pen.beginPath()
    pen.moveTo(strip.left, y)
    pen.lineTo(end, y)
    pen.lineCap = 'butt'
    pen.lineWidth = 2
    pen.strokeStyle = inks.lineStrong
    pen.stroke()
  }
  const shown = group.pending.filter(({ position }) => position >= first)
  for (const pending of shown) drawMark(scene, pending, xOf(pending.position + 0.5), y)
  for (const { by, from, to } of runsOf(shown)) {
    const width = (to - from + 1) * strip.cellWidth
    write(scene, by, xOf((from + to + 1) / 2), y + 13, OWNER, width + 2)
  }
  drawMarker(scene, end, y)
  const ahead = group.lag ?? stream.tail - Math.max(stream.first, group.next)
  const lag = group.lag === null ? 'lag ?' : `lag ${countText(group.lag)}`
  write(scene, lag, strip.lagX, y, ahead > 0 ? LAG_LIT : LAG)
  const lost = group.unreadGone + group.pendingGone
  if (lost > 0) write(scene, `${countText(lost)} lost`, strip.lagX, y + 13, LOST)
}

/** Neighbours that are pending for the same consumer are named once. */
function runsOf(shown: readonly PendingEntry[]): { by: string; from: number; to: number }[] {
  const runs: { by: string; from: number; to: number }[] = []
  for (const { by, position } of shown) {
    const last = runs.at(-1)
    if (last?.by === by && last.to === position - 1) last.to = position
    else runs.push({ by, from: position, to: position })
  }
  return runs
}

/** An entry that is pending: a ring with how often it was delivered, if more than once. */
function drawMark(scene: Scene, { count, gone }: PendingEntry, x: number, y: number): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.arc(x, y, 6, 0, 2 * Math.PI)
  pen.fillStyle = inks.surfaceRaised
  pen.fill()
  pen.lineWidth = 1.75
  pen.strokeStyle = gone ? inks.danger : count > 1 ? inks.warning : inks.accent
  pen.stroke()
  if (count > 1) write(scene, String(count), x, y, COUNT)
}

/** The last-delivered-id: everything left of it was given out. */
function drawMarker(scene: Scene, x: number, y: number): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.moveTo(x, y - 5)
  pen.lineTo(x + 4.25, y + 4)
  pen.lineTo(x - 4.25, y + 4)
  pen.closePath()
  pen.fillStyle = inks.inkSoft
  pen.fill()
}

/** What is pending, entry by entry: whose it is, how often it was delivered, how long it has been idle. */
export function drawRedisGroup(scene: Scene, state: RedisGroupState, body: Box): void {
  if (state.gone) return
  if (scene.far) {
    const y = body.y + body.height / 2
    drawFarFigure(scene, countText(state.pendingCount), 'pending', body.x + 16, y)
    return
  }
  const y = body.y + 17
  const next = drawFigure(scene, countText(state.pendingCount), 'pending', body.x + 14, y)
  drawFigure(scene, state.lag === null ? '?' : countText(state.lag), 'lag', next, y, SECOND)
  drawNoteEnd(scene, `last ${state.last}`, body.x + body.width - 22, y + 1, 92)
  const grid = pendingRows(body)
  if (state.pendingCount === 0) {
    drawNote(scene, 'nothing is pending', body.x + 14, grid.y + 12)
  }
  const isFull = state.pendingCount > grid.rows
  const shown = state.pending.slice(0, isFull ? grid.rows - 1 : grid.rows)
  const centre = { x: 0, y: 0 }
  shown.forEach((pending, i) => {
    drawPending(scene, pending, grid.x, cellCentre(grid, i, centre).y, grid.cellWidth, state)
  })
  const waiting = state.consumers.filter(({ waits }) => waits).map(({ name }) => name)
  if (waiting.length > 0 && shown.length < grid.rows) drawWaiting(scene, waiting, body)
  if (isFull) {
    const more = `+${countText(state.pendingCount - shown.length)} more`
    write(scene, more, grid.x + 2, cellCentre(grid, grid.rows - 1, centre).y, ROW)
  }
}

/** Reads that block: an open ring stands at the side from which they came. */
function drawWaiting(scene: Scene, names: readonly string[], body: Box): void {
  const { pen, inks } = scene
  const y = body.y + body.height - 14
  const right = body.x + body.width - 22
  pen.beginPath()
  pen.arc(right - 5, y, 4.5, 0, 2 * Math.PI)
  pen.lineWidth = 1.5
  pen.strokeStyle = inks.accent
  pen.stroke()
  const verb = names.length === 1 ? 'blocks' : 'block'
  drawNoteEnd(scene, `${names.join(', ')} ${verb}`, right - 15, y, body.width - 60)
}

function drawPending(
  scene: Scene,
  pending: PendingEntry,
  x: number,
  y: number,
  width: number,
  { minIdleUs }: RedisGroupState,
): void {
  const { count, by, gone, message } = pending
  const marks = gone ? GHOST | CROSS : pending.redelivered ? RING : 0
  drawToken(scene, message, x + 15, y, 0.85, marks)
  const name = x + 36
  const line = minIdleUs > 0 ? y - 4 : y
  write(scene, by, name, line, ROW, 86)
  if (count > 1) {
    const at = name + Math.min(86, widthOf(scene, by, ROW)) + 5
    write(scene, `×${count}`, at, line, { ...ROW, weight: 650 })
  }
  const idleUs = scene.frame.timeUs - pending.deliveredUs
  const isLate = minIdleUs >= 0 && idleUs >= minIdleUs
  const text = gone ? 'gone' : `idle ${durationText(idleUs)}`
  write(scene, text, x + width, line, gone ? ROW_GONE : isLate ? ROW_LATE : ROW_END)
  if (!gone && minIdleUs > 0) drawIdle(scene, idleUs / minIdleUs, name, y + 6, x + width - name)
}

/** How far it is from being taken over: full when somebody may claim it. */
function drawIdle(scene: Scene, share: number, x: number, y: number, width: number): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.roundRect(x, y - 1.25, width, 2.5, 1.25)
  pen.fillStyle = inks.surfaceSunken
  pen.fill()
  pen.beginPath()
  pen.roundRect(x, y - 1.25, width * Math.min(1, share), 2.5, 1.25)
  pen.fillStyle = share >= 1 ? inks.warning : inks.accent
  pen.fill()
}

const ACK = { after: 'XACK after', before: 'XACK before', noack: 'NOACK' } as const

export function drawRedisConsumer(scene: Scene, state: RedisConsumerState, body: Box): void {
  drawJobs(scene, body, state.jobs, state.jobCount, 1, state.count)
  const stance = isAtWork(state) ? ACK[state.ack] : asks(state)
  drawDone(scene, state, body, `${stance} · ${countText(state.pending)} pending`)
}

export function drawRedisReader(scene: Scene, state: RedisReaderState, body: Box): void {
  drawJobs(scene, body, state.jobs, state.jobCount, 1, state.count)
  const stance = isAtWork(state) ? '' : `${asks(state)} · `
  drawDone(scene, state, body, `${stance}${countText(state.unread)} unread`)
}

function isAtWork({ phase }: RedisConsumerState | RedisReaderState): boolean {
  return phase === 'working' || phase === 'idle' || phase === 'out'
}

function asks({ phase, waits }: RedisConsumerState | RedisReaderState): string {
  if (phase === 'refused') return 'no group'
  if (phase === 'history') return 'reads its own'
  if (phase === 'claiming') return 'claims'
  return waits ? 'read blocks' : 'reads'
}
