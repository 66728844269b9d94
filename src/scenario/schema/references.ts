/** What the fields of a document say about each other: ids, brokers, names, links and durations must fit together. */
import type { Arrivals, Duration } from '../../engine/distributions.ts'
import {
  type BrokerDoc,
  LINKS_FROM,
  type LinkDoc,
  type NodeDoc,
  type NodeKind,
  type NodeOf,
  type Scenario,
} from '../document.ts'
import { A_KIND, FAMILY_OF } from '../kinds.ts'
import { refuseSubscription, whyMixed } from './cloud.ts'
import { hasSubject, refuseDurable, refuseSubject } from './filters.ts'
import { refusePartition, refuseTopic } from './log.ts'
import { refuseClientIds, refuseLoss, refuseMqttClient } from './mqtt.ts'
import { ONLY_ONE } from './onlyOne.ts'
import { type Path, type Refused, refuse } from './problem.ts'
import { refuseGivingUp, refuseTrimming } from './redisStreams.ts'

/** Null if everything fits together, else the first thing that does not. */
export function refuseMisfit(scenario: Scenario): Refused | null {
  return (
    refuseIds(scenario) ??
    first(scenario.nodes, (node, i) => refuseNode(scenario, node, ['nodes', i])) ??
    refuseNames(scenario) ??
    refuseClientIds(scenario) ??
    refuseLinks(scenario)
  )
}

/** Why a link from `from` to `to` cannot be, or null: the canvas asks before it lets one be drawn. */
export function whyNotLinked(scenario: Scenario, from: NodeDoc, to: NodeDoc): string | null {
  if (!LINKS_FROM[from.kind].includes(to.kind)) {
    const kinds = LINKS_FROM[from.kind].map((kind) => A_KIND[kind]).join(' or ')
    const may = kinds === '' ? 'nothing' : kinds
    return `${capital(A_KIND[from.kind])} cannot be linked to ${A_KIND[to.kind]}; link it to ${may}`
  }
  if (from.kind === 'exchange' && 'broker' in to && from.broker !== to.broker) {
    return `The exchange "${from.name}" and the ${to.kind} "${to.name}" are of different brokers; a binding stays within one`
  }
  if (from.kind === 'exchange' && to.kind === 'exchange' && (isDefault(from) || isDefault(to))) {
    return 'The default exchange takes no bindings; use one of another type'
  }
  if (IN_ONE_SERVER.has(from.kind) && 'broker' in from && 'broker' in to) {
    if (from.broker !== to.broker) {
      return `"${from.name}" and "${to.name}" are of different servers; link what is of one`
    }
  }
  if (from === to) return `"${from.name}" cannot be linked to itself; link it to another node`
  const only = ONLY_ONE.find((rule) => rule.from === from.kind && rule.to === to.kind)
  if (only) {
    const byId = nodesById(scenario)
    const taken = scenario.links.some((link) =>
      only.at === 'to'
        ? link.to === to.id && byId.get(link.from)?.kind === from.kind
        : link.from === from.id && byId.get(link.to)?.kind === to.kind,
    )
    if (taken) return only.sentence
  }
  const mixed = whyMixed(scenario, from, to)
  if (mixed !== null) return mixed
  if (isConnected(scenario, from, to)) {
    return 'An MQTT client has one connection; remove its other link first'
  }
  const twins = scenario.links.filter((link) => link.from === from.id && link.to === to.id)
  if (twins.length > 0 && !maySeveral(from)) {
    return `"${from.name}" and "${to.name}" are linked already; change that link`
  }
  return null
}

/** An MQTT client has one connection, drawn in either direction. */
function isConnected(scenario: Scenario, from: NodeDoc, to: NodeDoc): boolean {
  const client = [from, to].find(({ kind }) => kind === 'mqttClient')
  return (
    client !== undefined &&
    scenario.links.some((link) => link.from === client.id || link.to === client.id)
  )
}
/** Whose links to other parts stay within one server. */
const IN_ONE_SERVER: ReadonlySet<NodeKind> = new Set([
  'natsServer',
  'natsStream',
  'natsConsumer',
  'redisStream',
])

/** Several bindings between the same two are several links, each with its own key. */
function maySeveral(from: NodeDoc): boolean {
  return (
    from.kind === 'natsServer' ||
    from.kind === 'redisServer' ||
    (from.kind === 'exchange' && KEYED.has(from.type))
  )
}

/** Types of exchange between which and one queue there may be several bindings. */
const KEYED: ReadonlySet<string> = new Set(['direct', 'topic', 'headers'])

function isDefault(exchange: NodeOf<'exchange'>): boolean {
  return exchange.type === 'default'
}

