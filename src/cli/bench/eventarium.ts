/** The engine under test: scenarios through `History`, every fact recorded, every checkpoint taken. */
import { must } from '../../base/assert.ts'
import type { Queue } from '../../brokers/amqp/queue.ts'
import { Random } from '../../engine/random.ts'
import { History } from '../../history/history.ts'
import type { Scenario } from '../../scenario/document.ts'
import { EXAMPLES } from '../../scenario/examples/index.ts'
import { type AskedFigures, measureAsked } from './asked.ts'
import { type Place, quantile } from './rounds.ts'
import type { Workload } from './workloads.ts'

/** Facts that a run advances between two looks at the clock, as in the worker. */
const WARM_FACTS = 100_000

/** Runs a scenario to its end, or up to a number of facts. */
export function runToEnd(scenario: Scenario, factsMax = Number.POSITIVE_INFINITY): History {
  const history = new History(scenario, [], { seed: 1, factsMax })
  while (history.advance()) {}
  return history
}

/**
 * Runs all examples and looks around in them: a page has seen many kinds of scenarios, and code that has is
 * slower than code that has seen one.
 */
export function warmUp(): void {
  for (const { scenario } of EXAMPLES) {
    const history = runToEnd({ ...scenario, durationMs: 3_600_000 }, WARM_FACTS)
    for (let n = 0; n < 20; n++)
      history.seek({ factIndex: Math.floor((history.factCount * n) / 20) })
    history.frame()
    history.close()
  }
}

/** Runs a workload as a page does after each edit: the run before it is closed. Returns messages and facts. */
export function runAndClose(
  workload: Workload,
  scenario: Scenario,
): { messages: number; facts: number } {
  const history = runToEnd(scenario)
  const last = history.live.part(`queue-${workload.stations}`) as Queue | undefined
  const counts = { messages: must(last, 'last queue').ackedCount, facts: history.factCount }
  history.close()
  return counts
}

/** Runs a broadcast; returns how many copies were delivered, and facts. */
export function runBroadcast(scenario: Scenario): { deliveries: number; facts: number } {
  const history = runToEnd(scenario)
  let deliveries = 0
  for (const { id } of scenario.nodes) {
    if (!id.startsWith('subscriber-')) continue
    deliveries += (history.live.part(id) as unknown as { processedCount: number }).processedCount
  }
  const counts = { deliveries, facts: history.factCount }
  history.close()
  return counts
}

/** What a history takes up, and how fast one moves in it. Times in milliseconds. */
export interface HistoryFigures {
  what: string
  facts: number
  /** Facts alone: those left as they are, and those packed. */
  bytesPerHotFact: number
  bytesPerColdFact: number | null
  /** Facts, messages, columns and checkpoints. */
  megabytes: { all: number; facts: number; messages: number; columns: number; checkpoints: number }
  checkpointBytes: number
  checkpointsPerMillionFacts: number
  seek: Times
  /** From a moment to the one a fact before. */
  back: Times
  /** A branch made at a random moment. */
  fork: Times
  /** Where questions were put to it. */
  asked: AskedFigures | null
}

export interface Times {
  p50Ms: number
  p99Ms: number
  maxMs: number
}

const MEGABYTE = 1_000_000

export function measureHistory(
  place: Place,
  what: string,
  scenario: Scenario,
  factsMax: number,
  seeks: number,
  isAsked: boolean,
): HistoryFigures {
  const history = runToEnd(scenario, factsMax)
  const { factCount } = history
  const { facts, messages, columns, checkpoints, checkpointCount } = history.bytes
  const { cold } = history.live.records.facts
  const hotFacts = factCount - cold.facts
  const figures = {
    what,
    facts: factCount,
    bytesPerHotFact: (facts - cold.bytes) / hotFacts,
    bytesPerColdFact: cold.facts > 0 ? cold.bytes / cold.facts : null,
    megabytes: {
      all: (facts + messages + columns + checkpoints) / MEGABYTE,
      facts: facts / MEGABYTE,
      messages: messages / MEGABYTE,
      columns: columns / MEGABYTE,
      checkpoints: checkpoints / MEGABYTE,
    },
    checkpointBytes: checkpoints / checkpointCount,
    checkpointsPerMillionFacts: (checkpointCount / factCount) * 1_000_000,
    ...moves(place, history, seeks),
    asked: isAsked ? measureAsked(place, history) : null,
  }
  history.close()
  return figures
}

function moves(place: Place, history: History, seeks: number) {
  const random = new Random(1, 'seeks')
  const anywhere = () => random.below(history.factCount)
  const seek = () => {
    const factIndex = anywhere()
    return timed(place, () => history.seek({ factIndex }))
  }
  const back = () => {
    const { factIndex } = history.seek({ factIndex: anywhere() })
    return timed(place, () => history.seek({ factIndex: factIndex - 1 }))
  }
  const { facts } = history.live.records
  const fork = () => {
    const atUs = facts.timeUs(anywhere())
    return timed(place, () => {
      history.fork([{ atUs, do: 'crash', node: 'consumer-1-1' }])
    })
  }
  // As on a page on which someone has dragged the slider for a while.
  times(seeks / 2, seek)
  return { seek: times(seeks, seek), back: times(seeks, back), fork: times(seeks / 10, fork) }
}

function times(count: number, measure: () => number): Times {
  const all = Array.from({ length: count }, measure)
  return { p50Ms: quantile(all, 0.5), p99Ms: quantile(all, 0.99), maxMs: Math.max(...all) }
}

/** Other work on the machine lengthens the wall's time, the compiler's own threads lengthen the processor's. */
function timed(place: Place, act: () => void): number {
  const wallMs = performance.now()
  const ownMs = place.nowMs()
  act()
  return Math.min(place.nowMs() - ownMs, performance.now() - wallMs)
}
