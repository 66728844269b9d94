/**
 * What the fold view holds for a session: the worker that folds, the log of the run as far as it is there, a log
 * from a file, and the person's own fold with how it fares. It stays while the canvas is shown instead.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Writer, writersOf } from '../scenario/writers.ts'
import {
  FoldClient,
  type FoldQuestions,
  type LoggedEvent,
  type LogName,
  type LogSummary,
  type Redecided,
} from '../session/folds.ts'
import { nameOf } from '../session/names.ts'
import type { TrueSpans } from '../session/otherConditions.ts'
import type { LiveSession } from '../session/react.tsx'
import type { Questions, SessionState } from '../session/session.ts'
import { momentAfter } from './edge.ts'
import { approve, isApproved } from './edit/approval.ts'
import { askedOf, decidedAnew, type Verdict, verdictsOn } from './verdicts.ts'
import { numbersOffered, whenTrue } from './whenTrue.ts'

type StoreLog = Questions['storeLog']['answer']
export type StoreEvent = StoreLog['events'][number]
export type CommandMark = StoreLog['commands'][number]
export type ReadMark = StoreLog['reads'][number]
export type KeepingMark = StoreLog['keepings'][number]

/** How a person's own fold fares. */
export type OwnFold =
  /** There is none, or it is not looked at yet. */
  | { is: 'none' }
  /** It came with a link or a file, and nobody has agreed to run it. */
  | { is: 'unapproved' }
  | { is: 'good'; projections: readonly string[]; decides: boolean; folded: number }
  /** What was good before stays in force. */
  | { is: 'bad'; sentence: string; line: number | null; position: number; hasGood: boolean }

export interface FoldState {
  log: LogName
  /** The store that is looked at, and its stream by log; '' for the first one. */
  storeId: string
  streams: Record<LogName, string>
  summaries: Record<LogName, LogSummary | null>
  fileName: string
  /** Events of its stream that are folded of a log from a file. */
  fileVersion: number
  /** Raised whenever what is folded, or how, is another. */
  turn: number
  own: OwnFold
  /** A program is being folded with; until it is known how that fares, what was before stays. */
  isFolding: boolean
  /** By command of the run; null where nothing is decided anew, and why, if that is the program's fault. */
  verdicts: readonly Verdict[] | null
  undecided: string | null
  /** Why a file was not taken in, or an answer did not come. */
  problem: string | null
  /** What is to be known of the file that was taken in. */
  notice: string
  /** The event that is looked at: its position in the log. */
  picked: number | null
  /** The value that is looked at. */
  value: readonly string[] | null
  /** Events that an answer is about, by position: lit in the strip. */
  lit: ReadonlySet<number>
}

const NOTHING_LIT: ReadonlySet<number> = new Set()

export class FoldRoom {
  readonly store: StoreApi<FoldState>
  /** What the run's log holds so far, in the order of facts. */
  events: StoreEvent[] = []
  commands: CommandMark[] = []
  reads: ReadMark[] = []
  keepings: KeepingMark[] = []
  /** The events of the run as the person's decider has them. */
  decided: readonly LoggedEvent[] = []
  private readonly client = new FoldClient()
  private readonly session: LiveSession
  private run: unknown[] = []
  private feeding = false
  /** The log of the run, while it is brought up to date. */
  private fed: Promise<void> = Promise.resolve()
  private isStale = false
  private programTurn = 0
  /** The latest fold of the person's program, while it is under way. */
  private folding: Promise<void> = Promise.resolve()
  private erased = ''
  /** Up to here the log of the run is known. */
  known = { us: 0, over: false }

