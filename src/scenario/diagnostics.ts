/**
 * Designs that are valid but not finished: each diagnostic names the node and says what to do. They do
 * not stop a run; they explain why nothing happens in it.
 */
import { overlaps } from '../brokers/pubsub/nats/subjects.ts'
import type { LinkDoc, NodeDoc, NodeOf, Scenario } from './document.ts'

export interface Diagnostic {
  /** The node that it is shown on. */
  node: string
  sentence: string
}

/** What is unfinished, in the order of the nodes. */
export function diagnose(scenario: Scenario): Diagnostic[] {
  const design = new Design(scenario)
  return scenario.nodes.flatMap((node) =>
    sentencesFor(node, design).map((sentence) => ({ node: node.id, sentence })),
  )
}

/** The scenario with its links looked up. */
class Design {
  readonly scenario: Scenario
  private readonly byId: Map<string, NodeDoc>
  private readonly outgoing = new Map<string, LinkDoc[]>()
  private readonly incoming = new Map<string, LinkDoc[]>()

  constructor(scenario: Scenario) {
    this.scenario = scenario
    this.byId = new Map(scenario.nodes.map((node) => [node.id, node]))
    for (const link of scenario.links) {
      append(this.outgoing, link.from, link)
      append(this.incoming, link.to, link)
    }
  }

  from(node: NodeDoc): readonly LinkDoc[] {
    return this.outgoing.get(node.id) ?? []
  }

  to(node: NodeDoc): readonly LinkDoc[] {
    return this.incoming.get(node.id) ?? []
  }

  node(id: string): NodeDoc | undefined {
    return this.byId.get(id)
  }
}

function sentencesFor(node: NodeDoc, design: Design): string[] {
  switch (node.kind) {
    case 'producer':
      return producer(node, design)
    case 'exchange':
      return exchange(node, design)
    case 'queue':
      return queue(node, design)
    case 'consumer':
      return [
        ...without(design.to(node), 'It gets nothing. Link a queue to it.'),
        ...(node.reply ? [] : outKeys(node, design)),
      ]
    case 'sqsQueue':
      return sqsQueue(node, design)
    case 'pollingConsumer':
      return [
        ...without(design.to(node), 'It gets nothing. Link an SQS queue to it.'),
        ...outKeys(node, design),
      ]
    case 'topic':
      return [
        ...without(design.to(node), 'Nobody writes to it. Link a producer or a relay to it.'),
        ...without(design.from(node), 'Nobody reads it. Link it to a group consumer.'),
      ]
    case 'groupConsumer':
      return groupConsumer(node, design)
    case 'eventStore':
      return without(design.to(node), 'It stays empty. Link a command handler to it.')
    case 'commandHandler':
      return [
        ...without(design.to(node), 'It gets no commands. Link a producer to it.'),
        ...without(design.from(node), 'It turns every command down. Link it to an event store.'),
      ]
    case 'projection':
      return without(design.to(node), 'It has no events to fold. Link an event store to it.')
    case 'processManager':
      return without(design.to(node), 'It has no events to react to. Link an event store to it.')
    case 'service':
      return [
        ...without(design.to(node), 'It gets nothing. Link a producer to it.'),
        ...without(
          design.from(node),
          'It tells nobody. Link it to a topic, an exchange or a queue.',
        ),
        ...outKeys(node, design),
      ]
    case 'relay':
      return [
        ...without(design.to(node), 'It has no events to move. Link an event store to it.'),
        ...without(
          design.from(node),
          'Its messages go nowhere. Link it to a topic, an exchange or a queue.',
        ),
        ...outKeys(node, design),
      ]
    case 'mqttBroker':
      return without(
        [...design.to(node), ...design.from(node)],
        'Nobody is connected to it. Link MQTT clients to it.',
      )
    case 'mqttClient':
      return mqttClient(node, design)
    case 'natsServer':
    case 'redisServer':
      return [
        ...without(design.to(node), 'Nobody publishes to it. Link a producer to it.'),
        ...without(
          design.from(node),
          'Nobody listens, and it keeps nothing: every message is gone. Link it to a subscriber.',
        ),
      ]
    case 'natsStream':
      return natsStream(node, design)
    case 'natsConsumer':
      return natsConsumer(node, design)
    case 'natsSubscriber':
      return [
        ...without(
          design.to(node),
          'It gets nothing. Link a server or a JetStream consumer to it.',
        ),
        ...outKeys(node, design),
      ]
    case 'redisSubscriber':
      return [
        ...without(design.to(node), 'It gets nothing. Link a Redis server to it.'),
        ...outKeys(node, design),
      ]
    case 'redisStream':
    case 'redisGroup':
    case 'redisConsumer':
    case 'redisReader':
      return redisStreams(node, design)
    case 'natsRequester':
      return without(design.from(node), 'It asks nobody. Link it to a NATS server.')
    case 'cloudTopic':
      return without(
        design.from(node),
        'It has no subscription: nobody ever gets what is published. Link it to one.',
      )
    case 'cloudSubscription':
      return [
        ...without(design.to(node), 'It gets nothing. Link a cloud topic to it.'),
        ...without(
          design.from(node),
          'Its backlog only grows. Link it to a polling consumer, which pulls from it or is its endpoint, or to a queue.',
        ),
        ...foreignPolicy(node, design),
      ]
  }
}

