/**
 * RabbitMQ's definitions (`rabbitmqctl export_definitions`, rabbitmq.com/docs/definitions): exchanges, queues
 * and bindings as a scenario, and those of a scenario as definitions that a real broker takes. What a
 * scenario cannot say (users, policies, other virtual hosts) is left out, and said.
 */
import { arrange } from './arrange.ts'
import {
  type ExchangeDoc,
  type LinkDoc,
  type QueueDoc,
  SCENARIO_FORMAT,
  type Scenario,
} from './document.ts'
import { bindingArguments, exchangeArguments, isDurable, queueArguments } from './program/amqp.ts'
import { isDeclaredByConsumer } from './queueName.ts'
import { LIMITS } from './schema/limits.ts'
import { parseScenario } from './validate.ts'

type Plain = Readonly<Record<string, unknown>>

export type ReadDefinitions =
  /** `left` names what was left out, one sentence each. */
  { ok: true; scenario: Scenario; left: string[] } | { ok: false; sentence: string }

/** Whether parsed JSON looks like RabbitMQ's definitions. */
export function isDefinitions(content: unknown): content is Plain {
  return isPlain(content) && Array.isArray(content.queues) && Array.isArray(content.exchanges)
}

const LATENCY_MS = 300
const SPACE = { width: 1100, height: 700 }

/** Reads the exchanges, queues and bindings of one virtual host: of "/" if it has queues, else of the first that has. */
export function scenarioFromDefinitions(content: Plain): ReadDefinitions {
  const queues = listOf(content.queues)
  const hosts = [...new Set([...queues, ...listOf(content.exchanges)].map(vhostOf))]
  const ofQueues = new Set(queues.map(vhostOf))
  const vhost = ofQueues.has('/') ? '/' : (hosts[0] ?? '/')
  const here = (item: Plain) => vhostOf(item) === vhost
  const reading = new Reading()
  for (const queue of queues.filter(here)) reading.addQueue(queue)
  for (const exchange of listOf(content.exchanges).filter(here)) reading.addExchange(exchange)
  for (const binding of listOf(content.bindings).filter(here)) reading.addBinding(binding)
  const others = [...ofQueues].filter((other) => other !== vhost)
  if (others.length === 1) reading.left.push(`The virtual host ${others[0]} is left out.`)
  else if (others.length > 1) {
    reading.left.push(`${others.length} other virtual hosts are left out; only ${vhost} is read.`)
  }
  for (const part of ['policies', 'parameters'] as const) {
    if (listOf(content[part]).length > 0) reading.left.push(`Its ${part} are left out.`)
  }
  return reading.done(vhost)
}

function vhostOf({ vhost }: Plain): string {
  return String(vhost ?? '/')
}

class Reading {
  readonly left: string[] = []
  private readonly queues: QueueDoc[] = []
  private readonly exchanges: ExchangeDoc[] = []
  private readonly links: LinkDoc[] = []
  private readonly ids = new Set<string>()
  /** Names that are to become ids once all exchanges are known. */
  private readonly wanted: { give: (id: string | null) => void; name: string; of: string }[] = []

  addQueue(given: Plain): void {
    const args = isPlain(given.arguments) ? given.arguments : {}
    const type = args['x-queue-type'] ?? given.type
    const kind = type === 'quorum' || type === 'stream' ? type : 'classic'
    const doc: QueueDoc = {
      kind: 'queue',
      ...this.base(given, 'queue'),
      ...(kind === 'classic' ? given.durable === true && { durable: true } : { type: kind }),
      ...(given.auto_delete === true && kind === 'classic' && { autoDelete: true }),
    }
    for (const [name, value] of Object.entries(args)) this.takeArgument(doc, name, value)
    this.queues.push(doc)
  }

  private takeArgument(doc: QueueDoc, name: string, value: unknown): void {
    const field = QUEUE_FIELDS[name]
    if (name === 'x-queue-type') return
    if (name === 'x-dead-letter-exchange') {
      if (value === '') doc.deadLetterExchange = ''
      else {
        const give = (id: string | null) => {
          if (id === null) delete doc.deadLetterKey
          else doc.deadLetterExchange = id
        }
        this.wanted.push({ give, name: String(value), of: doc.name })
      }
    } else if (field !== undefined) Object.assign(doc, { [field]: value })
    else this.left.push(`The argument ${name} of the queue ${doc.name} is left out.`)
  }

  addExchange(given: Plain): void {
    const name = String(given.name ?? '')
    const type = EXCHANGE_TYPES.find((known) => known === given.type)
    if (name === '' || name.startsWith('amq.')) return
    if (type === undefined) {
      this.left.push(`The exchange ${name} has the type ${String(given.type)}: it is left out.`)
      return
    }
    const args = isPlain(given.arguments) ? given.arguments : {}
    const doc: ExchangeDoc = {
      kind: 'exchange',
      ...this.base(given, 'exchange'),
      type,
      ...(given.durable === false && { durable: false }),
      ...(given.auto_delete === true && { autoDelete: true }),
      ...(given.internal === true && { internal: true }),
      ...(typeof args['hash-header'] === 'string' && { hashHeader: args['hash-header'] }),
    }
    const alternate = args['alternate-exchange']
    if (typeof alternate === 'string' && alternate !== '') {
      const give = (id: string | null) => {
        if (id !== null) doc.alternate = id
      }
      this.wanted.push({ give, name: alternate, of: name })
    }
    this.exchanges.push(doc)
  }

