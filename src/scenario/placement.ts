/** New nodes and links as the palette and the canvas make them: a free id, a free name, a free place, parameters that run at once. */
import type { Family, LinkDoc, NodeDoc, NodeKind, NodeOf, Position, Scenario } from './document.ts'
import { FAMILY_OF, type PartKind } from './kinds.ts'
import { whyNotLinked } from './schema/references.ts'
import { GAP, nodeSize } from './shapes.ts'

/** Long enough for a message under way to be seen. */
export const LINK_LATENCY_MS = 400

const BROKER_ID = {
  amqp: 'rabbitmq',
  sqs: 'sqs',
  log: 'kafka',
  eventstore: 'store',
  mqtt: 'mosquitto',
  cloud: 'pubsub',
  nats: 'nats',
  redisPubsub: 'redis',
  redisStreams: 'redis',
} as const satisfies Record<Family, string>

/** A new node with parameters that work. Without `at` it stands right of everything, at a free place. */
export function newNode<K extends NodeKind>(kind: K, scenario: Scenario, at?: Position): NodeOf<K> {
  const id = freeId(STEM[kind], scenario)
  const base = { id, name: freeName(kind, id, scenario), position: { x: 0, y: 0 } }
  const node = MAKE[kind](base, scenario) as NodeDoc
  node.position = freePlace(node, scenario, at)
  return node as NodeOf<K>
}

/** A new link with a latency that can be seen and, where it needs one, a key; or why there can be none. */
export function newLink(
  from: string,
  to: string,
  scenario: Scenario,
): { ok: true; link: LinkDoc } | { ok: false; sentence: string } {
  const source = scenario.nodes.find(({ id }) => id === from)
  const target = scenario.nodes.find(({ id }) => id === to)
  if (!source || !target) return { ok: false, sentence: 'A link needs two nodes; choose both.' }
  const why = whyNotLinked(scenario, source, target)
  if (why !== null) return { ok: false, sentence: `${why}.` }
  const link: LinkDoc = {
    id: freeId(`${from}-${to}`, scenario),
    from,
    to,
    latencyMs: LINK_LATENCY_MS,
  }
  const key = keyFor(source, target, scenario)
  return { ok: true, link: key === null ? link : { ...link, key } }
}

/** One more of a node, with copies of its links, at a free place under it. */
export function withCopy(
  scenario: Scenario,
  original: NodeDoc,
  changes: Partial<NodeDoc> = {},
): Scenario {
  const { id: of, kind, position } = original
  const id = freeId(of.replace(/-\d+$/, ''), scenario)
  const copy = { ...original, ...changes, id, name: freeName(kind, id, scenario) } as NodeDoc
  copy.position = freePlace(copy, scenario, position)
  const grown = { ...scenario, nodes: [...scenario.nodes, copy] }
  const links: LinkDoc[] = []
  for (const link of scenario.links) {
    if (link.from !== of && link.to !== of) continue
    const [from, to] = [link.from === of ? id : link.from, link.to === of ? id : link.to]
    const free = freeId(`${from}-${to}`, { ...grown, links: [...grown.links, ...links] })
    links.push({ ...link, id: free, from, to })
  }
  return { ...grown, links: [...grown.links, ...links] }
}

const STEM: Record<NodeKind, string> = {
  producer: 'producer',
  exchange: 'exchange',
  queue: 'queue',
  consumer: 'consumer',
  sqsQueue: 'queue',
  pollingConsumer: 'poller',
  topic: 'topic',
  groupConsumer: 'member',
  commandHandler: 'handler',
  eventStore: 'events',
  projection: 'view',
  relay: 'relay',
  processManager: 'process',
  service: 'service',
  mqttBroker: 'topics',
  mqttClient: 'client',
  natsServer: 'nats',
  natsStream: 'STREAM',
  natsConsumer: 'durable',
  natsSubscriber: 'subscriber',
  natsRequester: 'requester',
  redisServer: 'redis',
  redisSubscriber: 'subscriber',
  redisStream: 'stream',
  redisGroup: 'group',
  redisConsumer: 'consumer',
  redisReader: 'reader',
  cloudTopic: 'topic',
  cloudSubscription: 'subscription',
}

interface Base {
  id: string
  name: string
  position: Position
}

const WORK = { kind: 'fixed', ms: 800 } as const

