/** Numbers of exchanges, queues and their consumers. */
import { must } from '../../../base/assert.ts'
import { IntColumn, TimeColumn } from '../../../base/column.ts'
import type { Channel } from '../../../brokers/amqp/channel.ts'
import type { Consumer } from '../../../brokers/amqp/consumer.ts'
import { AMQP_FACTS, DROPPED } from '../../../brokers/amqp/facts.ts'
import type { Queue } from '../../../brokers/amqp/queue.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { QueueConsumer } from '../../../clients/consumer/consumer.ts'
import { isRedelivered, tagOf } from '../../../clients/consumer/delivery.ts'
import { CONSUMER_FACTS } from '../../../clients/consumer/facts.ts'
import type { NodeMeter } from '../nodeMeter.ts'
import type { Counter, CounterContext } from './counter.ts'

/** When the message at each position of a queue was stored, and whether its times are measured already. */
class Stored {
  readonly atUs = new TimeColumn()
  readonly marks = new IntColumn()
}
const BEGUN = 1
const DONE = 2

/** Work in progress on a message of a queue. */
interface Work {
  message: number
  delivery: number
  queue: number
  position: number
}

export class AmqpCounter implements Counter {
  private readonly stored: (Stored | undefined)[] = []
  private readonly works: (Work[] | undefined)[] = []
  private readonly context: CounterContext

  constructor(context: CounterContext) {
    this.context = context
  }

  count(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    switch (kind) {
      case AMQP_FACTS.routed:
        this.meter(part).count('routed')
        break
      case AMQP_FACTS.unroutable:
        // The nameless exchange need not be a node; a publish finds it without its queue after a restart.
        this.context.meters[part]?.drop('unroutable')
        break
      case AMQP_FACTS.enqueued:
        if (aux !== -1) this.context.meters[aux]?.count('routed')
        this.meter(part).count('enqueued')
        this.storedIn(part).atUs.put(this.part<Queue>(part).tail - 1, timeUs)
        break
      case AMQP_FACTS.refused:
        if (aux !== -1) this.context.meters[aux]?.count('routed')
        this.meter(part).drop('refused')
        break
      case AMQP_FACTS.delivered:
        this.countDelivered(this.meter(part), this.part<Consumer>(aux))
        break
      case AMQP_FACTS.got:
        this.meter(part).count('delivered')
        if (aux < 0) this.meter(part).count('acked')
        break
      case AMQP_FACTS.acked:
        this.meterOfTag(part, aux).count('acked')
        break
      case AMQP_FACTS.requeued:
        this.meterOfTag(part, aux).count('requeued')
        break
      case AMQP_FACTS.rejected:
        this.meterOfTag(part, aux).drop('rejected')
        break
      case AMQP_FACTS.dropped:
        if (aux === DROPPED.maxLength) this.meter(part).drop('maxLength')
        break
      case AMQP_FACTS.expired:
        if (aux === 0) this.meter(part).drop('expired')
        break
      case AMQP_FACTS.deadLettered:
        this.meter(part).count('deadLettered')
        break
      case AMQP_FACTS.forgotten:
        this.meter(part).drop('restart')
        break
      case AMQP_FACTS.gaveUp: {
        const queue = this.part<Channel>(part).queueOf(aux)
        if (queue.options.deadLetterExchange === undefined) {
          this.meter(queue.node).drop('deliveryLimit')
        }
        break
      }
      case AMQP_FACTS.requeuedAtBack: {
        const queue = this.part<Channel>(part).queueOf(aux)
        this.meter(queue.node).count('requeued')
        this.storedIn(queue.node).atUs.put(queue.tail - 1, timeUs)
        break
      }
      case AMQP_FACTS.passedOn:
        this.meter(part).count('routed')
        break
      case AMQP_FACTS.purged:
        this.meter(part).drop('purged', aux)
        break
      case AMQP_FACTS.queueDeleted:
        this.meter(part).drop('deleted', aux)
        break
      default:
        this.countWork(timeUs, kind, part, message, aux)
    }
  }

  private countWork(timeUs: number, kind: number, part: number, message: number, aux: number) {
    switch (kind) {
      case CLIENT_FACTS.started:
        if (this.part(part) instanceof QueueConsumer) this.begin(timeUs, part, message, aux)
        break
      case CLIENT_FACTS.processed:
        this.finish(timeUs, part, message, aux)
        break
      case CLIENT_FACTS.failed:
        if (this.take(part, message, aux)) this.meter(part).count('failed')
        break
      case CONSUMER_FACTS.forgotten:
        this.take(part, message, aux)
        this.meter(part).drop('crashed')
        break
    }
  }

  private countDelivered(meter: NodeMeter, { channel, noAck }: Consumer): void {
    meter.count('delivered')
    if (channel.wasRedelivered(channel.tags.next - 1)) meter.count('redelivered')
    if (noAck) meter.count('acked')
  }

  private begin(timeUs: number, part: number, message: number, delivery: number): void {
    const consumer = this.part<QueueConsumer>(part)
    const channel = this.part<Channel>(consumer.channelOf(consumer.startedCount - 1))
    const tag = tagOf(delivery)
    const queue = channel.queueOf(tag).node
    const position = channel.positionOf(tag)
    const meter = this.meter(part)
    meter.count('started')
    if (isRedelivered(delivery)) meter.count('redelivered')
    const { atUs, marks } = this.storedIn(queue)
    if ((marks.get(position) & BEGUN) === 0) {
      marks.put(position, marks.get(position) | BEGUN)
      const waitedUs = timeUs - atUs.get(position)
      meter.waiting.add(waitedUs)
      this.meter(queue).waiting.add(waitedUs)
    }
    this.worksOf(part).push({ message, delivery, queue, position })
  }

  private finish(timeUs: number, part: number, message: number, delivery: number): void {
    const work = this.take(part, message, delivery)
    if (!work) return
    const { queue, position } = work
    const meter = this.meter(part)
    meter.count('processed')
    meter.sojourn.add(timeUs - this.context.world.records.messages.bornUs(message))
    const { atUs, marks } = this.storedIn(queue)
    if ((marks.get(position) & DONE) !== 0) return
    marks.put(position, marks.get(position) | DONE)
    this.meter(queue).sojourn.add(timeUs - atUs.get(position))
  }

  /** Takes off the work on a delivery; undefined if there was none. */
  private take(part: number, message: number, delivery: number): Work | undefined {
    const works = this.works[part]
    const at = works?.findIndex((w) => w.message === message && w.delivery === delivery) ?? -1
    return at === -1 ? undefined : works?.splice(at, 1)[0]
  }

  private meterOfTag(channel: number, tag: number): NodeMeter {
    return this.meter(this.part<Channel>(channel).queueOf(tag).node)
  }

  private meter(part: number): NodeMeter {
    return must(this.context.meters[part], 'meter of a part')
  }

  private part<P>(part: number): P {
    return this.context.world.sim.parts[part] as P
  }

  private storedIn(queue: number): Stored {
    const known = this.stored[queue]
    if (known) return known
    const stored = new Stored()
    this.stored[queue] = stored
    return stored
  }

  private worksOf(part: number): Work[] {
    const known = this.works[part]
    if (known) return known
    const works: Work[] = []
    this.works[part] = works
    return works
  }
}
