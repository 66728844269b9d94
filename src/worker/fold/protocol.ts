/** What the page and the worker that folds logs say to each other. */

import type { Writer } from '../../scenario/writers.ts'
import type { Change } from './foldedLog.ts'
import type { Decided, LoggedEvent } from './folding.ts'
import type { CellPlace } from './rows.ts'
import type { LogFormat } from './writeLog.ts'

export type { Change } from './foldedLog.ts'
export type { Decided, LoggedEvent } from './folding.ts'
export type { LogFormat } from './writeLog.ts'

/** A command of the run that is decided anew, with the fact at which the run had decided it. */
export interface AskedCommand {
  command: number
  stream: string
  body: unknown
  factIndex: number
  timeUs: number
}

/** The history that a decider makes of the commands of a run: it stands beside what happened. */
export interface Redecided {
  summary: LogSummary
  events: LoggedEvent[]
  /** What came of each command. */
  outcomes: Decided[]
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

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!='

/** Where a value is looked for: in a stream's state. */
export interface Place {
  stream: string
  path: readonly string[]
}

/** Where a number is: in a stream's state, or in a table of the person's own. */
export type NumberPlace = Place | { table: string; place: CellPlace }

/** Each question with its answer. `log` names which log is meant. */
export interface FoldQuestions {
  /** More events of the run; from 0 on they replace what was there. */
  feed: { ask: { from: number; events: LoggedEvent[]; writers: Writer[] }; answer: LogSummary }
  read: {
    ask: { file: Blob }
    answer: { ok: true; summary: LogSummary; repeated: number } | { ok: false; sentence: string }
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
  /** What made a cell of one of the person's tables what it is after so many events. */
  cell: {
    ask: { log: LogName; table: string; place: CellPlace; count: number }
    answer: { latest: (Change & { event: LoggedEvent })[]; cut: boolean }
  }
  /** Where in the log a value is so: from after so many events up to after so many, in turn. */
  spans: {
    ask: { log: LogName; comparison: Comparison; value: number } & NumberPlace
    answer: [from: number, to: number][]
  }
  /** The event after which a value begins to be so, with the value before and after it. */
  find: {
    ask: NumberPlace & {
      log: LogName
      comparison: Comparison
      value: number
      from: number
      which: 'first' | 'previous' | 'next' | 'last'
    }
    answer: Change | null
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
  /**
   * Commands of the run decided anew by a person's program, each on what came of those before it. What came of
   * no such command stays where it is.
   */
  decided: { ask: { source: string; commands: AskedCommand[] }; answer: Redecided }
  write: { ask: { log: LogName; format: LogFormat; source: string }; answer: Blob }
}

/** The run's own log, the one that was read from a file, or the run's as a person's decider has it. */
export type LogName = 'run' | 'file' | 'decided'
export type FoldQuestion = keyof FoldQuestions

export type FoldRequest = {
  [N in FoldQuestion]: { id: number; name: N; ask: FoldQuestions[N]['ask'] }
}[FoldQuestion]

/** `goesOn` is no answer yet: a part of the work is done. */
export type FoldReply =
  | { id: number; answer: unknown }
  | { id: number; failed: string }
  | { id: number; goesOn: true }
