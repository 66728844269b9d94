/** When a producer's messages come: the next moment of each arrival process. */

import { usFromMs } from '../../base/time.ts'
import { type Arrivals, drawUs } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'

/**
 * The moment of message `index` (from 0), given that of the one before (`lastUs`; -1 before the first)
 * and the present one. Infinity: no more comes.
 */
export function nextArrivalUs(
  arrivals: Arrivals,
  random: Random,
  index: number,
  lastUs: number,
): number {
  switch (arrivals.kind) {
    case 'manual':
      return Number.POSITIVE_INFINITY
    case 'trace':
      return index < arrivals.atMs.length
        ? usFromMs(arrivals.atMs[index] as number)
        : Number.POSITIVE_INFINITY
    case 'bursts': {
      if (arrivals.count !== undefined && index >= arrivals.count) return Number.POSITIVE_INFINITY
      const burst = Math.floor(index / arrivals.size)
      const first = arrivals.firstMs ?? arrivals.everyMs
      const ms = first + burst * arrivals.everyMs + (index % arrivals.size) * arrivals.gapMs
      return usFromMs(ms)
    }
    case 'interval':
      if (arrivals.count !== undefined && index >= arrivals.count) return Number.POSITIVE_INFINITY
      if (lastUs === -1 && arrivals.firstMs !== undefined) return usFromMs(arrivals.firstMs)
      return Math.max(lastUs, 0) + drawUs(arrivals.every, random, index)
    case 'onOff': {
      if (arrivals.count !== undefined && index >= arrivals.count) return Number.POSITIVE_INFINITY
      const onUs = usFromMs(arrivals.onMs)
      const cycleUs = onUs + usFromMs(arrivals.offMs)
      const delayUs = drawUs(arrivals.every, random, index)
      // The process lives in the time in which it is on; the silences are put back in afterwards.
      const last = Math.max(lastUs, 0)
      const onClock = Math.floor(last / cycleUs) * onUs + Math.min(last % cycleUs, onUs) + delayUs
      return Math.floor(onClock / onUs) * cycleUs + (onClock % onUs)
    }
  }
}
