/** When a producer's messages come: the next moment of each arrival process. */

import { usFromMs } from '../../base/time.ts'
import { type Arrivals, INSTANT, Sampler } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'

const NONE: Arrivals = { kind: 'manual' }

/** An arrival process in one shape for all kinds, as `Sampler` is for durations. */
export class ArrivalProcess {
  private readonly kind: Arrivals['kind']
  private readonly count: number
  /** Of the first message; -1 where it comes as the others do. */
  private readonly firstUs: number
  private readonly every: Sampler
  private readonly arrivals: Arrivals

  constructor(arrivals = NONE) {
    const { kind } = arrivals
    this.arrivals = arrivals
    this.kind = kind
    this.count = ('count' in arrivals ? arrivals.count : undefined) ?? Number.POSITIVE_INFINITY
    this.firstUs =
      kind === 'interval' && arrivals.firstMs !== undefined ? usFromMs(arrivals.firstMs) : -1
    this.every = kind === 'interval' || kind === 'onOff' ? new Sampler(arrivals.every) : INSTANT
  }

  /**
   * The moment of message `index` (from 0), given that of the one before (`lastUs`; -1 before the first).
   * Infinity: no more comes.
   */
  nextUs(random: Random, index: number, lastUs: number): number {
    if (this.kind === 'interval' && lastUs >= 0 && index < this.count) {
      return lastUs + this.every.drawUs(random, index)
    }
    return this.otherUs(random, index, lastUs)
  }

  private otherUs(random: Random, index: number, lastUs: number): number {
    const { arrivals } = this
    if (index >= this.count) return Number.POSITIVE_INFINITY
    switch (arrivals.kind) {
      case 'interval':
        return this.firstUs === -1 ? this.every.drawUs(random, index) : this.firstUs
      case 'trace':
        return index < arrivals.atMs.length
          ? usFromMs(arrivals.atMs[index] as number)
          : Number.POSITIVE_INFINITY
      case 'bursts': {
        const burst = Math.floor(index / arrivals.size)
        const first = arrivals.firstMs ?? arrivals.everyMs
        const ms = first + burst * arrivals.everyMs + (index % arrivals.size) * arrivals.gapMs
        return usFromMs(ms)
      }
      case 'onOff': {
        const onUs = usFromMs(arrivals.onMs)
        const cycleUs = onUs + usFromMs(arrivals.offMs)
        const delayUs = this.every.drawUs(random, index)
        // The process lives in the time in which it is on; the silences are put back in afterwards.
        const last = Math.max(lastUs, 0)
        const onClock = Math.floor(last / cycleUs) * onUs + Math.min(last % cycleUs, onUs) + delayUs
        return Math.floor(onClock / onUs) * cycleUs + (onClock % onUs)
      }
      default:
        return Number.POSITIVE_INFINITY
    }
  }
}
