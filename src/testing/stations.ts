/**
 * Textbook stations as real scenarios (a producer, queues, consumers, no delay on links), and what their
 * customers met: read from the facts, as estimates with a confidence interval.
 */
import { must } from '../base/assert.ts'
import { AMQP_FACTS } from '../brokers/amqp/facts.ts'
import { CLIENT_FACTS } from '../clients/client.ts'
import type { Duration } from '../engine/distributions.ts'
import type { FactLog } from '../engine/facts.ts'
import {
  type NodeDoc,
  type QueueDoc,
  SCENARIO_FORMAT,
  type Scenario,
} from '../scenario/document.ts'
import { World } from '../scenario/world.ts'

/** Mean service time: theory's unit of time, long enough that rounding to microseconds is nothing. */
const UNIT_MS = 1000
const UNIT_US = UNIT_MS * 1000
/** Share of the customers at the beginning that find the station emptier than it is later. */
const WARM_UP = 0.02
const BATCHES = 200
/** 99.5 % quantile of the normal distribution. */
const Z_99 = 2.576

export interface Design {
  /** Arrivals in a unit of time. */
  lambda: number
  service: Duration
  /** Consumers of each queue. */
  servers?: number
  /** Queues one behind the other, each with its consumers. */
  stages?: number
  /** Most that wait; a customer who comes then is turned away. */
  waitingMax?: number
}

export const exponential: Duration = { kind: 'exponential', meanMs: UNIT_MS }
export const fixed: Duration = { kind: 'fixed', ms: UNIT_MS }
export const lognormal = (cv: number): Duration => ({ kind: 'lognormal', meanMs: UNIT_MS, cv })

/** A mean with the half-width of its 99 % confidence interval. */
export interface Estimate {
  mean: number
  halfWidth: number
}

/**
 * The mean of values in order. They depend on each other, so the interval comes from the means of long
 * batches of the same run (`engine.md` 6: half-width = 2.576 √(s²/n), s² = batch size × their variance).
 */
export function estimate(values: ArrayLike<number>): Estimate {
  const first = Math.ceil(values.length * WARM_UP)
  const size = Math.floor((values.length - first) / BATCHES)
  const means = Array.from({ length: BATCHES }, (_, batch) => {
    let sum = 0
    for (let i = 0; i < size; i++) sum += values[first + batch * size + i] as number
    return sum / size
  })
  const mean = means.reduce((sum, each) => sum + each, 0) / BATCHES
  const squares = means.reduce((sum, each) => sum + (each - mean) * (each - mean), 0)
  const s2 = (size * squares) / (BATCHES - 1)
  return { mean, halfWidth: Z_99 * Math.sqrt(s2 / (size * BATCHES)) }
}

/** What the customers of a run met, in the order in which they came; times in units. */
export interface Visit {
  /** By customer who got in: time before the first queue's work began, and until the last one's was done. */
  waits: Float64Array
  sojourns: Float64Array
  /** By customer who came: 1 if turned away. */
  turnedAway: Uint8Array
  /** By slice of a unit of time: how many were there on average. */
  present: Float64Array
}

/** Lets `customers` come to a station and reads from the facts what they met. */
export function visit(design: Design, customers: number, seed: number): Visit {
  const world = new World(scenarioOf(design, customers), undefined, seed)
  world.start()
  world.run(world.endUs)
  return new Reading(world, design.stages ?? 1, customers).visit
}

function scenarioOf(design: Design, customers: number): Scenario {
  const { lambda, servers = 1, stages = 1, service } = design
  const position = { x: 0, y: 0 }
  const every = { kind: 'exponential' as const, meanMs: UNIT_MS / lambda }
  const nodes: NodeDoc[] = []
  const links: Scenario['links'] = []
  const link = (from: string, to: string) =>
    links.push({ id: `${from}-${to}`, from, to, latencyMs: 0 })
  for (let stage = 0; stage < stages; stage++) nodes.push(queueOf(design, stage))
  const arrivals = { kind: 'interval' as const, every, count: customers }
  nodes.push({ kind: 'producer', id: 'door', name: 'door', position, arrivals, bodies: ['{n}'] })
  link('door', 'queue0')
  for (let stage = 0; stage < stages; stage++) {
    for (let server = 0; server < servers; server++) {
      const id = `server${stage}-${server}`
      const ack = 'manual'
      const one = { ack, prefetch: 1, concurrency: 1, output: 'next' } as const
      nodes.push({ kind: 'consumer', id, name: id, position, service, ...one })
      link(`queue${stage}`, id)
      if (stage + 1 < stages) link(id, `queue${stage + 1}`)
    }
  }
  return {
    format: SCENARIO_FORMAT,
    title: 'a station',
    seed: 1,
    durationMs: (customers * UNIT_MS * 10) / lambda,
    brokers: [{ id: 'broker', family: 'amqp' }],
    nodes,
    links,
  }
}