  addBinding(given: Plain): void {
    const from = this.exchanges.find(({ name }) => name === given.source)
    const targets = given.destination_type === 'exchange' ? this.exchanges : this.queues
    const to = targets.find(({ name }) => name === given.destination)
    if (!from || !to) {
      const ends = `${String(given.source)} to ${String(given.destination)}`
      this.left.push(`The binding of ${ends} is left out: an end of it is not there.`)
      return
    }
    const args = isPlain(given.arguments) ? given.arguments : {}
    const { 'x-match': match, ...headers } = args
    const isHeaded = from.type === 'headers'
    const key = String(given.routing_key ?? '')
    this.links.push({
      id: this.freeId(`${from.id}-${to.id}`),
      from: from.id,
      to: to.id,
      latencyMs: LATENCY_MS,
      ...(!isHeaded && from.type !== 'fanout' && { key }),
      ...(isHeaded && { headers: headers as NonNullable<LinkDoc['headers']> }),
      ...(isHeaded && typeof match === 'string' && { match: match as 'all' }),
    })
  }

  /** With a producer for each exchange that nothing else feeds, so that something can be published. */
  done(vhost: string): ReadDefinitions {
    for (const { give, name, of } of this.wanted) {
      const exchange = this.exchanges.find((known) => known.name === name)
      give(exchange?.id ?? null)
      // RabbitMQ 3.10 leaves internal exchanges out of what it exports (`rabbit_definitions:list_exchanges/0`).
      if (!exchange) this.left.push(`${of} names the exchange ${name}, which is not there.`)
    }
    if (this.queues.length + this.exchanges.length === 0) {
      return {
        ok: false,
        sentence: 'These definitions have no exchange and no queue of their own.',
      }
    }
    const nodes = [...this.exchanges, ...this.queues]
    const scenario: Scenario = {
      format: SCENARIO_FORMAT,
      title: `Definitions of ${vhost}`.slice(0, LIMITS.titleChars),
      about: 'Exchanges, queues and bindings of a RabbitMQ. Add producers and consumers.',
      seed: 1,
      durationMs: 60_000,
      code: 'python',
      brokers: [{ id: 'rabbitmq', family: 'amqp' }],
      nodes,
      links: this.links,
    }
    const places = arrange(scenario, SPACE)
    const placed = nodes.map((node) => ({
      ...node,
      position: places.get(node.id) ?? node.position,
    }))
    const read = parseScenario({ ...scenario, nodes: placed })
    if (!read.ok) return { ok: false, sentence: read.sentence }
    return { ok: true, scenario: read.scenario, left: this.left }
  }

  private base({ name }: Plain, kind: string) {
    const text = String(name ?? '')
    const stem = text.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+/, '') || kind
    return {
      id: this.freeId(stem),
      name: text.slice(0, LIMITS.nameChars) || kind,
      position: { x: 0, y: 0 },
      broker: 'rabbitmq',
    }
  }

  private freeId(wished: string): string {
    const stem = wished.slice(0, LIMITS.idChars - 5)
    let id = stem
    for (let n = 2; this.ids.has(id); n++) id = `${stem}-${n}`
    this.ids.add(id)
    return id
  }
}

const EXCHANGE_TYPES = ['direct', 'fanout', 'topic', 'headers', 'x-consistent-hash'] as const

/** Arguments of a queue that are fields of the document. */
const QUEUE_FIELDS: Readonly<Record<string, keyof QueueDoc>> = {
  'x-max-length': 'maxLength',
  'x-max-length-bytes': 'maxBytes',
  'x-overflow': 'overflow',
  'x-message-ttl': 'messageTtlMs',
  'x-expires': 'expiresMs',
  'x-max-priority': 'maxPriority',
  'x-dead-letter-routing-key': 'deadLetterKey',
  'x-delivery-limit': 'deliveryLimit',
  'x-single-active-consumer': 'singleActiveConsumer',
}

/** The definitions of one broker of a scenario, as `rabbitmqctl import_definitions` takes them. */
export function definitionsOf(scenario: Scenario, broker: string): Record<string, unknown> {
  const vhost = '/'
  const mine = scenario.nodes.filter((node) => 'broker' in node && node.broker === broker)
  const exchanges = mine.filter((node): node is ExchangeDoc => node.kind === 'exchange')
  const declared = exchanges.filter(({ type }) => type !== 'default')
  const queues = mine.filter(
    (node): node is QueueDoc => node.kind === 'queue' && !isDeclaredByConsumer(node),
  )
  return {
    vhosts: [{ name: vhost }],
    exchanges: declared.map((exchange) => ({
      name: exchange.name,
      vhost,
      type: exchange.type,
      durable: exchange.durable ?? true,
      auto_delete: exchange.autoDelete ?? false,
      internal: exchange.internal ?? false,
      arguments: exchangeArguments(exchange, scenario),
    })),
    queues: queues.map((queue) => ({
      name: queue.name,
      vhost,
      durable: isDurable(queue),
      auto_delete: queue.autoDelete ?? false,
      arguments: queueArguments(queue, scenario),
    })),
    bindings: declared.flatMap((exchange) => bindingsOf(scenario, exchange, vhost)),
  }
}

function bindingsOf(scenario: Scenario, exchange: ExchangeDoc, vhost: string): Plain[] {
  return scenario.links.flatMap((link) => {
    const to = scenario.nodes.find(({ id }) => id === link.to)
    if (link.from !== exchange.id || !to) return []
    if (to.kind === 'queue' && isDeclaredByConsumer(to)) return []
    return {
      source: exchange.name,
      vhost,
      destination: to.name,
      destination_type: to.kind === 'exchange' ? 'exchange' : 'queue',
      routing_key: link.key ?? '',
      arguments: bindingArguments(exchange, link),
    }
  })
}

function isPlain(value: unknown): value is Plain {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function listOf(value: unknown): Plain[] {
  return Array.isArray(value) ? value.filter(isPlain) : []
}
