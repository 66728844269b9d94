/**
 * basic.publish: checks, routing, mandatory returns, confirms, and transactions that hold it back
 * (rabbitmq.com/docs/publishers, /docs/confirms; AMQP 0-9-1, 1.8.3.7). A message without a queue is confirmed
 * with basic.ack as well, after its return.
 */
import type { AmqpBroker } from './broker.ts'
import type { Channel } from './channel.ts'
import { CODE } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { AMQP_FACTS } from './facts.ts'
import { propertiesOf, propertiesProblem } from './properties.ts'
import type { Queue } from './queue.ts'
import type { Route } from './routing.ts'
import type { HeldPublish } from './transaction.ts'

export class Publishing {
  /** The channel whose publish is being stored: quorum queues tell their publishers apart. */
  private publisher: Channel | null = null
  /** Copies of the present publish that are still under way, and those that were refused. */
  private refused = 0
  /** Of those, refusals by quorum queues that had told the channel that they are full. */
  private foreseen = 0
  private readonly broker: AmqpBroker

  constructor(broker: AmqpBroker) {
    this.broker = broker
  }

  publish(
    channel: Channel,
    exchange: Exchange,
    message: number,
    mandatory: boolean,
    asKey?: number,
  ): void {
    const { broker } = this
    const { records } = broker.sim
    if (exchange.options.internal) {
      broker.fail(channel, CODE.accessRefused, `exchange '${exchange.name}' is internal`)
    }
    const properties = propertiesOf(records, message)
    const problem = properties === null ? null : propertiesProblem(properties)
    if (problem !== null) broker.fail(channel, CODE.preconditionFailed, problem)
    const key = asKey ?? records.messages.key(message)
    if (channel.transaction.isOn) {
      const routes = broker.routing.routes(exchange, key, properties)
      const queues = routes.map(({ queue }) => queue.node)
      const held: HeldPublish = { message, exchange: exchange.node, key, queues, mandatory }
      broker.sim.emit(channel, AMQP_FACTS.txPublished, message, records.row(held))
      return
    }
    const { isOn, next } = channel.confirms
    const copies = this.send(channel, exchange, key, message)
    if (copies === 0 && mandatory) this.giveBack(channel, exchange, message)
    if (isOn) this.confirm(channel, message, next)
  }

  /** Sends a message on to its queues; returns how many there are. */
  send(channel: Channel | null, exchange: Exchange, key: number, message: number): number {
    const { broker } = this
    const properties = propertiesOf(broker.sim.records, message)
    const routes = broker.routing.routes(exchange, key, properties)
    this.sendAlong(channel, routes, exchange, key, message)
    return routes.length
  }

  /**
   * A publish of a transaction takes effect. Returns whether every queue took it; a refusal that the channel
   * could foresee goes unnoticed (3.10 sets `tx = committing` after it was marked as failed).
   */
  publishHeld(channel: Channel, held: HeldPublish): boolean {
    const { broker } = this
    const exchange = broker.sim.parts[held.exchange] as Exchange
    const routes = this.routesHeld(held, exchange)
    this.sendAlong(channel, routes, exchange, held.key, held.message)
    if (routes.length === 0 && held.mandatory) this.giveBack(channel, exchange, held.message)
    return this.refused === this.foreseen
  }

  /** The queues found when it was published, by their names: bindings made or taken since change nothing. */
  private routesHeld(held: HeldPublish, exchange: Exchange): Route[] {
    const { broker } = this
    const properties = propertiesOf(broker.sim.records, held.message)
    const present = broker.routing.routes(exchange, held.key, properties)
    return held.queues.flatMap((node) => {
      const queue = broker.queue((broker.sim.parts[node] as Queue).name)
      if (!queue) return []
      return [present.find((route) => route.queue === queue) ?? { queue, by: [exchange] }]
    })
  }

  /** A copy is at its queue; it is lost if the queue is gone by now. */
  store(queue: Queue, message: number, via: number, key: number, cameBy: number): void {
    const stored = queue.alive && queue.enqueue(message, via, key, cameBy, this.publisher)
    if (this.publisher === null) this.step(message, stored || !queue.alive)
    else if (queue.alive && !stored) {
      this.refused++
      if (queue.options.type === 'quorum') this.foreseen++
    }
  }

  private sendAlong(
    channel: Channel | null,
    routes: readonly Route[],
    exchange: Exchange,
    key: number,
    message: number,
  ): void {
    const { broker } = this
    this.refused = 0
    this.foreseen = 0
    if (routes.length === 0) broker.sim.emit(exchange, AMQP_FACTS.unroutable, message, -1)
    const travels = broker.routing.hasPaths && channel?.confirms.isOn
    if (travels && routes.some((route) => broker.routing.takesTime(route))) {
      // The confirm waits for all copies, those that are there at once as well.
      broker.sim.emit(channel, AMQP_FACTS.confirmAwaited, message, routes.length)
      for (const route of routes) broker.routing.send(route, message, key)
    } else {
      this.publisher = channel
      for (const route of routes) broker.routing.send(route, message, key)
      this.publisher = null
    }
    broker.deliverDeadLetters()
  }

  private confirm(channel: Channel, message: number, sequence: number): void {
    if (channel.confirms.sequenceOf(message) === sequence) return
    // It was confirmed by its last copy already.
    if (channel.confirms.next !== sequence) return
    this.answer(channel, message, sequence, this.refused === 0)
  }

  /** A copy that was under way has arrived, or was refused: its publish may be complete. */
  private step(message: number, stored: boolean): void {
    const { broker } = this
    if (!broker.routing.hasPaths) return
    for (const channel of broker.channels) {
      const { confirms } = channel
      const sequence = channel.isOpen ? confirms.sequenceOf(message) : 0
      if (sequence === 0) continue
      broker.sim.emit(channel, AMQP_FACTS.confirmStep, message, stored ? 1 : 0)
      if (confirms.isComplete(message)) {
        this.answer(channel, message, sequence, !confirms.wasRefused(message))
      }
      return
    }
  }

  private answer(channel: Channel, message: number, sequence: number, stored: boolean): void {
    const kind = stored ? AMQP_FACTS.confirmed : AMQP_FACTS.nacked
    this.broker.sim.emit(channel, kind, message, sequence)
    this.broker.wire.confirmed?.(channel, sequence, message, stored)
  }

  private giveBack(channel: Channel, exchange: Exchange, message: number): void {
    this.broker.sim.emit(channel, AMQP_FACTS.returned, message, exchange.node)
    this.broker.wire.returned?.(channel, exchange.name, message)
  }
}
