/** What a scenario invites to: experiments that its nodes allow, each beginning at the node that one acts on. */
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
  return oneOfAKind(experiments, scenario).slice(0, MOST)
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
  pollingConsumer: (node) => [
    node.deleteWhen === 'after'
      ? `Slow ${node.name} down until its work outlasts the visibility timeout. The message is received again while it still works.`
      : `Crash ${node.name} while it works. The message is gone: it was deleted before the work was done.`,
  ],
  topic: (node) => [
    `Move a group of ${node.name} to the beginning. It reads everything again; the others do not notice.`,
  ],
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
  mqttBroker: () => [],
  cloudTopic: () => [],
  cloudSubscription: (node) => [
    `Select ${node.name} while a message is out, and nack it. It comes again.`,
  ],
  mqttClient: (node) => [
    ...(node.will
      ? [`Crash ${node.name}. The broker publishes its last will; a proper goodbye would drop it.`]
      : []),
    ...(node.subscriptions?.length
      ? [
          `Take ${node.name} offline and let it come back. What it missed depends on its session and the QoS.`,
        ]
      : []),
  ],
  natsServer: () => [],
  redisServer: () => [],
  natsStream: () => [],
  natsConsumer: () => [],
  natsSubscriber: (node, scenario) =>
    isDurable(node, scenario)
      ? [
          `Take ${node.name} offline, and let it come back. It gets what its consumer kept for it.`,
          `Crash ${node.name} while it works. The message goes out again when its ack wait is over.`,
        ]
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

/** The first of each kind of node speaks for all of them. */
function oneOfAKind(experiments: readonly Experiment[], scenario: Scenario): Experiment[] {
  const first = new Map<NodeKind, string>()
  return experiments.filter(({ node }) => {
    const kind = scenario.nodes.find(({ id }) => id === node)?.kind as NodeKind
    if (!first.has(kind)) first.set(kind, node)
    return first.get(kind) === node
  })
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

function isDurable(node: NodeDoc, { links, nodes }: Scenario): boolean {
  return links.some(
    ({ from, to }) =>
      to === node.id && nodes.find(({ id }) => id === from)?.kind === 'natsConsumer',
  )
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
