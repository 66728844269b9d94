/** XGROUP, XACK, XPENDING, XCLAIM, XAUTOCLAIM. */
import type { Reply } from '../command.ts'
import { RedisError } from '../errors.ts'
import type { Group, Pending } from '../group.ts'
import { compareIds, type EntryId, MAX_ID, MIN_ID, parseId, printId, readId } from '../id.ts'
import type { ClaimRequest, RedisStreams } from '../server.ts'
import { refuseSyntax, type Words } from '../words.ts'
import { groupIfThere, idOrLast, shownEntries, shownIds } from './entries.ts'
import { rangeEnd, rangeStart } from './reading.ts'

export function groupCommand(server: RedisStreams, words: Words): Reply {
  const verb = words.take().toUpperCase()
  const run = SUBCOMMANDS[verb]
  if (!run) throw new RedisError(`ERR unknown subcommand '${verb}'. Try XGROUP HELP.`)
  const [fewest, most, subcommand] = run
  if (words.left < fewest || words.left > most) {
    throw new RedisError(`ERR wrong number of arguments for 'xgroup|${verb.toLowerCase()}' command`)
  }
  return subcommand(server, words)
}

type Subcommand = (server: RedisStreams, words: Words) => Reply

const SUBCOMMANDS: Readonly<Record<string, readonly [number, number, Subcommand]>> = {
  CREATE: [3, 6, createGroup],
  SETID: [3, 5, setGroupId],
  DESTROY: [
    2,
    2,
    (server, words) => {
      const stream = mustStreamOfGroup(server, words.take())
      return server.destroyGroup(stream, words.take()) ? 1 : 0
    },
  ],
  CREATECONSUMER: [
    3,
    3,
    (server, words) => (server.createConsumer(readGroup(server, words), words.take()) ? 1 : 0),
  ],
  DELCONSUMER: [
    3,
    3,
    (server, words) => server.deleteConsumer(readGroup(server, words), words.take()),
  ],
}

function createGroup(server: RedisStreams, words: Words): Reply {
  const [key, name, id] = [words.take(), words.take(), words.take()]
  let makes = false
  let read = -1
  while (words.left > 0) {
    if (words.takes('MKSTREAM')) makes = true
    else if (words.takes('ENTRIESREAD')) read = readEntriesRead(words)
    else refuseSyntax()
  }
  if (!makes) mustStreamOfGroup(server, key)
  server.createGroup(key, name, idOrLast(id, parseId), makes, read)
  return 'OK'
}

function setGroupId(server: RedisStreams, words: Words): Reply {
  const group = readGroup(server, words)
  const id = words.take()
  let read = -1
  while (words.left > 0) {
    if (words.takes('ENTRIESREAD')) read = readEntriesRead(words)
    else refuseSyntax()
  }
  // Unlike XGROUP CREATE it takes `-` and `+`.
  const ends: Readonly<Record<string, EntryId>> = { '-': MIN_ID, '+': MAX_ID }
  server.moveGroup(group, ends[id] ?? idOrLast(id, parseId), read)
  return 'OK'
}

function readEntriesRead(words: Words): number {
  const read = words.number()
  if (read < -1) throw new RedisError('ERR value for ENTRIESREAD must be positive or -1')
  return read
}

function readGroup(server: RedisStreams, words: Words): Group {
  const [key, name] = [words.take(), words.take()]
  const group = server.group(mustStreamOfGroup(server, key), name)
  if (!group) throw new RedisError(`NOGROUP No such consumer group '${name}' for key name '${key}'`)
  return group
}

function mustStreamOfGroup(server: RedisStreams, key: string) {
  const stream = server.stream(key)
  if (!stream) throw new RedisError('ERR The XGROUP subcommand requires the key to exist.')
  return stream
}

export function acknowledgeCommand(server: RedisStreams, words: Words): Reply {
  const group = groupIfThere(server, words.take(), words.take())
  if (!group) return 0
  return server.acknowledge(
    group,
    words.rest().map((text) => parseId(text)),
  )
}

