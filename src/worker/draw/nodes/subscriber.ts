/** Inside a subscriber: what it has in hand and has done; while it is away, the ghosts of what passes it by. */
import type { NatsSubscriberState, RedisSubscriberState } from '../../../history/pubsubStates.ts'
import { type Box, bufferSlots, cellCentre } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { NOTE, type Scene, type Type, write } from '../scene.ts'
import { drawToken, GHOST } from '../token.ts'
import { drawDone } from './consumer.ts'
import { drawFarCounts, showsBothCounts } from './farCounts.ts'
import { drawJobs } from './parts.ts'

const WHY: Type = { ...NOTE, weight: 550, role: 'danger' }

export function drawSubscriber(
  scene: Scene,
  state: NatsSubscriberState | RedisSubscriberState,
  body: Box,
): void {
  const away = !state.online || state.crashed
  const counts = { ...state, isAway: away }
  if (!(scene.far && showsBothCounts(counts))) {
    drawJobs(scene, body, state.jobs, state.jobCount, 1, away ? 0 : 3)
  }
  if (scene.far) {
    const alpha = scene.pen.globalAlpha
    scene.pen.globalAlpha = 1
    drawFarCounts(scene, body, counts)
    scene.pen.globalAlpha = alpha
    return
  }
  if (away) drawMissed(scene, state, body)
  drawDone(scene, state, body, noteOf(state))
}

function noteOf(state: NatsSubscriberState | RedisSubscriberState): string {
  if (state.missedCount > 0) return `${countText(state.missedCount)} missed`
  if (state.kind === 'natsSubscriber') {
    if (state.unheard) return 'no heartbeat'
    if (state.expected > 0) return 'a request waits'
    if (state.queueGroup !== '') return `group ${state.queueGroup}`
  }
  return state.redelivered > 0 ? `${countText(state.redelivered)} redelivered` : 'subscribed'
}

/** The latest messages that passed it by, on the spot where it would have held them: all else about it is faded, they are not. */
function drawMissed(
  scene: Scene,
  state: NatsSubscriberState | RedisSubscriberState,
  body: Box,
): void {
  const { pen } = scene
  const alpha = pen.globalAlpha
  pen.globalAlpha = 1
  const slots = bufferSlots(body, 1)
  const most = slots.columns * slots.rows - 1
  const latest = state.missed.slice(-most)
  const centre = { x: 0, y: 0 }
  latest.forEach(({ message }, i) => {
    const { x, y } = cellCentre(slots, i, centre)
    drawToken(scene, message, x, y, 0.9, GHOST)
  })
  const more = state.missedCount - latest.length
  if (more > 0) {
    const { x, y } = cellCentre(slots, most, centre)
    write(scene, `+${countText(more)}`, x - 8, y, WHY)
  }
  const why = latest.at(-1)?.why
  if (why !== undefined) {
    const { x, y } = cellCentre(slots, 0, centre)
    const rows = Math.ceil((latest.length + (more > 0 ? 1 : 0)) / slots.columns)
    write(scene, `missed: ${why}`, x - 12, y + rows * slots.cellHeight, WHY)
  }
  pen.globalAlpha = alpha
}
