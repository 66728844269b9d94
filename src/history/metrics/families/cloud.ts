/** Numbers of cloud topics and their subscriptions. */
import { CLOUD_FACTS } from '../../../brokers/pubsub/cloud/facts.ts'
import type { Subscription } from '../../../brokers/pubsub/cloud/subscription.ts'
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

  constructor(context: CounterContext) {
    this.context = context
  }

  count(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    const meter = this.context.meters[part]
    const what = COUNTED[kind]
    if (what !== undefined) meter?.count(what)
    else if (kind === CLOUD_FACTS.expired) meter?.drop('retention')
    else if (kind === CLOUD_FACTS.leased) {
      const { world } = this.context
      const isFirst = (world.sim.parts[part] as Subscription).countOf(aux) === 1
      meter?.count(isFirst ? 'delivered' : 'redelivered')
      if (isFirst) meter?.waiting.add(timeUs - world.records.messages.bornUs(message))
    }
  }
}