/** What is pulled is of Google Pub/Sub, which knows no filter policies. */
function foreignPolicy(node: NodeOf<'cloudSubscription'>, design: Design): string[] {
  const [link] = design.from(node)
  const isPulled = link && design.node(link.to)?.kind === 'pollingConsumer' && !node.push
  if (!isPulled || !node.filter?.trimStart().startsWith('{')) return []
  return [
    'Its filter is a policy of Amazon SNS, which cannot be pulled. Write it as Google Pub/Sub does: attributes.type = "order".',
  ]
}

/** Two streams of a server may not keep the same subject: the second one is refused (10065). */
function natsStream(node: NodeOf<'natsStream'>, design: Design): string[] {
  const subjectsOf = (stream: NodeDoc) => design.to(stream).map(({ key }) => key ?? '>')
  const clash = design.scenario.nodes.find(
    (other) =>
      other.kind === 'natsStream' &&
      other !== node &&
      other.broker === node.broker &&
      subjectsOf(other).some((a) => subjectsOf(node).some((b) => overlaps(a, b))),
  )
  return [
    ...without(design.to(node), 'It keeps no subjects. Link the server to it.'),
    ...(clash
      ? [`It keeps subjects that ${clash.name} keeps too: the server refuses one. Change a filter.`]
      : []),
  ]
}

function natsConsumer(node: NodeOf<'natsConsumer'>, design: Design): string[] {
  const [link] = design.to(node)
  const stream = link && design.node(link.from)
  const sentences = [
    ...without(design.to(node), 'It reads nothing. Link a stream to it.'),
    ...without(design.from(node), 'Nobody takes its messages. Link it to a subscriber.'),
  ]
  if (stream?.kind === 'natsStream' && stream.retention === 'workqueue') {
    const others = design.from(stream).filter(({ to }) => to !== node.id)
    const key = link?.key ?? '>'
    if (others.some((other) => overlaps(other.key ?? '>', key))) {
      sentences.push(
        'Another consumer of this work queue takes the same subjects: the server refuses one. Give them filters that do not overlap.',
      )
    }
  }
  return sentences
}

function redisStreams(
  node: NodeOf<'redisStream' | 'redisGroup' | 'redisConsumer' | 'redisReader'>,
  design: Design,
): string[] {
  const isForDeadLetters = design.scenario.nodes.some(
    (other) => other.kind === 'redisConsumer' && other.deadLetters === node.id,
  )
  switch (node.kind) {
    case 'redisStream':
      if (isForDeadLetters) return []
      return [
        ...without(design.to(node), 'Nobody adds to it. Link a producer to it.'),
        ...without(design.from(node), 'Nobody reads it. Link it to a group or to a reader.'),
      ]
    case 'redisGroup':
      return [
        ...without(design.to(node), 'It is a group of no stream. Link a stream to it.'),
        ...without(design.from(node), 'Nobody reads for it. Link it to a consumer.'),
      ]
    case 'redisConsumer': {
      const [link] = design.to(node)
      if (!link) return ['It gets nothing. Link a group to it.']
      const twin = design.scenario.links.some(
        ({ from, to }) =>
          from === link.from && to !== node.id && design.node(to)?.name === node.name,
      )
      return [
        ...outKeys(node, design),
        ...(twin
          ? [`Another consumer of its group is called ${node.name} too: Redis takes them for one.`]
          : []),
      ]
    }
    case 'redisReader':
      return [
        ...without(design.to(node), 'It gets nothing. Link a stream to it.'),
        ...outKeys(node, design),
      ]
  }
}

