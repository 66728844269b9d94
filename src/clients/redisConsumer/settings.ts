/** Parameters of the clients of Redis streams, as the scenario document states them. */
import type { Duration } from '../../engine/distributions.ts'
import type { InboxSettings } from '../client.ts'

interface EntryWork extends InboxSettings {
  service: Duration
  /** COUNT: most entries of one answer. */
  count: number
  /** BLOCK: how long a read waits for an entry; 0 = for ever. */
  blockMs: number
  /** Share of entries whose handler throws, 0 to 1. */
  failureRate?: number
  /** Every entry whose body has this text in it makes its handler throw. */
  failOn?: string
  /** It starts at this moment; at once unless stated. */
  startAtMs?: number
  /** It crashes at this moment, and comes back so long after. */
  crashAtMs?: number
  restartAfterMs?: number
  effect?: string
  output?: string
}

/** A consumer of a group (XREADGROUP): takes entries, works on them one by one, acknowledges each. With a link out it is a service. */
export interface RedisConsumerSettings extends EntryWork {
  /** XACK after the work on an entry or before it; or NOACK, so that nothing is ever pending. */
  ack: 'after' | 'before' | 'noack'
  /** As it starts it first reads what is pending under its name (XREADGROUP with 0). */
  readsPending?: boolean
  /** XAUTOCLAIM so often, of entries that have been idle for so long (0 unless stated). */
  claimEveryMs?: number
  minIdleMs?: number
  /** An own rule, not one of Redis: what was delivered more often is set aside. */
  maxDeliveries?: number
  /** Id of the stream to which it is set aside (XADD, then XACK); without one it is only acknowledged. */
  deadLetters?: string
}

/** Reads a stream without a group (XREAD), and remembers only in memory how far it has come. */
export interface RedisReaderSettings extends EntryWork {
  /** From where it reads as it starts: `$` (what comes from then on), `0`, or an id. */
  from: string
}
