/** What both languages say of a queue of the SQS family: its name and its attributes, in whole seconds as the API takes them. */
import type { NodeOf } from '../document.ts'

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

function seconds(ms: number): string {
  return String(Math.ceil(ms / 1000))
}
