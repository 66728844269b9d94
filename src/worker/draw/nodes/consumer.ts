/** Inside a consumer: work in progress, what waits for it, what it has done. */
import type { ConsumerState } from '../../../history/frame.ts'
import type { Box } from '../../../scenario/shapes.ts'
import { countText } from '../names.ts'
import { FIGURE, type Scene, type Type } from '../scene.ts'
import { drawEffects, drawFarFigure, drawFigure, drawJobs, drawNoteEnd } from './parts.ts'

const FAILED: Type = { ...FIGURE, size: 13, role: 'danger' }
const DONE: Type = { ...FIGURE, size: 13 }

export function drawConsumer(scene: Scene, state: ConsumerState, body: Box): void {
  drawJobs(scene, body, state.jobs, state.jobCount, state.concurrency, state.prefetch)
  const prefetch = state.prefetch === 0 ? 'no prefetch limit' : `prefetch ${state.prefetch}`
  drawDone(scene, state, body, state.ack === 'auto' ? 'auto ack' : `${state.ack} ack · ${prefetch}`)
}

/** The last lines it printed, and its counts. */
export function drawDone(
  scene: Scene,
  state: Pick<ConsumerState, 'processed' | 'failed' | 'effects'>,
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
