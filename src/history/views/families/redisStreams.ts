/** Redis streams, their groups, and those who read them, at the playhead. */
import type { Group } from '../../../brokers/log/redisStreams/group.ts'
import { MIN_ID, printId } from '../../../brokers/log/redisStreams/id.ts'
import { lagOf } from '../../../brokers/log/redisStreams/lag.ts'
import type { RedisStreams } from '../../../brokers/log/redisStreams/server.ts'
import type { Stream } from '../../../brokers/log/redisStreams/stream.ts'
import { CRASH_POINTS } from '../../../clients/client.ts'
import type { EntryWorker } from '../../../clients/redisConsumer/entryWorker.ts'
import type { RedisConsumer } from '../../../clients/redisConsumer/redisConsumer.ts'
import type { RedisReader } from '../../../clients/redisConsumer/redisReader.ts'
import type {
  RedisConsumerSettings,
  RedisReaderSettings,
} from '../../../clients/redisConsumer/settings.ts'
import type { NodeOf } from '../../../scenario/document.ts'
import { connectionName } from '../../../scenario/wiring/families/subscribing.ts'
import type { World } from '../../../scenario/world.ts'
import { type Held, type Job, LISTED_MAX } from '../../frame.ts'
import type {
  PendingEntry,
  RedisConsumerState,
  RedisGroupProgress,
  RedisGroupState,
  RedisReaderState,
  RedisStreamState,
} from '../../redisStates.ts'
import type { FamilyViews } from '../family.ts'
import { clientBase, effectsOf, partBase } from '../view.ts'

export const views: FamilyViews<'redisStreams'> = {
  redisStream: viewStream,
  redisGroup: viewGroup,
  redisConsumer: viewConsumer,
  redisReader: viewReader,
}

/** As many as a node shows of what is to be delivered. */
const AHEAD_MAX = 6

function viewStream(world: World, id: string): RedisStreamState {
  const stream = world.part(id) as Stream | undefined
  const doc = nodeOf(world, id, 'redisStream')
  const entries: RedisStreamState['entries'] = []
  const tail = stream?.tail ?? 0
  for (let position = Math.max(0, tail - LISTED_MAX); position < tail; position++) {
    if (stream) entries.push(entryIn(stream, position))
  }
  return {
    ...partBase(id),
    kind: 'redisStream',
    length: stream?.length ?? 0,
    added: stream?.added ?? 0,
    first: stream?.first ?? 0,
    tail,
    last: printId(stream?.last ?? MIN_ID),
    entries,
    groups: groupIdsOf(world, id).flatMap((group) => {
      const part = groupAt(world, group)
      return part ? [progressOf(world, group, part)] : []
    }),
    trimming: trimmingOf(doc),
  }
}

function entryIn(stream: Stream, position: number): RedisStreamState['entries'][number] {
  const entry = printId(stream.idAt(position))
  return { position, entry, message: stream.messageAt(position), gone: !stream.isThere(position) }
}

function trimmingOf({ maxLength, maxAgeMs, approximate }: NodeOf<'redisStream'>): string | null {
  const how = approximate ? ' ~' : ''
  if (maxLength !== undefined) return `MAXLEN${how} ${maxLength}`
  return maxAgeMs === undefined ? null : `MINID${how}, ${maxAgeMs / 1000} s back`
}

function groupIdsOf({ scenario }: World, stream: string): string[] {
  return scenario.nodes
    .filter(
      ({ id, kind }) =>
        kind === 'redisGroup' &&
        scenario.links.some(({ from, to }) => from === stream && to === id),
    )
    .map(({ id }) => id)
}

function progressOf(world: World, id: string, group: Group): RedisGroupProgress {
  const { name, last, pendingCount, unreadGone, pendingGone } = group
  return {
    name,
    node: id,
    last: printId(last),
    next: group.nextPosition,
    lag: lagOf(group),
    pending: pendingOf(world, group),
    pendingCount,
    unreadGone,
    pendingGone,
  }
}

function pendingOf(world: World, group: Group): PendingEntry[] {
  const { stream } = group
  return group.pendingFrom(0, LISTED_MAX).map(({ position, consumer, count, deliveredUs }) => ({
    position,
    entry: printId(stream.idAt(position)),
    message: stream.messageAt(position),
    redelivered: count > 1,
    by: consumer.name,
    node: world.owner(consumer.node) || null,
    count,
    deliveredUs,
    gone: !stream.isThere(position),
  }))
}

