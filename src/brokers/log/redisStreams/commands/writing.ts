/** XADD, XLEN, XDEL, XTRIM, XSETID. */
import type { Reply, Sender } from '../command.ts'
import { RedisError } from '../errors.ts'
import { type EntryId, MIN_ID, parseId, printId } from '../id.ts'
import type { IdRequest, RedisStreams } from '../server.ts'
import { APPROXIMATE_LIMIT, type Trim } from '../stream.ts'
import { refuseSyntax, type Words } from '../words.ts'
import { mustStream } from './entries.ts'

export function addCommand(server: RedisStreams, words: Words, sender: Sender): Reply {
  const key = words.take()
  let makes = true
  let trim: Trim | undefined
  for (;;) {
    if (words.takes('NOMKSTREAM')) makes = false
    else if (words.peek() === 'MAXLEN' || words.peek() === 'MINID') {
      if (trim) refuseSyntax()
      trim = readTrim(words)
    } else break
  }
  const id = readIdRequest(words.take())
  const fields = words.rest()
  if (fields.length === 0 || fields.length % 2 === 1) {
    throw new RedisError("ERR wrong number of arguments for 'xadd' command")
  }
  const added = server.add(key, id, sender.message(fields), trim, makes)
  return added && printId(added)
}

export function lengthCommand(server: RedisStreams, words: Words): Reply {
  return server.stream(words.take())?.length ?? 0
}

export function deleteCommand(server: RedisStreams, words: Words): Reply {
  const stream = server.stream(words.take())
  if (!stream) return 0
  return server.delete(
    stream,
    words.rest().map((text) => parseId(text)),
  )
}

export function trimCommand(server: RedisStreams, words: Words): Reply {
  const stream = server.stream(words.take())
  const trim = readTrim(words)
  if (words.left > 0) refuseSyntax()
  return stream ? server.trim(stream, trim) : 0
}

export function setIdCommand(server: RedisStreams, words: Words): Reply {
  const key = words.take()
  const last = parseId(words.take())
  const given: { added?: number; maxDeleted?: EntryId } = {}
  while (words.left > 0) {
    if (words.takes('ENTRIESADDED')) given.added = readAdded(words)
    else if (words.takes('MAXDELETEDID')) given.maxDeleted = parseId(words.take())
    else refuseSyntax()
  }
  server.setId(mustStream(server, key), last, given)
  return 'OK'
}

function readAdded(words: Words): number {
  const added = words.number()
  if (added < 0) throw new RedisError('ERR entries_added must be positive')
  return added
}

/** MAXLEN | MINID [= | ~] threshold [LIMIT count] */
function readTrim(words: Words): Trim {
  const by = words.peek()
  if (by !== 'MAXLEN' && by !== 'MINID') refuseSyntax()
  words.take()
  const approximate = words.takes('~')
  if (!approximate) words.takes('=')
  const trim: Trim = {
    by,
    approximate,
    length: by === 'MAXLEN' ? words.number() : 0,
    id: by === 'MINID' ? parseId(words.take()) : MIN_ID,
    limit: approximate ? APPROXIMATE_LIMIT : 0,
  }
  if (trim.length < 0) throw new RedisError('ERR The MAXLEN argument must be >= 0.')
  if (words.takes('LIMIT')) {
    if (!approximate) {
      throw new RedisError('ERR syntax error, LIMIT cannot be used without the special ~ option')
    }
    trim.limit = words.number()
    if (trim.limit < 0) throw new RedisError('ERR The LIMIT argument must be >= 0.')
  }
  return trim
}

/** `*`, `ms-*` or an id. */
function readIdRequest(text: string): IdRequest {
  if (text === '*') return 'auto'
  const within = /^(\d+)-\*$/.exec(text)
  return within ? { ms: Number(within[1]) } : parseId(text)
}
