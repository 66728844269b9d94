/**
 * How many entries a group has read and how many it has not: known exactly as long as no entry was
 * deleted out of the middle (redis.io/docs/latest/commands/xinfo-groups, "Consumer group lag").
 */
import type { Group } from './group.ts'
import { compareIds, type EntryId, MIN_ID } from './id.ts'
import type { Stream } from './stream.ts'

/** Entries read once the one at `position` is read, -1 if unknown; `before` is what it was. */
export function entriesReadAt(stream: Stream, position: number, before: number): number {
  const id = stream.idAt(position)
  if (before !== -1 && !hasHolesFrom(stream, id)) return before + 1
  return stream.added === 0 ? before : estimate(stream, id)
}

/** Entries that the group has still to read; null if that cannot be known. */
export function lagOf({ stream, last, entriesRead }: Group): number | null {
  if (stream.added === 0) return 0
  if (entriesRead !== -1 && !hasHolesFrom(stream, last)) return stream.added - entriesRead
  const read = estimate(stream, last)
  return read === -1 ? null : stream.added - read
}

/** The same; where that cannot be known, the entries behind the last that the group was given. */
export function entriesAhead(group: Group): number {
  const { stream, nextPosition } = group
  return lagOf(group) ?? stream.tail - Math.max(stream.first, nextPosition)
}

function hasHolesFrom(stream: Stream, id: EntryId): boolean {
  if (stream.length === 0 || compareIds(stream.maxDeleted, MIN_ID) === 0) return false
  // Every entry that was deleted lies before the first.
  if (compareIds(stream.firstId, stream.maxDeleted) > 0) return false
  return compareIds(id, stream.maxDeleted) <= 0
}

function estimate(stream: Stream, id: EntryId): number {
  if (stream.added === 0) return 0
  const toLast = compareIds(id, stream.last)
  if (stream.length === 0 && toLast < 1) return stream.added
  if (toLast === 0) return stream.added
  if (toLast > 0) return -1
  const toFirst = compareIds(id, stream.firstId)
  const isWhole =
    compareIds(stream.maxDeleted, MIN_ID) === 0 || compareIds(stream.maxDeleted, stream.firstId) < 0
  if (isWhole && toFirst < 0) return stream.added - stream.length
  if (isWhole && toFirst === 0) return stream.added - stream.length + 1
  return -1
}