const MAKE: { [K in NodeKind]: (base: Base, scenario: Scenario) => NodeOf<K> } = {
  producer: (base) => ({
    kind: 'producer',
    ...base,
    arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 2000 }, firstMs: 500 },
    bodies: ['Message {n}'],
  }),
  exchange: (base, scenario) => ({
    kind: 'exchange',
    ...base,
    broker: brokerFor('exchange', scenario),
    type: 'direct',
  }),
  queue: (base, scenario) => ({ kind: 'queue', ...base, broker: brokerFor('queue', scenario) }),
  consumer: (base) => ({
    kind: 'consumer',
    ...base,
    service: WORK,
    ack: 'manual',
    prefetch: 1,
    concurrency: 1,
    effect: 'Processing: {body}',
  }),
  sqsQueue: (base, scenario) => ({
    kind: 'sqsQueue',
    ...base,
    broker: brokerFor('sqsQueue', scenario),
    visibilityTimeoutMs: 5000,
  }),
  pollingConsumer: (base) => ({
    kind: 'pollingConsumer',
    ...base,
    service: WORK,
    maxMessages: 1,
    waitTimeMs: 20_000,
    deleteWhen: 'after',
    effect: 'Processing: {body}',
  }),
  topic: (base, scenario) => ({
    kind: 'topic',
    ...base,
    broker: brokerFor('topic', scenario),
    partitions: 2,
  }),
  groupConsumer: (base, scenario) => ({
    kind: 'groupConsumer',
    ...base,
    group: freeGroup(scenario),
    service: WORK,
    maxPollRecords: 10,
    fetchMaxWaitMs: 500,
    commit: 'after',
    offsetReset: 'earliest',
    effect: 'Processing: {body}',
  }),
  eventStore: (base, scenario) => ({
    kind: 'eventStore',
    ...base,
    broker: freeBrokerOf('eventStore', scenario),
  }),
  commandHandler: (base) => ({
    kind: 'commandHandler',
    ...base,
    domain: 'account',
    stream: 'account-acc1',
    service: { kind: 'fixed', ms: 300 },
    retries: 3,
  }),
  projection: (base) => ({
    kind: 'projection',
    ...base,
    view: 'balance',
    service: { kind: 'fixed', ms: 200 },
  }),
  relay: (base) => ({ kind: 'relay', ...base, pollMs: 500, batch: 10 }),
  processManager: (base) => ({
    kind: 'processManager',
    ...base,
    process: 'mailer',
    service: { kind: 'fixed', ms: 300 },
    effect: 'Mail: {body}',
  }),
  service: (base) => ({
    kind: 'service',
    ...base,
    service: { kind: 'fixed', ms: 300 },
    writes: 'databaseFirst',
    writeMs: 400,
  }),
  mqttBroker: (base, scenario) => ({
    kind: 'mqttBroker',
    ...base,
    broker: freePlaceBroker(scenario),
  }),
  cloudTopic: (base, scenario) => ({
    kind: 'cloudTopic',
    ...base,
    broker: brokerFor('cloudTopic', scenario),
  }),
  cloudSubscription: (base, scenario) => ({
    kind: 'cloudSubscription',
    ...base,
    broker: brokerFor('cloudSubscription', scenario),
  }),
  mqttClient: (base) => ({
    kind: 'mqttClient',
    ...base,
    subscriptions: [{ filter: '#', qos: 0 }],
    arrivals: { kind: 'manual' },
    bodies: ['Message {n}'],
    service: { kind: 'fixed', ms: 300 },
    effect: 'Got: {body}',
  }),
  natsServer: (base, scenario) => ({
    kind: 'natsServer',
    ...base,
    broker: freeBrokerOf('natsServer', scenario),
  }),
  natsStream: (base, scenario) => ({
    kind: 'natsStream',
    ...base,
    broker: brokerFor('natsStream', scenario),
  }),
  natsConsumer: (base, scenario) => ({
    kind: 'natsConsumer',
    ...base,
    broker: brokerFor('natsConsumer', scenario),
    ackWaitMs: 5000,
  }),
  natsSubscriber: (base) => ({
    kind: 'natsSubscriber',
    ...base,
    service: WORK,
    effect: 'Processing: {body}',
  }),
  natsRequester: (base) => ({
    kind: 'natsRequester',
    ...base,
    arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 3000 }, firstMs: 500 },
    bodies: ['Question {n}'],
    timeoutMs: 4000,
  }),
  redisServer: (base, scenario) => ({
    kind: 'redisServer',
    ...base,
    broker: freeBrokerOf('redisServer', scenario),
  }),
  redisSubscriber: (base) => ({
    kind: 'redisSubscriber',
    ...base,
    service: WORK,
    effect: 'Processing: {body}',
  }),
  redisStream: (base, scenario) => ({
    kind: 'redisStream',
    ...base,
    broker: brokerFor('redisStream', scenario),
  }),
  redisGroup: (base, scenario) => ({
    kind: 'redisGroup',
    ...base,
    broker: brokerFor('redisGroup', scenario),
  }),
  redisConsumer: (base) => ({
    kind: 'redisConsumer',
    ...base,
    service: WORK,
    count: 2,
    blockMs: 2000,
    ack: 'after',
    effect: 'Processing: {body}',
  }),
  redisReader: (base) => ({
    kind: 'redisReader',
    ...base,
    service: WORK,
    count: 10,
    blockMs: 2000,
    from: '$',
    effect: 'Processing: {body}',
  }),
}

