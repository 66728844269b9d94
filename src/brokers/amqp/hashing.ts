/**
 * How a consistent-hash exchange finds a bucket: filled by `consistentHash.ts` when that is loaded, as few scenarios
 * have such an exchange.
 */
import type { HeaderValue } from './properties.ts'

interface Hashing {
  /** Bucket of a text (a routing key, a property), from 0, among `buckets`. */
  ofText(text: string, buckets: number): number
  /** The same of a header's value with its type, or of what is not there. */
  ofHeader(value: HeaderValue | undefined, buckets: number): number
}

export const hashing: { bucket: Hashing | null } = { bucket: null }
