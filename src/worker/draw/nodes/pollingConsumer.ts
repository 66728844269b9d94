/** Inside a consumer that polls: what it has received, and what it has done. */
import type { PollingConsumerState } from '../../../history/frame.ts'
import type { Box } from '../../../scenario/shapes.ts'
import type { Scene } from '../scene.ts'
import { drawDone } from './consumer.ts'
import { drawJobs } from './parts.ts'

export function drawPollingConsumer(scene: Scene, state: PollingConsumerState, body: Box): void {
  drawJobs(scene, body, state.jobs, state.jobCount, 1, state.maxMessages)
  drawDone(scene, state, body, stanceOf(state))
}

/** How it gets its messages, and when it is done with one. */
function stanceOf({ polled, phase, deleteWhen, maxMessages }: PollingConsumerState): string {
  if (polled === 'pushed') return `pushed to · acks ${deleteWhen}`
  const [asks, settles] = polled === 'pulled' ? ['pull', 'acks'] : ['receive', 'deletes']
  const stance = phase === 'polling' ? `${asks} waits` : `${settles} ${deleteWhen}`
  return `${stance} · up to ${maxMessages}`
}