  constructor(session: LiveSession) {
    this.session = session
    this.store = createStore<FoldState>(() => ({
      ...{ log: 'run', storeId: '', fileName: '', fileVersion: 0, turn: 0 },
      ...{ streams: { run: '', file: '', decided: '' }, own: { is: 'none' } },
      isFolding: false,
      ...{ verdicts: null, undecided: null },
      ...{ summaries: { run: null, file: null, decided: null } },
      ...{ problem: null, notice: '', picked: null, value: null, lit: NOTHING_LIT },
    }))
    session.store.subscribe((state, before) => {
      if (state.progress !== before.progress || state.scenario !== before.scenario) this.follow()
      if (state.branchId !== before.branchId) this.follow()
      if (state.factIndex !== before.factIndex) void this.erase(state.factIndex)
      if (state.scenario.fold !== before.scenario.fold) void this.foldOwn()
    })
    this.answerAnew()
    this.follow()
  }

  /** Goes to an event, in whichever stream it is. */
  goTo(log: LogName, event: LoggedEvent): void {
    if (this.store.getState().streams[log] !== event.stream) this.showStream(event.stream)
    if (log === 'file') this.store.setState({ fileVersion: event.version + 1 })
    else this.session.seek(momentAfter(event))
    this.store.setState({ picked: event.position })
  }

  /** Lights the events that an answer is about. */
  light(positions: Iterable<number>): void {
    this.store.setState({ lit: new Set(positions) })
  }

  /** Conditions about the fold may have other answers now. */
  private answerAnew(): void {
    this.session.conditions.answerWith(this)
  }

  /** When a condition about the fold is true in the run. */
  whenTrue(text: string): Promise<TrueSpans | null> {
    return whenTrue(this, text)
  }

  /** Which numbers a condition that is being written may be about. */
  offered(text: string): Promise<readonly string[]> {
    return numbersOffered(this, text)
  }

  /** The log of the run is here as far as there is one, and folded. */
  async upToDate(): Promise<void> {
    if (this.known.us === 0) await this.fed
    await this.folding
  }

  ask<N extends keyof FoldQuestions>(
    name: N,
    ask: FoldQuestions[N]['ask'],
  ): Promise<FoldQuestions[N]['answer']> {
    return this.client.ask(name, ask)
  }

  /** Brings the log of the run up to date. */
  follow(): void {
    this.isStale = true
    if (this.feeding) return
    this.feeding = true
    this.fed = this.feed().then(
      () => {
        this.feeding = false
      },
      (error: unknown) => {
        this.feeding = false
        this.store.setState({ problem: sentenceOf(error) })
      },
    )
  }

  /** Whose keys are gone at the playhead: what was encrypted with them cannot be folded any more. */
  private async erase(facts: number): Promise<void> {
    const gone = this.keepings.filter(({ what, factIndex }) => {
      return what === 'keyDeleted' && factIndex < facts
    })
    const persons = [...new Set(gone.map(({ name }) => name))]
    const key = persons.join('\n')
    if (key === this.erased) return
    this.erased = key
    if (await this.ask('erase', { persons })) {
      await this.foldOwn()
      this.turnOver()
    }
  }

  /** Looks at another store of the scenario. */
  showStore(storeId: string): void {
    this.run = []
    const { streams } = this.store.getState()
    const next = { ...streams, run: '', decided: '' }
    this.store.setState({ log: 'run', storeId, streams: next, picked: null, value: null })
    this.follow()
  }

  /** Looks at another log. That of the person's decider is about the same streams as the run's. */
  showLog(log: LogName): void {
    this.store.setState(({ turn }) => ({ log, picked: null, value: null, turn: turn + 1 }))
    void this.foldOwn()
  }

  showStream(stream: string): void {
    const { log, streams } = this.store.getState()
    const next =
      log === 'file' ? { ...streams, file: stream } : { ...streams, run: stream, decided: stream }
    this.store.setState({ streams: next, picked: null, value: null, fileVersion: 0 })
  }

  async readFile(file: File): Promise<void> {
    this.store.setState({ problem: null })
    try {
      const read = await this.ask('read', { file })
      if (!read.ok) {
        this.store.setState({ problem: `${file.name}: ${read.sentence}` })
        return
      }
      const { summary, repeated } = read
      const stream = summary.streams[0]
      this.store.setState(({ summaries, streams, turn }) => ({
        ...{ log: 'file', fileName: file.name, problem: null, picked: null, value: null },
        summaries: { ...summaries, file: summary },
        streams: { ...streams, file: stream?.name ?? '' },
        fileVersion: stream?.events ?? 0,
        notice: repeated === 0 ? '' : repeatedText(repeated),
        turn: turn + 1,
      }))
      await this.foldOwn()
    } catch (error) {
      this.store.setState({ problem: sentenceOf(error) })
    }
  }

