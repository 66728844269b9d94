/**
 * Answers of the server to a client of its streams: which entries each brought, in append-only columns. An answer is
 * written down as it leaves, so that what is under way to a client can be looked at.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'

/** An entry as it was sent: how often it was delivered by then; 0 if it has no fields any more. */
export interface SentEntry {
  message: number
  position: number
  deliveries: number
}

export class Answers {
  /** How many answers there are, and how many entries in them. */
  count = 0
  entries = 0
  private readonly connections: IntColumn
  private readonly nexts: IntColumn
  private readonly firsts: IntColumn
  private readonly counts: IntColumn
  private readonly messages: IntColumn
  private readonly positions: IntColumn
  private readonly deliveries: IntColumn

  constructor(records: Records, node: number) {
    this.connections = records.ints(node, 'answerConnection')
    this.nexts = records.ints(node, 'answerNext')
    this.firsts = records.ints(node, 'answerFirst')
    this.counts = records.ints(node, 'answerCount')
    this.messages = records.ints(node, 'entryMessage')
    this.positions = records.ints(node, 'entryPosition')
    this.deliveries = records.ints(node, 'entryDeliveries')
  }

  /** Writes the next answer down, before the fact that says so. `next` is where a walk over the pending entries goes on. */
  book(connection: number, sent: readonly SentEntry[], next: number): number {
    const answer = this.count
    this.connections.put(answer, connection)
    this.nexts.put(answer, next)
    this.firsts.put(answer, this.entries)
    this.counts.put(answer, sent.length)
    sent.forEach(({ message, position, deliveries }, i) => {
      this.messages.put(this.entries + i, message)
      this.positions.put(this.entries + i, position)
      this.deliveries.put(this.entries + i, deliveries)
    })
    return answer
  }

  /** Called while the fact is applied. */
  add(answer: number): void {
    this.count++
    this.entries += this.counts.get(answer)
  }

  connectionOf(answer: number): number {
    return this.connections.get(answer)
  }
  /** Where a walk goes on; -1 at its end. */
  nextOf(answer: number): number {
    return this.nexts.get(answer)
  }
  countOf(answer: number): number {
    return this.counts.get(answer)
  }
  /** Entry `i` of an answer. */
  entryAt(answer: number, i: number): SentEntry {
    const at = this.firsts.get(answer) + i
    return {
      message: this.messages.get(at),
      position: this.positions.get(at),
      deliveries: this.deliveries.get(at),
    }
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
    this.entries = io.int(this.entries)
  }
}
