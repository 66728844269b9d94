/**
 * What makes quorum queues and knows them: filled by `quorumQueue.ts` when that is loaded, as few scenarios have one.
 */
import type { Queue } from './queue.ts'
import type { QuorumQueue } from './quorumQueue.ts'

export const quorum: { Queue: typeof QuorumQueue | null } = { Queue: null }

export function isQuorum(queue: Queue): queue is QuorumQueue {
  return quorum.Queue !== null && queue instanceof quorum.Queue
}
