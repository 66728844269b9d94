/** States of event stores and of those who write to them and follow them in a frame, and of services with a database. */
import type { CrashPoint } from '../clients/client.ts'
import type { HandlerConflict, StoreConflict } from './conflict.ts'
import type { Effect, Job, StateBase } from './frame.ts'

export interface StoredEvent {
  message: number
  type: string
  data: unknown
  /** Which shape its data has. */
  schemaVersion: number
  /** Version in its stream, from 0; position in the store, from 0. */
  version: number
  position: number
}

export interface EventStoreState extends StateBase {
  kind: 'eventStore'
  /** Number of events in the store. */
  position: number
  /** The last `LISTED_MAX` events of each stream, and the fold of the whole stream (`{balance: 50}`) after each of them. */
  streams: {
    name: string
    version: number
    events: StoredEvent[]
    folds: unknown[]
    deleted: 'no' | 'softly' | 'forGood'
    /** The first version that can be read. */
    first: number
  }[]
  /** Streams that there are; the first `LISTED_MAX` are listed. */
  streamCount: number
  /** The latest appends that were refused: who lost, who had written before, and the version each expected. */
  conflicts: StoreConflict[]
  conflictCount: number
  /** Keys of persons that were deleted. */
  keysDeleted: number
}

export interface CommandHandlerState extends StateBase {
  kind: 'commandHandler'
  jobs: Job[]
  jobCount: number
  accepted: number
  /** The last `LISTED_MAX` commands that it turned down, and how many there were. */
  rejected: { message: number; atUs: number; reason: string }[]
  rejectedCount: number
  /** Appends of its own that were refused; the latest of them are listed, newest first. */
  conflicts: number
  conflicted: HandlerConflict[]
  /** What the last loading has cost, if that is counted. */
  cost: { folded: number; bytes: number; us: number; from: number } | null
  snapshots: number
  snapshot: { stream: string; version: number; schema: string; bytes: number } | null
}

/** How far a reader of a store is. */
interface Place {
  /** Position up to which (exclusive) it is done: in all streams, or in what it is subscribed to. */
  position: number
  /** What it is subscribed to; empty for all streams. */
  source: string
  /** The position in the store behind the last event that it is done with. */
  reached: number
  lag: number
}

export interface ProjectionState extends StateBase, Place {
  kind: 'projection'
  /** The read model: rows of named cells. */
  rows: Record<string, unknown>[]
  jobs: Job[]
  /** Events that were applied twice, and events that never were: what a crash between two writes leaves. */
  twice: number
  missed: number
  /** It cannot read the event at its position. */
  stopped: boolean
  /** The table that is being built beside the one that is read. */
  building: { position: number; rows: Record<string, unknown>[] } | null
  /** Answers that held what the reader had written, answers that did not, and queries that wait. */
  fresh: number
  stale: number
  waiting: number
  crashPoint: CrashPoint | null
}

export interface RelayState extends StateBase, Place {
  kind: 'relay'
  relayed: number
  crashPoint: CrashPoint | null
}

/** A persistent subscription, as its store keeps it. */
interface GroupState {
  /** Everything before it is done: the place at which a restart of the store goes on. */
  checkpoint: number
  /** Deliveries that members hold, and events that wait to be tried again. */
  inFlight: number
  /** The first `LISTED_MAX` of those deliveries, oldest first: the node that holds each, and how often it went out. */
  out: { message: number; by: string; attempt: number }[]
  toRetry: number
  /** Events that were given up: how many, and the last `LISTED_MAX`. */
  parkedCount: number
  parked: number[]
}

export interface ProcessManagerState extends StateBase, Place {
  kind: 'processManager'
  jobs: Job[]
  jobCount: number
  /** Commands sent, those on which nothing has followed yet, and those given up. */
  sent: number
  waiting: number[]
  stuck: number[]
  effects: Effect[]
  effectCount: number
  stopped: boolean
  /** Of a member of a persistent subscription: the group's own state. */
  group: GroupState | null
  crashPoint: CrashPoint | null
}

export interface ServiceState extends StateBase {
  kind: 'service'
  jobs: Job[]
  jobCount: number
  rowCount: number
  /** The latest rows: the command of each, how often it was told of, and whether that is marked. */
  rows: { message: number; told: number; marked: boolean }[]
  announced: number
  marked: number
  hasRelay: boolean
  /**
   * Its relays: the commands of the rows that each has taken up, or that its lease keeps from others after its
   * death, and until when that lasts (-1: there is no lease).
   */
  relays: { down: boolean; publishing: boolean; rows: number[]; untilUs: number }[]
  missing: number
  ghosts: number
  twice: number
  crashPoint: CrashPoint | null
}
