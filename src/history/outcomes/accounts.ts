/**
 * Invariants of AMQP queues, from the facts alone: the copies of a queue add up (what arrived is ready, unacknowledged
 * or gone in one of the ways there are), and no consumer holds more than its prefetch. They hold in every run unless
 * the engine is wrong, so what is shown as a rule is the sum itself.
 */
import type { ConsumerRow } from '../../brokers/amqp/consumer.ts'
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

/** Where the copies of a queue went, in the order in which they are told. */
const WAYS = ['acknowledged', 'rejected', 'taken', 'expired or dropped', 'purged'] as const
type Way = (typeof WAYS)[number]

class Account {
  arrived = 0
  ready = 0
  unacked = 0
  readonly gone = new Map<Way, number>()
  /** The fact that last added to it. */
  lastIn = -1
  isBroken = false
}

interface Holder {
  prefetch: number
  unacked: number
  most: number
  /** The fact of the delivery since which it holds something. */
  since: number
}

/** A delivery that is not settled. */
interface Open {
  queue: number
  consumer: number
}

/** A channel and a delivery tag as one number. */
const TAGS = 4_294_967_296

export class AccountsDetector implements Detector {
  private readonly queues = new Map<number, Account>()
  private readonly holders = new Map<number, Holder & { channel: number; noAck: boolean }>()
  private readonly tags = new Map<number, number>()
  private readonly open = new Map<number, Open>()
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(
    index: number,
    _timeUs: number,
    kind: number,
    part: number,
    message: number,
    aux: number,
  ): void {
    switch (kind) {
      case AMQP_FACTS.enqueued: {
        const account = this.account(part)
        account.arrived++
        account.ready++
        account.lastIn = index
        return
      }
      case AMQP_FACTS.consumerStarted: {
        const { prefetch, channel, noAck } = this.context.records.rowAt<ConsumerRow>(message)
        this.holders.set(aux, { prefetch, channel, noAck, unacked: 0, most: 0, since: -1 })
        return
      }
      case AMQP_FACTS.delivered:
        this.deliver(index, part, message, aux)
        return
      case AMQP_FACTS.got: {
        this.take(index, part, 1, message)
        const channel = aux < 0 ? -1 - aux : aux
        const tag = this.nextTag(channel)
        if (aux < 0) this.leave(part, 'taken', 1)
        else this.hold(channel, tag, part, -1)
        return
      }
      case AMQP_FACTS.read:
        this.nextTag(this.holders.get(aux)?.channel ?? -1)
        return
      case AMQP_FACTS.dropped:
      case AMQP_FACTS.expired:
      case AMQP_FACTS.forgotten:
        this.take(index, part, 1, message)
        this.leave(part, 'expired or dropped', 1)
        return
      case AMQP_FACTS.purged:
      case AMQP_FACTS.queueDeleted:
        this.take(index, part, aux, -1)
        this.leave(part, 'purged', aux)
        return
      case AMQP_FACTS.acked:
        this.settle(index, part, message, aux, 'acknowledged')
        return
      case AMQP_FACTS.rejected:
      case AMQP_FACTS.rejectedToDeadLetter:
      case AMQP_FACTS.gaveUp:
        this.settle(index, part, message, aux, 'rejected')
        return
      case AMQP_FACTS.requeued:
      case AMQP_FACTS.requeuedAtBack:
        this.settle(index, part, message, aux, null)
    }
  }

  end(): void {}

  held(): string[] {
    const { context } = this
    const sums = [...this.queues].flatMap(([part, account]) => {
      const { arrived, ready, unacked, gone, isBroken } = account
      if (isBroken || arrived === 0) return []
      const ways = WAYS.filter((way) => gone.has(way)).map((way) => `${gone.get(way)} ${way}`)
      const sum = [`${ready} ready`, `${unacked} unacknowledged`, ...ways].join(' + ')
      return [
        `Copies add up in ${context.name(context.nodeOf(part))}: ${arrived} arrived = ${sum}.`,
      ]
    })
    const held = [...this.holders].filter(([, { prefetch, most }]) => prefetch > 0 && most > 0)
    const broken = held.some(([, { prefetch, most }]) => most > prefetch)
    if (held.length === 0 || broken) return sums
    const limits = held.map(([, { prefetch, most }]) => `${most} of ${prefetch}`)
    const shown = [...new Set(limits)].slice(0, 4).join(', ')
    return [...sums, `No consumer held more than its prefetch: at most ${shown}.`]
  }

  private deliver(index: number, queue: number, message: number, part: number): void {
    this.take(index, queue, 1, message)
    const holder = this.holders.get(part)
    if (!holder) return
    const tag = this.nextTag(holder.channel)
    if (holder.noAck) {
      this.leave(queue, 'taken', 1)
      return
    }
    this.hold(holder.channel, tag, queue, part)
    if (++holder.unacked === 1) holder.since = index
    holder.most = Math.max(holder.most, holder.unacked)
    if (holder.prefetch === 0 || holder.unacked <= holder.prefetch) return
    const { context } = this
    const node = context.nodeOf(part)
    context.report({
      kind: 'overPrefetch',
      factIndexes: [holder.since, index],
      message,
      node,
      sentence: `${context.name(node)} holds ${holder.unacked} unacknowledged messages with a prefetch of ${holder.prefetch}.`,
    })
  }

  private settle(index: number, channel: number, message: number, tag: number, way: Way | null) {
    const id = channel * TAGS + tag
    const open = this.open.get(id)
    if (!open) return
    this.open.delete(id)
    const account = this.account(open.queue)
    account.unacked--
    if (way) this.leave(open.queue, way, 1)
    else {
      account.ready++
      account.lastIn = index
    }
    const holder = this.holders.get(open.consumer)
    if (holder) holder.unacked--
    if (account.unacked < 0) this.complain(account, index, open.queue, message)
  }

  /** Ready copies leave the queue. */
  private take(index: number, queue: number, count: number, message: number): void {
    const account = this.account(queue)
    account.ready -= count
    if (account.ready < 0) this.complain(account, index, queue, message)
  }

  private complain(account: Account, index: number, queue: number, message: number): void {
    if (account.isBroken) return
    account.isBroken = true
    const { context } = this
    const node = context.nodeOf(queue)
    context.report({
      kind: 'miscounted',
      factIndexes: account.lastIn === -1 ? [index] : [account.lastIn, index],
      ...(message !== -1 && { message }),
      node,
      sentence: `More copies leave ${context.name(node)} than it has: ${account.arrived} arrived.`,
    })
  }

  private leave(queue: number, way: Way, count: number): void {
    const { gone } = this.account(queue)
    if (count > 0) gone.set(way, (gone.get(way) ?? 0) + count)
  }

  private hold(channel: number, tag: number, queue: number, consumer: number): void {
    this.open.set(channel * TAGS + tag, { queue, consumer })
    this.account(queue).unacked++
  }

  private nextTag(channel: number): number {
    const tag = this.tags.get(channel) ?? 1
    this.tags.set(channel, tag + 1)
    return tag
  }

  private account(queue: number): Account {
    const known = this.queues.get(queue)
    if (known) return known
    const account = new Account()
    this.queues.set(queue, account)
    return account
  }
}
