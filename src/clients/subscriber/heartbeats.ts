/**
 * What a subscriber knows of a push consumer that says so often that it has nothing to send (docs.nats.io,
 * "IdleHeartbeat"): two that are missing in a row mean that something is wrong, as client libraries have it.
 */
import type { Archive } from '../../engine/archive.ts'

/** So many heartbeats in a row have to be missing. */
export const HEARTBEATS_MISSED = 2

export class Heartbeats {
  /** When it last heard anything, and whether it said that this is too long ago. */
  heardUs = 0
  isUnheard = false

  /** Called while a fact is applied, as is `miss`. */
  hear(nowUs: number): void {
    this.heardUs = nowUs
    this.isUnheard = false
  }

  miss(): void {
    this.isUnheard = true
  }

  /** Whether it is time to say that nothing was heard. */
  areMissing(nowUs: number, everyUs: number): boolean {
    return !this.isUnheard && nowUs - this.heardUs >= HEARTBEATS_MISSED * everyUs
  }

  archive(io: Archive): void {
    this.heardUs = io.int(this.heardUs)
    this.isUnheard = io.flag(this.isUnheard)
  }
}
