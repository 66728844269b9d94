/**
 * What a number is made of: the facts that were counted, or, of what a node holds, the facts by which each came to be
 * there. `2 unacked` are two deliveries; `balance 50` are the events of its stream.
 */
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import type { EventStore } from '../../brokers/eventstore/store.ts'
import type { LogBroker } from '../../brokers/log/broker.ts'
import type { Group } from '../../brokers/log/redisStreams/group.ts'
import { entriesAhead } from '../../brokers/log/redisStreams/lag.ts'
import type { Topic } from '../../brokers/log/topic.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { GroupConsumer } from '../../clients/groupConsumer/groupConsumer.ts'
import type { FactVisitor } from '../../engine/facts.ts'
import type { NodeDoc } from '../../scenario/document.ts'
import { Follower } from '../conditions/follower.ts'
import type { TermContext } from '../conditions/term.ts'
import { Greatest, levelsAt } from '../conditions/terms/levels.ts'
import type { NodeState } from '../frame.ts'
import type { History } from '../history.ts'
import { levelsOf, sourceOf } from '../metrics/levels.ts'
import { kindsNamed } from '../vocabulary.ts'
import { type Fact, type Steps, Trail } from './trail.ts'

/** Facts that are listed of a number; all are counted. */
const LISTED_MAX = 60

export interface NumberFacts {
  /** In the order of time; the latest, if there are more than are listed. */
  indexes: number[]
  total: number
  /** Of what is neither counted nor held: how many facts changed it up to here. They are what is listed. */
  changes?: number
}

/** Numbers whose name is not that of the facts that are counted. */
const COUNTED: Readonly<Record<string, string | readonly string[]>> = {
  published: [
    'published',
    'natsPublished',
    'redisPublished',
    'passedToSubscribers',
    'topicPublished',
  ],
  added: 'entryAdded',
  told: 'announced',
  missed: ['missedBySubscriber', 'missedMessage'],
  records: 'appended',
  events: 'appended',
  streams: 'streamCreated',
  conflicts: 'conflicted',
  'dead-lettered': 'deadLettered',
}

/** The facts that make up a number of a node at a moment; null where the number is none of these. */
export function* factsOfNumber(
  history: History,
  id: string,
  name: string,
  factIndex: number,
): Steps<NumberFacts | null> {
  const place = history.live.scenario.nodes.findIndex((node) => node.id === id)
  const doc = history.live.scenario.nodes[place]
  if (!doc) return null
  history.seek({ factIndex })
  const state = history.frame().nodes[place] as NodeState
  const held = heldBy(state, name)
  if (held) return yield* heldFacts(history, place, held.messages, held.total, factIndex)
  if (name === 'lag' || name.startsWith('lag of '))
    return yield* lagFacts(history, doc, state, name, factIndex)
  const stream = /^balance of (.*)$/.exec(name)?.[1]
  if (stream !== undefined) return yield* streamFacts(history, place, state, stream, factIndex)
  if (doc.kind === 'exchange' && name === 'routed') {
    return yield* counted(history, factIndex, (fact) => isRoutedBy(fact, place))
  }
  const kinds = kindsNamed([COUNTED[name] ?? name].flat())
  if (kinds.size === 0) return yield* changesOf(history, place, name, factIndex)
  // One that leaves by several links is published once.
  let last = -1
  const isNew = ({ kind, message }: Fact) => kind !== CLIENT_FACTS.published || message !== last
  return yield* counted(history, factIndex, (fact, trail) => {
    if (!kinds.has(fact.kind) || trail.ownerOf(fact.part) !== id || !isNew(fact)) return false
    last = fact.message
    return true
  })
}

/** A copy that an exchange sent on its way; where that takes no time, its arrival says so. */
function isRoutedBy({ kind, part, aux }: Fact, exchange: number): boolean {
  if (kind === AMQP_FACTS.routed || kind === AMQP_FACTS.passedOn) return part === exchange
  return (kind === AMQP_FACTS.enqueued || kind === AMQP_FACTS.refused) && aux === exchange
}

