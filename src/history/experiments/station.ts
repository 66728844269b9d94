/**
 * Whether a queue of a scenario, with its consumers, is a station of queueing theory: read off the design
 * alone and strictly, so that no law is drawn where it does not hold. Every refusal says why.
 */
import type { Duration } from '../../engine/distributions.ts'
import type {
  ConsumerDoc,
  LinkDoc,
  ProducerDoc,
  QueueDoc,
  Scenario,
} from '../../scenario/document.ts'

/** Times in simulated milliseconds. */
export interface Station {
  queue: QueueDoc
  consumers: ConsumerDoc[]
  /** Arrivals a millisecond, as a Poisson process. */
  lambda: number
  /** From a message's birth until the queue stores it. */
  pathMs: number
  service: Duration
  serviceMs: number
  /** Squared coefficient of variation of the service time. */
  scv: number
  servers: number
  latencyMs: number
  /** The queue keeps what nobody works on; otherwise the consumer has it in its hands already. */
  heldBack: boolean
}

export type Recognised = { ok: true; station: Station } | { ok: false; why: string }

const no = (why: string): { ok: false; why: string } => ({ ok: false, why })

/** Fields whose effect on the laws is known; with any other field there is no law. */
const KNOWN: Record<string, ReadonlySet<string>> = {
  queue: new Set(['durable', 'maxLength', 'overflow', 'broker']),
  consumer: new Set(
    'service ack prefetch concurrency failureRate onFailure effect output'.split(' '),
  ),
  producer: new Set(['arrivals', 'bodies', 'firstNumber', 'keys']),
  exchange: new Set(['type', 'broker']),
}
const COMMON = new Set(['id', 'kind', 'name', 'position'])

/** The station that a queue and its consumers make. */
export function stationAt(scenario: Scenario, queue: QueueDoc): Recognised {
  const odd = oddField(queue)
  if (odd !== null) return no(odd)
  const served = serversOf(scenario, queue)
  if (!served.ok) return served
  const arrivals = arrivalsAt(scenario, queue, new Set())
  if (!arrivals.ok) return arrivals
  return { ok: true, station: { queue, ...served.value, ...arrivals.value } }
}

type Served = Omit<Station, 'queue' | 'lambda' | 'pathMs'>
type Found<T> = { ok: true; value: T } | { ok: false; why: string }

function serversOf(scenario: Scenario, queue: QueueDoc): Found<Served> {
  const links = scenario.links.filter(({ from }) => from === queue.id)
  const consumers = links.flatMap(({ to }) => nodesOf<ConsumerDoc>(scenario, to, 'consumer'))
  const [first] = consumers
  if (!first) return no(`Nobody consumes from ${queue.name}.`)
  for (const consumer of consumers) {
    const odd = oddField(consumer) ?? oddConsumer(scenario, consumer, first)
    if (odd !== null) return no(odd)
  }
  const [latencyMs = 0] = links.map((link) => link.latencyMs)
  if (links.some((link) => link.latencyMs !== latencyMs)) {
    return no('The consumers are at different distances from the queue.')
  }
  const moments = momentsOf(first.service)
  if (!moments) return no(`${first.name} works off a list of service times, which is not random.`)
  const servers = consumers.reduce((sum, { concurrency }) => sum + concurrency, 0)
  const heldBack = first.ack === 'manual' && first.prefetch === first.concurrency
  if (!heldBack && consumers.length > 1) {
    return no(
      'Each consumer holds messages that another could take: set the prefetch to the concurrency.',
    )
  }
  const isEndless = first.ack === 'auto' || first.prefetch === 0
  if (!heldBack && !isEndless && (first.prefetch <= first.concurrency || latencyMs > 0)) {
    return no('The prefetch is a bound of its own here: set it to the concurrency, or to 0.')
  }
  return {
    ok: true,
    value: { consumers, service: first.service, ...moments, servers, latencyMs, heldBack },
  }
}

function oddConsumer(scenario: Scenario, one: ConsumerDoc, first: ConsumerDoc): string | null {
  if ((one.failureRate ?? 0) > 0) return `${one.name} fails now and then, and messages come again.`
  if (JSON.stringify(one.service) !== JSON.stringify(first.service)) {
    return 'The consumers do not all work alike.'
  }
  const alike = one.ack === first.ack && one.prefetch === first.prefetch
  if (!alike || one.concurrency !== first.concurrency) return 'The consumers do not all work alike.'
  if (scenario.links.filter(({ to }) => to === one.id).length > 1) {
    return `${one.name} consumes from other queues too.`
  }
  return null
}

/** What comes to a queue: producers with exponential pauses, and what exponential stations before it let out. */
function arrivalsAt(
  scenario: Scenario,
  queue: QueueDoc,
  above: ReadonlySet<string>,
): Found<{ lambda: number; pathMs: number }> {
  if (above.has(queue.id)) return no('Messages go in a circle.')
  const sources = scenario.links
    .filter(({ to }) => to === queue.id)
    .flatMap((link) => sourcesBy(scenario, link, queue))
  const [first] = sources
  if (!first) return no(`Nothing is published to ${queue.name}.`)
  if (new Set(sources.map(({ id }) => id)).size < sources.length) {
    return no('A producer reaches the queue by two ways at once.')
  }
  let lambda = 0
  for (const source of sources) {
    const rate = rateOf(scenario, source, new Set([...above, queue.id]))
    if (!rate.ok) return rate
    lambda += rate.value
  }
  const isSame = sources.every(({ pathMs }) => pathMs === first.pathMs)
  return { ok: true, value: { lambda, pathMs: isSame ? first.pathMs : Number.NaN } }
}

