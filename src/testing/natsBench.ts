/** A NATS server without a scenario: clients are names, what arrives is written down, time is moved by hand. */

import type { Advisory, Delivery } from '../brokers/pubsub/nats/jetstream/delivery.ts'
import type { AckKind } from '../brokers/pubsub/nats/jetstream/jetStream.ts'
import { NatsServer } from '../brokers/pubsub/nats/server.ts'
import type { Subscription } from '../brokers/pubsub/nats/subscription.ts'
import { Records } from '../engine/records.ts'
import { Simulation } from '../engine/simulation.ts'

export class NatsBench {
  readonly records = new Records()
  readonly sim = new Simulation(this.records, 1)
  /** What JetStream sent, by pull or push. */
  readonly deliveries: Delivery[] = []
  readonly advisories: Advisory[] = []
  private got: Subscription[] = []
  readonly build = (into: Simulation) => [
    new NatsServer(into, into.nextNode(), {
      deliver: (subscription, _subject, _message, from) => {
        this.got.push(subscription)
        if (from) this.deliveries.push(from)
      },
      pulled: (_pull, delivery) => this.deliveries.push(delivery),
      advise: (advisory) => this.advisories.push(advisory),
    }),
  ]
  readonly server: NatsServer

  constructor() {
    const [server] = this.build(this.sim)
    this.server = server as NatsServer
  }

  /** Publishes a message and says who got it and what the stream answered. */
  publish(subject: string, headers?: Readonly<Record<string, string>>) {
    const { records } = this
    this.got = []
    const key = records.strings.id(subject)
    const props = headers ? records.row({ headers }) : -1
    const body = records.strings.id('message {n}')
    const number = records.messages.count + 1
    const message = records.messages.addRow(this.sim.nowUs, body, number, key, props, -1, -1)
    return { got: this.got, ack: this.server.publish(subject, message).ack }
  }

  pull(consumer: string, batch: number, client = 'A'): void {
    const { jetStream } = this.server
    const found = jetStream.mustConsumer('S', consumer)
    jetStream.pull(found, { client, inbox: client, batch, noWait: true, expiresUs: 0 })
  }

  answer(consumer: string, consumerSequence: number, kind: AckKind, delayMs = 0): void {
    const { jetStream } = this.server
    const found = jetStream.mustConsumer('S', consumer)
    jetStream.answer(found, consumerSequence, kind, delayMs * 1000)
  }

  waitMs(ms: number): void {
    const until = this.sim.nowUs + ms * 1000
    this.sim.runUntil(until)
    this.sim.nowUs = until
  }
}
