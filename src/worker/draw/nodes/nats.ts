/** Inside a JetStream stream, a durable consumer and a requester. */
import type {
  NatsConsumerState,
  NatsRequesterState,
  NatsStreamState,
} from '../../../history/pubsubStates.ts'
import {
  type Box,
  cellCentre,
  QUEUE_RAIL,
  queueTray,
  unackedShelf,
} from '../../../scenario/shapes.ts'
import { countText, durationText } from '../names.ts'
import { FIGURE, NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { drawToken } from '../token.ts'
import {
  drawClock,
  drawFarFigure,
  drawFigure,
  drawHeld,
  drawNote,
  drawSlots,
  fitScale,
} from './parts.ts'

const SECOND: Type = { ...FIGURE, size: 13 }
const SEQUENCE: Type = { size: 9, weight: 400, role: 'quiet', align: 'center' }
const HELD_MAX = 3
/** And from far away, where less has room. */
const FAR_HELD_MAX = 2
const COLUMNS = 7

const RETENTION = {
  limits: 'until a limit',
  interest: 'while consumers need it',
  workqueue: 'until one has settled it',
} as const

/** What is kept, the latest at the right, under its sequence. */
export function drawNatsStream(scene: Scene, state: NatsStreamState, body: Box): void {
  if (scene.far) {
    drawFarFigure(scene, countText(state.count), 'kept', body.x + 16, body.y + body.height / 2)
    return
  }
  const grid = {
    x: body.x + 10,
    y: body.y + 20,
    columns: COLUMNS,
    rows: 1,
    cellWidth: (body.width - 30) / COLUMNS,
    cellHeight: 30,
    fromRight: false,
  }
  const shown = state.kept.slice(-COLUMNS)
  drawSlots(scene, grid, shown.length, COLUMNS)
  const scale = fitScale(grid)
  const centre = { x: 0, y: 0 }
  shown.forEach(({ sequence, message, clock }, i) => {
    const { x, y } = cellCentre(grid, i, centre)
    drawToken(scene, message, x, y, scale, 0)
    if (clock) drawClock(scene, x, y, scale, clock)
    write(scene, String(sequence), x, body.y + 12, SEQUENCE)
  })
  const y = body.y + 68
  const next = drawFigure(scene, countText(state.count), 'kept', body.x + 14, y)
  drawNote(scene, RETENTION[state.retention], next, y + 1, body.x + body.width - 16 - next)
  drawNote(scene, fatesOf(state), body.x + 14, y + 25, body.width - 30)
}

function fatesOf({ limited, settled, duplicates, refused, last }: NatsStreamState): string {
  const fates = [
    limited > 0 && `${countText(limited)} over a limit`,
    settled > 0 && `${countText(settled)} settled`,
    duplicates > 0 && `${countText(duplicates)} duplicate`,
    refused > 0 && `${countText(refused)} refused`,
  ].filter((fate) => fate !== false)
  return fates.length === 0 ? `last sequence ${last}` : fates.join(', ')
}

/** What it has still to send, and below what it waits an acknowledgement for, each with the time that is left to it. */
export function drawNatsConsumer(scene: Scene, state: NatsConsumerState, body: Box): void {
  const waiting = [...state.again, ...state.next]
  const count = state.pending + state.again.length
  const tray = queueTray(body, count, scene.far)
  if (!scene.far && count <= 6) drawSlots(scene, tray, waiting.length, 6)
  drawHeld(scene, tray, waiting)
  const y = body.y + QUEUE_RAIL + 17
  if (scene.far) {
    drawFarFigure(scene, countText(count), 'pending', body.x + 16, y + 9)
    drawHeld(scene, unackedShelf(body), state.ackPending.slice(0, FAR_HELD_MAX))
    return
  }
  drawFigure(scene, countText(count), 'pending', body.x + 14, y)
  drawHeld(scene, unackedShelf(body), state.ackPending.slice(0, HELD_MAX))
  const foot = y + 22
  const text = countText(state.ackPendingCount)
  write(scene, text, body.x + 14, foot, SECOND)
  const at = body.x + 14 + widthOf(scene, text, SECOND) + 4
  write(scene, `ack pending, ${stanceOf(state)}`, at, foot + 1, NOTE, body.x + body.width - 12 - at)
}

function stanceOf(state: NatsConsumerState): string {
  if (state.gone) return 'not made'
  if (state.stalled) return 'the maximum'
  if (state.gaveUp > 0) return `${countText(state.gaveUp)} given up`
  if (state.push) return state.active ? 'pushes' : 'nobody listens'
  return state.waitingPulls > 0 ? 'a pull waits' : `settled to ${state.floor}`
}

/** The requests that wait for their reply, and what came of the others. */
export function drawRequester(scene: Scene, state: NatsRequesterState, body: Box): void {
  if (scene.far) {
    drawFarFigure(scene, countText(state.replied), 'replies', body.x + 14, body.y + body.height / 2)
    return
  }
  const grid = {
    x: body.x + 8,
    y: body.y + 8,
    columns: 4,
    rows: 1,
    cellWidth: 34,
    cellHeight: 28,
    fromRight: false,
  }
  drawSlots(scene, grid, state.awaited.length, 3)
  drawHeld(scene, grid, state.awaited.slice(0, 4))
  drawFigure(scene, countText(state.replied), 'replied', body.x + 12, body.y + 52)
  drawNote(scene, requestNote(scene, state), body.x + 12, body.y + 73, body.width - 40)
}

function requestNote(scene: Scene, state: NatsRequesterState): string {
  const bad = [
    state.noResponders > 0 && `${countText(state.noResponders)} no responders`,
    state.timedOut > 0 && `${countText(state.timedOut)} timed out`,
    state.ignored > 0 && `${countText(state.ignored)} ignored`,
  ].filter((word) => word !== false)
  if (bad.length > 0) return bad.join(', ')
  if (state.nextAtUs === null) return `${countText(state.published)} asked`
  return `next in ${durationText(Math.max(0, state.nextAtUs - scene.frame.timeUs))}`
}
