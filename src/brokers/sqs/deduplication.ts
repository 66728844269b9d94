/**
 * What a FIFO queue remembers of deduplication ids: what was sent under one within five minutes is
 * accepted and not stored again, also after the message was received and deleted
 * (docs.aws.amazon.com, SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html).
 */
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { Records } from '../../engine/records.ts'

/** The deduplication interval is five minutes and cannot be changed. */
export const DEDUPLICATION_US = 300_000_000

export class Deduplication {
  /** By position: interned id and when it was sent. Appended to with each message, so a cursor restores it. */
  private readonly ids: IntColumn
  private readonly sentUs: TimeColumn
  /** Position of the last message of each id; made anew when first asked after a seek. */
  private last: Map<number, number> | null = null

  constructor(records: Records, node: number, sentUs: TimeColumn) {
    this.ids = records.ints(node, 'deduplication')
    this.sentUs = sentUs
  }

  /** Position of a message with this id among the first `stored`, no older than the interval; -1 if none. */
  find(id: number, nowUs: number, stored: number): number {
    this.last ??= this.gather(nowUs, stored)
    const position = this.last.get(id)
    return position !== undefined && nowUs - this.sentUs.get(position) < DEDUPLICATION_US
      ? position
      : -1
  }

  /** Remembers the id of the message that is about to be stored at a position. */
  note(position: number, id: number): void {
    this.ids.put(position, id)
    this.last?.set(id, position)
  }

  /** The queue went to another moment: what is remembered is read from its column again. */
  forget(): void {
    this.last = null
  }

  private gather(nowUs: number, stored: number): Map<number, number> {
    const last = new Map<number, number>()
    for (let position = stored - 1; position >= 0; position--) {
      if (nowUs - this.sentUs.get(position) >= DEDUPLICATION_US) break
      const id = this.ids.get(position)
      if (!last.has(id)) last.set(id, position)
    }
    return last
  }
}