/** Messages that a node holds under a number's name. */
function heldBy(state: NodeState, name: string): { messages: number[]; total: number } | null {
  const messages = (held: readonly { message: number }[]) => held.map(({ message }) => message)
  if (state.kind === 'queue' && name === 'ready') {
    return { messages: messages(state.ready), total: state.readyCount }
  }
  if (state.kind === 'queue' && name === 'unacked') {
    return { messages: messages(state.unacked), total: state.unackedCount }
  }
  if (state.kind === 'mqttBroker' && name === 'retained') {
    const kept = state.topics.flatMap(({ retained }) => (retained < 0 ? [] : [retained]))
    return { messages: kept, total: state.retainedCount }
  }
  if (name === 'in hand' && 'jobCount' in state) {
    return { messages: messages(state.jobs), total: state.jobCount }
  }
  return null
}

/** The latest fact by which each message is where it is. */
function* heldFacts(
  history: History,
  place: number,
  messages: readonly number[],
  total: number,
  factIndex: number,
): Steps<NumberFacts> {
  const trail = new Trail(history.live)
  const indexes: number[] = []
  for (const message of messages.slice(0, LISTED_MAX)) {
    yield
    const at =
      trail.latestAbout(message, factIndex, ({ part }) => part === place) ??
      trail.latestAbout(message, factIndex)
    if (at !== null) indexes.push(at.index)
  }
  return { indexes: indexes.sort((a, b) => a - b), total }
}

/** The facts that changed a level of a node, and what it was at the end; null if there is no such level. */
function* changesOf(
  history: History,
  place: number,
  name: string,
  factIndex: number,
): Steps<NumberFacts | null> {
  const doc = history.live.scenario.nodes[place] as NodeDoc
  if (!levelsOf(history.live, doc).some((level) => level.name === name)) return null
  const levels = (context: TermContext) =>
    levelsAt(context, place).filter((level) => level.name === name)
  const follower = new Follower(history.live, [
    {
      unit: 'number',
      bind: ({ context, terms }) => {
        const level = new Greatest([place], levels(context))
        terms.push(level)
        return () => level.read()
      },
    },
  ])
  const read = follower.reads[0] as () => number
  let total = read()
  let changes = 0
  const indexes: number[] = []
  const look = (moment: number) => {
    const value = read()
    if (value === total) return
    total = value
    changes++
    indexes.push(moment - 1)
    if (indexes.length > LISTED_MAX * 2) indexes.splice(0, LISTED_MAX)
  }
  while (follower.seen < factIndex) {
    if (!follower.follow(Math.min(STRETCH, factIndex - follower.seen), look)) break
    yield
  }
  return { indexes: indexes.slice(-LISTED_MAX), total, changes }
}

function streamFacts(
  history: History,
  place: number,
  state: NodeState,
  stream: string,
  factIndex: number,
): Steps<NumberFacts> {
  const at =
    state.kind === 'eventStore' ? state.streams.findIndex(({ name }) => name === stream) : -1
  const kinds = kindsNamed(['appended'])
  return counted(
    history,
    factIndex,
    ({ kind, part, aux }) => kinds.has(kind) && part === place && aux === at,
  )
}

/** The records or events that are not got through: as many of the latest, partition by partition. */
function* lagFacts(
  history: History,
  doc: NodeDoc,
  state: NodeState,
  name: string,
  factIndex: number,
): Steps<NumberFacts> {
  if (state.kind === 'projection' || state.kind === 'relay') {
    return yield* latestOfSource(history, doc, 'appended', state.lag, factIndex)
  }
  if (doc.kind === 'redisGroup') {
    const group = history.viewed.part(doc.id) as Group | undefined
    const lag = group ? entriesAhead(group) : 0
    return yield* latestOfSource(history, doc, 'entryAdded', lag, factIndex)
  }
  const from = unreadFrom(history, doc, name.slice('lag of '.length))
  const elections = yield* electionsBefore(history, factIndex)
  // Control records take offsets as well, and lag counts offsets.
  const written = kindsNamed(['appended', 'commitMarker', 'abortMarker'])
  return yield* counted(history, factIndex, ({ index, kind, part, aux }) => {
    if (!written.has(kind) || aux < (from.get(part) ?? Number.POSITIVE_INFINITY)) return false
    return !elections.some((each) => each.part === part && each.index > index && each.end <= aux)
  })
}

