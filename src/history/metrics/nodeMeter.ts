/** What is measured of one node while the facts of a run go by. */
import type { NodeDoc, NodeKind } from '../../scenario/document.ts'
import type { World } from '../../scenario/world.ts'
import { Course } from './course.ts'
import { type Level, levelsOf } from './levels.ts'
import type { NodeNumbers } from './numbers.ts'
import { Spread } from './spread.ts'

const SUBSCRIBER: readonly string[] = [
  'received',
  'processed',
  'failed',
  'redelivered',
  'published',
  'crashes',
]

/** Counts of each kind of node: there from the start, so that nothing happened is a 0. */
const COUNTS: Record<NodeKind, readonly string[]> = {
  producer: ['published', 'crashes'],
  exchange: ['routed'],
  queue: ['enqueued', 'delivered', 'redelivered', 'acked', 'requeued', 'deadLettered'],
  consumer: ['started', 'processed', 'failed', 'redelivered', 'published', 'crashes'],
  sqsQueue: ['sent', 'received', 'redelivered', 'deleted', 'deadLettered', 'deduplicated', 'empty'],
  pollingConsumer: ['received', 'processed', 'failed', 'redelivered', 'published', 'crashes'],
  topic: ['appended', 'rebalances'],
  groupConsumer: [
    'received',
    'processed',
    'failed',
    'redelivered',
    'commits',
    'commitsRefused',
    'published',
    'crashes',
  ],
  eventStore: ['appended', 'conflicts', 'repeated'],
  commandHandler: ['received', 'accepted', 'rejected', 'conflicts', 'crashes'],
  projection: ['processed', 'crashes'],
  relay: ['relayed', 'published', 'crashes'],
  processManager: ['processed', 'sent', 'crashes'],
  service: ['received', 'saved', 'published', 'crashes'],
  mqttBroker: ['routed', 'retained'],
  mqttClient: ['published', 'sentAgain', 'received', 'processed', 'crashes'],
  natsServer: ['published', 'delivered'],
  natsStream: ['stored', 'duplicates', 'settled'],
  natsConsumer: ['sent', 'redelivered', 'acked', 'naks', 'terminated', 'ackWaitsOver'],
  natsSubscriber: SUBSCRIBER,
  natsRequester: ['published', 'replied', 'ignored', 'crashes'],
  redisServer: ['published', 'delivered'],
  redisSubscriber: SUBSCRIBER,
  redisStream: ['added', 'deleted'],
  redisGroup: ['delivered', 'redelivered', 'claimed', 'acked'],
  redisConsumer: [
    'received',
    'processed',
    'failed',
    'redelivered',
    'setAside',
    'published',
    'crashes',
  ],
  redisReader: ['received', 'processed', 'failed', 'published', 'crashes'],
  cloudTopic: ['routed'],
  cloudSubscription: [
    'arrived',
    'filteredOut',
    'delivered',
    'redelivered',
    'acked',
    'deadLettered',
  ],
}

/** Why a node may lose what it was given. */
const DROPPED: Partial<Record<NodeKind, readonly string[]>> = {
  exchange: ['unroutable'],
  queue: [
    'maxLength',
    'refused',
    'rejected',
    'expired',
    'deliveryLimit',
    'restart',
    'purged',
    'deleted',
  ],
  consumer: ['crashed'],
  sqsQueue: ['refused', 'retention', 'purged'],
  pollingConsumer: ['crashed'],
  topic: ['trimmed'],
  commandHandler: ['crashed'],
  service: ['crashed'],
  cloudSubscription: ['retention'],
  mqttClient: ['absent', 'notYet', 'lost', 'full', 'expired', 'sessionOver', 'unsent'],
  natsServer: ['unheard', 'noResponders'],
  natsStream: ['limits', 'maxAge', 'refused', 'noInterest', 'deleted'],
  natsConsumer: ['maxDeliver'],
  natsSubscriber: ['missed', 'slow', 'crashed'],
  natsRequester: ['noResponders', 'timedOut'],
  redisServer: ['unheard'],
  redisSubscriber: ['missed', 'slow', 'crashed'],
  redisStream: ['trimmed'],
  redisGroup: ['unread', 'pending', 'consumerDeleted'],
  redisConsumer: ['gone', 'crashed'],
  redisReader: ['crashed'],
}

