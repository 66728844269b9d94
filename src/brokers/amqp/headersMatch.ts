/**
 * Headers exchanges: a binding's arguments against a message's headers; the routing key is ignored
 * (rabbitmq.com/docs/exchanges#headers; AMQP 0-9-1, 3.1.3.4). An argument without a value (null) asks only
 * that the header is there.
 */
import type { Headers, HeaderValue } from './properties.ts'

/** `-with-x` also looks at headers that begin with `x-`, which the plain forms leave out. */
export const X_MATCH = ['all', 'any', 'all-with-x', 'any-with-x'] as const

export function matchesHeaders(args: Headers, headers: Headers | null): boolean {
  const how = args['x-match']
  const any = how === 'any' || how === 'any-with-x'
  const withX = how === 'all-with-x' || how === 'any-with-x'
  for (const [name, wanted] of Object.entries(args)) {
    if (name === 'x-match' || (!withX && name.startsWith('x-'))) continue
    const value = headers?.[name]
    const met = value !== undefined && (wanted === null || equal(wanted, value))
    if (met === any) return any
  }
  return !any
}

/** RabbitMQ compares values without their types: an empty list is an empty table (`headers_match/5`). */
function equal(a: HeaderValue, b: HeaderValue): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [as, bs] = [Object.entries(a), b as Record<string, HeaderValue>]
  return (
    as.length === Object.keys(b).length &&
    (Array.isArray(a) === Array.isArray(b) || as.length === 0) &&
    as.every(([name, value]) => bs[name] !== undefined && equal(value, bs[name]))
  )
}
