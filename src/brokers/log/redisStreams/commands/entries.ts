/** Streams, ids and entries as they are written in commands and shown in replies. */
import type { Records } from '../../../../engine/records.ts'
import type { Reply } from '../command.ts'
import { RedisError } from '../errors.ts'
import type { Group } from '../group.ts'
import { type EntryId, printId } from '../id.ts'
import type { Slice } from '../reader.ts'
import type { RedisStreams } from '../server.ts'
import type { Stream } from '../stream.ts'

/** Properties of an entry: its fields and values in turn. */
export interface EntryProps {
  fields: readonly string[]
}

export function shownEntry(server: RedisStreams, stream: Stream, position: number): Reply {
  return [
    printId(stream.idAt(position)),
    stream.isThere(position) ? fieldsOf(server.sim.records, stream.messageAt(position)) : null,
  ]
}

export function shownEntries(server: RedisStreams, stream: Stream, positions: readonly number[]) {
  return positions.map((position) => shownEntry(server, stream, position))
}

export function shownSlices(server: RedisStreams, slices: readonly Slice[]): Reply {
  return slices.map(({ stream, positions }) => [
    stream.key,
    shownEntries(server, stream, positions),
  ])
}

export function shownIds(stream: Stream, positions: readonly number[]): Reply[] {
  return positions.map((position) => printId(stream.idAt(position)))
}

/** An entry whose message has no fields of its own shows its body. */
function fieldsOf(records: Records, message: number): readonly string[] {
  const props = records.messages.props(message)
  if (props === -1) return ['body', records.body(message)]
  return records.rowAt<EntryProps>(props).fields
}

/** `$` is null: the stream's last id. */
export function idOrLast(text: string, parse: (text: string) => EntryId): EntryId | null {
  return text === '$' ? null : parse(text)
}

export function mustStream(server: RedisStreams, key: string): Stream {
  const stream = server.stream(key)
  if (!stream) throw new RedisError('ERR no such key')
  return stream
}

/** Null if there is no such stream or group: some commands answer 0 then. */
export function groupIfThere(server: RedisStreams, key: string, name: string): Group | null {
  const stream = server.stream(key)
  return (stream && server.group(stream, name)) ?? null
}
