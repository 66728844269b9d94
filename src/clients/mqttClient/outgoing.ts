/**
 * What a client has published with QoS 1 or 2 and is not done with: an append-only column of messages, a cursor
 * over what waits, and the short list of what was sent and is not answered. Positions serve as packet ids.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'

/** What a message that was sent waits for. */
export const AWAITS = { puback: 0, pubrec: 1, pubcomp: 2 } as const

export class Outgoing {
  next = 0
  tail = 0
  /** Position and what it awaits in turn, oldest first. */
  readonly unanswered: number[] = []
  private readonly log: IntColumn

  constructor(records: Records, node: number) {
    this.log = records.ints(node, 'outgoing')
  }

  get waitingCount(): number {
    return this.tail - this.next
  }
  get unansweredCount(): number {
    return this.unanswered.length / 2
  }
  messageAt(position: number): number {
    return this.log.get(position)
  }
  /** What the message at a position waits for, -1 if it is not under way. */
  awaits(position: number): number {
    const at = this.find(position)
    return at === -1 ? -1 : (this.unanswered[at + 1] as number)
  }

  /** Writes a message down, before the fact that it waits. Returns its position. */
  book(message: number): number {
    this.log.put(this.tail, message)
    return this.tail
  }

  /** Called while facts are applied. */
  take(): void {
    this.tail++
  }
  send(position: number, qos: number): void {
    this.next = position + 1
    this.unanswered.push(position, qos === 1 ? AWAITS.puback : AWAITS.pubrec)
  }
  receive(position: number): void {
    const at = this.find(position)
    if (at !== -1) this.unanswered[at + 1] = AWAITS.pubcomp
  }
  settle(position: number): void {
    const at = this.find(position)
    if (at !== -1) this.unanswered.splice(at, 2)
  }
  clear(): void {
    this.next = this.tail
    this.unanswered.length = 0
  }

  archive(io: Archive): void {
    this.next = io.int(this.next)
    this.tail = io.int(this.tail)
    io.list(this.unanswered)
  }

  private find(position: number): number {
    for (let i = 0; i < this.unanswered.length; i += 2) {
      if (this.unanswered[i] === position) return i
    }
    return -1
  }
}
