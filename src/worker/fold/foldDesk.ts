/** Holds the logs that are folded, each with the fold in force, and answers questions about them. */
import { deciderOf, type Writer } from '../../scenario/writers.ts'
import { BuiltInFolding, foldOfEvents, nameOfFold } from './builtIn.ts'
import { type Change, FoldedLog, valueAt } from './foldedLog.ts'
import type { LoggedEvent } from './folding.ts'
import { ProgramFolding, SandboxRefusal } from './program.ts'
import type {
  Card,
  Comparison,
  FoldQuestion,
  FoldQuestions,
  LogName,
  LogSummary,
  ProgramAnswer,
  Redecided,
} from './protocol.ts'
import { readLog } from './readLog.ts'
import { redecide } from './redecide.ts'
import { writeLog } from './writeLog.ts'

/** Cards of one answer: more than fit on any screen. */
const CARDS_MAX = 400

type Answers = {
  [N in FoldQuestion]: (
    ask: FoldQuestions[N]['ask'],
  ) => FoldQuestions[N]['answer'] | Promise<FoldQuestions[N]['answer']>
}

/** A log under the fold of the house and, if there is one, under a person's. */
class Shelf {
  events: LoggedEvent[] = []
  /** As they were written; `events` are without what is encrypted for `erased` persons. */
  private written: LoggedEvent[] = []
  private erased: ReadonlySet<string> = new Set()
  private writers: readonly Writer[] = []
  /** Positions of each stream's events by version. */
  readonly streams = new Map<string, number[]>()
  /** The latest time up to each event: a log from elsewhere may go back. */
  times: number[] = []
  types = new Set<string>()
  own: FoldedLog | null = null
  private house: FoldedLog | null = null

  get folded(): FoldedLog {
    if (this.own) return this.own
    this.house ??= new FoldedLog(this.events, new BuiltInFolding(this.foldOf()))
    return this.house
  }

  clear(): void {
    this.events = []
    this.written = []
    this.times = []
    this.types = new Set()
    this.streams.clear()
    this.own = null
    this.house = null
  }

  private foldOf() {
    const { writers } = this
    if (writers.length === 0) return foldOfEvents(this.events)
    return (stream: string) => deciderOf(writers, stream)
  }

  add(events: readonly LoggedEvent[], writers: readonly Writer[]): void {
    for (const event of events) {
      this.written.push(event)
      this.events.push(this.open(event))
      this.times.push(Math.max(event.timeUs, this.times.at(-1) ?? event.timeUs))
      this.types.add(event.type)
      const positions = this.streams.get(event.stream) ?? []
      this.streams.set(event.stream, positions)
      positions.push(event.position)
    }
    if (this.writers.length !== writers.length) this.house = null
    this.writers = writers
  }

  /** Leaves out what is encrypted for these persons; returns whether that changes anything. */
  erase(persons: readonly string[]): boolean {
    if (persons.length === this.erased.size && persons.every((each) => this.erased.has(each))) {
      return false
    }
    this.erased = new Set(persons)
    this.events = this.written.map((event) => this.open(event))
    this.own = null
    this.house = null
    return true
  }

  private open(event: LoggedEvent): LoggedEvent {
    const { person, personal } = (event.meta ?? {}) as { person?: unknown; personal?: unknown }
    if (typeof person !== 'string' || !this.erased.has(person)) return event
    if (!Array.isArray(personal)) return event
    const gone = Object.fromEntries(personal.map((field) => [String(field), null]))
    return { ...event, data: { ...(event.data as object), ...gone } }
  }

  /** Events at or before a time. */
  countAt(timeUs: number): number {
    let low = 0
    let high = this.times.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.times[middle] ?? 0) <= timeUs) low = middle + 1
      else high = middle
    }
    return low
  }

  /** How many events of a stream are among the first `count` of the log. */
  versionsBefore(stream: string, count: number): number {
    const positions = this.streams.get(stream) ?? []
    let low = 0
    let high = positions.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((positions[middle] ?? 0) < count) low = middle + 1
      else high = middle
    }
    return low
  }

  get summary(): LogSummary {
    const foldOf = this.foldOf()
    const streams = [...this.streams].slice(0, 1_000).map(([name, positions]) => {
      return { name, events: positions.length, domain: nameOfFold(foldOf(name)) }
    })
    return {
      events: this.events.length,
      streams,
      types: [...this.types].slice(0, 100),
      fromUs: this.times[0] ?? 0,
      toUs: this.times.at(-1) ?? 0,
    }
  }
}

