/**
 * A stretch that a subscriber is never sent: the beginning of its stream was gone when it subscribed anew, while
 * events from before still waited in its memory. It goes through those, and then on behind the gap.
 */
import type { Archive } from '../engine/archive.ts'

export class Gap {
  private from = -1
  private to = -1

  put(from: number, to: number): void {
    this.from = from
    this.to = to
  }

  /** Where somebody stands who has come to `at`. */
  over(at: number): number {
    return at === this.from ? this.to : at
  }

  /** How far events follow one another from `at` on, of those before `end`. */
  endFrom(at: number, end: number): number {
    return at < this.from ? this.from : end
  }

  archive(io: Archive): void {
    this.from = io.int(this.from)
    this.to = io.int(this.to)
  }
}
