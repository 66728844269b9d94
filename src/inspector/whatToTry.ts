/** What a scenario invites to: experiments that its nodes allow, each beginning at the node that one acts on. */
import type { Duration } from '../engine/distributions.ts'
import type { NodeDoc, NodeKind, NodeOf, Scenario } from '../scenario/document.ts'

export interface Experiment {
  /** Where to begin: the node to select. */
  node: string
  sentence: string
}

const MOST = 5

export function whatToTry(scenario: Scenario): Experiment[] {
  const experiments = scenario.nodes.flatMap((node) => {
    const sentences = (EXPERIMENTS[node.kind] as Sentences<NodeKind>)(node, scenario)
    return sentences.map((sentence) => ({ node: node.id, sentence }))
  })
  const kept = (node: string) => (keepsForReaders(nodeOf(node, scenario), scenario) ? 0 : 1)
  return oneOfAKind(experiments, scenario)
    .toSorted((a, b) => kept(a.node) - kept(b.node))
    .slice(0, MOST)
}

type Sentences<K extends NodeKind> = (node: NodeOf<K>, scenario: Scenario) => string[]

const EXPERIMENTS: { [K in NodeKind]: Sentences<K> } = {
  producer: (node, scenario) => {
    const domain = domainBehind(node, scenario)
    const command = domain === undefined ? undefined : REJECTED[domain]
    return command === undefined
      ? []
      : [`Publish ${command} from ${node.name}. It is rejected, and no event is stored.`]
  },
  exchange: () => [],
  queue: () => [],
  consumer: (node) => [
    node.ack === 'manual'
      ? `Crash ${node.name} while it works. The message comes back, marked redelivered.`
      : `Crash ${node.name} while it works. The message is gone: it was acknowledged before the work was done.`,
    `Slow ${node.name} down. The queue grows.`,
  ],
  sqsQueue: () => [],
  pollingConsumer: (node, scenario) => [whenSlow(node, scenario)],
  topic: (node, scenario) => {
    const groups = groupsOf(node, scenario)
    if (groups.length === 0) return []
    const others = groups.length > 1 ? '; the others do not notice' : ''
    return [
      `Move ${groups[0]} on ${node.name} to the beginning. It reads everything again${others}.`,
    ]
  },
  groupConsumer: (node, scenario) =>
    scenario.nodes.some((n) => n.kind === 'groupConsumer' && n.group === node.group && n !== node)
      ? [
          node.protocol === 'share'
            ? `Crash ${node.name}. What it has acquired goes to the others of its group.`
            : `Crash ${node.name}. Its partitions go to the others of its group.`,
        ]
      : [`Crash ${node.name}, and restart it later. It goes on where it last committed.`],
  eventStore: (node, scenario) => {
    const person = node.contents?.flatMap(({ events }) => events).find((event) => event.person)
    const state = holdsAccounts(scenario) ? 'balance' : 'state'
    return [
      `Drag the slider back and watch ${node.name}. The ${state} of every past moment is still there.`,
      ...(person
        ? [`Delete the key of ${person.person} in ${node.name}. It says who still has the name.`]
        : []),
    ]
  },
  commandHandler: () => [],
  projection: (node) => [
    `Slow ${node.name} down. The read model shows an older ${['balance', 'statement'].includes(node.view) ? 'balance' : 'state'} than the store.`,
  ],
  processManager: (node) => [
    node.group !== undefined
      ? `Crash ${node.name} while it works. What it held goes to the other members of ${node.group}.`
      : node.process === 'mailer'
        ? `Let ${node.name} react from the beginning once more. Every mail goes out again.`
        : `Crash ${node.name} while an order is under way, and restart it. It goes on where it was.`,
  ],
  service: (node) => [
    node.writes === 'outbox' || node.writes === 'cdc'
      ? `Crash the relay of ${node.name} when it has published and not marked. It tells the same again; nothing is missing.`
      : `Make ${node.name} crash between its two writes. One of the two sides knows nothing of it.`,
  ],
  mqttBroker: (node, { nodes }) => {
    const filters = nodes.flatMap((n) => (n.kind === 'mqttClient' ? (n.subscriptions ?? []) : []))
    return filters.some(({ filter }) => /[+#]/.test(filter) && !filter.startsWith('$share'))
      ? [`Select ${node.name} and try a topic. It says whose filters match.`]
      : []
  },
  cloudTopic: () => [],
  cloudSubscription: (node, scenario) =>
    passesOn(node, scenario)
      ? []
      : [`Select ${node.name} while a message is out, and nack it. It comes again.`],
  mqttClient: (node, scenario) => [
    ...(node.will
      ? [`Crash ${node.name}. The broker publishes its last will; a proper goodbye would drop it.`]
      : []),
    ...(node.retain
      ? [
          `Publish an empty retained message from ${node.name}. Nothing is retained for its topic until the next one, and who subscribes meanwhile gets none.`,
        ]
      : []),
    ...(node.subscriptions?.length
      ? [
          isShared(node)
            ? `Take ${node.name} offline. The others of the share get its turns.`
            : `Take ${node.name} offline, and let it come back. ${whatWaits(node, scenario)}`,
        ]
      : []),
  ],
  natsServer: (node, { links }) =>
    links.some(({ from, key = '' }) => from === node.id && /[*>]/.test(key))
      ? [`Select ${node.name} and try a subject. It says whose filters match.`]
      : [],
  redisServer: (node, { links }) =>
    links.some(({ from, key = '' }) => from === node.id && /[*?[]/.test(key))
      ? [`Select ${node.name} and try a channel. It says whose patterns match.`]
      : [],
  natsStream: () => [],
  natsConsumer: () => [],
  natsSubscriber: (node, scenario) =>
    keepsForReaders(node, scenario)
      ? [
          isOneOfSeveral(node, scenario)
            ? `Take ${node.name} offline. The others who take from its consumer get its share.`
            : `Take ${node.name} offline, and let it come back. It gets what its consumer kept for it.`,
          ...whenAckWaitEnds(node, scenario),
        ]
      : groupHas(node, scenario)
        ? [`Take ${node.name} offline. The others of ${node.queueGroup} get its share.`]
        : [`Take ${node.name} offline for a while. What is published meanwhile passes it by.`],
  natsRequester: (node) => [
    `Crash everyone who answers ${node.name}. It learns at once that nobody is there.`,
  ],
  redisSubscriber: (node) => [
    `Take ${node.name} offline for a while. What is published meanwhile passes it by.`,
  ],
  redisStream: (node) => [
    `Trim ${node.name} to a few entries. What a group was not given by then is lost to it.`,
  ],
  redisGroup: (node) => [
    `Move ${node.name} back to 0. It gives out everything again, whatever was acknowledged.`,
  ],
  redisConsumer: (node, scenario) => [
    claimers(node, scenario)
      ? `Crash ${node.name} while it works. Its entries stay pending until somebody claims them.`
      : `Crash ${node.name} while it works. Its entries stay pending, and nobody is given them.`,
  ],
  redisReader: (node) => [
    `Crash ${node.name}, and restart it. It remembers nothing and begins at ${node.from} again.`,
  ],
  relay: (node) => [
    `Crash ${node.name}, and restart it. What it had not remembered is published again.`,
  ],
}

/** The first node of each kind speaks for all of them; subscribers that are served in another way count as another kind. */
function oneOfAKind(experiments: readonly Experiment[], scenario: Scenario): Experiment[] {
  const first = new Map<string, string>()
  return experiments.filter(({ node }) => {
    const sort = sortOf(nodeOf(node, scenario), scenario)
    if (!first.has(sort)) first.set(sort, node)
    return first.get(sort) === node
  })
}

function sortOf(node: NodeDoc, scenario: Scenario): string {
  switch (node.kind) {
    case 'natsSubscriber':
      if (keepsForReaders(node, scenario)) return 'durable'
      return groupHas(node, scenario) ? 'member' : node.kind
    case 'mqttClient':
      if (node.subscriptions === undefined || node.subscriptions.length === 0) return 'publisher'
      return isShared(node) ? 'share' : node.kind
    case 'pollingConsumer':
      return `${node.kind} of ${sourceOf(node, scenario)?.kind}`
    default:
      return node.kind
  }
}

function nodeOf(id: string, { nodes }: Scenario): NodeDoc {
  return nodes.find((node) => node.id === id) as NodeDoc
}

function sourceOf({ id }: NodeDoc, { links, nodes }: Scenario): NodeDoc | undefined {
  const from = links.find(({ to }) => to === id)?.from
  return nodes.find((node) => node.id === from)
}

/** Whether others take messages from the same consumer. */
function isOneOfSeveral(node: NodeDoc, scenario: Scenario): boolean {
  const source = sourceOf(node, scenario)
  return scenario.links.filter(({ from }) => from === source?.id).length > 1
}

/** A subscription that puts its messages into a queue has none out. */
function passesOn({ id }: NodeDoc, { links, nodes }: Scenario): boolean {
  const targets = links.filter(({ from }) => from === id).map(({ to }) => to)
  return nodes.some((node) => targets.includes(node.id) && node.kind !== 'pollingConsumer')
}

function isShared({ subscriptions = [] }: NodeOf<'mqttClient'>): boolean {
  return subscriptions.some(({ filter }) => filter.startsWith('$share/'))
}

/** Whether a subscriber shares its messages with others of a queue group. */
function groupHas(node: NodeOf<'natsSubscriber'>, { nodes }: Scenario): boolean {
  return nodes.some(
    (other) =>
      other !== node &&
      other.kind === 'natsSubscriber' &&
      other.queueGroup !== undefined &&
      other.queueGroup === node.queueGroup,
  )
}

/** Whether somebody of its group takes idle entries over. */
function claimers(node: NodeDoc, { links, nodes }: Scenario): boolean {
  const group = links.find(({ to }) => to === node.id)?.from
  const members = links.filter(({ from }) => from === group).map(({ to }) => to)
  return nodes.some(
    (other) =>
      other.kind === 'redisConsumer' &&
      members.includes(other.id) &&
      other.claimEveryMs !== undefined,
  )
}

/** Whether what it takes messages from keeps them for it. */
function keepsForReaders(node: NodeDoc, scenario: Scenario): boolean {
  return sourceOf(node, scenario)?.kind === 'natsConsumer'
}

/** How many times as long work can be made to take with one click. */
const SLOWED = [2, 5, 10]

/** What slow work comes to where it can outlast the deadline, else what a crash does. */
function whenSlow(node: NodeOf<'pollingConsumer'>, scenario: Scenario): string {
  const source = sourceOf(node, scenario)
  const isQueue = source?.kind === 'sqsQueue'
  if (node.deleteWhen === 'before') {
    return `Crash ${node.name} while it works. The message is gone: it was ${isQueue ? 'deleted' : 'acknowledged'} before the work was done.`
  }
  const deadline = isQueue ? 'visibility timeout' : 'ack deadline'
  const deadlineMs = isQueue
    ? (source.visibilityTimeoutMs ?? 30_000)
    : ((source?.kind === 'cloudSubscription' ? source.ackDeadlineMs : undefined) ?? 10_000)
  const slowed = SLOWED.find((times) => times * shortestMs(node.service) > deadlineMs)
  if (slowed !== undefined) {
    return `Let the work of ${node.name} take ${slowed}× as long. It outlasts the ${deadline}, and the message waits to be sent again.`
  }
  return isSoon(deadlineMs, scenario)
    ? `Crash ${node.name} while it works, and restart it. The message comes again when its ${deadline} is over.`
    : `Crash ${node.name}. What comes meanwhile waits in ${source?.name ?? 'the queue'}, and nobody else notices.`
}

/** What surely is less than the work takes, as far as one can say. */
function shortestMs(service: Duration): number {
  switch (service.kind) {
    case 'fixed':
      return service.ms
    case 'uniform':
      return service.minMs
    case 'trace':
      return Math.min(...service.ms)
    default:
      return service.meanMs
  }
}

/** Whether somebody who acts in the first half of a run sees the end of such a time. */
function isSoon(ms: number, { durationMs }: Scenario): boolean {
  return ms < durationMs / 2
}

/** What a crash of one who takes from a JetStream consumer comes to, where its run lasts long enough to see it. */
function whenAckWaitEnds(node: NodeOf<'natsSubscriber'>, scenario: Scenario): string[] {
  const source = sourceOf(node, scenario)
  const ackWaitMs = (source?.kind === 'natsConsumer' ? source.ackWaitMs : undefined) ?? 30_000
  if (!isSoon(ackWaitMs, scenario)) return []
  return [
    isOneOfSeveral(node, scenario)
      ? `Crash ${node.name} while it works. The message goes to another one when its ack wait is over.`
      : `Crash ${node.name} while it works, and restart it. The message goes out again when its ack wait is over.`,
  ]
}

/** What an MQTT client that comes back gets of what was published meanwhile. */
function whatWaits(node: NodeOf<'mqttClient'>, { nodes }: Scenario): string {
  const { subscriptions = [], cleanStart, sessionExpiryMs = 0, version } = node
  const publishers = nodes.filter(
    (each) => each.kind === 'mqttClient' && (each.topics?.length ?? 0) > 0,
  ) as NodeOf<'mqttClient'>[]
  const isKept = cleanStart === false && (version === 4 || sessionExpiryMs > 0)
  const isCounted = [...subscriptions, ...publishers].every(({ qos = 0 }) => qos > 0)
  if (isKept && isCounted) return 'What is published meanwhile waits in its session.'
  return publishers.some(({ retain }) => retain)
    ? 'What is published meanwhile passes it by; it gets only what is retained.'
    : 'What is published meanwhile passes it by.'
}

type Domain = NodeOf<'commandHandler'>['domain']

/** What each domain turns down. */
const REJECTED: Partial<Record<Domain, string>> = {
  account: 'a withdrawal that is larger than the balance',
  payments: 'a withdrawal that is larger than the balance',
  seats: 'a booking of a seat that is taken',
}

/** The domain that decides on what a node sends. */
function domainBehind({ id }: NodeDoc, { links, nodes }: Scenario): Domain | undefined {
  for (const link of links) {
    const to = link.from === id ? nodes.find((node) => node.id === link.to) : undefined
    if (to?.kind === 'commandHandler') return to.domain
  }
  return undefined
}

function holdsAccounts({ nodes }: Scenario): boolean {
  return nodes.every((node) => node.kind !== 'commandHandler' || node.domain === 'account')
}

/** The groups that read a topic from offsets of their own: a share group has none that could be moved. */
function groupsOf(topic: NodeDoc, { nodes, links }: Scenario): string[] {
  const isRead = (id: string) => links.some(({ from, to }) => from === topic.id && to === id)
  const groups = nodes.flatMap((node) =>
    node.kind === 'groupConsumer' && node.protocol !== 'share' && isRead(node.id)
      ? [node.group]
      : [],
  )
  return [...new Set(groups)]
}
