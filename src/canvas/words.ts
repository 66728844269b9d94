/** What is written on nodes and links. */

import type { LinkDoc, NodeDoc, NodeKind, Scenario } from '../scenario/document.ts'
import { headersText } from '../scenario/headersText.ts'
import { polledBy } from '../scenario/polled.ts'

/** The kind as it stands on a node. */
export const KIND_WORD: Record<NodeKind, string> = {
  producer: 'producer',
  exchange: 'exchange',
  queue: 'queue',
  consumer: 'consumer',
  sqsQueue: 'SQS queue',
  pollingConsumer: 'polling consumer',
  topic: 'topic',
  groupConsumer: 'group consumer',
  commandHandler: 'command handler',
  eventStore: 'event store',
  projection: 'projection',
  relay: 'relay',
  processManager: 'process manager',
  service: 'service',
  mqttBroker: 'MQTT broker',
  mqttClient: 'MQTT client',
  natsServer: 'NATS',
  natsStream: 'stream',
  natsConsumer: 'pull consumer',
  natsSubscriber: 'subscriber',
  natsRequester: 'requester',
  redisServer: 'Redis Pub/Sub',
  redisSubscriber: 'subscriber',
  redisStream: 'Redis stream',
  redisGroup: 'group',
  redisConsumer: 'consumer',
  redisReader: 'reader',
  cloudTopic: 'cloud topic',
  cloudSubscription: 'subscription',
}

/** Who polls a queue, pulls from a subscription, or is pushed to by one. */
const POLLED_WORD = {
  received: KIND_WORD.pollingConsumer,
  pulled: 'pull subscriber',
  pushed: 'push endpoint',
} as const

/** The quiet word behind a node's name. */
export function kindOf(node: NodeDoc, scenario: Scenario): string {
  if (node.kind === 'pollingConsumer') return POLLED_WORD[polledBy(node.id, scenario)]
  // The default exchange says so in its name.
  if (node.kind === 'exchange')
    return node.type === 'default' ? 'exchange' : `${EXCHANGE_WORD[node.type]} exchange`
  if (node.kind === 'queue' && node.type !== undefined && node.type !== 'classic') {
    return node.type === 'stream' ? 'stream' : 'quorum queue'
  }
  if (node.kind === 'groupConsumer') return `group ${node.group}`
  if (node.kind === 'natsConsumer') return node.push ? 'push consumer' : 'pull consumer'
  if (node.kind === 'natsStream') return `stream, ${node.retention ?? 'limits'}`
  if (node.kind === 'natsSubscriber' && node.queueGroup !== undefined) {
    return `queue ${node.queueGroup}`
  }
  if (node.kind === 'sqsQueue') return node.fifo ? 'SQS FIFO queue' : 'SQS queue'
  return KIND_WORD[node.kind]
}

const EXCHANGE_WORD = {
  direct: 'direct',
  fanout: 'fanout',
  topic: 'topic',
  headers: 'headers',
  'x-consistent-hash': 'consistent hash',
} as const

/** What is written along a link: its key, the headers that it asks for, the filters of who is subscribed. */
export function keyOf(link: LinkDoc, nodes: readonly NodeDoc[]): string {
  const subscription = nodes.find(({ id }) => id === link.to)
  if (subscription?.kind === 'cloudSubscription') return subscription.filter ?? ''
  if (subscription && 'source' in subscription && isFromStore(link, nodes)) {
    return subscription.source ?? ''
  }
  const client = nodes.find(({ id, kind }) => kind === 'mqttClient' && isAt(link, id))
  if (client?.kind === 'mqttClient') {
    return (client.subscriptions ?? []).map(({ filter }) => filter).join(', ')
  }
  if (link.headers === undefined) return link.key ?? ''
  const asked = headersText(link.headers)
  return link.match?.startsWith('any') ? `any of ${asked}` : asked
}

function isFromStore({ from }: LinkDoc, nodes: readonly NodeDoc[]): boolean {
  return nodes.some(({ id, kind }) => id === from && kind === 'eventStore')
}

function isAt({ from, to }: LinkDoc, id: string): boolean {
  return from === id || to === id
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
