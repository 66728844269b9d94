/** Drives the NATS family with the operations of traces recorded from nats-server, at latency 0. */
import { must } from '../../base/assert.ts'
import { Records } from '../../engine/records.ts'
import { Simulation } from '../../engine/simulation.ts'
import { JetStreamError } from '../pubsub/nats/errors.ts'
import type { Consumer } from '../pubsub/nats/jetstream/consumer.ts'
import type { Advisory, Delivery } from '../pubsub/nats/jetstream/delivery.ts'
import type { AckKind } from '../pubsub/nats/jetstream/jetStream.ts'
import type { PubAck } from '../pubsub/nats/jetstream/retention.ts'
import { textBytes } from '../pubsub/nats/jetstream/size.ts'
import { MESSAGE_ID, type NatsProps } from '../pubsub/nats/jetstream/stream.ts'
import { NatsServer } from '../pubsub/nats/server.ts'
import type { Subscription } from '../pubsub/nats/subscription.ts'
import { checkArguments } from './arguments.ts'
import { readConsumerConfig, readStreamConfig } from './natsConfig.ts'
import { type Driver, type Runner, Unknown } from './runner.ts'
import { Seen, withoutMembers } from './shared.ts'
import { isRecord, type Observation, type Trace, type TraceStep } from './trace.ts'

export const NATS: Runner = {
  broker: 'nats',
  start: (trace) => new NatsDriver(trace),
  normal: withoutMembers,
}

const ARGUMENTS: Record<string, readonly string[]> = {
  connect: ['conn'],
  disconnect: ['conn'],
  crash: ['conn'],
  sub: ['conn', 'sub', 'subject', 'queue', 'max'],
  unsub: ['conn', 'sub', 'max'],
  pub: ['conn', 'subject', 'body', 'bodies', 'headers'],
  responder: ['conn', 'sub', 'subject', 'queue', 'max', 'answer'],
  request: ['conn', 'subject', 'body'],
  'js.stream.create': ['stream', 'config'],
  'js.stream.delete': ['stream'],
  'js.stream.purge': ['stream', 'seq', 'filter', 'keep'],
  'js.msg.delete': ['stream', 'seq'],
  'js.msg.get': ['stream', 'seq', 'lastBySubject'],
  'js.publish': ['conn', 'subject', 'body', 'bodies', 'msgId', 'headers'],
  'js.consumer.create': ['stream', 'consumer', 'config'],
  'js.consumer.delete': ['stream', 'consumer'],
  'js.pull': ['conn', 'sub', 'stream', 'consumer', 'batch'],
  'js.ack': ['conn', 'stream', 'consumer', 'consumerSeq', 'kind', 'delayMs'],
  advance: ['ms'],
  restart: [],
}

const STATUS_TEXTS: Record<number, string> = {
  100: 'Idle Heartbeat',
  404: 'No Messages',
  408: 'Request Timeout',
}

class NatsDriver implements Driver {
  private readonly sim = new Simulation(new Records(), 1)
  private readonly seen: Seen
  private readonly statuses: Record<string, unknown[]> = {}
  private readonly advisories: unknown[] = []
  private readonly subscriptions = new Map<string, Subscription>()
  private readonly names = new Map<Subscription, string>()
  /** Name of the subscription that is being made. */
  private newest = ''
  private readonly answers = new Map<Subscription, string>()
  private readonly server = new NatsServer(this.sim, this.sim.nextNode(), {
    deliver: (subscription, subject, message, from) => {
      const shown = from ? this.shownDelivery(from) : { ...this.shownContent(message), subject }
      this.seen.note(this.names.get(subscription) ?? this.newest, shown)
    },
    pulled: ({ inbox }, delivery) => this.seen.note(inbox, this.shownDelivery(delivery)),
    status: ({ inbox }, code) => this.noteStatus(inbox, code),
    heartbeat: (subscription) => this.noteStatus(this.names.get(subscription) ?? this.newest, 100),
    advise: (advisory) => this.advisories.push(shownAdvisory(advisory)),
  })

  constructor(trace: Trace) {
    this.seen = new Seen(trace)
  }

  step(step: TraceStep): Observation {
    checkArguments(step, ARGUMENTS)
    this.seen.clear()
    for (const inbox of Object.keys(this.statuses)) delete this.statuses[inbox]
    this.advisories.length = 0
    const outcome = this.outcome(step)
    const streams = this.shownStreams()
    return {
      ...outcome,
      ...this.seen.shown(),
      ...(Object.keys(this.statuses).length > 0 && { statuses: { ...this.statuses } }),
      ...(this.advisories.length > 0 && { advisories: [...this.advisories] }),
      ...(Object.keys(streams).length > 0 && { streams }),
    }
  }

