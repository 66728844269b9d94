/** Numbers of queues of the SQS family and of those who poll them. */
import { must } from '../../../base/assert.ts'
import { SQS_FACTS } from '../../../brokers/sqs/facts.ts'
import type { SqsQueue } from '../../../brokers/sqs/queue.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { PollingConsumer } from '../../../clients/pollingConsumer/pollingConsumer.ts'
import type { NodeMeter } from '../nodeMeter.ts'
import type { Counter, CounterContext } from './counter.ts'

export class SqsCounter implements Counter {
  private readonly context: CounterContext

  constructor(context: CounterContext) {
    this.context = context
  }

  count(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    switch (kind) {
      case SQS_FACTS.sent:
        this.meter(part).count('sent')
        break
      case SQS_FACTS.deduplicated:
        this.meter(part).count('deduplicated')
        break
      case SQS_FACTS.sendRefused:
        this.meter(part).drop('refused')
        break
      case SQS_FACTS.receivedNothing:
        this.meter(part).count('empty')
        break
      case SQS_FACTS.received:
        this.countReceived(timeUs, part, aux)
        break
      case SQS_FACTS.deleted:
        this.countDeleted(timeUs, part, aux)
        break
      case SQS_FACTS.movedToDeadLetters:
        this.meter(part).count('deadLettered')
        break
      case SQS_FACTS.expired:
        this.meter(part).drop('retention')
        break
      case SQS_FACTS.purged:
        this.meter(part).drop('purged', aux)
        break
      default:
        this.countWork(timeUs, kind, part, message)
    }
  }

  private countReceived(timeUs: number, part: number, receipt: number): void {
    const queue = this.part<SqsQueue>(part)
    const meter = this.meter(part)
    const client = this.meter(queue.receipts.by(receipt))
    meter.count('received')
    client.count('received')
    if (queue.receipts.count(receipt) > 1) {
      meter.count('redelivered')
      client.count('redelivered')
      return
    }
    const waitedUs = timeUs - queue.sentUs.get(queue.receipts.position(receipt))
    meter.waiting.add(waitedUs)
    client.waiting.add(waitedUs)
  }

  private countDeleted(timeUs: number, part: number, receipt: number): void {
    const queue = this.part<SqsQueue>(part)
    this.meter(part).count('deleted')
    this.meter(part).sojourn.add(timeUs - queue.sentUs.get(queue.receipts.position(receipt)))
  }

  private countWork(timeUs: number, kind: number, part: number, message: number): void {
    if (kind !== CLIENT_FACTS.processed && kind !== CLIENT_FACTS.failed) return
    if (!(this.part(part) instanceof PollingConsumer)) return
    const meter = this.meter(part)
    meter.count(kind === CLIENT_FACTS.processed ? 'processed' : 'failed')
    if (kind === CLIENT_FACTS.processed) {
      meter.sojourn.add(timeUs - this.context.world.records.messages.bornUs(message))
    }
  }

  private meter(part: number): NodeMeter {
    return must(this.context.meters[part], `meter of part ${part}`)
  }

  private part<P>(part: number): P {
    return this.context.world.sim.parts[part] as P
  }
}
