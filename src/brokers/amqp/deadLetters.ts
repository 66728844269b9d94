/**
 * Dead-lettering (rabbitmq.com/docs/dlx): a message that dies in a queue is published anew to the queue's
 * dead-letter exchange, with its history in the header x-death. Copies arrive after the operation that killed
 * the message is done, as with queues that are processes of their own. An exchange that does not exist takes
 * nothing: the message is gone.
 */
import type { Simulation } from '../../engine/simulation.ts'
import type { Exchange } from './exchange.ts'
import { AMQP_FACTS, DEAD_END, DEATH, type Death } from './facts.ts'
import {
  copyKeys,
  type Headers,
  type HeaderValue,
  type MessageProperties,
  propertiesOf,
  visibleHeaders,
} from './properties.ts'
import type { Queue } from './queue.ts'
import type { Route, Routing } from './routing.ts'

export interface DeadLetterContext {
  readonly sim: Simulation
  readonly routing: Routing
  exchange(name: string): Exchange | undefined
}

/** An entry of x-death. RabbitMQ also writes the time; here the fact has it. */
interface DeathEntry {
  count: number
  reason: Death
  queue: string
  exchange: string
  'routing-keys': readonly string[]
  'original-expiration'?: string
}

/** A copy that waits for the operation to end. */
interface Waiting {
  route: Route
  message: number
  key: number
}

export class DeadLetters {
  /** Whether copies wait for more than the present operation. */
  areHeld = false
  private readonly waiting: Waiting[] = []
  private readonly broker: DeadLetterContext

  constructor(broker: DeadLetterContext) {
    this.broker = broker
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0
  }

  exchangeOf({ options }: Queue): Exchange | undefined {
    const { deadLetterExchange } = options
    return deadLetterExchange === undefined ? undefined : this.broker.exchange(deadLetterExchange)
  }

  /** Publishes the copy of a message that died in a queue; `via` and `key` are how it came there. */
  send(queue: Queue, message: number, via: number, key: number, why: Death): void {
    const { sim, routing } = this.broker
    const exchange = this.exchangeOf(queue)
    if (!exchange) return
    const properties = this.propertiesAfter(queue, message, via, key, why)
    const { deadLetterRoutingKey } = queue.options
    const { messages, strings } = sim.records
    const newKey = deadLetterRoutingKey === undefined ? key : strings.id(deadLetterRoutingKey)
    const copy = messages.add(sim.nowUs, {
      template: messages.template(message),
      ordinal: messages.ordinal(message),
      key: newKey,
      props: sim.records.row(properties),
      parent: message,
      source: queue.node,
    })
    sim.emit(queue, AMQP_FACTS.deadLettered, copy, DEATH.indexOf(why))
    const routes = routing.routes(exchange, newKey, properties)
    const deaths = deathsIn(properties.headers)
    const open = routes.filter((route) => why === 'rejected' || !isCycle(route.queue, deaths))
    for (const route of open) this.waiting.push({ route, message: copy, key: newKey })
    if (open.length > 0) return
    const end = routes.length === 0 ? DEAD_END.unroutable : DEAD_END.cycle
    sim.emit(queue, AMQP_FACTS.deadLetterLost, copy, end)
  }

  /** Lets the copies that wait arrive. */
  deliver(): void {
    if (this.areHeld) return
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      this.broker.routing.send(next.route, next.message, next.key)
    }
  }

  private propertiesAfter(
    queue: Queue,
    message: number,
    via: number,
    key: number,
    why: Death,
  ): MessageProperties {
    const { sim } = this.broker
    const { records } = sim
    const properties = propertiesOf(records, message) ?? {}
    const before = visibleHeaders(properties) ?? {}
    const { expiration, blindKeys, ...rest } = properties
    const death: DeathEntry = {
      count: 1,
      reason: why,
      queue: queue.name,
      exchange: (sim.parts[via] as Exchange | undefined)?.name ?? '',
      'routing-keys': [records.strings.text(key), ...copyKeys(before)],
      ...(expiration !== undefined && { 'original-expiration': expiration }),
    }
    const headers = withDeath(before, death)
    if (queue.options.deadLetterRoutingKey !== undefined) {
      // A key of the queue's own replaces all keys of the message, those in CC and BCC as well.
      const { CC: _, ...others } = headers
      return { ...rest, headers: others }
    }
    const blind = blindKeys ?? blindIn(properties)
    return { ...rest, headers, ...(blind.length > 0 && { blindKeys: blind }) }
  }
}

/**
 * One entry a (queue, reason), the newest first; a repeated death raises the count of its entry and leaves
 * the rest of it as it was the first time (`update_x_death_header/2`).
 */
function withDeath(headers: Headers, death: DeathEntry): Headers {
  const deaths = deathsIn(headers)
  const same = deaths.find(({ queue, reason }) => queue === death.queue && reason === death.reason)
  const entry = same ? { ...same, count: same.count + 1 } : death
  const others = deaths.filter((other) => other !== same)
  const first: Headers =
    headers['x-death'] === undefined
      ? {
          'x-first-death-reason': death.reason,
          'x-first-death-queue': death.queue,
          'x-first-death-exchange': death.exchange,
        }
      : {}
  return { ...headers, ...first, 'x-death': [entry, ...others] as unknown as HeaderValue }
}

function deathsIn(headers: Headers | undefined): readonly DeathEntry[] {
  const value = headers?.['x-death']
  return Array.isArray(value) ? (value as unknown as DeathEntry[]) : []
}

/**
 * A message that comes back to a queue it died in, without a rejection on the way, would go round for ever
 * and is dropped (rabbitmq.com/docs/dlx#routing, "cycle").
 */
function isCycle(queue: Queue, deaths: readonly DeathEntry[]): boolean {
  const at = deaths.findIndex((death) => death.queue === queue.name)
  return at !== -1 && deaths.slice(0, at + 1).every(({ reason }) => reason !== 'rejected')
}

function blindIn({ headers }: MessageProperties): readonly string[] {
  const value = headers?.BCC
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
