/**
 * Random walks over an AMQP broker without a scenario: clients that declare, bind, publish, consume, answer,
 * crash and let time pass in any order, as a test draws them. What was refused is part of the walk.
 */
import fc from 'fast-check'
import { AmqpBroker } from '../brokers/amqp/broker.ts'
import type { Channel } from '../brokers/amqp/channel.ts'
import { ChannelError, ConnectionError } from '../brokers/amqp/errors.ts'
import type { MessageProperties } from '../brokers/amqp/properties.ts'
import type { QueueOptions } from '../brokers/amqp/queueOptions.ts'
import type { Wire } from '../brokers/amqp/wire.ts'
import { Saver } from '../engine/archive.ts'
import { Records } from '../engine/records.ts'
import { type Part, Simulation } from '../engine/simulation.ts'

/** A step: what is done, and three numbers that choose with whom and with what. */
export interface WalkStep {
  does: keyof typeof DOES
  a: number
  b: number
  c: number
}

const QUEUES = ['q0', 'q1', 'q2', 'dead']
/** A stream; what does not go with streams is not asked of it. */
const LOG = 'log'
const EXCHANGES = ['direct', 'fanout', 'topic', 'headers', 'x-consistent-hash'] as const
const KEYS = ['a', 'b', 'a.b', '', '#', 'a.*']
const EXPIRATIONS = ['0', '5', '20']
const SILENT: Wire = { deliver: () => {} }

/** Queues of a walk by a number: one kind for each bit that is set. */
export function queueOptions(design: number): QueueOptions {
  const bit = (i: number) => (design & (1 << i)) !== 0
  const quorum = bit(0)
  return {
    ...(quorum && { type: 'quorum' as const, durable: true }),
    ...(!quorum && bit(1) && { maxPriority: 3 }),
    ...(bit(2) && { maxLength: 3 }),
    ...(bit(3) && { overflow: 'reject-publish' as const }),
    ...(bit(4) && { messageTtlMs: 15 }),
    ...(bit(5) && { deadLetterExchange: '', deadLetterRoutingKey: bit(6) ? 'dead' : 'q0' }),
    ...(bit(7) && { singleActiveConsumer: true }),
    ...(quorum && bit(8) && { deliveryLimit: 2 }),
    ...(!quorum && bit(9) && { maxLengthBytes: 8 }),
    ...(!quorum && bit(10) && { durable: true }),
    ...(!quorum && bit(11) && { expiresMs: 40 }),
  }
}

/** Ways from exchanges to queues that take time. */
class Ways implements Part {
  private readonly under: { at: number; message: number; a: number; b: number }[] = []
  readonly node: number
  private readonly walk: AmqpWalk

  constructor(walk: AmqpWalk) {
    this.walk = walk
    this.node = walk.sim.nextNode()
    walk.sim.enlist(this)
  }

  lead(from: number, to: number): void {
    const { broker, sim } = this.walk
    broker.setPath(from, to, (message, a, b) => {
      this.under.push({ at: to, message, a, b })
      sim.after(2000, this, 0)
    })
  }

  due(): void {
    const next = this.under.shift()
    if (next) this.walk.broker.arrive(next.at, next.message, next.a, next.b)
  }

  apply(): void {}
  archive(): void {}
}

export class AmqpWalk {
  readonly records = new Records()
  readonly sim = new Simulation(this.records, 1)
  readonly broker = new AmqpBroker(this.sim, this.sim.nextNode(), SILENT)
  private connections = 0
  private consumers = 0

  /** With `slow`, some ways from exchanges take time. */
  constructor(designs: readonly number[], slow = false) {
    const { broker } = this
    broker.declareDefaultExchange()
    const channel = this.open()
    for (const [i, name] of QUEUES.entries()) {
      broker.declareQueue(channel, name, name === 'dead' ? {} : queueOptions(designs[i] ?? 0))
    }
    broker.declareQueue(channel, LOG, { type: 'stream', durable: true })
    for (const type of EXCHANGES) broker.declareExchange(channel, type, type, {})
    if (!slow) return
    const ways = new Ways(this)
    const [direct, fanout] = ['direct', 'fanout'].map((name) => broker.exchange(name)?.node ?? -1)
    ways.lead(fanout as number, broker.queue('q1')?.node ?? -1)
    ways.lead(direct as number, fanout as number)
    broker.bindExchange(channel, 'fanout', 'direct', 'a')
    broker.bind(channel, 'q1', 'fanout', '')
  }