function refuseIds(scenario: Scenario): Refused | null {
  const brokers = new Set<string>()
  const others = new Set<string>()
  return (
    first(scenario.brokers, ({ id }, i) => refuseTaken(brokers, id, ['brokers', i, 'id'])) ??
    first(scenario.nodes, ({ id }, i) => refuseTaken(others, id, ['nodes', i, 'id'])) ??
    first(scenario.links, ({ id }, i) => refuseTaken(others, id, ['links', i, 'id']))
  )
}

function refuseTaken(taken: Set<string>, id: string, path: Path): Refused | null {
  if (taken.has(id)) return refuse(path, `is "${id}", which is taken; give an id of its own`)
  taken.add(id)
  return null
}

function refuseNode(scenario: Scenario, node: NodeDoc, path: Path): Refused | null {
  switch (node.kind) {
    case 'exchange':
      return refuseBroker(scenario.brokers, node, path) ?? refuseAlternate(scenario, node, path)
    case 'queue':
      return refuseBroker(scenario.brokers, node, path) ?? refuseQueue(scenario, node, path)
    case 'topic':
      return refuseBroker(scenario.brokers, node, path) ?? refuseTopic(scenario, node, path)
    case 'eventStore':
    case 'mqttBroker':
    case 'cloudTopic':
      return refuseBroker(scenario.brokers, node, path)
    case 'sqsQueue':
      return refuseBroker(scenario.brokers, node, path) ?? refuseDeadLetters(scenario, node, path)
    case 'producer':
      return (
        refuseArrivals(node.arrivals, [...path, 'arrivals']) ??
        refuseReplyTo(scenario, node, path) ??
        refusePartition(scenario, node, path)
      )
    case 'relay':
      return null
    case 'cloudSubscription':
      return refuseBroker(scenario.brokers, node, path) ?? refuseSubscription(scenario, node, path)
    case 'mqttClient':
      return (
        refuseArrivals(node.arrivals, [...path, 'arrivals']) ??
        refuseDuration(node.service, [...path, 'service']) ??
        refuseMqttClient(node, path)
      )
    case 'natsServer':
    case 'redisServer':
      return refuseBroker(scenario.brokers, node, path)
    case 'natsStream':
    case 'natsConsumer':
      return refuseBroker(scenario.brokers, node, path) ?? refuseDurable(node, path)
    case 'redisStream':
      return refuseBroker(scenario.brokers, node, path) ?? refuseTrimming(node, path)
    case 'redisGroup':
      return refuseBroker(scenario.brokers, node, path)
    case 'redisConsumer':
      return (
        refuseDuration(node.service, [...path, 'service']) ?? refuseGivingUp(scenario, node, path)
      )
    case 'natsRequester':
      return refuseArrivals(node.arrivals, [...path, 'arrivals'])
    default:
      return refuseDuration(node.service, [...path, 'service'])
  }
}

/** An exchange of the same broker, by id. */
function refuseExchange(
  scenario: Scenario,
  node: NodeOf<'exchange'> | NodeOf<'queue'>,
  other: string,
  path: Path,
): Refused | null {
  const exchange = scenario.nodes.find(({ id }) => id === other)
  if (exchange?.kind !== 'exchange') {
    return refuse(path, `is "${other}", which is no exchange; give the id of one`)
  }
  if (exchange.broker === node.broker && exchange !== node) return null
  return refuse(path, `is "${other}"; give another exchange of the same broker`)
}

function refuseReplyTo(scenario: Scenario, node: NodeOf<'producer'>, path: Path): Refused | null {
  if (node.replyTo === undefined) return null
  if (scenario.nodes.some(({ id, kind }) => id === node.replyTo && kind === 'queue')) return null
  return refuse([...path, 'replyTo'], `is "${node.replyTo}", which is no queue; give the id of one`)
}

function refuseAlternate(scenario: Scenario, node: NodeOf<'exchange'>, path: Path): Refused | null {
  if (node.type === 'default') {
    const given = (['durable', 'autoDelete', 'internal', 'alternate', 'hashHeader'] as const).find(
      (field) => node[field] !== undefined,
    )
    if (given === undefined) return null
    return refuse([...path, given], 'has no meaning: the default exchange is as it is; remove it')
  }
  if (node.alternate === undefined) return null
  return refuseExchange(scenario, node, node.alternate, [...path, 'alternate'])
}

/** What RabbitMQ refuses with 406 (rabbitmq.com/docs/quorum-queues, docs/streams: feature comparison). */
function refuseQueue(scenario: Scenario, node: NodeOf<'queue'>, path: Path): Refused | null {
  const { type = 'classic', deadLetterExchange, deadLetterKey } = node
  for (const field of NOT_OF_TYPE[type]) {
    const value = node[field]
    if (value === undefined || value === (field === 'durable')) continue
    return refuse([...path, field], `does not go with a ${type} queue; remove it`)
  }
  if (deadLetterKey !== undefined && deadLetterExchange === undefined) {
    return refuse([...path, 'deadLetterKey'], 'has no meaning without deadLetterExchange; give one')
  }
  if (deadLetterExchange === undefined || deadLetterExchange === '') return null
  return refuseExchange(scenario, node, deadLetterExchange, [...path, 'deadLetterExchange'])
}