export class FoldDesk {
  private readonly shelves: Record<LogName, Shelf> = {
    run: new Shelf(),
    file: new Shelf(),
    decided: new Shelf(),
  }
  private readonly wasm: string | undefined
  private readonly onward: () => void

  /** `onward` is told, during a long answer, that it goes on. */
  constructor(wasm?: string, onward: () => void = () => {}) {
    this.wasm = wasm
    this.onward = onward
  }

  answer<N extends FoldQuestion>(name: N, ask: FoldQuestions[N]['ask']): unknown {
    return this.answers[name](ask)
  }

  private readonly answers: Answers = {
    feed: ({ from, events, writers }) => {
      const shelf = this.shelves.run
      if (from === 0) shelf.clear()
      if (from === shelf.events.length) shelf.add(events, writers)
      return shelf.summary
    },
    read: async ({ file }) => {
      const read = readLog(await file.text())
      if (!read.ok) return read
      const shelf = this.shelves.file
      shelf.clear()
      shelf.add(read.events, [])
      return { ok: true, summary: shelf.summary, repeated: read.repeated }
    },
    program: ({ log, source }) => this.program(this.shelves[log], source),
    cards: ({ log, stream, from, to }) => cardsOf(this.shelves[log], stream, from, to),
    tables: ({ log, count }) => {
      const { folded } = this.shelves[log]
      const rows = folded.tablesAt(count)
      return folded.folding.projections.map((name, i) => ({ name, rows: rows[i] }))
    },
    state: ({ log, stream, count }) => this.shelves[log].folded.stateAt(stream, count),
    changes: ({ log, stream, path, count }) => {
      const { folded, events } = this.shelves[log]
      const { total, latest } = folded.changesOf(stream, path, count)
      const changes = latest.map((change) => ({
        ...change,
        event: events[change.position] as LoggedEvent,
      }))
      return { total, latest: changes }
    },
    cell: ({ log, table, place, count }) => {
      const { folded, events } = this.shelves[log]
      const { latest, cut } = folded.changesOfCell(tableOf(folded, table), place, count)
      const told = latest.map((each) => ({ ...each, event: events[each.position] as LoggedEvent }))
      return { latest: told, cut }
    },
    spans: (ask) => {
      const { folded } = this.shelves[ask.log]
      const holds = holder(ask.comparison, ask.value)
      return 'table' in ask
        ? folded.spansOfCell(tableOf(folded, ask.table), ask.place, holds)
        : folded.spansOf(ask.stream, ask.path, holds)
    },
    find: (ask) => this.find(ask),
    countAt: ({ log, stream, timeUs }) => {
      const shelf = this.shelves[log]
      const count = shelf.countAt(timeUs)
      return { count, version: shelf.versionsBefore(stream, count) - 1 }
    },
    event: ({ log, stream, version }) => {
      const { streams, events } = this.shelves[log]
      const position = streams.get(stream)?.[version]
      return position === undefined ? null : (events[position] ?? null)
    },
    eventAt: ({ log, position }) => this.shelves[log].events[position] ?? null,
    erase: ({ persons }) => this.shelves.run.erase(persons),
    decided: (ask) => this.decided(ask),
    write: ({ log, format, source }) => {
      const text = writeLog(this.shelves[log].events, format, source)
      const type =
        format === 'cloudEvents' ? 'application/cloudevents+json' : 'application/x-ndjson'
      return new Blob([text], { type })
    },
  }

