/**
 * Messages that queues and links lost. A message of a queue is lost when the queue counts it as
 * acknowledged and whoever had it is gone with it: a crash or a broken link after automatic or early
 * acknowledgement, a handler that threw after an early one. One that was published is lost when a link
 * broke under it and it never came to the other end. Left out: a client that reads one message from two queues.
 */
import type { Channel } from '../../brokers/amqp/channel.ts'
import type { Consumer } from '../../brokers/amqp/consumer.ts'
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import { LOG_FACTS } from '../../brokers/log/facts.ts'
import { REDIS_STREAM_FACTS } from '../../brokers/log/redisStreams/facts.ts'
import { NATS_FACTS } from '../../brokers/pubsub/nats/facts.ts'
import { REDIS_PUBSUB_FACTS } from '../../brokers/pubsub/redis/facts.ts'
import { SQS_FACTS } from '../../brokers/sqs/facts.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { COMMAND_HANDLER_FACTS } from '../../clients/commandHandler/facts.ts'
import { CONSUMER_FACTS } from '../../clients/consumer/facts.ts'
import { PIPE_FACTS } from '../../engine/pipe.ts'
import { OP } from '../../scenario/wiring/ops.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

/** A message of a queue: the facts by which it was settled and by which whoever had it lost it; -1 while they did not happen. */
interface Copy {
  settled: number
  gone: number
  isDone: boolean
}

/** A message that left on a link and did not arrive. */
interface Missing {
  message: number
  link: string
  to: number
  index: number
}

/** Facts by which a message comes to the part that they are about. */
const COMES = new Set<number>([
  AMQP_FACTS.routed,
  AMQP_FACTS.unroutable,
  AMQP_FACTS.enqueued,
  AMQP_FACTS.refused,
  AMQP_FACTS.passedOn,
  SQS_FACTS.sent,
  SQS_FACTS.sendRefused,
  SQS_FACTS.deduplicated,
  NATS_FACTS.published,
  NATS_FACTS.noResponders,
  REDIS_PUBSUB_FACTS.published,
  REDIS_STREAM_FACTS.added,
  CLIENT_FACTS.received,
  COMMAND_HANDLER_FACTS.unheard,
])

/** Facts of queues that change what becomes of a message. */
const QUEUES = new Set<number>([
  AMQP_FACTS.enqueued,
  AMQP_FACTS.delivered,
  AMQP_FACTS.acked,
  AMQP_FACTS.requeued,
  AMQP_FACTS.requeuedAtBack,
  AMQP_FACTS.forgotten,
  SQS_FACTS.sent,
  SQS_FACTS.received,
  SQS_FACTS.deleted,
])

export class LostMessagesDetector implements Detector {
  /** By part of the queue and message. */
  private readonly copies: Map<number, Copy>[] = []
  /** Queues that a client reads, by its part. */
  private readonly queues: (readonly number[] | undefined)[] = []
  /** What left on each pipe and how much of it arrived or was lost, by the pipe's part. */
  private readonly sent: number[] = []
  private readonly ended: number[] = []
  private readonly missing: Missing[] = []
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(index: number, _timeUs: number, kind: number, part: number, message: number, aux: number) {
    if (kind <= PIPE_FACTS.lost) this.readPipe(index, kind, part, message, aux)
    else if (QUEUES.has(kind)) this.readQueue(index, kind, part, message, aux)
    else this.readClient(index, kind, part, message)
  }

  end(): void {
    if (this.missing.length === 0) return
    const reached = this.reached()
    for (const { message, link, to, index } of this.missing) {
      if (reached.has(`${to}/${message}`)) continue
      const label = this.context.label(message)
      this.report(message, link, [index], `${label} is lost on its way: the link broke under it.`)
    }
  }

  /** `place/message` of all that came to exchanges, queues, topics and handlers: a second look, only where something is missing. */
  private reached(): Set<string> {
    const { context } = this
    const reached = new Set<string>()
    const { facts } = context.records
    facts.each(0, facts.count, (_timeUs, kind, part, message, aux) => {
      if (kind === LOG_FACTS.appended)
        reached.add(`${context.placeOf(context.nodeOf(part))}/${message}`)
      else if (COMES.has(kind)) reached.add(`${part}/${message}`)
      if (kind === AMQP_FACTS.enqueued || kind === AMQP_FACTS.refused)
        reached.add(`${aux}/${message}`)
    })
    return reached
  }