  /** Takes a step; what the broker refuses closes what the protocol says. */
  take(step: WalkStep): void {
    try {
      DOES[step.does](this, step)
    } catch (error) {
      if (!(error instanceof ChannelError || error instanceof ConnectionError)) throw error
    }
  }

  open(confirms = false): Channel {
    const channel = this.broker.openChannel(`c${this.connections++}`, 'walk')
    if (confirms) this.broker.selectConfirms(channel)
    return channel
  }

  /** One of the open channels, one more if there is none. */
  channel(choice: number): Channel {
    const open = this.broker.channels.filter((channel) => channel.isOpen)
    return open[choice % Math.max(1, open.length)] ?? this.open()
  }

  queue(choice: number): string {
    return pick(QUEUES, choice)
  }

  nextTag(): string {
    return `k${this.consumers++}`
  }

  /** An unsettled tag of a channel, or one that it does not have. */
  tag(channel: Channel, choice: number): number {
    const open = channel.tags.openUpTo(channel.tags.next - 1)
    return choice % 19 === 0
      ? channel.tags.next + 1
      : (open[choice % Math.max(1, open.length)] ?? 0)
  }

  publish(channel: Channel, exchange: string, key: string, properties: MessageProperties | null) {
    const { records, sim } = this
    const message = records.messages.add(sim.nowUs, {
      template: records.strings.id('m{n}'),
      ordinal: records.messages.count,
      key: records.strings.id(key),
      props: properties === null ? -1 : records.row(properties),
      parent: -1,
      source: channel.node,
    })
    this.broker.publish(channel, exchange, message, message % 3 === 0)
  }

  advance(ms: number): void {
    const untilUs = this.sim.nowUs + ms * 1000
    this.sim.runUntil(untilUs)
    this.sim.nowUs = untilUs
  }

  /** All that the broker's parts would write into a checkpoint. */
  saved(): Uint8Array {
    return savedOf(this.broker)
  }
}

export function savedOf(broker: AmqpBroker): Uint8Array {
  const saver = new Saver()
  broker.archive(saver)
  return saver.done()
}

/** A broker that knows nothing but the facts of a walk. */
export function replayed(records: Records): { sim: Simulation; broker: AmqpBroker } {
  const sim = new Simulation(records, 1)
  return { sim, broker: new AmqpBroker(sim, sim.nextNode(), SILENT) }
}

function pick<T>(from: readonly T[], choice: number): T {
  return from[choice % from.length] as T
}

function properties(b: number, c: number): MessageProperties | null {
  if (b % 3 === 0) return null
  return {
    ...(b % 5 === 1 && { expiration: pick(EXPIRATIONS, c) }),
    ...(b % 2 === 1 && { priority: c % 5 }),
    ...(c % 2 === 0 && { deliveryMode: 2 }),
    ...(b % 7 === 2 && { headers: { CC: [pick(QUEUES, c)], type: 'pdf' } }),
  }
}