export function pendingCommand(server: RedisStreams, words: Words): Reply {
  const [key, name] = [words.take(), words.take()]
  if (words.left === 0) return pendingSummary(server.mustGroup(key, name))
  // What follows the consumer is not looked at, as long as there are not more than seven words.
  if (words.left < 3 || words.left > 6) refuseSyntax()
  let minIdleUs = 0
  if (words.takes('IDLE')) {
    minIdleUs = words.number() * 1000
    if (words.left < 3) refuseSyntax()
  }
  const [start, end] = [rangeStart(words.take()), rangeEnd(words.take())]
  const count = Math.max(0, words.number())
  const consumer = words.left > 0 ? words.take() : null
  const group = server.mustGroup(key, name)
  const { nowUs } = server.sim
  return pendingIn(group, start, end)
    .filter((pending) => consumer === null || pending.consumer.name === consumer)
    .filter((pending) => nowUs - pending.deliveredUs >= minIdleUs)
    .slice(0, count)
    .map(({ position, consumer, deliveredUs, count }) => [
      printId(group.stream.idAt(position)),
      consumer.name,
      Math.floor((nowUs - deliveredUs) / 1000),
      count,
    ])
}

function pendingSummary(group: Group): Reply {
  const pendings = group.pendingFrom(0)
  const [first, last] = [pendings[0], pendings.at(-1)]
  if (!first || !last) return [0, null, null, null]
  const shown = ({ position }: Pending) => printId(group.stream.idAt(position))
  const busy = group.consumers.filter(({ pending }) => pending > 0)
  const counts = busy.map(({ name, pending }) => [name, String(pending)])
  return [pendings.length, shown(first), shown(last), counts]
}

function pendingIn(group: Group, start: EntryId, end: EntryId): Pending[] {
  const { stream } = group
  const from = group.pendingFrom(stream.positionFrom(start))
  return from.filter(({ position }) => compareIds(stream.idAt(position), end) <= 0)
}

export function claimCommand(server: RedisStreams, words: Words): Reply {
  const group = server.mustGroup(words.take(), words.take())
  const request = claimRequest(server, words, 'XCLAIM')
  const ids: EntryId[] = []
  for (let id = readId(words.peek(), 0); id; id = readId(words.peek(), 0)) {
    ids.push(id)
    words.take()
  }
  const last = readClaimOptions(server, words, request)
  if (last) server.raiseLast(group, last)
  const claimed = server.claim(group, ids, request)
  const { stream } = group
  return request.justId ? shownIds(stream, claimed) : shownEntries(server, stream, claimed)
}

function claimRequest(server: RedisStreams, words: Words, command: string): ClaimRequest {
  const consumer = words.take()
  const word = words.take()
  if (!/^-?\d+$/.test(word)) {
    throw new RedisError(`ERR Invalid min-idle-time argument for ${command}`)
  }
  return {
    consumer,
    minIdleUs: Math.max(0, Number(word)) * 1000,
    deliveredUs: server.sim.nowUs,
    count: -1,
    justId: false,
    force: false,
  }
}

/** FORCE, JUSTID, IDLE ms, TIME unix-ms, RETRYCOUNT n, LASTID id; returns the last one. */
function readClaimOptions(server: RedisStreams, words: Words, request: ClaimRequest) {
  const { nowUs } = server.sim
  let last: EntryId | null = null
  while (words.left > 0) {
    if (words.takes('FORCE')) request.force = true
    else if (words.takes('JUSTID')) request.justId = true
    else if (words.takes('IDLE')) request.deliveredUs = nowUs - words.number() * 1000
    else if (words.takes('TIME')) {
      request.deliveredUs = nowUs - (server.nowMs - words.number()) * 1000
    } else if (words.takes('RETRYCOUNT')) request.count = words.number()
    else if (words.takes('LASTID')) last = parseId(words.take())
    else throw new RedisError(`ERR Unrecognized XCLAIM option '${words.take()}'`)
  }
  // A moment in the future counts as now.
  request.deliveredUs = Math.min(request.deliveredUs, nowUs)
  return last
}

export function autoClaimCommand(server: RedisStreams, words: Words): Reply {
  const [key, name] = [words.take(), words.take()]
  const request = claimRequest(server, words, 'XAUTOCLAIM')
  const start = rangeStart(words.take())
  let count = 100
  while (words.left > 0) {
    if (words.takes('COUNT')) count = words.number()
    else if (words.takes('JUSTID')) request.justId = true
    else refuseSyntax()
  }
  if (count <= 0) throw new RedisError('ERR COUNT must be > 0')
  const group = server.mustGroup(key, name)
  const { next, claimed, deleted } = server.autoClaim(group, start, count, request)
  const { stream } = group
  return [
    printId(next ?? MIN_ID),
    request.justId ? shownIds(stream, claimed) : shownEntries(server, stream, claimed),
    shownIds(stream, deleted),
  ]
}
