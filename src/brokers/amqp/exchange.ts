/** An exchange and its bindings: which queues and exchanges a routing key, or headers, lead to. */
import { must } from '../../base/assert.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { AMQP_FACTS } from './facts.ts'
import { hashing } from './hashing.ts'
import { matchesHeaders } from './headersMatch.ts'
import type { Headers, MessageProperties } from './properties.ts'
import { matchesTopic } from './topicPattern.ts'

/**
 * `default` is the nameless exchange (AMQP 0-9-1, 3.1.3.1): every queue is bound to it by its name. The
 * others are those of AMQP 0-9-1, 3.1.3, and RabbitMQ's plugin for consistent hashing.
 */
export type ExchangeType =
  | 'default'
  | 'direct'
  | 'fanout'
  | 'topic'
  | 'headers'
  | 'x-consistent-hash'

export const EXCHANGE_TYPES: readonly ExchangeType[] = [
  'direct',
  'fanout',
  'topic',
  'headers',
  'x-consistent-hash',
]

/** Exchanges that are there from the start; amq.rabbitmq.trace belongs to the firehose (rabbitmq.com/docs/firehose). */
export const PREDECLARED: readonly { name: string; type: ExchangeType; internal: boolean }[] = [
  { name: 'amq.direct', type: 'direct', internal: false },
  { name: 'amq.fanout', type: 'fanout', internal: false },
  { name: 'amq.topic', type: 'topic', internal: false },
  { name: 'amq.headers', type: 'headers', internal: false },
  { name: 'amq.match', type: 'headers', internal: false },
  { name: 'amq.rabbitmq.trace', type: 'topic', internal: true },
]

/** How an exchange was declared. */
export interface ExchangeOptions {
  durable?: boolean
  /** Gone when its last binding goes (rabbitmq.com/docs/exchanges). */
  autoDelete?: boolean
  /** Clients may not publish to it. */
  internal?: boolean
  /** Where messages go that it cannot route (rabbitmq.com/docs/ae). */
  alternateExchange?: string
  /** Consistent hash: what is hashed instead of the routing key. */
  hashHeader?: string
  hashProperty?: string
}

/** Row behind `exchangeDeclared`. */
export interface ExchangeRow extends ExchangeOptions {
  part: number
  name: string
  type: ExchangeType
  durable: boolean
}

/** Row behind `boundByRow` and `unboundByRow`. */
export interface BindingRow {
  key: number
  destination: number
  toExchange: boolean
  /** Interned JSON of the binding's arguments, -1 if it has none. */
  args: number
}

/** What an exchange asks of its broker. */
export interface ExchangeContext {
  readonly sim: Simulation
  /** Takes an exchange that is gone out of all others. */
  forgetQueue(part: { node: number }): void
}

/** The key does not decide alone, or leads on to exchanges; clients may not publish to it; it is deleted. */
const RARE = { detours: 1, internal: 2, gone: 4 } as const

/** Places for the keys asked for last, a power of two; interned keys are never below -1. */
const LAST_KEYS = 16

/** Where a key leads. */
interface Found {
  readonly key: number
  readonly parts: readonly number[]
}
const NOTHING: Found = { key: -2, parts: [] }

/** Words of a binding: interned key, destination part, arguments. */
const STRIDE = 3

export class Exchange implements Part {
  alive = true
  routedCount = 0
  unroutableCount = 0
  /** `STRIDE` words each, oldest binding first. */
  readonly bindings: number[] = []
  /** Consistent hash: destination part and number of buckets in turn. */
  private readonly ring: number[] = []
  /** Parts of exchanges that it is bound to lead to. */
  private readonly onward: number[] = []
  /** What is rare about it, of the marks below; 0: whoever publishes need ask no more than where the key leads. */
  rare: number
  /** Destinations by interned key, filled on demand and dropped when a binding changes. */
  private readonly cache = new Map<number, number[]>()
  /** What was asked for last, in a place of its key's: mostly one of a few is asked for again. */
  private readonly last: Found[] = Array.from({ length: LAST_KEYS }, () => NOTHING)
  private readonly argsCache = new Map<number, Headers>()
  readonly node: number
  readonly name: string
  readonly type: ExchangeType
  readonly durable: boolean
  readonly options: ExchangeOptions
  /** Clients may not publish to it. */
  readonly isInternal: boolean
  readonly row: number
  private readonly sim: Simulation
  private readonly broker: ExchangeContext

