/** Drives the MQTT family with the operations of traces recorded from mosquitto; its clients answer at once. */
import { must } from '../../base/assert.ts'
import { Records } from '../../engine/records.ts'
import { Simulation } from '../../engine/simulation.ts'
import { IN_FLIGHT_MAX, MqttBroker } from '../pubsub/mqtt/broker.ts'
import type { Session, SubscriptionRow } from '../pubsub/mqtt/session.ts'
import type { MqttProps } from '../pubsub/mqtt/wire.ts'
import { checkArguments } from './arguments.ts'
import { type Driver, type Runner, Unknown } from './runner.ts'
import { Seen, withoutMembers } from './shared.ts'
import { isRecord, type Observation, type Trace, type TraceStep } from './trace.ts'

export const MOSQUITTO: Runner = {
  broker: 'mosquitto',
  start: (trace) => new MosquittoDriver(trace),
  normal: withoutMembers,
}

const ARGUMENTS: Record<string, readonly string[]> = {
  connect: ['client', 'clientId', 'clean', 'version', 'will', 'properties', 'noAck'],
  disconnect: ['client'],
  crash: ['client'],
  subscribe: ['client', 'filters'],
  unsubscribe: ['client', 'filters'],
  publish: ['client', 'topic', 'body', 'bodies', 'qos', 'retain', 'properties'],
  advance: ['ms'],
  restart: [],
}

/** A session expiry interval of this many seconds never ends. */
const NEVER_S = 4_294_967_295

class MosquittoDriver implements Driver {
  private readonly sim = new Simulation(new Records(), 1)
  private readonly seen: Seen
  private readonly closed: string[] = []
  /** Clients that read but never answer. */
  private readonly silent = new Set<string>()
  /** Answers that are on their way to the broker. */
  private readonly answers: (() => void)[] = []
  private packetId = 0
  private readonly broker: MqttBroker

  constructor(trace: Trace) {
    this.seen = new Seen(trace)
    const wire = {
      publish: this.published.bind(this),
      pubrel: (session: Session, position: number) =>
        this.answer(session, () => this.broker.pubcomp(session, position)),
      pubrec: (session: Session, packetId: number) =>
        this.answer(session, () => this.broker.release(session, packetId)),
      closed: (connection: string) => this.closed.push(connection),
    }
    this.broker = new MqttBroker(this.sim, this.sim.nextNode(), wire, { asMosquitto: true })
  }

  step(step: TraceStep): Observation {
    checkArguments(step, ARGUMENTS)
    this.seen.clear()
    this.closed.length = 0
    const result = this.perform(step)
    for (let next = this.answers.shift(); next; next = this.answers.shift()) next()
    return {
      ...(result !== undefined && { result }),
      ...this.seen.shown(),
      ...(this.closed.length > 0 && { closed: [...this.closed] }),
    }
  }

  private perform(step: TraceStep): unknown {
    const client = String(step.client ?? '')
    const session = this.broker.connected(client)
    switch (step.op) {
      case 'connect':
        return this.connect(client, step)
      case 'restart':
        this.broker.restart()
        // What the broker sent while it stopped reached nobody.
        this.seen.clear()
        this.answers.length = 0
        return undefined
      case 'advance': {
        const until = this.sim.nowUs + Number(step.ms) * 1000
        this.sim.runUntil(until)
        this.sim.nowUs = until
        return undefined
      }
    }
    if (!session) return undefined
    switch (step.op) {
      case 'disconnect':
        return this.broker.disconnect(session)
      case 'crash':
        return this.broker.lose(session)
      case 'subscribe':
        return this.subscribe(session, step)
      case 'unsubscribe':
        return this.broker.unsubscribe(
          session,
          filtersOf(step).map(({ filter }) => filter),
        )
      case 'publish':
        return this.publish(session, step)
    }
    throw new Unknown(`operation ${step.op} is not known`)
  }