/** The scenario's broker of that family, or the id of one to come (`addNode` brings it). */
function brokerFor(kind: PartKind, scenario: Scenario): string {
  const family = FAMILY_OF[kind]
  const known = scenario.brokers.find((broker) => broker.family === family)
  return known?.id ?? freeBroker(BROKER_ID[family], scenario)
}

/** A broker of events is one store, a server one place: a second one is a second broker. */
function freeBrokerOf(kind: PartKind, scenario: Scenario): string {
  const family = FAMILY_OF[kind]
  const taken = new Set(
    scenario.nodes.flatMap((node) => (node.kind === kind && 'broker' in node ? [node.broker] : [])),
  )
  const known = scenario.brokers.find((broker) => broker.family === family && !taken.has(broker.id))
  return known?.id ?? freeBroker(BROKER_ID[family], scenario)
}

/** A broker has one place on the canvas, so a second place is a second broker. */
function freePlaceBroker(scenario: Scenario): string {
  const taken = new Set(
    scenario.nodes.flatMap((node) => (node.kind === 'mqttBroker' ? [node.broker] : [])),
  )
  const known = scenario.brokers.find(({ id, family }) => family === 'mqtt' && !taken.has(id))
  return known?.id ?? freeBroker(BROKER_ID.mqtt, scenario)
}

function freeBroker(stem: string, scenario: Scenario): string {
  return free(stem, new Set(scenario.brokers.map(({ id }) => id)))
}

function freeId(stem: string, scenario: Scenario): string {
  const taken = new Set([...scenario.nodes, ...scenario.links].map(({ id }) => id))
  return free(stem.slice(0, 58), taken)
}

function freeName(kind: NodeKind, id: string, scenario: Scenario): string {
  const names = scenario.nodes.filter((node) => node.kind === kind).map(({ name }) => name)
  return free(id, new Set(names))
}

function freeGroup(scenario: Scenario): string {
  const groups = scenario.nodes.flatMap((node) =>
    node.kind === 'groupConsumer' ? [node.group] : [],
  )
  return free('group', new Set(groups))
}

/** `stem`, or `stem-2`, `stem-3` … */
function free(stem: string, taken: ReadonlySet<string>): string {
  if (!taken.has(stem)) return stem
  let n = 2
  while (taken.has(`${stem}-${n}`)) n++
  return `${stem}-${n}`
}

/** What the link's key should be at first: it makes the message arrive. */
function keyFor(from: NodeDoc, to: NodeDoc, scenario: Scenario): string | null {
  if (from.kind === 'exchange') {
    if (from.type === 'x-consistent-hash') return '1'
    return from.type === 'direct' || from.type === 'topic' ? freeKey(from, to, scenario) : null
  }
  if (to.kind === 'natsServer' || to.kind === 'redisServer') return 'events'
  if (from.kind === 'natsServer') return to.kind === 'natsStream' ? 'events' : '>'
  if (from.kind === 'redisServer') return 'events'
  if (to.kind !== 'exchange') return null
  const out = scenario.links.filter((link) => link.from === to.id)
  const queue = scenario.nodes.find(({ id }) => id === out[0]?.to)
  if (to.type === 'default') return queue?.name ?? null
  return to.type === 'direct' ? (out[0]?.key ?? null) : null
}

function freeKey(from: NodeDoc, to: NodeDoc, scenario: Scenario): string {
  const twins = scenario.links.filter((link) => link.from === from.id && link.to === to.id)
  return free(to.name, new Set(twins.map(({ key }) => key ?? '')))
}

const GRID = 20

/** The wished place, or right of everything; then down until nothing is under it. */
function freePlace(node: NodeDoc, scenario: Scenario, at?: Position): Position {
  const size = nodeSize(node, scenario)
  const boxes = scenario.nodes.map((other) => ({
    ...other.position,
    ...nodeSize(other, scenario),
  }))
  const right = Math.max(0, ...boxes.map((box) => box.x + box.width + GAP.x))
  const top = boxes.length === 0 ? 0 : Math.min(...boxes.map((box) => box.y))
  const wished = at ?? { x: right, y: top }
  const position = { x: snap(wished.x), y: snap(wished.y) }
  for (;;) {
    const under = boxes.find(
      (box) =>
        position.x < box.x + box.width + GRID &&
        position.x + size.width + GRID > box.x &&
        position.y < box.y + box.height + GRID &&
        position.y + size.height + GRID > box.y,
    )
    if (!under) return position
    position.y = snap(under.y + under.height + GAP.y)
  }
}

function snap(coordinate: number): number {
  return Math.round(coordinate / GRID) * GRID
}