  constructor(broker: ExchangeContext, row: number, declared: ExchangeRow) {
    const { sim } = broker
    this.broker = broker
    this.sim = sim
    this.row = row
    this.node = declared.part
    this.name = declared.name
    this.type = declared.type
    this.durable = declared.durable
    this.options = declared
    this.isInternal = declared.internal ?? false
    this.rare = this.findRare()
    sim.enlist(this)
  }

  leadsOnTo(destination: number): boolean {
    return this.onward.includes(destination)
  }

  /** Destinations that a key leads to, by name, each once however many bindings match. Not for headers and hashes. */
  route(key: number): readonly number[] {
    const found = this.last[key & (LAST_KEYS - 1)] as Found
    return found.key === key ? found.parts : this.look(key)
  }

  private look(key: number): readonly number[] {
    const parts = this.cache.get(key) ?? this.search(key)
    this.last[key & (LAST_KEYS - 1)] = { key, parts }
    return parts
  }

  private search(key: number): readonly number[] {
    const text = this.sim.records.strings.text(key)
    const found: number[] = []
    for (let i = 0; i < this.bindings.length; i += STRIDE) {
      const to = this.bindings[i + 1] as number
      if (!found.includes(to) && this.matches(this.bindings[i] as number, key, text)) found.push(to)
    }
    found.sort((a, b) => (this.nameOf(a) < this.nameOf(b) ? -1 : 1))
    this.cache.set(key, found)
    return found
  }

  /** The same for any type of exchange. */
  routeMessage(key: number, properties: MessageProperties | null): readonly number[] {
    if (this.type === 'headers') return this.routeHeaders(properties?.headers ?? null)
    if (this.type === 'x-consistent-hash') return this.routeHash(key, properties)
    return this.route(key)
  }

  hasBinding(key: number, destination: number, args = -1): boolean {
    return this.find(key, destination, args) !== -1
  }

  /** Takes off every binding of a destination that is gone. Called while a fact is applied. */
  forget(destination: number): void {
    for (let i = this.bindings.length - STRIDE; i >= 0; i -= STRIDE) {
      if (this.bindings[i + 1] === destination) this.bindings.splice(i, STRIDE)
    }
    this.unhash(destination)
    this.leadsNoMoreTo(destination)
    this.forgetRoutes()
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.bound:
        this.add(message, aux, -1)
        break
      case AMQP_FACTS.unbound:
        this.remove(message, aux, -1)
        break
      case AMQP_FACTS.boundByRow: {
        const { key, args, toExchange } = this.sim.records.rowAt<BindingRow>(message)
        this.add(key, aux, args)
        if (toExchange && !this.onward.includes(aux)) this.onward.push(aux)
        this.rare = this.findRare()
        break
      }
      case AMQP_FACTS.unboundByRow: {
        const { key, args } = this.sim.records.rowAt<BindingRow>(message)
        this.remove(key, aux, args)
        break
      }
      case AMQP_FACTS.routed:
      case AMQP_FACTS.passedOn:
        this.routedCount++
        break
      case AMQP_FACTS.unroutable:
        this.unroutableCount++
        break
      case AMQP_FACTS.exchangeDeleted:
        this.alive = false
        this.bindings.length = 0
        this.ring.length = 0
        this.onward.length = 0
        this.rare = this.findRare()
        this.forgetRoutes()
        this.broker.forgetQueue(this)
        break
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.routedCount = io.int(this.routedCount)
    this.unroutableCount = io.int(this.unroutableCount)
    io.list(this.bindings)
    io.list(this.ring)
    io.list(this.onward)
    if (!io.loading) return
    this.forgetRoutes()
    this.rare = this.findRare()
  }

  /** Whether keys alone decide where a message goes. */
  get isKeyed(): boolean {
    return this.type !== 'headers' && this.type !== 'x-consistent-hash'
  }

  private findRare(): number {
    const { alternateExchange } = this.options
    const isPlain = this.isKeyed && this.onward.length === 0 && alternateExchange === undefined
    return (
      (isPlain ? 0 : RARE.detours) |
      (this.isInternal ? RARE.internal : 0) |
      (this.alive ? 0 : RARE.gone)
    )
  }

