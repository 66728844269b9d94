/** What the page and the worker that folds logs say to each other. */

import type { Writer } from '../../scenario/writers.ts'
import type { Change } from './foldedLog.ts'
import type { Decided, LoggedEvent } from './folding.ts'
import type { LogFormat } from './writeLog.ts'

export type { Change } from './foldedLog.ts'
export type { Decided, LoggedEvent } from './folding.ts'
export type { LogFormat } from './writeLog.ts'

/** A command as the run decided it: which state it saw, and what came of it. */
export interface Decision {
  command: number
  handler: string
  stream: string
  /** Events of the whole log that lay before the state that it saw. */
  seen: number
  body: unknown
}

/** What comes of commands if one decider decides all of them: how many events, and where streams end. */
export interface Replay {
  events: number
  rejected: number
  streams: { name: string; state: string }[]
}

/** An event card: the event, and the state of its stream before and after it. */
export interface Card extends LoggedEvent {
  before: string
  after: string
}

interface StreamSummary {
  name: string
  events: number
  /** Whose fold it has: a domain of the house, or `latest`. */
  domain: string
}

export interface LogSummary {
  events: number
  streams: StreamSummary[]
  types: string[]
  fromUs: number
  toUs: number
}

export type ProgramAnswer =
  | { ok: true; projections: string[]; decides: boolean; folded: number }
  | { ok: false; sentence: string; line: number | null; position: number }

type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!='

/** Where a value is looked for: in a stream's state. */
export interface Place {
  stream: string
  path: readonly string[]
}

/** Each question with its answer. `log` names which log is meant. */
export interface FoldQuestions {
  /** More events of the run; from 0 on they replace what was there. */
  feed: { ask: { from: number; events: LoggedEvent[]; writers: Writer[] }; answer: LogSummary }
  read: {
    ask: { file: Blob }
    answer: { ok: true; summary: LogSummary } | { ok: false; sentence: string }
  }
  /** A person's program over a log; null takes it away. */
  program: { ask: { log: LogName; source: string | null }; answer: ProgramAnswer }
  /** From now on events hold nothing of what was encrypted for these persons. */
  erase: { ask: { persons: string[] }; answer: boolean }
  cards: { ask: { log: LogName; stream: string; from: number; to: number }; answer: Card[] }
  tables: { ask: { log: LogName; count: number }; answer: { name: string; rows: unknown }[] }
  state: { ask: { log: LogName; stream: string; count: number }; answer: string }
  changes: {
    ask: Place & { log: LogName; count: number }
    answer: { total: number; latest: (Change & { event: LoggedEvent })[] }
  }
  find: {
    ask: Place & {
      log: LogName
      comparison: Comparison
      value: number
      from: number
      which: 'first' | 'previous' | 'next' | 'last'
    }
    answer: { position: number; version: number } | null
  }
  /** How many events lie at or before a time, in the log and in a stream. */
  countAt: {
    ask: { log: LogName; stream: string; timeUs: number }
    answer: { count: number; version: number }
  }
  /** A stream's event. */
  event: { ask: { log: LogName; stream: string; version: number }; answer: LoggedEvent | null }
  /** The event at a position of the whole log. */
  eventAt: { ask: { log: LogName; position: number }; answer: LoggedEvent | null }
  decide: { ask: { log: LogName; decisions: Decision[] }; answer: Decided[] }
  /** Commands decided anew, one after the other, after the first `from` events of the log. */
  replay: { ask: { log: LogName; from: number; decisions: Decision[] }; answer: Replay }
  write: { ask: { log: LogName; format: LogFormat; source: string }; answer: Blob }
}

/** The run's own log, or the one that was read from a file. */
export type LogName = 'run' | 'file'
export type FoldQuestion = keyof FoldQuestions

export type FoldRequest = {
  [N in FoldQuestion]: { id: number; name: N; ask: FoldQuestions[N]['ask'] }
}[FoldQuestion]

export type FoldReply = { id: number; answer: unknown } | { id: number; failed: string }