/** What counts as having got through a node. */
const THROUGHPUT: Record<NodeKind, string> = {
  producer: 'published',
  exchange: 'routed',
  queue: 'acked',
  consumer: 'processed',
  sqsQueue: 'deleted',
  pollingConsumer: 'processed',
  topic: 'appended',
  groupConsumer: 'processed',
  eventStore: 'appended',
  commandHandler: 'accepted',
  projection: 'processed',
  relay: 'relayed',
  processManager: 'processed',
  service: 'saved',
  mqttBroker: 'routed',
  mqttClient: 'processed',
  natsServer: 'published',
  natsStream: 'stored',
  natsConsumer: 'acked',
  natsSubscriber: 'processed',
  natsRequester: 'replied',
  redisServer: 'published',
  redisSubscriber: 'processed',
  redisStream: 'added',
  redisGroup: 'acked',
  redisConsumer: 'processed',
  redisReader: 'processed',
  cloudTopic: 'routed',
  cloudSubscription: 'acked',
}

const US_IN_S = 1_000_000

export class NodeMeter {
  /** From when something waits for a node until work on it begins; until that is done. */
  waiting = new Spread()
  sojourn = new Spread()
  readonly doc: NodeDoc
  private counts: Record<string, number>
  private dropped: Record<string, number>
  private fromUs = 0
  private readonly courses: { level: Level; course: Course }[]

  constructor(world: World, doc: NodeDoc) {
    this.doc = doc
    this.counts = zeros(COUNTS[doc.kind])
    this.dropped = zeros(DROPPED[doc.kind] ?? [])
    this.courses = levelsOf(world, doc)
      .filter(({ role }) => role !== 'total')
      .map((level) => ({ level, course: new Course() }))
  }

  count(what: string, times = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + times
  }

  drop(reason: string, times = 1): void {
    this.dropped[reason] = (this.dropped[reason] ?? 0) + times
  }

  /** Reads its levels, which may have changed. */
  look(timeUs: number): void {
    for (const { level, course } of this.courses) course.set(level.read(), timeUs)
  }

  /** Forgets what was measured so far: what follows is measured from here. */
  restart(timeUs: number): void {
    this.waiting = new Spread()
    this.sojourn = new Spread()
    this.counts = zeros(Object.keys(this.counts))
    this.dropped = zeros(Object.keys(this.dropped))
    for (const { course } of this.courses) course.restart(timeUs)
    this.fromUs = timeUs
  }

  numbers(endUs: number): NodeNumbers {
    const { doc, counts, dropped, waiting, sojourn, fromUs } = this
    const levels: NodeNumbers['levels'] = {}
    const backlogs: string[] = []
    let busy: number | null = null
    let capacity = 0
    for (const { level, course } of this.courses) {
      const numbers = course.numbers(endUs)
      if (level.role === 'busy') busy = numbers.mean
      else if (level.role === 'capacity') capacity = numbers.mean
      else levels[level.name] = numbers
      if (level.role === 'backlog') backlogs.push(level.name)
    }
    const done = counts[THROUGHPUT[doc.kind]] ?? 0
    return {
      node: doc.id,
      kind: doc.kind,
      name: doc.name,
      counts: { ...counts },
      dropped: { ...dropped },
      levels,
      backlogs,
      waiting: waiting.count === 0 ? null : waiting.numbers(),
      sojourn: sojourn.count === 0 ? null : sojourn.numbers(),
      utilisation: busy === null || capacity === 0 ? null : busy / capacity,
      throughputPerS: endUs === fromUs ? 0 : (done / (endUs - fromUs)) * US_IN_S,
    }
  }
}

function zeros(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 0]))
}
