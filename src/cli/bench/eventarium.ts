/** The engine under test: a scenario through `History`, every fact recorded, every checkpoint taken. */
import { must } from '../../base/assert.ts'
import type { Queue } from '../../brokers/amqp/queue.ts'
import { Random } from '../../engine/random.ts'
import { History } from '../../history/history.ts'
import type { Scenario } from '../../scenario/document.ts'
import { processorMs, quantile } from './rounds.ts'

/** Runs a scenario to its end, as the worker does, in slices. */
function runToEnd(scenario: Scenario, seed: number): History {
  const history = new History(scenario, [], { seed })
  while (history.advance()) {}
  return history
}

/** Messages that the queue of a workload has seen acknowledged. */
function ackedIn(history: History): number {
  return must(history.live.part('queue') as Queue | undefined, 'queue').ackedCount
}

/** Runs a scenario as a page does after each edit: the run before it is closed. Returns messages and facts. */
export function runAndClose(scenario: Scenario, seed: number): { acked: number; facts: number } {
  const history = runToEnd(scenario, seed)
  const counts = { acked: ackedIn(history), facts: history.factCount }
  history.close()
  return counts
}

/** What a run takes up: its facts alone, and all its tables and columns, divided by its facts. */
export interface Sizes {
  bytesPerFact: number
  bytesPerFactInAll: number
  checkpointBytes: number
  checkpointsPerMillionFacts: number
}

/** Runs a scenario and measures what its history takes up. */
export function measureSizes(scenario: Scenario): { history: History; sizes: Sizes } {
  const before = process.memoryUsage().arrayBuffers
  const history = runToEnd(scenario, 1)
  const bytes = process.memoryUsage().arrayBuffers - before
  const { facts, checkpoints, checkpointCount } = history.bytes
  const { factCount } = history
  const sizes = {
    bytesPerFact: facts / factCount,
    bytesPerFactInAll: bytes / factCount,
    checkpointBytes: checkpoints / checkpointCount,
    checkpointsPerMillionFacts: (checkpointCount / factCount) * 1_000_000,
  }
  return { history, sizes }
}

export interface Seeks {
  facts: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

/** How long it takes to put the viewed world at random moments of a run. */
export function measureSeeks(history: History, seeks: number): Seeks {
  const random = new Random(1, 'seeks')
  const seek = () => {
    const factIndex = random.below(history.factCount)
    const wallMs = performance.now()
    const ownMs = processorMs()
    history.seek({ factIndex })
    // Other work on the machine lengthens the one, the compiler's own threads lengthen the other.
    return Math.min(processorMs() - ownMs, performance.now() - wallMs)
  }
  // As on a page on which someone has dragged the slider for a while.
  for (let n = 0; n < seeks / 2; n++) seek()
  const tookMs = Array.from({ length: seeks }, seek)
  return {
    facts: history.factCount,
    p50Ms: quantile(tookMs, 0.5),
    p99Ms: quantile(tookMs, 0.99),
    maxMs: Math.max(...tookMs),
  }
}