function mqttClient(node: NodeOf<'mqttClient'>, design: Design): string[] {
  const { arrivals, topics, subscriptions = [], cleanStart, sessionExpiryMs = 0, version } = node
  const sentences = without(
    [...design.to(node), ...design.from(node)],
    'It has no connection. Link it to an MQTT broker.',
  )
  if (arrivals.kind !== 'manual' && topics === undefined) {
    sentences.push('It publishes nothing. Give it a topic.')
  }
  if (topics === undefined && subscriptions.length === 0) {
    sentences.push('It does nothing. Give it a filter to subscribe to, or a topic to publish to.')
  }
  if (cleanStart === false && sessionExpiryMs === 0 && version !== 4) {
    sentences.push('Its session ends with its connection. Give it an expiry interval.')
  }
  return sentences
}

function producer(node: NodeOf<'producer'>, design: Design): string[] {
  const links = design.from(node)
  const { arrivals, keys } = node
  const sentences = without(
    links,
    'Its messages go nowhere. Link it to an exchange, a queue, a topic or a command handler.',
  )
  const firstMs = 'firstMs' in arrivals ? (arrivals.firstMs ?? 0) : 0
  if (firstMs > design.scenario.durationMs) {
    sentences.push('Its first message comes after the end of the run. Publish earlier.')
  }
  const isKeyed = keys !== undefined && keys.kind !== 'none'
  return isKeyed ? sentences : [...sentences, ...outKeys(node, design)]
}

/** Links into exchanges on which messages cannot be routed, because they have no key that fits. */
function outKeys(node: NodeDoc, design: Design): string[] {
  return design.from(node).flatMap(({ to, key }) => {
    const target = design.node(to)
    if (target?.kind !== 'exchange' || !['default', 'direct'].includes(target.type)) return []
    const bound = boundKeys(target, design)
    if (bound.length === 0 || bound.includes(key ?? '')) return []
    const keys = bound.map((known) => `"${known}"`).join(' or ')
    return key === undefined
      ? [`Its messages to ${target.name} have no routing key. Give the link the key ${keys}.`]
      : [
          `No queue of ${target.name} is bound with the key "${key}". Give the link the key ${keys}.`,
        ]
  })
}

/** Keys under which an exchange routes to some queue. */
function boundKeys(exchange: NodeOf<'exchange'>, design: Design): string[] {
  if (exchange.type === 'default') {
    return design.scenario.nodes.flatMap((node) =>
      node.kind === 'queue' && node.broker === exchange.broker ? [node.name] : [],
    )
  }
  return [...new Set(design.from(exchange).map(({ key }) => key ?? ''))]
}

/** Whether something else than a link leads to it: dead letters, what another exchange cannot route. */
function isReached(node: NodeDoc, design: Design): boolean {
  return design.scenario.nodes.some(
    (other) =>
      (other.kind === 'queue' && other.deadLetterExchange === node.id) ||
      (other.kind === 'exchange' && other.alternate === node.id),
  )
}

function exchange(node: NodeOf<'exchange'>, design: Design): string[] {
  const lost = 'No queue is bound to it: every message is lost. Link it to a queue.'
  const isBound =
    node.type === 'default' ? boundKeys(node, design).length > 0 : design.from(node).length > 0
  const sentences = isBound ? [] : [lost]
  return [
    ...sentences,
    ...(isReached(node, design)
      ? []
      : without(design.to(node), 'Nobody publishes to it. Link a producer to it.')),
  ]
}

/** A queue for dead letters: they may stay there, to be looked at or to expire. */
function isParking(node: NodeOf<'queue'>, design: Design): boolean {
  const sources = design.to(node).map(({ from }) => from)
  const reached = design.scenario.nodes.some(
    (other) =>
      other.kind === 'queue' &&
      (sources.includes(other.deadLetterExchange ?? ' ') || other.deadLetterKey === node.name),
  )
  return reached
}

