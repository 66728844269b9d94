/** An exchange and its bindings: which queues a routing key leads to. */
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { AMQP_FACTS } from './facts.ts'

/** `default` is the nameless exchange (AMQP 0-9-1, 3.1.3.1): every queue is bound to it by its name. */
export type ExchangeType = 'default' | 'direct' | 'fanout'

/** Row behind `exchangeDeclared`. */
export interface ExchangeRow {
  part: number
  name: string
  type: ExchangeType
  durable: boolean
}

export class Exchange implements Part {
  alive = true
  routedCount = 0
  unroutableCount = 0
  /** Interned key and queue part in turn, oldest binding first. */
  readonly bindings: number[] = []
  /** Queues by interned key, filled on demand and dropped when a binding changes. */
  private readonly cache = new Map<number, number[]>()
  readonly node: number
  readonly name: string
  readonly type: ExchangeType
  readonly durable: boolean
  readonly row: number

  constructor(sim: Simulation, row: number, declared: ExchangeRow) {
    this.row = row
    this.node = declared.part
    this.name = declared.name
    this.type = declared.type
    this.durable = declared.durable
    sim.enlist(this)
  }

  /** Parts of the queues that a key leads to, each once however many bindings match. */
  route(key: number): readonly number[] {
    const cached = this.cache.get(key)
    if (cached) return cached
    const queues: number[] = []
    for (let i = 0; i < this.bindings.length; i += 2) {
      const queue = this.bindings[i + 1] as number
      if (this.matches(this.bindings[i] as number, key) && !queues.includes(queue)) {
        queues.push(queue)
      }
    }
    this.cache.set(key, queues)
    return queues
  }

  /** Direct: the key equal; fanout: whatever the key (AMQP 0-9-1, 3.1.3). */
  private matches(bound: number, key: number): boolean {
    return this.type === 'fanout' || bound === key
  }

  hasBinding(key: number, queue: number): boolean {
    for (let i = 0; i < this.bindings.length; i += 2) {
      if (this.bindings[i] === key && this.bindings[i + 1] === queue) return true
    }
    return false
  }

  /** Takes off every binding of a queue that is gone. Called while a fact is applied. */
  forget(queue: number): void {
    for (let i = this.bindings.length - 2; i >= 0; i -= 2) {
      if (this.bindings[i + 1] === queue) this.bindings.splice(i, 2)
    }
    this.cache.clear()
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.bound:
        this.bindings.push(message, aux)
        this.cache.clear()
        break
      case AMQP_FACTS.unbound:
        for (let i = 0; i < this.bindings.length; i += 2) {
          if (this.bindings[i] === message && this.bindings[i + 1] === aux) {
            this.bindings.splice(i, 2)
            break
          }
        }
        this.cache.clear()
        break
      case AMQP_FACTS.routed:
        this.routedCount++
        break
      case AMQP_FACTS.unroutable:
        this.unroutableCount++
        break
      case AMQP_FACTS.exchangeDeleted:
        this.alive = false
        this.bindings.length = 0
        this.cache.clear()
        break
    }
  }

  archive(io: Archive): void {
    this.alive = io.flag(this.alive)
    this.routedCount = io.int(this.routedCount)
    this.unroutableCount = io.int(this.unroutableCount)
    io.list(this.bindings)
    if (io.loading) this.cache.clear()
  }
}