  private readQueue(index: number, kind: number, part: number, message: number, aux: number) {
    const { parts } = this.context.world.sim
    switch (kind) {
      case AMQP_FACTS.enqueued:
      case SQS_FACTS.sent:
        this.copiesOf(part).set(message, { settled: -1, gone: -1, isDone: false })
        break
      case AMQP_FACTS.delivered: {
        const copy = this.copiesOf(part).get(message)
        if (!copy) break
        copy.gone = -1
        if ((parts[aux] as Consumer).noAck) copy.settled = index
        break
      }
      case AMQP_FACTS.acked:
        this.settle(index, (parts[part] as Channel).queueOf(aux).node, message)
        break
      case SQS_FACTS.received: {
        const copy = this.copiesOf(part).get(message)
        if (copy) copy.gone = -1
        break
      }
      case SQS_FACTS.deleted:
        this.settle(index, part, message)
        break
      case AMQP_FACTS.forgotten: {
        const name = this.context.name(this.context.nodeOf(part))
        const label = this.context.label(message)
        this.copiesOf(part).delete(message)
        this.report(
          message,
          this.context.nodeOf(part),
          [index],
          `${label} is lost in the restart of ${name}: it was not persistent.`,
        )
        break
      }
      case AMQP_FACTS.requeued:
      case AMQP_FACTS.requeuedAtBack: {
        const copy = this.copiesOf((parts[part] as Channel).queueOf(aux).node).get(message)
        if (copy) copy.gone = -1
        break
      }
    }
  }

  private readClient(index: number, kind: number, part: number, message: number): void {
    switch (kind) {
      case CLIENT_FACTS.processed:
        this.eachCopy(part, message, (copy, queue) => {
          copy.isDone = true
          if (copy.settled !== -1) this.copiesOf(queue).delete(message)
        })
        break
      case CLIENT_FACTS.failed:
      case CONSUMER_FACTS.forgotten:
        this.eachCopy(part, message, (copy, queue) => {
          // A handler that throws before its acknowledgement answers with a nack.
          if (kind === CLIENT_FACTS.failed && copy.settled === -1) return
          copy.gone = index
          this.judge(copy, queue, message, part)
        })
        break
    }
  }

  private readPipe(index: number, kind: number, pipe: number, message: number, aux: number): void {
    switch (kind) {
      case PIPE_FACTS.sent:
        this.sent[pipe] = (this.sent[pipe] ?? 0) + 1
        break
      case PIPE_FACTS.arrived:
        this.ended[pipe] = (this.ended[pipe] ?? 0) + 1
        break
      case PIPE_FACTS.lost:
        this.lose(index, pipe, message, aux)
        break
      case PIPE_FACTS.emptied: {
        const messages = this.context.records.ints(pipe, 'message')
        const ops = this.context.records.ints(pipe, 'op')
        const end = this.sent[pipe] ?? 0
        for (let at = this.ended[pipe] ?? 0; at < end; at++) {
          this.lose(index, pipe, messages.get(at), ops.get(at))
        }
        this.ended[pipe] = end
        break
      }
    }
  }

  /** A parcel is gone with its link. */
  private lose(index: number, pipe: number, message: number, op: number): void {
    const id = this.context.nodeOf(pipe)
    const link = this.context.world.scenario.links.find((each) => each.id === id)
    if (!link) return
    if (op === OP.deliver) {
      const queue = this.context.placeOf(link.from)
      const copy = this.copiesOf(queue).get(message)
      // What is not acknowledged comes back to the queue when the connection is given up.
      if (!copy || copy.settled === -1) return
      copy.gone = index
      this.judge(copy, queue, message)
    } else if (op === OP.publish || op === OP.route || op === OP.command) {
      this.missing.push({ message, link: id, to: this.context.placeOf(link.to), index })
    }
  }

  /** The queue counts a message as done with. */
  private settle(index: number, queue: number, message: number): void {
    const copy = this.copiesOf(queue).get(message)
    if (!copy) return
    copy.settled = index
    if (copy.isDone) this.copiesOf(queue).delete(message)
    else this.judge(copy, queue, message)
  }

  /** A copy that is settled and gone, in whichever order, and never had its effect. */
  private judge(copy: Copy, queue: number, message: number, client = -1): void {
    if (copy.isDone || copy.settled === -1 || copy.gone === -1) return
    copy.isDone = true
    const { context } = this
    const who = client === -1 ? 'a consumer' : context.name(context.nodeOf(client))
    const name = context.name(context.nodeOf(queue))
    this.report(
      message,
      context.nodeOf(client === -1 ? queue : client),
      [copy.settled, copy.gone],
      `${context.label(message)} is lost: ${name} counts it as acknowledged, and ${who} never finishes it.`,
    )
  }

  private report(message: number, node: string, factIndexes: number[], sentence: string): void {
    const key = this.context.records.key(message)
    this.context.report({ kind: 'lost', factIndexes, message, key, node, sentence })
  }

  private eachCopy(client: number, message: number, visit: (copy: Copy, queue: number) => void) {
    for (const queue of this.queuesOf(client)) {
      const copy = this.copiesOf(queue).get(message)
      if (copy) visit(copy, queue)
    }
  }

  private queuesOf(client: number): readonly number[] {
    const known = this.queues[client]
    if (known) return known
    const { nodes, links } = this.context.world.scenario
    const id = nodes[client]?.id
    const from = links.filter(({ to }) => to === id).map((link) => this.context.placeOf(link.from))
    const queues = from.filter((place) => /^(queue|sqsQueue)$/.test(nodes[place]?.kind ?? ''))
    this.queues[client] = queues
    return queues
  }

  private copiesOf(queue: number): Map<number, Copy> {
    const known = this.copies[queue]
    if (known) return known
    const made = new Map<number, Copy>()
    this.copies[queue] = made
    return made
  }
}
