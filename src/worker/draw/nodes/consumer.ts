/** Inside a consumer, of queues or in a group: work in progress, what waits for it, what it has done. */
import type {
  ConsumerState,
  GroupConsumerState,
  PollingConsumerState,
} from '../../../history/frame.ts'
import { type Box, bufferSlots } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { FIGURE, type Scene, type Type, widthOf, write } from '../scene.ts'
import { drawEffects, drawFarFigure, drawFigure, drawJobs, drawNote, drawNoteEnd } from './parts.ts'

const FAILED: Type = { ...FIGURE, size: 13, role: 'danger' }
const DONE: Type = { ...FIGURE, size: 13 }
const CHIP: Type = { size: 10.5, weight: 650, role: 'ink', align: 'center' }

export function drawConsumer(scene: Scene, state: ConsumerState, body: Box): void {
  drawJobs(scene, body, state.jobs, state.jobCount, state.concurrency, state.prefetch)
  const prefetch = state.prefetch === 0 ? 'no prefetch limit' : `prefetch ${state.prefetch}`
  drawDone(scene, state, body, state.ack === 'auto' ? 'auto ack' : `${state.ack} ack · ${prefetch}`)
}

export function drawPollingConsumer(scene: Scene, state: PollingConsumerState, body: Box): void {
  drawJobs(scene, body, state.jobs, state.jobCount, 1, state.maxMessages)
  const phase = state.phase === 'polling' ? 'receive waits' : `deletes ${state.deleteWhen}`
  drawDone(scene, state, body, `${phase} · up to ${state.maxMessages}`)
}

export function drawGroupConsumer(scene: Scene, state: GroupConsumerState, body: Box): void {
  drawJobs(scene, body, state.jobs, state.jobCount, 1, 0, true)
  drawChips(scene, state, body)
  drawDone(scene, state, body, `${countText(state.lag)} unread`)
}

/** The last lines it printed, and its counts. */
function drawDone(
  scene: Scene,
  state: ConsumerState | GroupConsumerState | PollingConsumerState,
  body: Box,
  terms: string,
): void {
  const bottom = body.y + body.height
  if (scene.far) {
    drawFarFigure(scene, countText(state.processed), 'done', body.x + 16, bottom - 28)
    return
  }
  const left = body.x + 14
  drawEffects(scene, state.effects, left, bottom - 45, body.width - 28, 2)
  const next = drawFigure(scene, countText(state.processed), 'done', left, bottom - 13, DONE)
  if (state.failed > 0) {
    drawFigure(scene, countText(state.failed), 'failed', next, bottom - 13, FAILED)
    return
  }
  drawNoteEnd(scene, terms, body.x + body.width - 12, bottom - 12, body.x + body.width - 12 - next)
}

/** Which partitions are its own. */
function drawChips(scene: Scene, state: GroupConsumerState, body: Box): void {
  if (scene.far) return
  const y = body.y + 20
  let x = bufferSlots(body, 1, true).x + 3
  if (state.assigned.length === 0) drawNote(scene, 'no partition assigned', x, y)
  for (const partition of state.assigned) {
    const text = `P${partition}`
    const width = widthOf(scene, text, CHIP) + 10
    if (x + width > body.x + body.width - 8) break
    scene.pen.beginPath()
    scene.pen.roundRect(x, y - 8, width, 16, 3)
    scene.pen.fillStyle = scene.inks.surfaceSunken
    scene.pen.fill()
    write(scene, text, x + width / 2, y, CHIP)
    x += width + 4
  }
}
