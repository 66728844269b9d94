/**
 * From an exchange to queues: bindings between exchanges, alternate exchanges and further keys (CC, BCC)
 * included, one copy a queue however it is reached (rabbitmq.com/docs/e2e, /docs/ae, /docs/sender-selected).
 * A message is routed at one moment; where a way takes time, its copies then travel it.
 */
import type { Simulation } from '../../engine/simulation.ts'
import type { Exchange } from './exchange.ts'
import { AMQP_FACTS } from './facts.ts'
import { extraKeys, type MessageProperties } from './properties.ts'
import type { Queue } from './queue.ts'

/**
 * A way from an exchange to a queue or exchange that takes time: the far end hands all three to
 * `AmqpBroker.arrive`.
 */
export type Path = (message: number, a: number, b: number) => void

/** A queue that a message reaches, and the exchanges that it passes, the first one included. */
export interface Route {
  queue: Queue
  by: readonly Exchange[]
}

/** Row of a copy that travels over several exchanges. */
interface Journey {
  key: number
  queue: number
  by: readonly number[]
}

/** What routing asks of its broker. */
export interface RoutingContext {
  readonly sim: Simulation
  exchange(name: string): Exchange | undefined
  /** A copy has reached its queue. `cameBy` is -1 if it was counted as routed when it left. */
  store(queue: Queue, message: number, via: number, key: number, cameBy: number): void
}

export class Routing {
  private readonly paths = new Map<string, Path>()
  hasPaths = false
  private readonly broker: RoutingContext

  constructor(broker: RoutingContext) {
    this.broker = broker
  }

  setPath(from: number, to: number, path: Path): void {
    this.paths.set(`${from}/${to}`, path)
    this.hasPaths = true
  }

  path(from: number, to: number): Path | undefined {
    return this.paths.get(`${from}/${to}`)
  }

  /** Queues that a message reaches from an exchange, by name (`rabbit_exchange:route/2`). */
  routes(exchange: Exchange, key: number, properties: MessageProperties | null): Route[] {
    const { strings } = this.broker.sim.records
    const keys = [key, ...extraKeys(properties).map((text) => strings.id(text))]
    const found = new Map<Queue, Route>()
    const seen = new Set<Exchange>([exchange])
    const todo: { exchange: Exchange; by: readonly Exchange[] }[] = [{ exchange, by: [exchange] }]
    for (let at = todo.shift(); at; at = todo.shift()) {
      const { by } = at
      for (const to of this.destinations(at.exchange, keys, properties)) {
        if (isExchange(to)) {
          if (!seen.has(to)) todo.push({ exchange: to, by: [...by, to] })
          seen.add(to)
        } else if (!found.has(to)) found.set(to, { queue: to, by })
      }
    }
    return [...found.values()].sort((a, b) => (a.queue.name < b.queue.name ? -1 : 1))
  }

  /** Sends a copy on its way along a route; without paths it is there at once. Returns whether it is. */
  send(route: Route, message: number, key: number): boolean {
    const { queue, by } = route
    const via = (by[0] as Exchange).node
    if (by.length === 1) {
      const path = this.path(via, queue.node)
      if (!path) {
        this.broker.store(queue, message, via, key, via)
        return true
      }
      this.broker.sim.emit(by[0] as Exchange, AMQP_FACTS.routed, message, queue.node)
      path(message, via, key)
      return false
    }
    const journey: Journey = { key, queue: queue.node, by: by.map(({ node }) => node) }
    return this.goOn(journey, 0, message, -1)
  }

  /** Whether any part of a route has a path. */
  takesTime({ queue, by }: Route): boolean {
    return by.some(
      (exchange, i) => this.path(exchange.node, (by[i + 1] ?? queue).node) !== undefined,
    )
  }

  /** A copy that was under way reaches a queue or an exchange (`at`). */
  arrive(at: number, message: number, a: number, b: number): void {
    const { sim } = this.broker
    if (a >= 0) {
      this.broker.store(sim.parts[at] as Queue, message, a, b, -1)
      return
    }
    const row = -1 - a
    const journey = sim.records.rowAt<Journey>(row)
    if (b < journey.by.length) this.goOn(journey, b, message, row)
    else this.land(journey, message, -1)
  }

  /** From stop `stop` of a journey on, as far as no way takes time. Returns whether it reached the queue. */
  private goOn(journey: Journey, stop: number, message: number, row: number): boolean {
    const { sim } = this.broker
    for (let i = stop; i < journey.by.length; i++) {
      const from = sim.parts[journey.by[i] as number] as Exchange
      const last = i === journey.by.length - 1
      const to = last ? journey.queue : (journey.by[i + 1] as number)
      const path = this.path(from.node, to)
      if (!last) sim.emit(from, AMQP_FACTS.passedOn, message, to)
      if (path) {
        if (last) sim.emit(from, AMQP_FACTS.routed, message, to)
        path(message, -1 - (row === -1 ? sim.records.row(journey) : row), i + 1)
        return false
      }
      if (last) this.land(journey, message, from.node)
    }
    return true
  }

  private land({ by, key, queue }: Journey, message: number, cameBy: number): void {
    const target = this.broker.sim.parts[queue] as Queue
    this.broker.store(target, message, by[0] as number, key, cameBy)
  }

  private destinations(
    exchange: Exchange,
    keys: readonly number[],
    properties: MessageProperties | null,
  ): (Queue | Exchange)[] {
    const { sim } = this.broker
    // Headers do not look at keys, and what is hashed is the first one only.
    const asked = exchange.isKeyed ? keys : keys.slice(0, 1)
    const parts = new Set(asked.flatMap((key) => exchange.routeMessage(key, properties)))
    const found = [...parts].map((part) => sim.parts[part] as Queue | Exchange)
    const { alternateExchange } = exchange.options
    if (found.length > 0 || alternateExchange === undefined) return found
    const alternate = this.broker.exchange(alternateExchange)
    return alternate ? [alternate] : []
  }
}

function isExchange(part: Queue | Exchange): part is Exchange {
  return 'routedCount' in part
}
