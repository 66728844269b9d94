/** What happened at an event store so far, from where the page has it: a long run comes in several answers. */
import type { History } from '../../history/history.ts'
import {
  type CommandMark,
  type KeepingMark,
  type ReadMark,
  type StoreEvent,
  StoreLogReader,
} from '../../history/storeLog.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

/** Of each list in one answer: what the page takes in without a pause that is felt. */
const LISTED_MAX = 4_000

/** One reader a run and store: it goes on where it stopped. */
const readers = new WeakMap<History, Map<string, StoreLogReader>>()

export interface StoreLog {
  events: StoreEvent[]
  commands: CommandMark[]
  reads: ReadMark[]
  /** All of them: they are few. */
  keepings: KeepingMark[]
  /** There is more than fits in one answer. */
  more: boolean
}

/** How much of each list the page has. */
interface Ask {
  store: string
  events: number
  commands: number
  reads: number
}

export function* answerStoreLog(
  { history }: Asked,
  ask: Ask,
): Generator<undefined, StoreLog, undefined> {
  const known = readers.get(history) ?? new Map<string, StoreLogReader>()
  readers.set(history, known)
  const reader = known.get(ask.store) ?? new StoreLogReader(history, ask.store)
  known.set(ask.store, reader)
  const until = history.factCount
  while (reader.seen < until) {
    reader.read(Math.min(until, reader.seen + STEP_FACTS))
    yield
  }
  const part = <T>(list: T[], from: number) => list.slice(from, from + LISTED_MAX)
  const events = part(reader.events, ask.events)
  const commands = part(reader.commands, ask.commands)
  const reads = part(reader.reads, ask.reads)
  const isAll =
    ask.events + events.length === reader.events.length &&
    ask.commands + commands.length === reader.commands.length &&
    ask.reads + reads.length === reader.reads.length
  return { events, commands, reads, keepings: reader.keepings, more: !isAll }
}
