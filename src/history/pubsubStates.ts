/** States of the nodes of pub/sub in a frame: places, streams and their consumers, subscribers, requesters. */
import type { CrashPoint } from '../clients/client.ts'
import type { Effect, Held, Job, StateBase } from './frame.ts'

/** A subject or channel that a place has seen. */
export interface SeenSubject {
  subject: string
  count: number
  /** Copies that went out of the last one. */
  copies: number
  /** A stream keeps it. */
  kept: boolean
  lastMessage: number
  lastUs: number
}

/** What a place that keeps nothing knows of what went through it. */
interface PlaceBase extends StateBase {
  published: number
  unheard: number
  /** In the order in which they were first seen. */
  subjects: SeenSubject[]
  /** Subscriptions that it knows of now. */
  subscriptions: number
}
export interface NatsServerState extends PlaceBase {
  kind: 'natsServer'
}
export interface RedisServerState extends PlaceBase {
  kind: 'redisServer'
}
export interface NatsStreamState extends StateBase {
  kind: 'natsStream'
  /** It does not exist (any more), or the server refused to make it. */
  gone: boolean
  retention: 'limits' | 'interest' | 'workqueue'
  first: number
  last: number
  count: number
  bytes: number
  /** The last `LISTED_MAX` that are there, oldest first. */
  kept: { sequence: number; message: number; clock?: { fromUs: number; untilUs: number } }[]
  duplicates: number
  refused: number
  /** Gone by a limit, by age; because all whom it concerned settled it. */
  limited: number
  settled: number
}
export interface NatsConsumerState extends StateBase {
  kind: 'natsConsumer'
  gone: boolean
  push: boolean
  filter: string
  /** Messages still to be sent for the first time; the next of them. */
  pending: number
  next: Held[]
  /** Sent and not settled: how often, and until when. */
  ackPending: (Held & { sequence: number; count: number })[]
  ackPendingCount: number
  /** To be sent again, in this order. */
  again: Held[]
  /** All up to this stream sequence is settled. */
  floor: number
  waitingPulls: number
  /** Push: whether someone listens. */
  active: boolean
  /** It holds back: max ack pending is reached. */
  stalled: boolean
  headersOnly: boolean
  acked: number
  redelivered: number
  gaveUp: number
}
/** A message that passed a subscriber by. */
export interface Missed {
  message: number
  /** `offline`, `slow consumer` … */
  why: string
}
interface SubscriberBase extends StateBase {
  online: boolean
  /** It has not joined yet. */
  joined: boolean
  jobs: Job[]
  jobCount: number
  processed: number
  failed: number
  received: number
  redelivered: number
  /** The latest that passed it by since it was last there, newest last; and how many in all. */
  missed: Missed[]
  missedCount: number
  paused: boolean
  crashPoint: CrashPoint | null
  effects: Effect[]
  /** Filters that differ from the document by an action, by id of link. */
  filters: Record<string, string>
}
export interface NatsSubscriberState extends SubscriberBase {
  kind: 'natsSubscriber'
  queueGroup: string
  /** Messages that its present request may still bring. */
  expected: number
  /** When it last heard from a consumer with heartbeats, null without one; and whether it says that this is too long ago. */
  heardUs: number | null
  unheard: boolean
}
export interface RedisSubscriberState extends SubscriberBase {
  kind: 'redisSubscriber'
}
export interface NatsRequesterState extends StateBase {
  kind: 'natsRequester'
  published: number
  nextAtUs: number | null
  /** Requests that wait for their reply, and until when. */
  awaited: (Held & { clock: { fromUs: number; untilUs: number } })[]
  awaitedCount: number
  replied: number
  noResponders: number
  timedOut: number
  ignored: number
  paused: boolean
  /** The latest replies, newest last. */
  effects: Effect[]
}
