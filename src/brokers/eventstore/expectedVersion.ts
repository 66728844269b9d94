/**
 * Optimistic concurrency: a writer says which version it saw, and the store refuses the append if the
 * stream has moved on. With the check for repeated writes this is the whole decision of an append.
 */

/** Append whatever the version is. */
export const ANY = -2
/** Append only if there is no such stream: its version is -1. */
export const NO_STREAM = -1

/** Append only if there is such a stream, at whatever version. */
export const STREAM_EXISTS = -4

/** A version from 0, `NO_STREAM`, `ANY` or `STREAM_EXISTS`. */
export type ExpectedVersion = number

export type Verdict = 'append' | 'repeat' | 'conflict'

/** What the check looks at: the stream's version, and where a write's events already are in it. */
export interface Present {
  /** Version of the last event, -1 if there is no stream. */
  readonly version: number
  /** Deleted softly: nothing can be read, but its versions go on. */
  readonly isDeleted?: boolean
  /** Version under which the stream holds the event with this id, -1 if it does not. */
  versionOf(id: number): number
  /** Id of the event with this version. */
  idAt(version: number): number
}

/**
 * Decides about an append of the events `ids`.
 *
 * Models KurrentDB's "Optimistic concurrency & idempotence": equal to the present version, write; above
 * it, conflict; below it, compare the ids from there on: all the same means that the writer repeats
 * itself and is told of its success again, anything else is a conflict. With `ANY` the ids alone are
 * compared: all there, repeated; none there, write; some there, conflict. `STREAM_EXISTS` is the same for
 * a stream that is there. A stream that was deleted softly takes what expects no stream, too.
 * Left out: that KurrentDB may forget old ids under `ANY`.
 */
export function judge(
  expected: ExpectedVersion,
  ids: readonly number[],
  present: Present,
): Verdict {
  if (expected === STREAM_EXISTS && (present.version < 0 || present.isDeleted)) return 'conflict'
  if (expected === NO_STREAM && present.isDeleted) return 'append'
  if (expected === ANY || expected === STREAM_EXISTS) {
    const known = ids.filter((id) => present.versionOf(id) >= 0).length
    if (known === 0) return 'append'
    return known === ids.length ? 'repeat' : 'conflict'
  }
  if (expected === present.version) return 'append'
  const last = expected + ids.length
  if (expected > present.version || last > present.version) return 'conflict'
  return ids.every((id, i) => present.idAt(expected + 1 + i) === id) ? 'repeat' : 'conflict'
}

/** The expectation in words: `version 2`, `no stream`, `any version`. */
export function expectationText(expected: ExpectedVersion): string {
  if (expected === ANY) return 'any version'
  if (expected === STREAM_EXISTS) return 'that the stream exists'
  return expected === NO_STREAM ? 'no stream' : `version ${expected}`
}