  /** Direct: the key equal; fanout: whatever the key; topic: by pattern (AMQP 0-9-1, 3.1.3). */
  private matches(bound: number, key: number, text: string): boolean {
    if (this.type === 'topic') return matchesTopic(this.sim.records.strings.text(bound), text)
    return this.type === 'fanout' || bound === key
  }

  private routeHeaders(headers: Headers | null): number[] {
    const found: number[] = []
    for (let i = 0; i < this.bindings.length; i += STRIDE) {
      const to = this.bindings[i + 1] as number
      if (!found.includes(to) && matchesHeaders(this.args(i), headers)) found.push(to)
    }
    return found
  }

  private routeHash(key: number, properties: MessageProperties | null): number[] {
    const buckets = this.ring.reduce((sum, word, i) => (i % 2 === 1 ? sum + word : sum), 0)
    if (buckets === 0) return []
    let bucket = this.bucketOf(key, properties, buckets)
    for (let i = 0; i < this.ring.length; i += 2) {
      bucket -= this.ring[i + 1] as number
      if (bucket < 0) return [this.ring[i] as number]
    }
    return []
  }

  /** What is hashed: a header with its type, a property, the key, or `undefined` for what is not there. */
  private bucketOf(key: number, properties: MessageProperties | null, buckets: number): number {
    const bucket = must(hashing.bucket, 'the hash of exchanges, loaded')
    const { hashHeader } = this.options
    if (hashHeader !== undefined) return bucket.ofHeader(properties?.headers?.[hashHeader], buckets)
    const text = this.hashedText(key, properties)
    return text === undefined ? bucket.ofHeader(undefined, buckets) : bucket.ofText(text, buckets)
  }

  private hashedText(key: number, properties: MessageProperties | null): string | undefined {
    const { hashProperty } = this.options
    if (hashProperty === undefined) return this.sim.records.strings.text(key)
    if (hashProperty === 'message_id') return properties?.messageId
    // Timestamps are no property of messages here.
    return hashProperty === 'correlation_id' ? properties?.correlationId : undefined
  }

  private add(key: number, destination: number, args: number): void {
    this.bindings.push(key, destination, args)
    this.forgetRoutes()
    if (this.type !== 'x-consistent-hash' || this.ringAt(destination) !== -1) return
    this.ring.push(destination, Number(this.sim.records.strings.text(key)))
  }

  private remove(key: number, destination: number, args: number): void {
    const at = this.find(key, destination, args)
    if (at !== -1) this.bindings.splice(at, STRIDE)
    this.forgetRoutes()
    this.unhash(destination)
    const left = this.bindings.some((word, i) => i % STRIDE === 1 && word === destination)
    if (!left) this.leadsNoMoreTo(destination)
  }

  private forgetRoutes(): void {
    this.cache.clear()
    this.last.fill(NOTHING)
  }

  private leadsNoMoreTo(exchange: number): void {
    const at = this.onward.indexOf(exchange)
    if (at !== -1) this.onward.splice(at, 1)
    this.rare = this.findRare()
  }

  /** All buckets of a destination go with any of its bindings, as in the plugin. */
  private unhash(destination: number): void {
    const at = this.ringAt(destination)
    if (at !== -1) this.ring.splice(at, 2)
  }

  private ringAt(destination: number): number {
    for (let i = 0; i < this.ring.length; i += 2) if (this.ring[i] === destination) return i
    return -1
  }

  private find(key: number, destination: number, args: number): number {
    const { bindings } = this
    for (let i = 0; i < bindings.length; i += STRIDE) {
      if (bindings[i] === key && bindings[i + 1] === destination && bindings[i + 2] === args) {
        return i
      }
    }
    return -1
  }

  private nameOf(part: number): string {
    return (this.sim.parts[part] as unknown as { name: string }).name
  }

  private args(at: number): Headers {
    const id = this.bindings[at + 2] as number
    if (id === -1) return {}
    const known = this.argsCache.get(id)
    if (known) return known
    const made = JSON.parse(this.sim.records.strings.text(id)) as Headers
    this.argsCache.set(id, made)
    return made
  }
}
