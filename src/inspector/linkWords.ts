/** What goes over a link, in one sentence that names both ends. */

import type { ExchangeDoc, LinkDoc, NodeDoc, NodeKind, Scenario } from '../scenario/document.ts'
import { headersText } from '../scenario/headersText.ts'

/** What a link into (or, where that says too little, out of) a kind is for. */
const INTO: Record<NodeKind, (from: string, to: string, link: LinkDoc) => string> = {
  producer: () => '',
  exchange: (from, to, link) =>
    `${from} publishes to ${to}${link.key ? ` with the routing key ${link.key}` : ''}.`,
  queue: (from, to) => `${from} puts messages into ${to}.`,
  consumer: (from, to) => `${from} delivers messages to ${to}; acknowledgements come back.`,
  sqsQueue: (from, to) => `${from} sends messages to ${to}.`,
  pollingConsumer: (from, to) => `${to} polls ${from}; messages come back, deletions go.`,
  topic: (from, to) => `${from} appends records to ${to}.`,
  groupConsumer: (from, to) => `${to} polls ${from}; batches of records come back.`,
  eventStore: (from, to) => `${from} loads streams from ${to} and appends events.`,
  commandHandler: (from, to) => `${from} sends commands to ${to}.`,
  projection: (from, to) => `${to} subscribes to all events of ${from}.`,
  relay: (from, to) => `${to} reads the events of ${from} in order.`,
  processManager: (from, to) => `${to} follows all events of ${from}.`,
  service: (from, to) => `${from} sends commands to ${to}.`,
  mqttBroker: (from, to) => `${from} is connected to ${to}: packets go both ways.`,
  cloudTopic: (from, to) => `${from} publishes to ${to}.`,
  cloudSubscription: (from, to) =>
    `${from} gives each message to ${to}, if its filter lets it through.`,
  mqttClient: (from, to) => `${to} is connected to ${from}: packets go both ways.`,
  natsServer: (from, to, link) =>
    `${from} publishes to ${to}${link.key ? ` on the subject ${link.key}` : ''}.`,
  natsStream: (from, to, link) => `${to} keeps what is published to ${from} on ${link.key ?? '>'}.`,
  natsConsumer: (from, to, link) => `${to} takes ${link.key ?? 'everything'} from ${from}.`,
  natsSubscriber: (from, to, link) =>
    link.key === undefined
      ? `${to} takes messages from ${from}; its answers come back.`
      : `${to} is subscribed to ${link.key} at ${from}: * is one token, > one or more.`,
  natsRequester: () => '',
  redisServer: (from, to, link) =>
    `${from} publishes to ${to}${link.key ? ` on the channel ${link.key}` : ''}.`,
  redisStream: (from, to) => `${from} adds entries to ${to}.`,
  redisGroup: (from, to) => `${to} is a group of ${from}; nothing travels between the two.`,
  redisConsumer: (from, to) => `${to} reads for ${from}; entries come back, XACK goes.`,
  redisReader: (from, to) => `${to} reads ${from}; entries come back.`,
  redisSubscriber: (from, to, link) =>
    `${to} is subscribed to ${link.key ?? '*'} at ${from}; *, ? and [ ] make it a pattern.`,
}

export function linkSentence(link: LinkDoc, scenario: Scenario): string {
  const from = nodeOf(link.from, scenario)
  const to = nodeOf(link.to, scenario)
  if (!from || !to) return ''
  if (from.kind === 'exchange') return bindingSentence(from, to, link)
  if (from.kind === 'commandHandler' && to.kind === 'projection') {
    return `Who has just sent a command by ${from.name} asks ${to.name} what has changed.`
  }
  if ('source' in to && to.source) return sourceSentence(from.name, to.name, to.source)
  return INTO[to.kind](from.name, to.name, link)
}

/** What of a store somebody is subscribed to, who does not follow all of it. */
function sourceSentence(from: string, to: string, source: string): string {
  return source.startsWith('$ce-')
    ? `${to} subscribes to ${source}: the events of all streams of ${from} that begin with ${source.slice(4)}-.`
    : `${to} subscribes to the stream ${source} of ${from}.`
}

/** Whether it is the connection of an MQTT client. */
export function isMqttLink(link: LinkDoc, scenario: Scenario): boolean {
  return [link.from, link.to].some((id) => nodeOf(id, scenario)?.kind === 'mqttClient')
}
type KeyLabel = 'Routing key' | 'Binding key' | 'Weight' | 'Subject' | 'Channel' | 'Filter'

/** What the key of a link is called; null where it has none. */
export function keyLabel(link: LinkDoc, scenario: Scenario): KeyLabel | null {
  const from = nodeOf(link.from, scenario)
  const to = nodeOf(link.to, scenario)
  if (from?.kind === 'exchange') return BINDING_KEY[from.type] ?? null
  if (to?.kind === 'natsServer') return 'Subject'
  if (to?.kind === 'redisServer') return 'Channel'
  const takesFrom = from?.kind === 'natsServer' || from?.kind === 'natsStream'
  if (takesFrom || from?.kind === 'redisServer') return 'Filter'
  return to?.kind === 'exchange' ? 'Routing key' : null
}

const BINDING_KEY: Partial<Record<ExchangeDoc['type'], 'Binding key' | 'Weight'>> = {
  direct: 'Binding key',
  topic: 'Binding key',
  'x-consistent-hash': 'Weight',
}

function bindingSentence(
  from: Extract<NodeDoc, { kind: 'exchange' }>,
  to: NodeDoc,
  link: LinkDoc,
): string {
  switch (from.type) {
    case 'default':
      return `The default exchange routes to ${to.name} what has the routing key ${to.name}.`
    case 'direct':
      return `${from.name} routes to ${to.name} what has the routing key ${link.key ?? ''}.`
    case 'fanout':
      return `${from.name} routes every message to ${to.name}.`
    case 'topic':
      return `${from.name} routes to ${to.name} what has a routing key that matches ${link.key ?? ''}: * is one word, # any number of words.`
    case 'headers':
      return `${from.name} routes to ${to.name} what has ${link.match?.startsWith('any') ? 'any' : 'all'} of these headers: ${headersText(link.headers ?? {}) || 'none'}.`
    case 'x-consistent-hash':
      return `${from.name} routes to ${to.name} ${link.key ?? '1'} of its buckets of keys.`
  }
}

function nodeOf(id: string, scenario: Scenario): NodeDoc | undefined {
  return scenario.nodes.find((node) => node.id === id)
}
