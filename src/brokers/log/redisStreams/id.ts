/**
 * Ids of stream entries: `milliseconds-sequence` (redis.io/docs/latest/develop/data-types/streams,
 * "Entry IDs"). Redis keeps two unsigned 64-bit integers; here both are doubles, exact up to 2^53, and
 * the greatest value stands for 18446744073709551615.
 */
import { RedisError } from './errors.ts'

export interface EntryId {
  readonly ms: number
  readonly seq: number
}

const MAX_TEXT = '18446744073709551615'
/** The greatest value of either half. */
export const MAX_HALF = 4_294_967_296 * 4_294_967_296
export const MIN_ID: EntryId = { ms: 0, seq: 0 }
export const MAX_ID: EntryId = { ms: MAX_HALF, seq: MAX_HALF }

export function compareIds(a: EntryId, b: EntryId): number {
  return a.ms === b.ms ? a.seq - b.seq : a.ms - b.ms
}

export function printId({ ms, seq }: EntryId): string {
  return `${printHalf(ms)}-${printHalf(seq)}`
}

/** An id; a bare number gets `seq`. Null if it is none. */
export function readId(text: string, seq: number): EntryId | null {
  const halves = /^(\d+)(?:-(\d+))?$/.exec(text)
  if (!halves) return null
  const ms = Number(halves[1])
  const given = halves[2] === undefined ? seq : Number(halves[2])
  return ms > MAX_HALF || given > MAX_HALF ? null : { ms, seq: given }
}

/** The same, refused if it is none. */
export function parseId(text: string, seq = 0): EntryId {
  return readId(text, seq) ?? refuseId()
}

export function refuseId(): never {
  throw new RedisError('ERR Invalid stream ID specified as stream command argument')
}

/** The next greater id; null after the greatest. */
export function idAfter({ ms, seq }: EntryId): EntryId | null {
  if (seq < MAX_HALF) return { ms, seq: seq + 1 }
  return ms < MAX_HALF ? { ms: ms + 1, seq: 0 } : null
}

/** The next smaller id; null before 0-0. */
export function idBefore({ ms, seq }: EntryId): EntryId | null {
  if (seq > 0) return { ms, seq: seq === MAX_HALF ? MAX_HALF - 1 : seq - 1 }
  return ms > 0 ? { ms: ms - 1, seq: MAX_HALF } : null
}

function printHalf(value: number): string {
  return value === MAX_HALF ? MAX_TEXT : String(value)
}