interface Source {
  id: string
  pathMs: number
  /** A reason why what it sends does not all come to the queue. */
  odd: string | null
}

/** Clients whose messages come to the queue by a link, directly or through an exchange. */
function sourcesBy(scenario: Scenario, link: LinkDoc, queue: QueueDoc): Source[] {
  const exchange = scenario.nodes.find(({ id }) => id === link.from)
  if (exchange?.kind !== 'exchange') return [{ id: link.from, pathMs: link.latencyMs, odd: null }]
  const binding = exchange.type === 'default' ? queue.name : link.key
  const isPlain = ['default', 'direct', 'fanout'].includes(exchange.type)
  return scenario.links
    .filter(
      ({ to, key }) =>
        to === exchange.id &&
        (exchange.type === 'fanout' || !isPlain || key === undefined || key === binding),
    )
    .map(({ from, key, latencyMs }) => ({
      id: from,
      pathMs: latencyMs + link.latencyMs,
      odd:
        oddField(exchange) ??
        (isPlain ? null : `${exchange.name} routes by more than one key.`) ??
        (exchange.type !== 'fanout' && key === undefined
          ? 'Each message brings its own routing key.'
          : null),
    }))
}

/** Messages a millisecond of a Poisson process. */
function rateOf(
  scenario: Scenario,
  { id, odd }: Source,
  above: ReadonlySet<string>,
): Found<number> {
  if (odd !== null) return no(odd)
  const [producer] = nodesOf<ProducerDoc>(scenario, id, 'producer')
  if (producer) return producerRate(producer)
  const [consumer] = nodesOf<ConsumerDoc>(scenario, id, 'consumer')
  if (!consumer) return no('Messages come from something else than producers and consumers.')
  return serviceRate(scenario, consumer, above)
}

function producerRate(producer: ProducerDoc): Found<number> {
  const odd = oddField(producer)
  if (odd !== null) return no(odd)
  const { arrivals, name } = producer
  if (arrivals.kind !== 'interval' || arrivals.every.kind !== 'exponential') {
    return no(`${name} does not publish at random: pauses must be exponential.`)
  }
  if (arrivals.count !== undefined) return no(`${name} stops after ${arrivals.count} messages.`)
  return { ok: true, value: 1 / arrivals.every.meanMs }
}

/** What leaves an exponential station that keeps up is a Poisson process again (Burke's theorem). */
function serviceRate(
  scenario: Scenario,
  consumer: ConsumerDoc,
  above: ReadonlySet<string>,
): Found<number> {
  const link = scenario.links.find(({ to }) => to === consumer.id)
  const [queue] = link ? nodesOf<QueueDoc>(scenario, link.from, 'queue') : []
  if (!queue) return no(`${consumer.name} consumes from no queue.`)
  const served = serversOf(scenario, queue)
  if (!served.ok) return served
  const arrivals = arrivalsAt(scenario, queue, above)
  if (!arrivals.ok) return arrivals
  const { servers, serviceMs, service, latencyMs, heldBack, consumers } = served.value
  const isOpen = queue.maxLength === undefined && !(heldBack && latencyMs > 0)
  const { lambda } = arrivals.value
  if (service.kind !== 'exponential' || !isOpen || lambda * serviceMs >= servers) {
    return no(`What leaves ${queue.name} does not come at random.`)
  }
  return { ok: true, value: lambda / consumers.length }
}

/** Mean and squared coefficient of variation; null for what is not drawn at random. */
function momentsOf(service: Duration): { serviceMs: number; scv: number } | null {
  switch (service.kind) {
    case 'fixed':
      return { serviceMs: service.ms, scv: 0 }
    case 'exponential':
      return { serviceMs: service.meanMs, scv: 1 }
    case 'lognormal':
      return { serviceMs: service.meanMs, scv: service.cv * service.cv }
    case 'uniform': {
      const mean = (service.minMs + service.maxMs) / 2
      const width = service.maxMs - service.minMs
      return { serviceMs: mean, scv: mean === 0 ? 0 : (width * width) / 12 / (mean * mean) }
    }
    case 'trace':
      return null
  }
}

function nodesOf<N extends Scenario['nodes'][number]>(
  { nodes }: Scenario,
  id: string,
  kind: N['kind'],
): N[] {
  return nodes.filter((node) => node.id === id && node.kind === kind) as N[]
}

function oddField(node: Scenario['nodes'][number]): string | null {
  const known = KNOWN[node.kind]
  const odd = Object.keys(node).find((field) => !COMMON.has(field) && !known?.has(field))
  return odd === undefined ? null : `${node.name} has a setting that the laws do not know: ${odd}.`
}