const NOT_OF_TYPE = {
  classic: ['deliveryLimit'],
  quorum: ['durable', 'autoDelete', 'exclusive', 'serverNamed', 'maxPriority'],
  stream: [
    'durable',
    'autoDelete',
    'exclusive',
    'serverNamed',
    'maxPriority',
    'maxLength',
    'overflow',
    'messageTtlMs',
    'expiresMs',
    'deadLetterExchange',
    'deliveryLimit',
    'singleActiveConsumer',
  ],
} as const satisfies Record<string, readonly (keyof NodeOf<'queue'>)[]>

/** The dead-letter queue of a FIFO queue must be FIFO, of a standard one standard (sqs-dead-letter-queues.html). */
function refuseDeadLetters(
  scenario: Scenario,
  node: NodeOf<'sqsQueue'>,
  path: Path,
): Refused | null {
  if (node.deadLetters === undefined) return null
  const at = [...path, 'deadLetters']
  const letters = scenario.nodes.find(({ id }) => id === node.deadLetters)
  if (letters?.kind !== 'sqsQueue') {
    return refuse(at, `is "${node.deadLetters}", which is no SQS queue; give the id of one`)
  }
  if (letters === node || letters.broker !== node.broker) {
    return refuse(at, `is "${letters.id}"; give another queue of the same broker`)
  }
  if ((letters.fifo ?? false) === (node.fifo ?? false)) return null
  const kind = node.fifo ? 'FIFO' : 'standard'
  return refuse(at, `is "${letters.id}", of the other type; give a ${kind} queue`)
}

function refuseBroker(
  brokers: BrokerDoc[],
  node: Extract<NodeDoc, { broker: string }>,
  path: Path,
): Refused | null {
  const at = [...path, 'broker']
  const broker = brokers.find(({ id }) => id === node.broker)
  if (!broker) return refuse(at, `is "${node.broker}", which is not in brokers; add it there`)
  const family = FAMILY_OF[node.kind]
  if (broker.family === family) return null
  return refuse(
    at,
    `is "${broker.id}" of the family "${broker.family}"; ${A_KIND[node.kind]} needs one of the family "${family}"`,
  )
}

/** What a schema cannot say about the timings of a client: null if they make sense. */
export function refuseTiming(name: string, value: unknown, path: Path): Refused | null {
  if (name === 'arrivals') return refuseArrivals(value as Arrivals, path)
  return name === 'service' ? refuseDuration(value as Duration, path) : null
}

function refuseArrivals(arrivals: Arrivals, path: Path): Refused | null {
  if (arrivals.kind === 'trace') {
    const later = arrivals.atMs.findIndex((at, i) => i > 0 && at < (arrivals.atMs[i - 1] ?? 0))
    if (later === -1) return null
    return refuse(
      [...path, 'atMs', later],
      'is before the one before it; give the moments in order',
    )
  }
  if (arrivals.kind !== 'interval' && arrivals.kind !== 'onOff') return null
  const at = [...path, 'every']
  return refuseDuration(arrivals.every, at) ?? refuseNoPause(arrivals.every, at)
}

/** Without a pause between arrivals a run would never leave its microsecond. */
function refuseNoPause(every: Duration, path: Path): Refused | null {
  const longestMs =
    every.kind === 'fixed'
      ? every.ms
      : every.kind === 'uniform'
        ? every.maxMs
        : every.kind === 'trace'
          ? Math.max(...every.ms)
          : every.meanMs
  if (longestMs >= 0.001) return null
  return refuse(
    path,
    'is 0; give a pause of at least 0.001 ms, or bursts to publish several at once',
  )
}

function refuseDuration(duration: Duration, path: Path): Refused | null {
  if (duration.kind !== 'uniform' || duration.minMs <= duration.maxMs) return null
  return refuse(
    [...path, 'maxMs'],
    `is ${duration.maxMs}, less than minMs; give at least ${duration.minMs}`,
  )
}

const NAMED: ReadonlySet<NodeKind> = new Set([
  'exchange',
  'queue',
  'sqsQueue',
  'topic',
  'natsStream',
  'natsConsumer',
  'cloudTopic',
  'cloudSubscription',
  'redisStream',
])

const ONLY: Partial<Record<NodeKind, string>> = {
  eventStore: 'event store',
  mqttBroker: 'place',
  natsServer: 'server',
  redisServer: 'server',
}