  private outcome(step: TraceStep): Observation {
    try {
      const result = step.op.startsWith('js.') ? this.jetStream(step) : this.core(step)
      if (isRecord(result) && 'error' in result) return result
      return result === undefined ? {} : { result }
    } catch (error) {
      if (!(error instanceof JetStreamError)) throw error
      return { error: { code: error.code, errCode: error.errCode, text: error.message } }
    }
  }

  private core(step: TraceStep): unknown {
    const { server } = this
    const text = (name: string) => String(step[name] ?? '')
    switch (step.op) {
      case 'connect':
        return undefined
      case 'disconnect':
      case 'crash':
        return server.disconnect(text('conn'))
      case 'sub':
      case 'responder':
        return this.subscribe(step)
      case 'unsub':
        return server.unsubscribe(this.subscription(text('sub')), Number(step.max ?? 0))
      case 'pub':
        for (const body of bodiesOf(step)) {
          server.publish(text('subject'), this.message(step, body))
        }
        return undefined
      case 'request':
        return this.request(step)
      case 'restart':
        return server.restart()
      case 'advance': {
        const until = this.sim.nowUs + Number(step.ms) * 1000
        this.sim.runUntil(until)
        this.sim.nowUs = until
        return undefined
      }
    }
    throw new Unknown(`operation ${step.op} is not known`)
  }

  private jetStream(step: TraceStep): unknown {
    const { jetStream } = this.server
    const text = (name: string) => String(step[name] ?? '')
    const config = isRecord(step.config) ? step.config : {}
    switch (step.op) {
      case 'js.stream.create':
        jetStream.createStream(text('stream'), readStreamConfig(config))
        return undefined
      case 'js.stream.delete':
        return jetStream.deleteStream(text('stream'))
      case 'js.stream.purge': {
        const [before, keep] = [
          Number(step.seq ?? 0),
          step.keep === undefined ? null : Number(step.keep),
        ]
        return { purged: jetStream.purge(text('stream'), text('filter'), before, keep) }
      }
      case 'js.msg.delete':
        return jetStream.deleteMessage(text('stream'), Number(step.seq))
      case 'js.msg.get':
        return this.getMessage(step)
      case 'js.publish':
        return this.publish(step)
      case 'js.consumer.create':
        jetStream.createConsumer(text('stream'), text('consumer'), readConsumerConfig(config))
        return undefined
      case 'js.consumer.delete':
        return jetStream.deleteConsumer(text('stream'), text('consumer'))
    }
    // Pulls and answers for a consumer that is not there are publishes that nobody listens to.
    const stream = jetStream.stream(text('stream'))
    const consumer = stream && jetStream.consumer(stream, text('consumer'))
    if (!consumer) return undefined
    return step.op === 'js.pull' ? this.pull(consumer, step) : this.answer(consumer, step)
  }

  private pull(consumer: Consumer, step: TraceStep): undefined {
    this.server.jetStream.pull(consumer, {
      client: String(step.conn),
      inbox: String(step.sub),
      batch: Number(step.batch),
      noWait: true,
      expiresUs: 0,
    })
    return undefined
  }

  private answer(consumer: Consumer, step: TraceStep): undefined {
    const delayUs = Number(step.delayMs ?? 0) * 1000
    const kind = String(step.kind) as AckKind
    this.server.jetStream.answer(consumer, Number(step.consumerSeq), kind, delayUs)
    return undefined
  }

  private subscribe(step: TraceStep): undefined {
    const [client, subject] = [String(step.conn), String(step.subject)]
    const name = String(step.sub)
    // A push consumer sends as soon as someone listens, before the subscription is in our hands.
    this.newest = name
    const subscription = this.server.subscribe(
      client,
      subject,
      String(step.queue ?? ''),
      Number(step.max ?? 0),
    )
    this.names.set(subscription, name)
    this.subscriptions.set(name, subscription)
    if (step.op === 'responder') this.answers.set(subscription, String(step.answer))
    return undefined
  }

  private request(step: TraceStep): unknown {
    const subject = String(step.subject)
    const published = this.server.request(subject, this.message(step, String(step.body)))
    if (!published) return noResponders()
    for (const subscription of published.copies) {
      const body = this.answers.get(subscription)
      if (body !== undefined) return { body }
    }
    return published.ack ? this.shownAck(published.ack) : { error: { code: 'TIMEOUT' } }
  }

