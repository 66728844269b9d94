/** Programming errors stop here, in production too: a broken invariant must never be drawn as truth. */

/** Thrown by `assert`: our bug, shown to the person with a link that replays it. */
export class AssertionError extends Error {
  override name = 'AssertionError'
}

/** Throws `AssertionError` with `message` (put the values in it) unless `condition` holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message)
}

/** The value, which must exist; `what` names it in the error. */
export function must<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new AssertionError(`${what} is missing`)
  return value
}
