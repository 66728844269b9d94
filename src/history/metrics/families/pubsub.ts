/** Numbers of places of pub/sub, of JetStream, and of subscribers and requesters. */
import { must } from '../../../base/assert.ts'
import { NATS_FACTS } from '../../../brokers/pubsub/nats/facts.ts'
import type { Consumer } from '../../../brokers/pubsub/nats/jetstream/consumer.ts'
import { REDIS_PUBSUB_FACTS } from '../../../brokers/pubsub/redis/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { isRedelivered } from '../../../clients/consumer/delivery.ts'
import { REQUESTER_FACTS } from '../../../clients/requester/facts.ts'
import { MISSED, SUBSCRIBER_FACTS } from '../../../clients/subscriber/facts.ts'
import { Subscriber } from '../../../clients/subscriber/subscriber.ts'
import type { NodeMeter } from '../nodeMeter.ts'
import type { Counter, CounterContext } from './counter.ts'

/** Facts that are one more of something at the part that they are about. */
const COUNTED: Readonly<Record<number, string>> = {
  [NATS_FACTS.stored]: 'stored',
  [NATS_FACTS.duplicate]: 'duplicates',
  [NATS_FACTS.settled]: 'settled',
  [NATS_FACTS.acked]: 'acked',
  [NATS_FACTS.naked]: 'naks',
  [NATS_FACTS.nakedLater]: 'naks',
  [NATS_FACTS.terminated]: 'terminated',
  [NATS_FACTS.ackWaitOver]: 'ackWaitsOver',
  [REQUESTER_FACTS.replyIgnored]: 'ignored',
}

const DROPPED: Readonly<Record<number, string>> = {
  [NATS_FACTS.unheard]: 'unheard',
  [NATS_FACTS.noResponders]: 'noResponders',
  [NATS_FACTS.limited]: 'limits',
  [NATS_FACTS.expired]: 'maxAge',
  [NATS_FACTS.refused]: 'refused',
  [NATS_FACTS.passedOver]: 'noInterest',
  [NATS_FACTS.deleted]: 'deleted',
  [NATS_FACTS.gaveUp]: 'maxDeliver',
  [REQUESTER_FACTS.noResponders]: 'noResponders',
  [REQUESTER_FACTS.timedOut]: 'timedOut',
  [SUBSCRIBER_FACTS.forgotten]: 'crashed',
}

export class PubSubCounter implements Counter {
  private readonly context: CounterContext

  constructor(context: CounterContext) {
    this.context = context
  }

  count(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    const counted = COUNTED[kind]
    const dropped = DROPPED[kind]
    if (counted !== undefined) this.meter(part)?.count(counted)
    else if (dropped !== undefined) this.meter(part)?.drop(dropped)
    else this.countOther(timeUs, kind, part, message, aux)
  }

  private countOther(timeUs: number, kind: number, part: number, message: number, aux: number) {
    switch (kind) {
      case NATS_FACTS.published:
      case REDIS_PUBSUB_FACTS.published: {
        const meter = this.meter(part)
        meter?.count('published')
        meter?.count('delivered', aux)
        if (aux === 0 && kind === REDIS_PUBSUB_FACTS.published) meter?.drop('unheard')
        break
      }
      case NATS_FACTS.sent: {
        const meter = this.meter(part)
        meter?.count('sent')
        const { sim } = this.context.world
        if ((sim.parts[part] as Consumer).countOf(aux) > 1) meter?.count('redelivered')
        break
      }
      case SUBSCRIBER_FACTS.missed:
        this.meter(part)?.drop(aux === MISSED.slow ? 'slow' : 'missed')
        break
      case REQUESTER_FACTS.replied: {
        const meter = this.meter(part)
        meter?.count('replied')
        meter?.sojourn.add(timeUs - this.context.world.records.messages.bornUs(aux))
        break
      }
      default:
        this.countWork(timeUs, kind, part, message, aux)
    }
  }

  private countWork(timeUs: number, kind: number, part: number, message: number, aux: number) {
    if (kind < CLIENT_FACTS.started || kind > CLIENT_FACTS.received) return
    const subscriber = this.context.world.sim.parts[part]
    if (!(subscriber instanceof Subscriber)) return
    const meter = must(this.meter(part), `meter of part ${part}`)
    const bornUs = this.context.world.records.messages.bornUs(message)
    switch (kind) {
      case CLIENT_FACTS.received:
        meter.count('received')
        if (isRedelivered(subscriber.deliveries.get(aux))) meter.count('redelivered')
        break
      case CLIENT_FACTS.started:
        meter.waiting.add(timeUs - bornUs)
        break
      case CLIENT_FACTS.processed:
        meter.count('processed')
        meter.sojourn.add(timeUs - bornUs)
        break
      case CLIENT_FACTS.failed:
        meter.count('failed')
        break
    }
  }

  /** Undefined for a server that no node of the scenario stands for. */
  private meter(part: number): NodeMeter | undefined {
    return this.context.meters[part]
  }
}
