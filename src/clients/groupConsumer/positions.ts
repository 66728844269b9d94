/**
 * A member's own books: for each partition that it owns, what it has received, what it is done with,
 * and what it has sent as a commit. All are offsets of the next record, as Kafka's positions are.
 */
import type { Archive } from '../../engine/archive.ts'

/** Numbers of an entry: progress part, received, consumed, committed. */
const WORDS = 4

export class Positions {
  private readonly entries: number[] = []

  get count(): number {
    return this.entries.length / WORDS
  }

  /** The progress part of an entry. */
  progressOf(entry: number): number {
    return this.entries[entry * WORDS] as number
  }

  /** The offset that a commit of this entry would store; `ahead` also counts what is still in hand. */
  offsetOf(entry: number, ahead: boolean): number {
    return this.entries[entry * WORDS + (ahead ? 1 : 2)] as number
  }

  /** Entries with something to commit. */
  uncommitted(ahead: boolean): number {
    let count = 0
    for (let entry = 0; entry < this.count; entry++) if (this.isUncommitted(entry, ahead)) count++
    return count
  }

  isUncommitted(entry: number, ahead: boolean): boolean {
    return this.offsetOf(entry, ahead) !== this.entries[entry * WORDS + 3]
  }

  owns(progress: number): boolean {
    return this.wordsOf(progress) !== -1
  }

  /** Whether an offset is of its own and was not received yet. */
  awaits(progress: number, offset: number): boolean {
    const at = this.wordsOf(progress)
    return at !== -1 && offset >= (this.entries[at + 1] as number)
  }

  // ——— called while a fact is applied ———

  clear(): void {
    this.entries.length = 0
  }

  start(progress: number, offset: number): void {
    this.entries.push(progress, offset, offset, offset)
  }

  /** It is not its own any more. */
  end(progress: number): void {
    this.entries.splice(this.wordsOf(progress), WORDS)
  }

  receive(progress: number, offset: number): void {
    const at = this.wordsOf(progress)
    if (at === -1) return
    // The broker may have moved the position (a seek, a reset): what lies between was never in hand.
    if (this.entries[at + 1] === this.entries[at + 2]) this.entries[at + 2] = offset
    this.entries[at + 1] = offset + 1
  }

  /** It reads on from here. */
  seek(progress: number, offset: number): void {
    const at = this.wordsOf(progress)
    if (at === -1) return
    this.entries[at + 1] = offset
    this.entries[at + 2] = offset
  }

  consume(progress: number, offset: number): void {
    const at = this.wordsOf(progress)
    if (at !== -1) this.entries[at + 2] = offset + 1
  }

  commit(ahead: boolean): void {
    for (let at = 0; at < this.entries.length; at += WORDS) {
      this.entries[at + 3] = this.entries[at + (ahead ? 1 : 2)] as number
    }
  }

  archive(io: Archive): void {
    io.list(this.entries)
  }

  private wordsOf(progress: number): number {
    for (let at = 0; at < this.entries.length; at += WORDS) {
      if (this.entries[at] === progress) return at
    }
    return -1
  }
}