  private connect(client: string, step: TraceStep): unknown {
    const properties = known(step.properties, ['sessionExpiryInterval', 'receiveMaximum'])
    const version = step.version === 5 ? 5 : 4
    const clean = step.clean !== false
    const will = isRecord(step.will) ? step.will : null
    const willProperties = known(will?.properties, ['willDelayInterval', 'messageExpiryInterval'])
    this.silent.delete(client)
    if (step.noAck === true) this.silent.add(client)
    const sessionPresent = this.broker.connect(String(step.clientId ?? client), {
      name: client,
      version,
      clean,
      expiryUs: expiryOf(version, clean, properties.sessionExpiryInterval),
      receiveMaximum: Number(properties.receiveMaximum ?? IN_FLIGHT_MAX),
      will: will ? this.message(will, willProperties, String(will.body ?? '')) : -1,
      willDelayUs: Number(willProperties.willDelayInterval ?? 0) * 1_000_000,
    })
    if (sessionPresent === null) this.closed.push(client)
    return { sessionPresent }
  }

  private subscribe(session: Session, step: TraceStep): unknown {
    const filters = filtersOf(step)
    const granted = this.broker.subscribe(session, filters)
    return granted?.map((qos, i) => ({ filter: filters[i]?.filter, granted: qos }))
  }

  private publish(session: Session, step: TraceStep): undefined {
    const properties = known(step.properties, ['messageExpiryInterval'])
    const bodies = Array.isArray(step.bodies) ? step.bodies : [step.body]
    for (const body of bodies) {
      const message = this.message(step, properties, String(body ?? ''))
      if (session.isConnected) this.broker.publish(session, message, ++this.packetId)
    }
    return undefined
  }

  private message(
    given: Readonly<Record<string, unknown>>,
    properties: Readonly<Record<string, unknown>>,
    body: string,
  ): number {
    const { records } = this.sim
    const props: MqttProps = {
      qos: Number(given.qos ?? 0),
      retain: given.retain === true,
      expiryS: Number(properties.messageExpiryInterval ?? 0),
    }
    return records.messages.add(this.sim.nowUs, {
      template: records.strings.id(body),
      ordinal: 1,
      key: records.strings.id(String(given.topic)),
      props: records.row(props),
      parent: -1,
      source: -1,
    })
  }

  private published(
    session: Session,
    message: number,
    qos: number,
    retain: boolean,
    dup: boolean,
    position: number,
  ): void {
    const { records } = this.sim
    const [topic, body] = [records.key(message), records.body(message)]
    const { name } = must(session.connection, 'connection')
    this.seen.note(name, { topic, body, qos, retain, ...(dup && { dup }) })
    if (qos === 1) this.answer(session, () => this.broker.puback(session, position))
    if (qos === 2) this.answer(session, () => this.broker.pubrec(session, position))
  }

  private answer(session: Session, send: () => void): void {
    if (!this.silent.has(session.connection?.name ?? '')) this.answers.push(send)
  }
}

function filtersOf(step: TraceStep): SubscriptionRow[] {
  const given = Array.isArray(step.filters) ? step.filters : []
  return given.map((each: unknown) => {
    const filter = known(isRecord(each) ? each : { filter: each }, FILTER_OPTIONS)
    return {
      filter: String(filter.filter),
      qos: Number(filter.qos ?? 0),
      noLocal: filter.nl === true,
      retainAsPublished: filter.rap === true,
      retainHandling: Number(filter.rh ?? 0),
    }
  })
}

const FILTER_OPTIONS = ['filter', 'qos', 'nl', 'rap', 'rh']

/** MQTT 3.1.1 has sessions that last for ever; in 5 it is a property. */
function expiryOf(version: number, clean: boolean, givenS: unknown): number {
  if (version === 4) return clean ? 0 : -1
  const seconds = Number(givenS ?? 0)
  return seconds >= NEVER_S ? -1 : seconds * 1_000_000
}

/** Members of an object, all of which must be known. */
function known(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return {}
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) throw new Unknown(`property ${name} is not known`)
  }
  return value
}