  /** The person has seen the program that came from elsewhere and runs it. */
  approveOwn(): void {
    const { fold } = this.session.store.getState().scenario
    if (fold !== undefined) approve(fold)
    void this.foldOwn()
  }

  /** Folds the log that is shown with the person's own fold, or without one. */
  foldOwn(): Promise<void> {
    this.folding = this.foldNow().then(() => this.answerAnew())
    return this.folding
  }

  private async foldNow(): Promise<void> {
    const mine = ++this.programTurn
    const { fold } = this.session.store.getState().scenario
    const { log: shown, own: before } = this.store.getState()
    const log = shown === 'decided' ? 'run' : shown
    const source = fold?.trim() ? fold : null
    if (source !== null && !isApproved(source)) {
      this.store.setState({ own: { is: 'unapproved' }, isFolding: false })
      await this.ask('program', { log, source: null })
      this.tellDecided(null)
      this.turnOver()
      return
    }
    if (source === null && before.is === 'none') {
      this.store.setState({ isFolding: false })
      return
    }
    this.store.setState({ isFolding: true })
    const own = await this.fold(log, source)
    if (mine !== this.programTurn) return
    this.store.setState({ own })
    if (log === 'run') await this.decide(own, source)
    if (mine === this.programTurn) this.store.setState({ isFolding: false })
    this.turnOver()
  }

  /** Has the person's decider decide the commands of the run; while it is broken, what it made before stays. */
  private async decide(own: OwnFold, source: string | null): Promise<void> {
    const mine = this.programTurn
    if (own.is === 'bad' && own.hasGood) return
    const marks = own.is === 'good' && own.decides ? this.commandsOfKind() : []
    if (source === null || marks.length === 0) {
      this.tellDecided(null)
      return
    }
    const commands = askedOf(marks, this.events)
    try {
      const answer = await this.ask('decided', { source, commands })
      if (mine !== this.programTurn) return
      const verdicts = verdictsOn(marks, this.events, answer.outcomes)
      this.tellDecided({ ...answer, verdicts })
    } catch (error) {
      if (mine === this.programTurn) this.tellDecided(null, sentenceOf(error))
    }
  }

  private commandsOfKind(): CommandMark[] {
    const { streams, summaries } = this.store.getState()
    const stream = streams.run || (summaries.run?.streams[0]?.name ?? '')
    return decidedAnew(this.commands, this.events, stream)
  }

  private tellDecided(
    made: (Redecided & { verdicts: Verdict[] }) | null,
    undecided: string | null = null,
  ): void {
    this.decided = made?.events ?? []
    this.store.setState(({ summaries, log }) => ({
      verdicts: made?.verdicts ?? null,
      undecided,
      summaries: { ...summaries, decided: made?.summary ?? null },
      log: made === null && log === 'decided' ? 'run' : log,
    }))
  }

  private async fold(log: LogName, source: string | null): Promise<OwnFold> {
    try {
      const answer = await this.ask('program', { log, source })
      if (source === null) return { is: 'none' }
      if (!answer.ok) return { is: 'bad', ...answer, hasGood: this.client.hasProgram(log) }
      const { projections, decides, folded } = answer
      return { is: 'good', projections, decides, folded }
    } catch (error) {
      const sentence = sentenceOf(error)
      return { is: 'bad', sentence, line: null, position: -1, hasGood: this.client.hasProgram(log) }
    }
  }

  private turnOver(): void {
    this.store.setState(({ turn }) => ({ turn: turn + 1 }))
  }

