/** Numbers of cloud topics and their subscriptions. */
import { CLOUD_FACTS } from '../../../brokers/pubsub/cloud/facts.ts'
import type { Subscription } from '../../../brokers/pubsub/cloud/subscription.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import type { Counter, CounterContext } from './counter.ts'

const COUNTED: Readonly<Record<number, string>> = {
  [CLOUD_FACTS.published]: 'routed',
  [CLOUD_FACTS.arrived]: 'arrived',
  [CLOUD_FACTS.filteredOut]: 'filteredOut',
  [CLOUD_FACTS.acknowledged]: 'acked',
  [CLOUD_FACTS.forwarded]: 'acked',
  [CLOUD_FACTS.deadLettered]: 'deadLettered',
}

export class CloudCounter implements Counter {
  private readonly context: CounterContext
  /** By client of a subscription: the messages that it has begun. */
  private readonly begun: (Set<number> | undefined)[]

  constructor(context: CounterContext) {
    this.context = context
    const { nodes, links } = context.world.scenario
    const isSubscription = (id: string) =>
      nodes.some((node) => node.id === id && node.kind === 'cloudSubscription')
    this.begun = nodes.map(({ id, kind }) => {
      const reads = links.some(({ from, to }) => to === id && isSubscription(from))
      return kind === 'pollingConsumer' && reads ? new Set() : undefined
    })
  }

  count(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    const meter = this.context.meters[part]
    const what = COUNTED[kind]
    if (what !== undefined) meter?.count(what)
    else if (kind === CLOUD_FACTS.expired) meter?.drop('retention')
    else if (kind === CLIENT_FACTS.started) this.begin(timeUs, part, message)
    else if (kind === CLOUD_FACTS.leased) {
      const { world } = this.context
      const isFirst = (world.sim.parts[part] as Subscription).countOf(aux) === 1
      meter?.count(isFirst ? 'delivered' : 'redelivered')
      if (isFirst) meter?.waiting.add(timeUs - world.records.messages.bornUs(message))
    }
  }

  /** What is delivered again was measured the first time. */
  private begin(timeUs: number, part: number, message: number): void {
    const begun = this.begun[part]
    if (!begun || begun.has(message)) return
    begun.add(message)
    const { world, meters } = this.context
    meters[part]?.waiting.add(timeUs - world.records.messages.bornUs(message))
  }
}