/** Two parts of one broker cannot have one name, and some there are only once. */
function refuseNames(scenario: Scenario): Refused | null {
  const taken = new Set<string>()
  return first(scenario.nodes, (node, i) => {
    if (NAMED.has(node.kind) && 'broker' in node) {
      const name = `${node.broker}/${node.kind}/${node.name}`
      if (taken.has(name)) {
        return refuse(
          ['nodes', i, 'name'],
          `is "${node.name}", and the broker "${node.broker}" has ${A_KIND[node.kind]} of that name; give another name`,
        )
      }
      taken.add(name)
    }
    const what = onlyOnce(node)
    if (what === null || !('broker' in node)) return null
    const name = `${node.broker}/only/${what}`
    if (taken.has(name)) {
      return refuse(
        ['nodes', i],
        `is a second ${what} of the broker "${node.broker}"; it has one only`,
      )
    }
    taken.add(name)
    return null
  })
}

/** What a broker has one of at most. */
function onlyOnce(node: NodeDoc): string | null {
  const only = ONLY[node.kind]
  if (only !== undefined) return only
  return node.kind === 'exchange' && node.type === 'default' ? 'default exchange' : null
}

function refuseLinks(scenario: Scenario): Refused | null {
  const byId = nodesById(scenario)
  const before: Scenario = { ...scenario, links: [] }
  return first(scenario.links, (link, i) => {
    const path = ['links', i]
    const from = byId.get(link.from)
    const to = byId.get(link.to)
    if (!from)
      return refuse([...path, 'from'], `is "${link.from}", which is no node; give a node's id`)
    if (!to) return refuse([...path, 'to'], `is "${link.to}", which is no node; give a node's id`)
    const why = whyNotLinked(before, from, to)
    if (why !== null) return refuse(path, `cannot be: ${small(why)}`)
    const refused = refuseKey(scenario, link, i, from, to) ?? refuseLoss(link, scenario, path)
    if (refused) return refused
    before.links.push(link)
    return null
  })
}

function refuseKey(
  scenario: Scenario,
  link: LinkDoc,
  index: number,
  from: NodeDoc,
  to: NodeDoc,
): Refused | null {
  const path = ['links', index, 'key']
  const headed = refuseBindingHeaders(link, from, ['links', index])
  if (headed) return headed
  if (from.kind === 'exchange' && from.type === 'x-consistent-hash') {
    if (!/^[1-9]\d{0,3}$/.test(link.key ?? '')) {
      return refuse(path, `is "${link.key ?? ''}"; give a weight from 1 to 9999, as a text`)
    }
  }
  if (from.kind === 'exchange' && from.type === 'default' && link.key !== undefined) {
    return refuse(
      path,
      'has no meaning: the default exchange binds each queue by its own name; remove it',
    )
  }
  const subject = refuseSubject(link, from, to, path)
  if (subject) return subject
  const isKeyed =
    from.kind === 'exchange' || to.kind === 'exchange' || hasSubject(from.kind, to.kind)
  if (!isKeyed && link.key !== undefined) {
    return refuse(path, `has no meaning on a link to ${A_KIND[to.kind]}; remove it`)
  }
  const twin = scenario.links
    .slice(0, index)
    .some(
      (other) =>
        other.from === link.from &&
        other.to === link.to &&
        (other.key ?? '') === (link.key ?? '') &&
        sameHeaders(other, link),
    )
  if (!twin) return null
  return refuse(path, `repeats a binding between "${link.from}" and "${link.to}"; give another key`)
}

/** Only a headers exchange looks at headers, and it does not look at the key. */
function refuseBindingHeaders(link: LinkDoc, from: NodeDoc, path: Path): Refused | null {
  const isHeaded = from.kind === 'exchange' && from.type === 'headers'
  if (isHeaded) return null
  const given = link.headers !== undefined ? 'headers' : link.match !== undefined ? 'match' : null
  if (given === null) return null
  return refuse([...path, given], 'has meaning only on a link from a headers exchange; remove it')
}

function sameHeaders(a: LinkDoc, b: LinkDoc): boolean {
  const text = ({ headers, match }: LinkDoc) => JSON.stringify([headers ?? {}, match ?? 'all'])
  return text(a) === text(b)
}

function nodesById(scenario: Scenario): Map<string, NodeDoc> {
  return new Map(scenario.nodes.map((node) => [node.id, node]))
}

/** The first refusal among a list's items. */
function first<T>(
  items: readonly T[],
  check: (item: T, index: number) => Refused | null,
): Refused | null {
  for (const [index, item] of items.entries()) {
    const refused = check(item, index)
    if (refused) return refused
  }
  return null
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function small(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