  private async feed(): Promise<void> {
    while (this.isStale) {
      // The session says what it opens before the engine is told: what is asked at once is asked of the run before.
      await Promise.resolve()
      this.isStale = false
      const state = this.session.store.getState()
      const storeId = this.storeIn(state)
      if (storeId === null) return
      this.beginAnew(state, storeId)
      const { computedUs: us, done: over } = state.progress
      const grew = await this.feedOnce(storeId, writersOf(state.scenario, storeId))
      this.known = { us, over }
      await this.erase(state.factIndex)
      if (grew) await this.foldOwn()
      else this.answerAnew()
    }
  }

  /** Takes in what is new of the run; returns whether there is anything. */
  private async feedOnce(store: string, writers: Writer[]): Promise<boolean> {
    let grew = false
    for (let more = true; more; ) {
      const answer = await this.session.ask('storeLog', { store, ...this.counts })
      if (!this.isSameRun(store)) return grew
      more = answer.more
      const from = this.events.length
      const isFirst = from === 0 && this.store.getState().summaries.run === null
      if (answer.events.length > 0 || isFirst) {
        const events = answer.events.map(loggedOf)
        const summary = await this.ask('feed', { from, events, writers })
        this.store.setState(({ summaries }) => ({ summaries: { ...summaries, run: summary } }))
        grew = true
      }
      this.events.push(...answer.events)
      this.commands.push(...answer.commands)
      this.reads.push(...answer.reads)
      this.keepings = answer.keepings
      this.turnOver()
    }
    return grew
  }

  private get counts() {
    const { events, commands, reads } = this
    return { events: events.length, commands: commands.length, reads: reads.length }
  }

  /** If it is another run than before, forgets that one's log. */
  private beginAnew(state: SessionState, storeId: string): void {
    if (this.isSameRun(storeId)) return
    this.run = identityOf(state, storeId)
    this.known = { us: 0, over: false }
    this.events = []
    this.commands = []
    this.reads = []
    this.keepings = []
    const { summaries } = this.store.getState()
    this.store.setState({ storeId, summaries: { ...summaries, run: null }, picked: null })
  }

  /** Whether the run that is open is the one whose log this is. */
  private isSameRun(storeId: string): boolean {
    const present = identityOf(this.session.store.getState(), storeId)
    return present.every((part, i) => part === this.run[i])
  }

  /** The store that is looked at, or the first that there is. */
  private storeIn({ scenario }: SessionState): string | null {
    const stores = scenario.nodes.filter(({ kind }) => kind === 'eventStore')
    const { storeId } = this.store.getState()
    return (stores.find(({ id }) => id === storeId) ?? stores[0])?.id ?? null
  }

  /** What the store is called in an export. */
  get sourceName(): string {
    const { log, fileName, storeId } = this.store.getState()
    return log === 'file' ? fileName : nameOf(this.session.store.getState().scenario, storeId)
  }
}

/** What makes a run the one that it is, and where in it one looks. */
function identityOf({ scenario, branches, branchId }: SessionState, storeId: string): unknown[] {
  const { nodes, links, brokers, seed, durationMs } = scenario
  const branch = branches.find(({ id }) => id === branchId)
  return [storeId, nodes, links, brokers, seed, durationMs, branch?.script, branch?.seed]
}

function loggedOf(event: StoreEvent): LoggedEvent {
  const { stream, type, data, version, position, timeUs, message, factIndex } = event
  const { causation, metadata } = event
  const meta = Object.keys(metadata).length > 0 ? { meta: metadata } : {}
  return { stream, type, data, version, position, timeUs, message, factIndex, causation, ...meta }
}

function repeatedText(repeated: number): string {
  const those = repeated === 1 ? '1 event has' : `${repeated} events have`
  return `${those} the id of one before it. The log has both, so both are folded.`
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const rooms = new WeakMap<LiveSession, FoldRoom>()

/** The room of a session; the same one each time. */
export function foldRoomOf(session: LiveSession): FoldRoom {
  const known = rooms.get(session)
  if (known) return known
  const room = new FoldRoom(session)
  rooms.set(session, room)
  return room
}
