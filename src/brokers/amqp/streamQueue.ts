/**
 * A stream (rabbitmq.com/docs/streams): a log that keeps what was read. Each consumer has a place of its own
 * in it and credit, which acknowledgements renew; nothing is ever requeued. Left out: replicas, segments and
 * with them retention, which never acts on logs as small as those here.
 */
import type { Channel } from './channel.ts'
import type { Consumer } from './consumer.ts'
import type { StreamOffset } from './consuming.ts'
import { AMQP_FACTS } from './facts.ts'
import type { Headers } from './properties.ts'
import { Queue } from './queue.ts'

export class StreamQueue extends Queue {
  override get keepsWhatIsRead(): boolean {
    return true
  }

  override enqueue(message: number, via: number, key: number, cameBy = via): boolean {
    this.write(message, via, key)
    this.broker.sim.emit(this, AMQP_FACTS.enqueued, message, cameBy)
    this.dispatch()
    return true
  }

  /** Consumers of one channel are fed in the reverse order of their tags (`rabbit_stream_queue:handle_event/2`). */
  override dispatch(): void {
    for (const consumer of this.lines.turn.list().sort(byChannelAndTag)) this.feed(consumer)
  }

  override settleReturned(): void {
    if (this.alive) this.dispatch()
  }

  override dispatchFreed(): void {
    this.settleReturned()
  }

  override get(_channel: Channel, _noAck: boolean): null {
    return null
  }

  /** Offset at which a consumer begins: rabbitmq.com/docs/streams#consuming. The last chunk is the last message here. */
  offsetOf(from: StreamOffset): number {
    if (typeof from === 'object') return this.offsetSince(from.withinMs * 1000)
    if (from === 'first') return 0
    if (from === 'last') return Math.max(0, this.tail - 1)
    return from === 'next' ? this.tail : Math.max(0, from)
  }

  /** The first message that is not older, by when it was sent; where the next one will be if all are. */
  private offsetSince(us: number): number {
    const { nowUs, records } = this.broker.sim
    let offset = this.tail
    while (offset > 0 && records.messages.bornUs(this.messageAt(offset - 1)) >= nowUs - us) offset--
    return offset
  }

  /** Lists and tables do not survive in a stream (`rabbit_msg_record`), and with them x-death and CC. */
  override headersAt(position: number, byGet: boolean): Headers {
    const own = Object.entries(super.headersAt(position, byGet))
    const kept = own.filter(([, value]) => typeof value !== 'object' || value === null)
    return { ...Object.fromEntries(kept), 'x-stream-offset': position }
  }

  override join(consumer: Consumer): void {
    super.join(consumer)
    consumer.credit = consumer.prefetch
  }

  override settledRead(consumer: Consumer): void {
    consumer.unacked--
    if (consumer.alive) consumer.credit++
  }

  protected override applyRare(kind: number, message: number, aux: number): void {
    if (kind !== AMQP_FACTS.read) {
      super.applyRare(kind, message, aux)
      return
    }
    const consumer = this.broker.consumer(aux)
    this.deliveredCount++
    consumer.channel.open(consumer)
    consumer.credit--
    consumer.offset++
  }

  protected override applyStored(exchange: number): void {
    this.tail++
    this.readyCount++
    this.broker.countRouted(exchange)
  }

  protected override clear(): void {}

  /** Messages in the log, read or not. */
  protected override countReady(): number {
    return this.tail
  }

  private feed(consumer: Consumer): void {
    const { sim } = this.broker
    while (consumer.credit > 0 && consumer.offset < this.tail) {
      const message = this.messageAt(consumer.offset)
      const tag = consumer.channel.book(consumer.offset, false, consumer)
      sim.emit(this, AMQP_FACTS.read, message, consumer.node)
      this.broker.wire.deliver(consumer, message, tag, false)
    }
  }
}

function byChannelAndTag(a: Consumer, b: Consumer): number {
  if (a.channel !== b.channel) return a.channel.node - b.channel.node
  return a.tag > b.tag ? -1 : 1
}