  private publish(step: TraceStep): unknown {
    const results = bodiesOf(step).map((body) => {
      const published = this.server.request(String(step.subject), this.message(step, body))
      return published?.ack ? this.shownAck(published.ack) : noResponders()
    })
    return Array.isArray(step.bodies) ? results : results[0]
  }

  private getMessage(step: TraceStep): unknown {
    const { jetStream } = this.server
    const name = String(step.stream)
    const sequence =
      step.lastBySubject === undefined
        ? jetStream.get(name, Number(step.seq))
        : jetStream.getLast(name, String(step.lastBySubject))
    const message = jetStream.mustStream(name).messageAt(sequence)
    return { ...this.shownContent(message), seq: sequence }
  }

  private message(step: TraceStep, body: string): number {
    const { records } = this.sim
    const headers: Record<string, string> = {}
    const given = isRecord(step.headers) ? step.headers : {}
    for (const [name, value] of Object.entries(given)) headers[name] = String(value)
    if (step.msgId !== undefined) headers[MESSAGE_ID] = String(step.msgId)
    return records.messages.add(this.sim.nowUs, {
      template: records.strings.id(body),
      ordinal: 1,
      key: records.strings.id(String(step.subject)),
      props: Object.keys(headers).length > 0 ? records.row({ headers } satisfies NatsProps) : -1,
      parent: -1,
      source: -1,
    })
  }

  private noteStatus(inbox: string, code: number): void {
    this.statuses[inbox] ??= []
    this.statuses[inbox].push({ code, text: STATUS_TEXTS[code] ?? '' })
  }

  private subscription(name: string): Subscription {
    return must(this.subscriptions.get(name), `subscription ${name}`)
  }

  private shownContent(message: number): Record<string, unknown> {
    const { records } = this.sim
    const props = records.messages.props(message)
    return {
      body: records.body(message),
      subject: records.key(message),
      ...(props !== -1 && { headers: records.rowAt<NatsProps>(props).headers }),
    }
  }

  /** Headers only: its body is left out, its size is told. */
  private shownHeaders(message: number): Record<string, unknown> {
    const shown = this.shownContent(message)
    const size = textBytes(String(shown.body))
    const headers = {
      ...(isRecord(shown.headers) ? shown.headers : {}),
      'Nats-Msg-Size': `${size}`,
    }
    return { ...shown, body: '', headers }
  }

  private shownDelivery(delivery: Delivery): Record<string, unknown> {
    const { consumer, message, streamSequence, consumerSequence, count, pending } = delivery
    return {
      ...(consumer.config.headersOnly ? this.shownHeaders(message) : this.shownContent(message)),
      stream: consumer.stream.name,
      consumer: consumer.name,
      deliveryCount: count,
      streamSeq: streamSequence,
      consumerSeq: consumerSequence,
      pending,
    }
  }

  private shownAck({ stream, sequence, duplicate, error }: PubAck): Record<string, unknown> {
    if (error) {
      const { code, errCode, message } = new JetStreamError(error)
      return { error: { code, errCode, text: message } }
    }
    return { stream: stream.name, seq: sequence, ...(duplicate && { duplicate }) }
  }

  private shownStreams(): Record<string, unknown> {
    const { jetStream } = this.server
    const live = jetStream.streams.filter(({ alive }) => alive)
    return Object.fromEntries(
      live.map((stream) => [
        stream.name,
        {
          messages: stream.count,
          firstSeq: stream.first,
          lastSeq: stream.last,
          consumers: Object.fromEntries(
            jetStream.consumersOf(stream).map((consumer) => [consumer.name, shownState(consumer)]),
          ),
        },
      ]),
    )
  }
}

function bodiesOf(step: TraceStep): string[] {
  return (Array.isArray(step.bodies) ? step.bodies : [step.body]).map(String)
}

function noResponders(): Record<string, unknown> {
  return { error: { code: '503', text: 'no responders' } }
}

function shownState(consumer: Consumer): Record<string, unknown> {
  return {
    delivered: [consumer.nextConsumer - 1, consumer.nextStream - 1],
    ackFloor: [consumer.floorConsumer, consumer.floorStream],
    ackPending: consumer.pending.size,
    redelivered: consumer.again.size,
    pending: consumer.pendingCount,
  }
}

function shownAdvisory({ type, consumer, streamSequence, deliveries }: Advisory) {
  return {
    type,
    stream: consumer.stream.name,
    consumer: consumer.name,
    streamSeq: streamSequence,
    deliveries,
  }
}