function queue(node: NodeOf<'queue'>, design: Design): string[] {
  const sentences = isParking(node, design)
    ? []
    : without(design.from(node), 'Nobody consumes from it: messages stay. Link it to a consumer.')
  const isNamed = design.scenario.nodes.some(
    (other) =>
      (other.kind === 'queue' && other.deadLetterKey === node.name) ||
      (other.kind === 'producer' && other.replyTo === node.id) ||
      (other.kind === 'exchange' &&
        other.type === 'default' &&
        other.broker === node.broker &&
        design.to(other).some(({ key }) => key === node.name || key === undefined)),
  )
  if (design.to(node).length === 0 && !isNamed) {
    sentences.push('Nothing comes in. Link an exchange or a producer to it.')
  }
  if (node.overflow !== undefined && node.maxLength === undefined && node.maxBytes === undefined) {
    sentences.push('Its overflow policy never acts. Give it a greatest length.')
  }
  return sentences
}

function sqsQueue(node: NodeOf<'sqsQueue'>, design: Design): string[] {
  const isDeadLetters = design.scenario.nodes.some(
    (other) => other.kind === 'sqsQueue' && other.deadLetters === node.id,
  )
  const sentences = isDeadLetters
    ? []
    : [
        ...without(design.from(node), 'Nobody polls it: messages stay. Link a polling consumer.'),
        ...without(design.to(node), 'Nothing comes in. Link a producer to it.'),
      ]
  if (!node.fifo) return sentences
  const keyless = design.to(node).some(({ from }) => {
    const sender = design.node(from)
    return sender?.kind === 'producer' && (sender.keys ?? { kind: 'none' }).kind === 'none'
  })
  if (keyless)
    sentences.push('It refuses messages without a message group. Give the producer keys.')
  if (!node.contentDeduplication) {
    sentences.push(
      'It refuses messages without a deduplication id. Let it take the content for it.',
    )
  }
  return sentences
}

function groupConsumer(node: NodeOf<'groupConsumer'>, design: Design): string[] {
  const [link] = design.to(node)
  const topic = link && design.node(link.from)
  if (topic?.kind !== 'topic') return ['It gets nothing. Link a topic to it.']
  const members = design.scenario.nodes.filter(
    (other) =>
      other.kind === 'groupConsumer' &&
      other.group === node.group &&
      design.to(other).some(({ from }) => from === topic.id),
  )
  const sentences = [...outKeys(node, design), ...transactionOf(node, topic, design)]
  const disagrees = members.some(
    (other) =>
      other.kind === 'groupConsumer' &&
      ((other.protocol ?? 'classic') !== (node.protocol ?? 'classic') ||
        (other.assignor ?? 'range') !== (node.assignor ?? 'range')),
  )
  if (disagrees) {
    sentences.push(
      'Members of its group name other terms. Give all of them one protocol and assignor.',
    )
  }
  if (members.length > topic.partitions && node.protocol !== 'share') {
    sentences.push(
      `Its group has ${members.length} members for ${topic.partitions} ${topic.partitions === 1 ? 'partition' : 'partitions'}: some have nothing to do. Add partitions or remove members.`,
    )
  }
  return sentences
}

/** A transaction holds what goes to one topic of the log that the member reads from. */
function transactionOf(
  node: NodeOf<'groupConsumer'>,
  source: NodeOf<'topic'>,
  design: Design,
): string[] {
  if (node.commit !== 'transaction') return []
  if (node.protocol === 'share') {
    return ['A share group has no offsets to commit. Its records are answered one by one.']
  }
  const targets = design.from(node).flatMap(({ to }) => design.node(to) ?? [])
  const inside = targets.filter(
    (target) => target.kind === 'topic' && target.broker === source.broker,
  )
  if (inside.length === 0) {
    return [
      'It has nothing to write in its transactions: offsets are committed after the work. Link it to a topic of the same log.',
    ]
  }
  const outside = targets.filter((target) => target !== inside[0])
  if (outside.length === 0) return []
  const names = outside.map(({ name }) => name).join(', ')
  return [`What it writes to ${names} is outside its transactions: after a crash it comes twice.`]
}

function without(links: readonly LinkDoc[], sentence: string): string[] {
  return links.length === 0 ? [sentence] : []
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