/** What a step can do. */
const DOES = {
  open: (walk: AmqpWalk, { a }: WalkStep) => void walk.open(a % 3 === 0),
  publish: (walk: AmqpWalk, { a, b, c }: WalkStep) =>
    walk.publish(walk.channel(a), '', walk.queue(b), properties(b, c)),
  publishTo: (walk: AmqpWalk, { a, b, c }: WalkStep) =>
    walk.publish(walk.channel(a), pick(EXCHANGES, b), pick(KEYS, c), properties(c, b)),
  bind: (walk: AmqpWalk, { a, b, c }: WalkStep) => {
    const exchange = pick(EXCHANGES, b)
    const key = exchange === 'x-consistent-hash' ? String(1 + (c % 3)) : pick(KEYS, c)
    if (c % 4 === 0) walk.broker.bindExchange(walk.channel(a), pick(EXCHANGES, c), exchange, key)
    else walk.broker.bind(walk.channel(a), walk.queue(c), exchange, key)
  },
  unbind: (walk: AmqpWalk, { a, b, c }: WalkStep) =>
    walk.broker.unbind(walk.channel(a), walk.queue(c), pick(EXCHANGES, b), pick(KEYS, c)),
  consume: (walk: AmqpWalk, { a, b, c }: WalkStep) =>
    void walk.broker.consume(walk.channel(a), walk.queue(b), {
      tag: walk.nextTag(),
      noAck: c % 5 === 0,
      exclusive: c % 11 === 0,
      ...(c % 3 === 0 && { priority: c % 4 }),
    }),
  log: (walk: AmqpWalk, { a, b, c }: WalkStep) => {
    const channel = walk.channel(a)
    if (b % 2 === 0) walk.publish(channel, '', LOG, properties(b, c))
    else {
      walk.broker.setPrefetch(channel, 1 + (c % 3))
      const offset = pick(['first', 'last', 'next', 2] as const, c)
      walk.broker.consume(channel, LOG, { tag: walk.nextTag(), offset })
    }
  },
  cancel: (walk: AmqpWalk, { a }: WalkStep) => {
    const alive = walk.broker.consumers.filter((consumer) => consumer.alive)
    const consumer = alive[a % Math.max(1, alive.length)]
    if (consumer) walk.broker.cancel(consumer)
  },
  get: (walk: AmqpWalk, { a, b, c }: WalkStep) =>
    void walk.broker.get(walk.channel(a), walk.queue(b), c % 3 === 0),
  ack: (walk: AmqpWalk, { a, b, c }: WalkStep) => {
    const channel = walk.channel(a)
    walk.broker.ack(channel, walk.tag(channel, b), c % 3 === 0)
  },
  nack: (walk: AmqpWalk, { a, b, c }: WalkStep) => {
    const channel = walk.channel(a)
    walk.broker.nack(channel, walk.tag(channel, b), c % 3 === 0, c % 2 === 0)
  },
  recover: (walk: AmqpWalk, { a }: WalkStep) => walk.broker.recover(walk.channel(a), true),
  prefetch: (walk: AmqpWalk, { a, b, c }: WalkStep) =>
    walk.broker.setPrefetch(walk.channel(a), b % 4, c % 3 === 0),
  transact: (walk: AmqpWalk, { a, b }: WalkStep) => {
    const channel = walk.channel(a)
    if (!channel.transaction.isOn) walk.broker.selectTransactions(channel)
    else if (b % 3 === 0) walk.broker.rollback(channel)
    else walk.broker.commit(channel)
  },
  purge: (walk: AmqpWalk, { a, b }: WalkStep) =>
    void walk.broker.purge(walk.channel(a), walk.queue(b)),
  close: (walk: AmqpWalk, { a }: WalkStep) => walk.broker.closeChannel(walk.channel(a)),
  crash: (walk: AmqpWalk, { a }: WalkStep) =>
    walk.broker.closeConnection(walk.channel(a).connection),
  advance: (walk: AmqpWalk, { b }: WalkStep) => walk.advance(b % 12),
  restart: (walk: AmqpWalk, { c }: WalkStep) => {
    if (c % 5 === 0) walk.broker.restart()
  },
} as const

const WALK_STEPS = Object.keys(DOES) as WalkStep['does'][]

const designs = fc.array(fc.nat({ max: 4095 }), { minLength: 3, maxLength: 3 })
const number = fc.nat({ max: 999 })
const likely = [
  'publish',
  'publish',
  'publish',
  'publishTo',
  'consume',
  'ack',
  'nack',
  'get',
] as const
const step = fc.record({
  does: fc.constantFrom(...WALK_STEPS, ...likely, ...likely),
  a: number,
  b: number,
  c: number,
})
/** Walks as a property test draws them: kinds of queues, slow ways or not, steps. */
export const walks = fc
  .tuple(designs, fc.boolean(), fc.array(step, { maxLength: 120 }))
  .map(([kinds, slow, steps]): DrawnWalk => ({ kinds, slow, steps }))

export interface DrawnWalk {
  kinds: number[]
  slow: boolean
  steps: WalkStep[]
}

export function walked({ kinds, slow, steps }: DrawnWalk): AmqpWalk {
  const walk = new AmqpWalk(kinds, slow)
  for (const each of steps) walk.take(each)
  return walk
}
