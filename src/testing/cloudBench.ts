/** Cloud topics without a scenario: what is pushed, pulled and passed on is written down, time is moved by hand. */
import { must } from '../base/assert.ts'
import { CloudTopics, type Delivery } from '../brokers/pubsub/cloud/service.ts'
import type { Subscription } from '../brokers/pubsub/cloud/subscription.ts'
import { Records } from '../engine/records.ts'
import { Simulation } from '../engine/simulation.ts'

export class CloudBench {
  readonly records = new Records()
  readonly sim = new Simulation(this.records, 1)
  readonly pushed: Delivery[] = []
  /** Answers to pulls that waited. */
  readonly answers: [string, number[]][] = []
  readonly forwarded: number[] = []
  readonly build = (into: Simulation): [CloudTopics] => [
    new CloudTopics(into, into.nextNode(), {
      push: (_subscription, delivery) => this.pushed.push(delivery),
      pulled: (client, deliveries) => this.answers.push([client, deliveries.map((d) => d.message)]),
      forward: (_subscription, message) => this.forwarded.push(message),
    }),
  ]
  readonly service: CloudTopics

  constructor() {
    ;[this.service] = this.build(this.sim)
    this.service.createTopic('orders')
  }

  /** Publishes and returns the message. */
  publish(key = '', attributes: Readonly<Record<string, string>> = {}): number {
    const { records } = this
    const keyId = key === '' ? -1 : records.strings.id(key)
    const body = records.strings.id('Order{n}')
    const number = records.messages.count + 1
    const props = records.row({ headers: attributes })
    const message = records.messages.addRow(this.sim.nowUs, body, number, keyId, props, -1, -1)
    this.service.publish(must(this.service.topic('orders'), 'topic'), message)
    return message
  }

  subscription(name: string): Subscription {
    return must(this.service.subscription(name), `subscription ${name}`)
  }

  waitMs(ms: number): void {
    const until = this.sim.nowUs + ms * 1000
    this.sim.runUntil(until)
    this.sim.nowUs = until
  }
}
