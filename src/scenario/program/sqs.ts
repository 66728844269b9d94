/** What both languages say of a queue of the SQS family: its name and its attributes, in whole seconds as the API takes them. */
import type { NodeOf, Scenario } from '../document.ts'

/** A FIFO queue's name must end in `.fifo`; other characters than letters, digits, `-` and `_` are not taken. */
export function sqsName(queue: NodeOf<'sqsQueue'>): string {
  const name = queue.name.replace(/\.fifo$/, '').replace(/[^A-Za-z0-9_-]/g, '-')
  return queue.fifo ? `${name.slice(0, 75)}.fifo` : name.slice(0, 80)
}

export function attributesOf(queue: NodeOf<'sqsQueue'>): Record<string, string> {
  const { fifo, contentDeduplication, visibilityTimeoutMs, delayMs, retentionMs } = queue
  return {
    ...(fifo && { FifoQueue: 'true' }),
    ...(fifo && contentDeduplication && { ContentBasedDeduplication: 'true' }),
    ...(visibilityTimeoutMs !== undefined && { VisibilityTimeout: seconds(visibilityTimeoutMs) }),
    ...(delayMs !== undefined && { DelaySeconds: seconds(delayMs) }),
    ...(retentionMs !== undefined && { MessageRetentionPeriod: seconds(retentionMs) }),
  }
}

/** Dead-letter queues come first, with those that these queues name. */
export function inOrderOfCreation(
  scenario: Scenario,
  queues: readonly NodeOf<'sqsQueue'>[],
): NodeOf<'sqsQueue'>[] {
  const ids = new Set(queues.map(({ deadLetters }) => deadLetters))
  const missing = scenario.nodes.filter(
    (node): node is NodeOf<'sqsQueue'> =>
      node.kind === 'sqsQueue' && ids.has(node.id) && !queues.includes(node),
  )
  const all = [...missing, ...queues]
  return [...all.filter(({ id }) => ids.has(id)), ...all.filter(({ id }) => !ids.has(id))]
}

function seconds(ms: number): string {
  return String(Math.ceil(ms / 1000))
}
