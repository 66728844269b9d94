/** XINFO STREAM (short and FULL), GROUPS, CONSUMERS. Reply fields and values in turn, as RESP2 has them. */
import type { Reply } from '../command.ts'
import { RedisError } from '../errors.ts'
import type { Consumer, Group, Pending } from '../group.ts'
import { MAX_ID, MIN_ID, printId } from '../id.ts'
import { lagOf } from '../lag.ts'
import type { RedisStreams } from '../server.ts'
import type { Stream } from '../stream.ts'
import { refuseSyntax, type Words } from '../words.ts'
import { mustStream, shownEntries, shownEntry } from './entries.ts'

/** What XINFO STREAM FULL shows of each list unless told otherwise. */
const FULL_COUNT = 10

export function infoCommand(server: RedisStreams, words: Words): Reply {
  const verb = words.take().toUpperCase()
  const stream = mustStream(server, words.take())
  switch (verb) {
    case 'STREAM':
      if (words.takes('FULL')) return full(server, stream, words)
      if (words.left > 0) refuseInfo(verb)
      return short(server, stream)
    case 'GROUPS':
      return server.groupsOf(stream).map(shownGroup)
    case 'CONSUMERS':
      return mustGroup(server, stream, words.take()).consumers.map((consumer) => [
        'name',
        consumer.name,
        'pending',
        consumer.pending,
        'idle',
        Math.floor((server.sim.nowUs - consumer.seenUs) / 1000),
      ])
  }
  return refuseInfo(verb)
}

function refuseInfo(verb: string): never {
  throw new RedisError(`ERR unknown subcommand or wrong number of arguments for '${verb}'`)
}

function head(stream: Stream): Reply[] {
  return [
    'length',
    stream.length,
    'radix-tree-keys',
    stream.nodeCount,
    'radix-tree-nodes',
    stream.nodeCount + 1,
    'last-generated-id',
    printId(stream.last),
    'max-deleted-entry-id',
    printId(stream.maxDeleted),
    'entries-added',
    stream.added,
    'recorded-first-entry-id',
    printId(stream.firstId),
  ]
}

function short(server: RedisStreams, stream: Stream): Reply {
  const [first] = stream.range(MIN_ID, MAX_ID, 1)
  const [last] = stream.range(MIN_ID, MAX_ID, 1, true)
  const shown = (at: number | undefined) =>
    at === undefined ? null : shownEntry(server, stream, at)
  const groups = server.groupsOf(stream).length
  return [...head(stream), 'groups', groups, 'first-entry', shown(first), 'last-entry', shown(last)]
}

function shownGroup(group: Group): Reply {
  return [
    'name',
    group.name,
    'consumers',
    group.consumers.length,
    'pending',
    group.pendingCount,
    'last-delivered-id',
    printId(group.last),
    'entries-read',
    group.entriesRead === -1 ? null : group.entriesRead,
    'lag',
    lagOf(group),
  ]
}

function full(server: RedisStreams, stream: Stream, words: Words): Reply {
  let count = FULL_COUNT
  if (words.left > 0) {
    if (!words.takes('COUNT')) refuseSyntax()
    count = words.number()
    if (count < 0) count = FULL_COUNT
  }
  const most = count === 0 ? Number.POSITIVE_INFINITY : count
  const entries = shownEntries(server, stream, stream.range(MIN_ID, MAX_ID, most))
  const groups = server.groupsOf(stream).map((group) => fullGroup(server, group, most))
  return [...head(stream), 'entries', entries, 'groups', groups]
}

function fullGroup(server: RedisStreams, group: Group, most: number): Reply {
  const id = ({ position }: Pending) => printId(group.stream.idAt(position))
  const shownMs = (us: number) => server.nowMs - Math.floor((server.sim.nowUs - us) / 1000)
  const pendings = group.pendingFrom(0)
  const pendingOf = (consumer: Consumer) =>
    pendings
      .filter((each) => each.consumer === consumer)
      .slice(0, most)
      .map((each) => [id(each), shownMs(each.deliveredUs), each.count])
  return [
    'name',
    group.name,
    'last-delivered-id',
    printId(group.last),
    'entries-read',
    group.entriesRead === -1 ? null : group.entriesRead,
    'lag',
    lagOf(group),
    'pel-count',
    group.pendingCount,
    'pending',
    pendings
      .slice(0, most)
      .map((each) => [id(each), each.consumer.name, shownMs(each.deliveredUs), each.count]),
    'consumers',
    group.consumers.map((consumer) => [
      'name',
      consumer.name,
      'seen-time',
      shownMs(consumer.seenUs),
      'pel-count',
      consumer.pending,
      'pending',
      pendingOf(consumer),
    ]),
  ]
}

function mustGroup(server: RedisStreams, stream: Stream, name: string): Group {
  const group = server.group(stream, name)
  if (!group) {
    throw new RedisError(`NOGROUP No such consumer group '${name}' for key name '${stream.key}'`)
  }
  return group
}
