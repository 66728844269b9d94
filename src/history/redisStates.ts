/** States of Redis streams, their groups and those who read them in a frame. */
import type { CrashPoint } from '../clients/client.ts'
import type { Phase } from '../clients/redisConsumer/entryWorker.ts'
import type { Effect, Held, Job, StateBase } from './frame.ts'

/** An entry that was given to a consumer of a group and is not acknowledged. */
export interface PendingEntry extends Held {
  position: number
  /** Its id: `1500-0`. */
  entry: string
  /** The name of the consumer under which it is pending, and its node if there is one. */
  by: string
  node: string | null
  /** How often it was delivered, and when last. */
  count: number
  deliveredUs: number
  /** The stream does not have it any more. */
  gone: boolean
}

/** How far a group has come in its stream. */
export interface RedisGroupProgress {
  /** Its name, and its node. */
  name: string
  node: string
  /** Its last-delivered-id, and the position of the entry after it. */
  last: string
  next: number
  /** Entries still to deliver; null where Redis cannot know. */
  lag: number | null
  pending: PendingEntry[]
  pendingCount: number
  /** Entries that went before it was given them, and while they were pending. */
  unreadGone: number
  pendingGone: number
}

export interface RedisStreamState extends StateBase {
  kind: 'redisStream'
  length: number
  added: number
  /** Positions from `first` to `tail` are there, but for what was deleted. */
  first: number
  tail: number
  last: string
  /** The last `LISTED_MAX` positions, gone ones too. */
  entries: { position: number; entry: string; message: number; gone: boolean }[]
  groups: RedisGroupProgress[]
  /** How it is trimmed, in words; null if it is not. */
  trimming: string | null
}

export interface RedisGroupState extends StateBase, RedisGroupProgress {
  kind: 'redisGroup'
  id: string
  /** It is not there: not made yet, or destroyed if it was made once. */
  gone: boolean
  wasMade: boolean
  /** The next entries that it delivers. */
  ahead: Held[]
  acked: number
  /** Those that the server knows, with what is pending under each name, and whether one of that name waits in a read. */
  consumers: {
    name: string
    node: string | null
    pending: number
    seenUs: number
    waits: boolean
  }[]
  /** From when on an idle entry is taken over by somebody: the least min-idle-time among its consumers, -1 if nobody does. */
  minIdleUs: number
}

interface EntryWorkerState extends StateBase {
  phase: Phase
  /** Its read waits at the server. */
  waits: boolean
  jobs: Job[]
  jobCount: number
  /** COUNT. */
  count: number
  received: number
  redelivered: number
  processed: number
  failed: number
  paused: boolean
  crashPoint: CrashPoint | null
  effects: Effect[]
}
export interface RedisConsumerState extends EntryWorkerState {
  kind: 'redisConsumer'
  ack: 'after' | 'before' | 'noack'
  /** Pending under its name. */
  pending: number
  setAside: number
  /** Entries that had no fields any more when they came. */
  foundGone: number
}
export interface RedisReaderState extends EntryWorkerState {
  kind: 'redisReader'
  /** The id of the last entry that it got; null before the first. */
  last: string | null
  /** Entries after it. */
  unread: number
}
