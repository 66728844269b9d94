/** Inside a consumer that polls: what it has received, and what it has done. */
import type { PollingConsumerState } from '../../../history/frame.ts'
import type { Box } from '../../../scenario/shapes.ts'
import type { Scene } from '../scene.ts'
import { drawDone } from './consumer.ts'
import { drawJobs } from './parts.ts'

export function drawPollingConsumer(scene: Scene, state: PollingConsumerState, body: Box): void {
  drawJobs(scene, body, state.jobs, state.jobCount, 1, state.maxMessages)
  const phase = state.phase === 'polling' ? 'receive waits' : `deletes ${state.deleteWhen}`
  drawDone(scene, state, body, `${phase} · up to ${state.maxMessages}`)
}
