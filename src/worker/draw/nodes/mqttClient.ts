/**
 * Inside an MQTT client: what it has published and is not acknowledged; what it works on; what its session at the broker
 * keeps for it, and ghosts of what it missed. Who is away stands there greyed.
 */
import type { Held, MqttClientState } from '../../../history/frame.ts'
import { ABSENCE_SHELF, type Box, type Grid } from '../../../scenario/shapes.ts'
import { countText, durationText } from '../names.ts'
import { FIGURE, NOTE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { GHOST } from '../token.ts'
import { drawFarCounts, showsBothCounts } from './farCounts.ts'
import { drawEffects, drawFarFigure, drawFigure, drawHeld, drawJobs, drawNote } from './parts.ts'
import { drawDial, TURN_US } from './producer.ts'

const DONE: Type = { ...FIGURE, size: 13 }
const MISSED: Type = { ...DONE, role: 'danger' }
const SLOTS = 5
const SHOWN = 3

export function drawMqttClient(scene: Scene, state: MqttClientState, body: Box): void {
  const { pen } = scene
  const alpha = pen.globalAlpha
  if (state.away !== null) pen.globalAlpha = alpha * 0.55
  if (state.filters.length === 0) drawSender(scene, state, body)
  else drawSubscriber(scene, state, body, alpha)
  pen.globalAlpha = alpha
}

function drawSender(scene: Scene, state: MqttClientState, body: Box): void {
  const [x, y] = [body.x + 34, body.y + 30]
  const leftUs = state.nextAtUs === null ? 0 : Math.max(0, state.nextAtUs - scene.frame.timeUs)
  drawDial(scene, x, y, Math.min(1, leftUs / TURN_US), state.nextAtUs !== null)
  if (scene.far) {
    drawFarFigure(scene, countText(state.published), '', body.x + 64, y + 16)
    return
  }
  drawFigure(scene, countText(state.published), 'published', body.x + 58, y - 8)
  if (state.nextAtUs !== null) {
    drawNote(scene, `next in ${durationText(leftUs)}`, body.x + 58, y + 11)
  }
  drawUnsent(scene, state, body)
}

/** Published and not acknowledged to the end: what it would send again. */
function drawUnsent(scene: Scene, state: MqttClientState, body: Box): void {
  if (state.unsentCount === 0) return
  const y = body.y + 62
  drawHeld(scene, shelf(body.x + 18, y, SHOWN), state.unsent.slice(0, SHOWN))
  write(scene, `${countText(state.unsentCount)} open`, body.x + 24 + SHOWN * 32, y + 12, NOTE)
}

function drawSubscriber(scene: Scene, state: MqttClientState, body: Box, alpha: number): void {
  const inHand = [...state.jobs, ...waiting(state.held)]
  const counts = { ...state, isAway: state.away !== null, jobCount: inHand.length }
  if (!(scene.far && showsBothCounts(counts))) {
    drawJobs(scene, body, inHand, state.jobCount, 1, SLOTS)
  }
  scene.pen.globalAlpha = alpha
  if (scene.far) {
    drawFarCounts(scene, body, counts)
    return
  }
  const bottom = body.y + body.height
  drawAbsence(scene, state, body)
  const left = body.x + 16
  drawEffects(scene, state.effects, left, bottom - 36, body.width - 32, 1)
  const next = drawFigure(scene, countText(state.processed), 'done', left, bottom - 14, DONE)
  const after =
    state.missedCount > 0
      ? drawFigure(scene, countText(state.missedCount), 'missed', next, bottom - 14, MISSED)
      : next
  if (state.publishes) {
    drawFigure(scene, countText(state.published), 'published', after, bottom - 14, DONE)
  }
}

/** Held until it is released: in its hands, and not to be worked on yet. */
function waiting(held: readonly Held[]): MqttClientState['jobs'] {
  return held.map((each) => ({ ...each, state: 'waiting', startedUs: -1, endsUs: -1 }))
}

function drawAbsence(scene: Scene, state: MqttClientState, body: Box): void {
  const y = body.y + ABSENCE_SHELF
  const { session } = state
  if (session && (session.waitingCount > 0 || session.ends)) {
    const label = session.waitingCount > 0 ? 'session' : 'session, empty'
    const left = body.x + 18 + (session.ends ? 20 : 0)
    if (session.ends) drawRest(scene, body.x + 26, y + 12, session.ends)
    write(scene, label, left, y + 12, NOTE)
    const x = left + 6 + widthOf(scene, label, NOTE)
    drawHeld(scene, shelf(x, y, SHOWN), session.waiting.slice(0, SHOWN))
    const end = x + SHOWN * 32
    if (session.waitingCount > SHOWN) {
      write(scene, `+${countText(session.waitingCount - SHOWN)}`, end, y + 12, NOTE)
    }
  }
  const ghosts = state.missed.slice(-SHOWN)
  const x = body.x + body.width - 14 - ghosts.length * 32
  drawHeld(scene, shelf(x, y, ghosts.length), ghosts, GHOST)
}

/** How much is left of the time that the session is kept: a ring that runs out. */
function drawRest(scene: Scene, x: number, y: number, ends: NonNullable<Held['clock']>): void {
  const { pen, inks, frame } = scene
  const span = Math.max(1, ends.untilUs - ends.fromUs)
  const share = Math.max(0, Math.min(1, (ends.untilUs - frame.timeUs) / span))
  pen.beginPath()
  pen.arc(x, y, 7, -Math.PI / 2, share * 2 * Math.PI - Math.PI / 2)
  pen.lineWidth = 1 + 2 * share
  pen.lineCap = 'butt'
  pen.strokeStyle = share < 0.2 ? inks.danger : inks.accent
  pen.stroke()
}

function shelf(x: number, y: number, columns: number): Grid {
  return { x, y, columns, rows: 1, cellWidth: 32, cellHeight: 24, fromRight: false }
}