  /** Folds all of a log under a program; if that fails, the fold that was there stays. */
  private async program(shelf: Shelf, source: string | null): Promise<ProgramAnswer> {
    if (source === null) {
      shelf.own = null
      return { ok: true, projections: [], decides: false, folded: 0 }
    }
    let folded: FoldedLog | null = null
    let folding: ProgramFolding | null = null
    try {
      folding = await ProgramFolding.open(source, this.wasm)
      folded = new FoldedLog(shelf.events, folding, this.onward)
      while (folded.advance()) {}
      folding.tables()
      if (!folded.isRepeatable()) return NOT_REPEATABLE
    } catch (error) {
      if (!(error instanceof SandboxRefusal)) throw error
      const where = folding?.where() ?? -1
      const position = where === -1 ? -1 : (folded?.count ?? 0) + where
      return { ok: false, ...error.problem, position }
    }
    shelf.own = folded
    const { projections, decides } = folding
    return { ok: true, projections: [...projections], decides, folded: folded.count }
  }

  /** The run's log as a program decides its commands, on a shelf of its own. */
  private async decided({ source, commands }: FoldQuestions['decided']['ask']): Promise<Redecided> {
    const folding = await ProgramFolding.open(source, this.wasm)
    const { events, outcomes } = redecide(this.shelves.run.events, commands, folding, this.onward)
    const shelf = this.shelves.decided
    shelf.clear()
    shelf.add(events, [])
    const folded = new FoldedLog(shelf.events, folding, this.onward)
    while (folded.advance()) {}
    shelf.own = folded
    return { summary: shelf.summary, events, outcomes }
  }

  private find(ask: FoldQuestions['find']['ask']): Change | null {
    const { folded } = this.shelves[ask.log]
    if ('table' in ask) return findCell(folded, ask)
    const { stream, path, which, from } = ask
    const holds = holder(ask.comparison, ask.value)
    const end = folded.events.length
    const position =
      which === 'first' || which === 'next'
        ? folded.firstWhere(stream, path, holds, which === 'first' ? 0 : from, end)
        : folded.lastWhere(stream, path, holds, which === 'last' ? end : Math.max(0, from - 1))
    if (position === -1) return null
    const at = (count: number) => valueAt(folded.stateAt(stream, count), path)
    return { position, before: at(position), after: at(position + 1) }
  }
}

function findCell(folded: FoldedLog, ask: FoldQuestions['find']['ask']): Change | null {
  if (!('table' in ask)) return null
  const { which, from, place } = ask
  const table = tableOf(folded, ask.table)
  const begins = folded
    .spansOfCell(table, place, holder(ask.comparison, ask.value))
    .flatMap(([first]) => (first === 0 ? [] : [first - 1]))
  const position =
    which === 'first'
      ? begins[0]
      : which === 'last'
        ? begins.at(-1)
        : which === 'next'
          ? begins.find((each) => each >= from)
          : begins.findLast((each) => each < from - 1)
  if (position === undefined) return null
  const at = (count: number) => folded.cellAt(table, place, count)
  return { position, before: at(position), after: at(position + 1) }
}

const NOT_REPEATABLE: ProgramAnswer = {
  ok: false,
  sentence: 'The same events give another state the second time. Keep everything in the state.',
  line: null,
  position: -1,
}

function cardsOf(shelf: Shelf, stream: string, from: number, to: number): Card[] {
  const positions = shelf.streams.get(stream) ?? []
  const first = Math.max(0, from)
  const last = Math.min(positions.length, to, first + CARDS_MAX)
  const { folded, events } = shelf
  const cards: Card[] = []
  let before = first === 0 ? folded.stateAt(stream, 0) : ''
  for (let version = first; version < last; version++) {
    const position = positions[version] as number
    if (before === '') before = folded.stateAt(stream, position)
    const after = folded.stateAt(stream, position + 1)
    cards.push({ ...(events[position] as LoggedEvent), before, after })
    before = after
  }
  return cards
}

function tableOf({ folding }: FoldedLog, name: string): number {
  return folding.projections.indexOf(name)
}

function holder(comparison: Comparison, other: number): (value: unknown) => boolean {
  return (value) => typeof value === 'number' && compares(value, comparison, other)
}

function compares(value: number, comparison: Comparison, other: number): boolean {
  switch (comparison) {
    case '<':
      return value < other
    case '<=':
      return value <= other
    case '>':
      return value > other
    case '>=':
      return value >= other
    case '=':
      return value === other
    case '!=':
      return value !== other
  }
}
