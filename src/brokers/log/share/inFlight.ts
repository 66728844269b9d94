/**
 * The records of one partition that a share group is at: from the start offset (SPSO) on each is available,
 * acquired, acknowledged or archived; what lies behind the end (SPEO) was never handed out (KIP-932,
 * "In-flight records"). It only folds facts; who decides is in `shares.ts`.
 */
import type { Archive } from '../../../engine/archive.ts'

export const RECORD_STATES = ['available', 'acquired', 'acknowledged', 'archived'] as const
export type RecordState = (typeof RECORD_STATES)[number]

/** Numbers of an entry: state, deliveries, member part, acquisition. */
const WORDS = 4
const DONE = RECORD_STATES.indexOf('acknowledged')

export class InFlight {
  /** SPSO and SPEO. */
  start: number
  private readonly entries: number[] = []

  constructor(start: number) {
    this.start = start
  }

  get end(): number {
    return this.start + this.entries.length / WORDS
  }

  stateAt(offset: number): RecordState {
    return RECORD_STATES[this.word(offset, 0)] ?? 'available'
  }
  /** How often it was delivered. */
  countAt(offset: number): number {
    return this.word(offset, 1)
  }
  /** Whose it is, and by which acquisition; only while it is acquired. */
  memberAt(offset: number): number {
    return this.word(offset, 2)
  }
  acquisitionAt(offset: number): number {
    return this.word(offset, 3)
  }
  holds(offset: number): boolean {
    return offset >= this.start && offset < this.end
  }

  // ——— called while a fact is applied ———

  acquire(offset: number, member: number, acquisition: number): void {
    if (offset >= this.end) {
      while (this.end < offset) this.entries.push(DONE, 0, -1, -1)
      this.entries.push(1, 1, member, acquisition)
      return
    }
    const at = (offset - this.start) * WORDS
    this.entries[at] = 1
    this.entries[at + 1] = (this.entries[at + 1] as number) + 1
    this.entries[at + 2] = member
    this.entries[at + 3] = acquisition
  }

  /** Its lock begins anew. */
  renew(offset: number, acquisition: number): void {
    this.entries[(offset - this.start) * WORDS + 3] = acquisition
  }

  settle(offset: number, state: RecordState): void {
    const at = (offset - this.start) * WORDS
    this.entries[at] = RECORD_STATES.indexOf(state)
    let done = 0
    while (done < this.entries.length && (this.entries[done] as number) >= DONE) done += WORDS
    this.start += done / WORDS
    this.entries.splice(0, done)
  }

  archive(io: Archive): void {
    this.start = io.int(this.start)
    io.list(this.entries)
  }

  private word(offset: number, at: number): number {
    return this.entries[(offset - this.start) * WORDS + at] ?? -1
  }
}