function viewGroup(world: World, id: string): RedisGroupState {
  const group = groupAt(world, id)
  const doc = nodeOf(world, id, 'redisGroup')
  const none: RedisGroupProgress = {
    name: doc.name,
    node: id,
    last: '0-0',
    next: 0,
    lag: null,
    pending: [],
    pendingCount: 0,
    unreadGone: 0,
    pendingGone: 0,
  }
  const waiting = group ? world.broker<RedisStreams>(doc.broker).waiting : []
  return {
    ...partBase(id),
    ...(group ? progressOf(world, id, group) : none),
    kind: 'redisGroup',
    gone: group === undefined,
    wasMade: world.part(id) !== undefined,
    ahead: group ? aheadOf(group) : [],
    acked: group?.ackedCount ?? 0,
    consumers: (group?.consumers ?? []).map(({ name, node, pending, seenUs }) => ({
      name,
      node: world.owner(node) || null,
      pending,
      seenUs,
      waits: waiting.some(
        (wait) => wait.group?.name === group?.name && wait.group?.consumer === name,
      ),
    })),
    minIdleUs: minIdleOf(world, id),
  }
}

/** The group of a node; undefined before it was made, and once it was destroyed. */
function groupAt(world: World, id: string): Group | undefined {
  const group = world.part(id) as Group | undefined
  return group?.alive ? group : undefined
}

function aheadOf({ stream, nextPosition }: Group): Held[] {
  const ahead: Held[] = []
  const first = Math.max(stream.first, nextPosition)
  for (let at = first; at < stream.tail && ahead.length < AHEAD_MAX; at++) {
    if (stream.isThere(at)) ahead.push({ message: stream.messageAt(at), redelivered: false })
  }
  return ahead
}

function consumersOf({ scenario }: World, group: string): string[] {
  return scenario.links.filter(({ from }) => from === group).map(({ to }) => to)
}

function minIdleOf(world: World, group: string): number {
  const idle = consumersOf(world, group).flatMap((id) => {
    const { claimEveryMs, minIdleMs = 0 } = (world.part(id) as RedisConsumer).settings
    return claimEveryMs === undefined ? [] : [minIdleMs * 1000]
  })
  return idle.length === 0 ? -1 : Math.min(...idle)
}

function viewConsumer(world: World, id: string): RedisConsumerState {
  const consumer = world.part(id) as RedisConsumer
  const link = world.scenario.links.find(({ to }) => to === id)
  const group = link && groupAt(world, link.from)
  return {
    ...workerState(world, id, consumer, link?.from),
    kind: 'redisConsumer',
    ack: consumer.settings.ack,
    pending: group?.consumer(nodeOf(world, id, 'redisConsumer').name)?.pending ?? 0,
    setAside: consumer.setAsideCount,
    foundGone: consumer.goneCount,
  }
}

function viewReader(world: World, id: string): RedisReaderState {
  const reader = world.part(id) as RedisReader
  const link = world.scenario.links.find(({ to }) => to === id)
  const stream = link && (world.part(link.from) as Stream | undefined)
  const { next } = reader
  return {
    ...workerState(world, id, reader, link?.from),
    kind: 'redisReader',
    last: stream && next > 0 ? printId(stream.idAt(next - 1)) : null,
    unread: stream && next >= 0 ? Math.max(0, stream.tail - Math.max(next, stream.first)) : 0,
  }
}

function workerState(
  world: World,
  id: string,
  worker: EntryWorker<RedisConsumerSettings> | EntryWorker<RedisReaderSettings>,
  source: string | undefined,
) {
  const jobs: Job[] = []
  worker.eachInHand(LISTED_MAX, ({ message, deliveries }, startedUs, endsUs) => {
    const state = startedUs === -1 ? 'waiting' : 'working'
    const again = deliveries > 1 ? { redelivered: true, deliveries } : { redelivered: false }
    jobs.push({ message, ...again, state, startedUs, endsUs })
  })
  return {
    ...clientBase(id, worker),
    phase: worker.phase,
    waits: source !== undefined && isWaiting(world, source, id, worker.connection),
    jobs,
    jobCount: worker.inHand,
    count: worker.settings.count,
    received: worker.receivedCount,
    redelivered: worker.redeliveredCount,
    processed: worker.processedCount,
    failed: worker.failedCount,
    paused: worker.isPaused,
    crashPoint: CRASH_POINTS[worker.crashPoint - 1] ?? null,
    effects: effectsOf(world, worker),
  }
}

/** Whether its read waits at the server, by what the server knows its connection as. */
function isWaiting(world: World, source: string, id: string, connection: number): boolean {
  const from = world.scenario.nodes.find((node) => node.id === source)
  const link = world.scenario.links.find((each) => each.from === source && each.to === id)
  if (!from || !('broker' in from) || !link) return false
  const name = connectionName(link.id, connection)
  return world.broker<RedisStreams>(from.broker).waiting.some(({ client }) => client === name)
}

function nodeOf<K extends 'redisStream' | 'redisGroup' | 'redisConsumer'>(
  { scenario }: World,
  id: string,
  _kind: K,
): NodeOf<K> {
  return scenario.nodes.find((node) => node.id === id) as NodeOf<K>
}