/** So many of the latest facts of a kind at the place that a node reads from. */
function* latestOfSource(
  history: History,
  doc: NodeDoc,
  name: string,
  total: number,
  factIndex: number,
): Steps<NumberFacts> {
  const kinds = kindsNamed([name])
  const source = history.live.scenario.links.find(({ to }) => to === doc.id)?.from
  const isRead = isReadBy(history, doc, source)
  const { indexes } = yield* counted(
    history,
    factIndex,
    (fact, trail) => kinds.has(fact.kind) && trail.ownerOf(fact.part) === source && isRead(fact),
    total,
  )
  return { indexes, total }
}

/** Whether an event written is in what a reader of a store is subscribed to. */
function isReadBy(
  history: History,
  doc: NodeDoc,
  storeId = '',
): (fact: { message: number; aux: number }) => boolean {
  const store = history.viewed.part(storeId) as unknown as EventStore | undefined
  if (store?.source === undefined) return () => true
  const source = sourceOf(store, doc)
  const { log } = store
  return ({ message, aux }) => source.has(log.streamName(aux), log.type(message))
}

/** Where partitions got another leader: what is written at its end or after it before that is gone. */
function* electionsBefore(
  history: History,
  factIndex: number,
): Steps<{ index: number; part: number; end: number }[]> {
  const { records } = history.live
  const kinds = kindsNamed(['leaderElected'])
  const found: { index: number; part: number; end: number }[] = []
  let index = 0
  while (index < factIndex) {
    records.facts.each(index, Math.min(factIndex, index + STRETCH), (_us, kind, part, _m, aux) => {
      if (kinds.has(kind)) {
        found.push({ index, part, end: records.rowAt<{ end: number }>(aux).end })
      }
      index++
    })
    yield
  }
  return found
}

/** The first offset of each partition that a group, or a member, has not got. */
function unreadFrom(history: History, doc: NodeDoc, group: string): Map<number, number> {
  const world = history.viewed
  const from = new Map<number, number>()
  const part = world.part(doc.id)
  if (doc.kind === 'topic' && part) {
    const broker = world.broker<LogBroker>(doc.broker)
    const known = broker.group(group)
    for (const partition of (part as Topic).partitions) {
      const committed = (known && broker.progress(known, partition)?.committed) ?? -1
      from.set(partition.node, Math.max(partition.start, committed))
    }
  } else if (part instanceof GroupConsumer && part.connection) {
    for (let entry = 0; entry < part.positions.count; entry++) {
      const progress = part.connection.broker.progressAt(part.positions.progressOf(entry))
      if (progress.owner !== -1) from.set(progress.partition.node, progress.position)
    }
  }
  return from
}

/** Facts that are gone through at once. */
const STRETCH = 8_192

/** Facts before a moment that count; at most `most` of the latest, where no more are meant. */
function* counted(
  history: History,
  factIndex: number,
  counts: (fact: Fact, trail: Trail) => boolean,
  most = Number.POSITIVE_INFINITY,
): Steps<NumberFacts> {
  const trail = new Trail(history.live)
  const indexes: number[] = []
  let total = 0
  const fact: Fact = { index: 0, timeUs: 0, kind: 0, part: 0, message: 0, aux: 0 }
  let index = 0
  const look: FactVisitor = (timeUs, kind, part, message, aux) => {
    fact.index = index++
    fact.timeUs = timeUs
    fact.kind = kind
    fact.part = part
    fact.message = message
    fact.aux = aux
    if (!counts(fact, trail)) return
    total++
    indexes.push(fact.index)
    if (indexes.length > LISTED_MAX * 2) indexes.splice(0, LISTED_MAX)
  }
  const { facts } = history.live.records
  while (index < factIndex) {
    facts.each(index, Math.min(factIndex, index + STRETCH), look)
    yield
  }
  const listed = Math.min(LISTED_MAX, most)
  return { indexes: listed === 0 ? [] : indexes.slice(-listed), total: Math.min(total, most) }
}
