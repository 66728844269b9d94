/** XRANGE, XREVRANGE, XREAD, XREADGROUP. */
import { type Answer, type Reply, WAITING } from '../command.ts'
import { RedisError } from '../errors.ts'
import { type EntryId, idAfter, idBefore, MAX_HALF, MAX_ID, MIN_ID, parseId } from '../id.ts'
import type { ReadRequest } from '../reader.ts'
import type { RedisStreams } from '../server.ts'
import { refuseSyntax, type Words } from '../words.ts'
import { shownEntries, shownSlices } from './entries.ts'

export function rangeCommand(server: RedisStreams, words: Words, reverse: boolean): Reply {
  const key = words.take()
  const [first, second] = [words.take(), words.take()]
  const start = rangeStart(reverse ? second : first)
  const end = rangeEnd(reverse ? first : second)
  let count = Number.POSITIVE_INFINITY
  while (words.left > 0) {
    if (!words.takes('COUNT')) refuseSyntax()
    count = Math.max(0, words.number())
  }
  const stream = server.stream(key)
  // COUNT 0 has the reply of a missing list, not of an empty one.
  if (count === 0) return stream ? null : []
  return stream ? shownEntries(server, stream, stream.range(start, end, count, reverse)) : []
}

/** `-`, an id, or `(` and an id that is not included. */
export function rangeStart(text: string): EntryId {
  if (text === '-') return MIN_ID
  if (text === '+') return MAX_ID
  if (!text.startsWith('(')) return parseId(text)
  return idAfter(parseId(text.slice(1))) ?? refuseRange('start')
}

/** `+`, an id, or `(` and an id that is not included; milliseconds alone include all of theirs. */
export function rangeEnd(text: string): EntryId {
  if (text === '+') return MAX_ID
  if (text === '-') return MIN_ID
  if (!text.startsWith('(')) return parseId(text, MAX_HALF)
  return idBefore(parseId(text.slice(1), MAX_HALF)) ?? refuseRange('end')
}

export function readCommand(
  server: RedisStreams,
  words: Words,
  client: string,
  asGroup: boolean,
): Answer {
  const request: ReadRequest = { client, keys: [], from: [], count: 0, blockUs: -1 }
  let group: ReadRequest['group']
  let noAck = false
  while (!words.takes('STREAMS')) {
    if (words.takes('COUNT')) request.count = Math.max(0, words.number())
    else if (words.takes('BLOCK')) request.blockUs = readTimeout(words)
    else if (asGroup && words.takes('NOACK')) noAck = true
    else if (words.takes('GROUP')) {
      if (!asGroup) {
        throw new RedisError('ERR The GROUP option is only supported by XREADGROUP.')
      }
      group = { name: words.take(), consumer: words.take(), noAck: false }
    } else refuseSyntax()
  }
  if (asGroup && !group) throw new RedisError('ERR Missing GROUP option for XREADGROUP')
  if (group) request.group = { ...group, noAck }
  readStreams(server, request, words.rest())
  const slices = server.read(request)
  if (slices === 'waiting') return WAITING
  return slices && shownSlices(server, slices)
}

/** Keys and as many ids. Of each stream the group is looked for before its id is read. */
function readStreams(server: RedisStreams, request: ReadRequest, rest: readonly string[]): void {
  if (rest.length === 0 || rest.length % 2 === 1) {
    throw new RedisError('ERR Unbalanced list of streams: for each stream key an ID must be given.')
  }
  request.keys = rest.slice(0, rest.length / 2)
  request.from = rest.slice(rest.length / 2).map((text, i) => {
    if (request.group) server.mustGroup(request.keys[i] ?? '', request.group.name)
    if (text === '>' && !request.group) {
      throw new RedisError('ERR The > ID can be specified only when calling XREADGROUP')
    }
    if (text === '$' && request.group) {
      throw new RedisError('ERR The $ ID is meaningless in the context of XREADGROUP')
    }
    return text === '>' || text === '$' ? 'new' : parseId(text)
  })
}

function readTimeout(words: Words): number {
  const word = words.take()
  if (!/^-?\d+$/.test(word)) throw new RedisError('ERR timeout is not an integer or out of range')
  if (Number(word) < 0) throw new RedisError('ERR timeout is negative')
  return Number(word) * 1000
}

function refuseRange(which: string): never {
  throw new RedisError(`ERR invalid ${which} ID for the interval`)
}