/** Queue number `stage` is also part number `stage`. */
function queueOf({ waitingMax }: Design, stage: number): QueueDoc {
  const id = `queue${stage}`
  const position = { x: 0, y: 0 }
  const queue: QueueDoc = { kind: 'queue', id, name: id, broker: 'broker', position }
  if (waitingMax === undefined) return queue
  return { ...queue, maxLength: waitingMax, overflow: 'reject-publish' }
}

/** One pass over the facts of a run. */
class Reading {
  readonly visit: Visit
  private inside = 0
  private cameCount = 0
  private readonly cameUs: Float64Array
  /** By message: which of those who got in it belongs to, first in one queue, then in the next. */
  private readonly customer: Int32Array
  private readonly present: Float64Array
  private presentCount = 0
  private presentUs = 0

  constructor(world: World, stages: number, customers: number) {
    const { facts, messages } = world.records
    this.cameUs = new Float64Array(customers)
    this.customer = new Int32Array(messages.count).fill(-1)
    const endUs = lastUs(facts, AMQP_FACTS.enqueued)
    this.present = new Float64Array(Math.floor(endUs / UNIT_US) + 1)
    const waits = new Float64Array(customers)
    const sojourns = new Float64Array(customers)
    const turnedAway = new Uint8Array(customers)
    facts.each(0, facts.count, (timeUs, kind, node, message) => {
      if (kind === AMQP_FACTS.enqueued) {
        const parent = messages.parent(message)
        if (node === 0) this.enter(message, timeUs)
        else this.customer[message] = must(this.customer[parent], 'customer')
      } else if (kind === AMQP_FACTS.refused) turnedAway[this.cameCount++] = 1
      else if (kind === CLIENT_FACTS.started || kind === CLIENT_FACTS.processed) {
        const who = must(this.customer[message], 'customer')
        const hereUs = (timeUs - must(this.cameUs[who], 'arrival')) / UNIT_US
        const isFirst = messages.parent(message) === -1
        if (kind === CLIENT_FACTS.started && isFirst) waits[who] = hereUs
        if (kind === CLIENT_FACTS.started) return
        sojourns[who] = hereUs
        if (isFirst && stages === 1) this.change(-1, timeUs)
      }
    })
    this.visit = {
      waits: waits.subarray(0, this.inside),
      sojourns: sojourns.subarray(0, this.inside),
      turnedAway,
      present: this.present.subarray(0, this.present.length - 1),
    }
  }

  private enter(message: number, timeUs: number): void {
    this.customer[message] = this.inside
    this.cameUs[this.inside++] = timeUs
    this.cameCount++
    this.change(1, timeUs)
  }

  /** Books how many were there since the last change on the slices that it touches. */
  private change(by: number, timeUs: number): void {
    while (this.presentUs < timeUs) {
      const slice = Math.floor(this.presentUs / UNIT_US)
      const untilUs = Math.min(timeUs, (slice + 1) * UNIT_US)
      if (slice < this.present.length) {
        const share = (untilUs - this.presentUs) / UNIT_US
        this.present[slice] = (this.present[slice] as number) + this.presentCount * share
      }
      this.presentUs = untilUs
    }
    this.presentCount += by
  }
}

/** When a fact of a kind happened last. */
function lastUs(facts: FactLog, kind: number): number {
  let index = facts.count - 1
  while (index > 0 && facts.kind(index) !== kind) index--
  return facts.timeUs(index)
}
