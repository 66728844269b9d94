/**
 * A command handler: loads the stream that a command is about, folds it, decides, and appends what
 * happened with the version that it loaded as the expected one. One command at a time; the rest wait.
 */

import { must } from '../../base/assert.ts'
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import { usFromMs } from '../../base/time.ts'
import type { EventLog } from '../../brokers/eventstore/eventLog.ts'
import { ANY } from '../../brokers/eventstore/expectedVersion.ts'
import type { Archive } from '../../engine/archive.ts'
import { INSTANT, Sampler } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client } from '../client.ts'
import { type Command, type Domain, type DomainEvent, readCommand } from './decider.ts'
import { COMMAND_HANDLER_FACTS, type ReadCost, type SnapshotRow } from './facts.ts'
import { type Request, Requests } from './requests.ts'
import { written } from './schema.ts'
import type { CommandHandlerSettings } from './settings.ts'
import { type Extent, States } from './states.ts'

/** The way to a store. Made by the wiring; the answers come back through `answer`. */
export interface StorePort {
  /** The store's contents, to be read up to a version that the store has answered with. */
  readonly log: EventLog
  /** Sends the request with this number. */
  ask(request: number): void
  /** The process is gone: answers under way to it are lost. */
  hangUp(): void
}

/** Who wants to know what became of a command. */
export type Finished = (command: number, isAccepted: boolean) => void

/** What the store answers: the stream's version; `conflict` if it refused the append. */
export type Answer = 'loaded' | 'appended' | 'conflict'

const PHASES = ['idle', 'loading', 'deciding', 'appending', 'retrying'] as const
const TIMER = { next: 0, decide: 1, finish: 2 } as const

export class CommandHandler extends Client<CommandHandlerSettings> {
  phase: (typeof PHASES)[number] = 'idle'
  /** Commands that came in, and commands that are done with, one way or another. */
  received = 0
  finished = 0
  accepted = 0
  conflicts = 0
  rejections = 0
  startedUs = 0
  endsUs = 0
  readonly requests: Requests
  private requestCount = 0
  private retriesLeft = 0
  private loadedVersion = -1
  private draws = 0
  private made = 0
  private port: StorePort | null = null
  /** Row of what the last loading has cost, -1 if nothing was counted yet. */
  private costRow = -1
  readonly states: States
  private readonly listeners: Finished[] = []
  private duration = INSTANT
  private readonly random: Random
  private readonly commands: IntColumn
  private readonly serviceUs: IntColumn
  private readonly rejectedMessages: IntColumn
  private readonly rejectedReasons: IntColumn
  private readonly rejectedUs: TimeColumn
  private readonly conflictRequests: IntColumn
  private readonly conflictVersions: IntColumn
  private readonly conflictUs: TimeColumn

  constructor(sim: Simulation, node: number, id: string, settings: CommandHandlerSettings) {
    super(sim, node, settings)
    this.onSettings()
    this.random = sim.random(`${id}/service`)
    this.requests = new Requests(sim.records, node)
    this.states = new States(sim.records)
    this.commands = sim.records.ints(node, 'command')
    this.serviceUs = sim.records.ints(node, 'serviceUs')
    this.rejectedMessages = sim.records.ints(node, 'rejectedMessage')
    this.rejectedReasons = sim.records.ints(node, 'rejectedReason')
    this.rejectedUs = sim.records.times(node, 'rejectedUs')
    this.conflictRequests = sim.records.ints(node, 'conflictRequest')
    this.conflictVersions = sim.records.ints(node, 'conflictVersion')
    this.conflictUs = sim.records.times(node, 'conflictUs')
  }

  /** Connects it to its store; without one it rejects every command. */
  connect(port: StorePort): void {
    this.port = port
  }

  /** Tells of the end of each command from now on. */
  onFinished(listener: Finished): void {
    this.listeners.push(listener)
  }

  /** The contents of its store; null without one. */
  get log(): EventLog | null {
    return this.port?.log ?? null
  }

  /** What the last loading has cost, if that is counted. */
  get lastCost(): ReadCost | null {
    return this.costRow === -1 ? null : this.sim.records.rowAt<ReadCost>(this.costRow)
  }

  /** The newest snapshot, if there is one. */
  get lastSnapshot(): SnapshotRow | null {
    const row = this.states.snapshotRows.at(-1)
    return row === undefined ? null : this.sim.records.rowAt<SnapshotRow>(row)
  }

  /** A command arrives. */
  receive(command: number): void {
    if (this.isCrashed) {
      this.sim.emit(this, COMMAND_HANDLER_FACTS.unheard, command, -1)
      return
    }
    this.commands.put(this.received, command)
    this.sim.emit(this, CLIENT_FACTS.received, command, -1)
    if (this.phase === 'idle') this.sim.after(0, this, TIMER.next, this.life)
  }

  /** The store's answer to request number `request` arrives. */
  answer(request: number, answer: Answer, version: number): void {
    if (this.isCrashed || request !== this.requestCount - 1) return
    const asked = this.phase === 'loading' || this.phase === 'appending'
    if (!asked || (answer === 'loaded') !== (this.phase === 'loading')) return
    if (answer === 'loaded') this.startDeciding(version)
    else if (answer === 'appended') this.finishAppend(request, version)
    else if (this.requests.isRefused(request)) {
      this.reject(this.current(), 'The stream has a tombstone: nobody can write it again.')
      this.sim.after(0, this, TIMER.next, this.life)
    } else this.retry(version)
  }

  /** The position behind the last event of the command that it finished last; 0 if that had none. */
  get writtenTo(): number {
    const { kind, firstEvent, eventCount } = this.requests.get(this.requestCount - 1)
    const { log } = must(this.port, 'store of the command handler')
    return kind === 'load' ? 0 : log.firstPosition(firstEvent + eventCount - 1) + 1
  }

  /** The link works again: what may have been lost on it is asked once more. */
  reconnected(): void {
    if (this.isCrashed || (this.phase !== 'loading' && this.phase !== 'appending')) return
    const request = this.requestCount - 1
    this.sim.emit(this, COMMAND_HANDLER_FACTS.askedAgain, this.current(), request)
    this.port?.ask(request)
  }

  due(kind: number, life: number): void {
    if (life !== this.life || this.isCrashed) return
    if (kind === TIMER.next) this.next()
    else if (kind === TIMER.decide) this.decide()
    else if (this.phase === 'appending')
      this.finish(this.requests.late(this.requestCount - 1).version)
  }

  /** The command that it works on, -1 if none. */
  current(): number {
    return this.phase === 'idle' ? -1 : this.commands.get(this.finished)
  }

  /** Calls `visit` for each command that waits, oldest first. */
  eachWaiting(visit: (command: number) => void): void {
    const first = this.phase === 'idle' ? this.finished : this.finished + 1
    for (let i = first; i < this.received; i++) visit(this.commands.get(i))
  }

  /** The `index`th command that it turned down. */
  rejection(index: number): { message: number; atUs: number; reason: string } {
    return {
      message: this.rejectedMessages.get(index),
      atUs: this.rejectedUs.get(index),
      reason: this.sim.records.strings.text(this.rejectedReasons.get(index)),
    }
  }

  /** The `index`th append of its own that was refused, and the version that the stream was at. */
  conflict(index: number): { request: Request; atUs: number; actual: number } {
    return {
      request: this.requests.get(this.conflictRequests.get(index)),
      atUs: this.conflictUs.get(index),
      actual: this.conflictVersions.get(index),
    }
  }

  /** What the append expected that an event came of; null if it came of none of its own. */
  expectationFor(event: number): number | null {
    return this.requests.appendOf(event, this.requestCount)?.expected ?? null
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case CLIENT_FACTS.received:
        this.received++
        break
      case CLIENT_FACTS.started:
        this.phase = 'deciding'
        this.startedUs = this.sim.nowUs
        this.endsUs = this.sim.nowUs + this.serviceUs.get(this.draws)
        this.draws++
        break
      case COMMAND_HANDLER_FACTS.loading:
        if (this.phase === 'idle') this.retriesLeft = this.settings.retries
        this.phase = 'loading'
        this.requestCount = aux + 1
        break
      case COMMAND_HANDLER_FACTS.loaded:
        this.loadedVersion = aux
        break
      case COMMAND_HANDLER_FACTS.appending:
        this.phase = 'appending'
        this.requestCount = aux + 1
        this.made += this.requests.get(aux).eventCount
        break
      case COMMAND_HANDLER_FACTS.conflicted:
        this.phase = 'retrying'
        this.conflictRequests.put(this.conflicts, this.requestCount - 1)
        this.conflictVersions.put(this.conflicts, aux)
        this.conflictUs.put(this.conflicts, this.sim.nowUs)
        this.conflicts++
        this.retriesLeft--
        break
      case COMMAND_HANDLER_FACTS.accepted:
        this.accepted++
        this.done()
        break
      case COMMAND_HANDLER_FACTS.rejected:
        this.rejectedMessages.put(this.rejections, message)
        this.rejectedReasons.put(this.rejections, aux)
        this.rejectedUs.put(this.rejections, this.sim.nowUs)
        this.rejections++
        this.done()
        break
      case COMMAND_HANDLER_FACTS.lost:
        this.done()
        break
      case COMMAND_HANDLER_FACTS.read:
        this.costRow = aux
        break
      case COMMAND_HANDLER_FACTS.snapshotTaken:
        this.states.snapshotRows.push(aux)
        break
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.phase = PHASES[io.int(PHASES.indexOf(this.phase))] ?? 'idle'
    this.received = io.int(this.received)
    this.finished = io.int(this.finished)
    this.accepted = io.int(this.accepted)
    this.conflicts = io.int(this.conflicts)
    this.rejections = io.int(this.rejections)
    this.startedUs = io.int(this.startedUs)
    this.endsUs = io.int(this.endsUs)
    this.requestCount = io.int(this.requestCount)
    this.retriesLeft = io.int(this.retriesLeft)
    this.loadedVersion = io.int(this.loadedVersion)
    this.draws = io.int(this.draws)
    this.made = io.int(this.made)
    this.costRow = io.int(this.costRow)
    io.list(this.states.snapshotRows)
  }

  protected override onCrash(): void {
    this.port?.hangUp()
    while (this.finished < this.received) {
      const command = this.commands.get(this.finished)
      this.sim.emit(this, COMMAND_HANDLER_FACTS.lost, command, -1)
    }
  }

  /** Takes commands from the buffer until one of them needs its stream. */
  private next(): void {
    if (this.phase === 'retrying') this.load(this.current())
    while (this.phase === 'idle' && this.finished < this.received) {
      const message = this.commands.get(this.finished)
      const read = readCommand(this.sim.records.body(message))
      if ('rejected' in read) this.reject(message, read.rejected)
      else if (this.port === null) {
        this.reject(message, 'There is no event store. Link the command handler to one.')
      } else this.load(message)
    }
  }

  private load(message: number): void {
    const stream = this.domain.streamOf(this.commandIn(message), this.settings.stream)
    this.ask(COMMAND_HANDLER_FACTS.loading, {
      kind: 'load',
      command: message,
      stream: this.sim.records.strings.id(stream),
      expected: -1,
      firstEvent: -1,
      eventCount: 0,
    })
  }

  protected override onSettings(): void {
    this.duration = new Sampler(this.settings.service)
  }

  private startDeciding(version: number): void {
    const { sim } = this
    const message = this.current()
    sim.emit(this, COMMAND_HANDLER_FACTS.loaded, message, version)
    const costUs = this.readCost(message, version)
    const us = this.slowedUs(this.duration.drawUs(this.random, this.draws) + costUs)
    this.serviceUs.put(this.draws, us)
    sim.emit(this, CLIENT_FACTS.started, message, this.requestCount - 1)
    sim.after(us, this, TIMER.decide, this.life)
  }

  /** Counts what loading has cost, where it costs something, and says how long it takes. */
  private readCost(command: number, version: number): number {
    const { foldMs = 0, snapshotEvery = 0 } = this.settings
    if (foldMs === 0 && snapshotEvery === 0) return 0
    const { log } = must(this.port, 'store of the command handler')
    const cost = this.states.cost(log, this.extent(version), this.settings)
    this.sim.emit(this, COMMAND_HANDLER_FACTS.read, command, this.sim.records.row(cost))
    return cost.us
  }

  /** What was loaded last; the stream of that moment, even if the setting names another by now. */
  private extent(version: number): Extent {
    const { stream } = this.requests.get(this.requestCount - 1)
    const first = this.requests.first(this.requestCount - 1)
    return { stream: this.sim.records.strings.text(stream), first, version }
  }

  private decide(): void {
    const message = this.current()
    const extent = this.extent(this.loadedVersion)
    const { stream } = extent
    const { log } = must(this.port, 'store of the command handler')
    const folded = this.states.at(log, extent, this.settings)
    if ('unreadable' in folded) this.reject(message, folded.unreadable)
    else {
      const command = this.domain.complete(this.commandIn(message), stream)
      const decision = this.domain.decide(command, folded.state)
      if ('rejected' in decision) this.reject(message, decision.rejected)
      else if (decision.events.length === 0) this.finish(this.loadedVersion)
      else this.append(message, extent, decision.events)
    }
    if (this.phase === 'idle') this.sim.after(0, this, TIMER.next, this.life)
  }

  private append(message: number, { stream, first }: Extent, events: DomainEvent[]): void {
    const { messages, strings } = this.sim.records
    const firstEvent = messages.count
    const command = this.commandIn(message)
    events.forEach((decided, i) => {
      const { event, schemaVersion } = written(decided, command, this.settings.writes ?? 'v1')
      messages.add(this.sim.nowUs, {
        template: strings.id(JSON.stringify(event.data)),
        ordinal: this.made + i + 1,
        key: strings.id(event.type),
        props: schemaVersion === 1 ? -1 : this.sim.records.row({ schemaVersion }),
        parent: message,
        source: this.node,
      })
    })
    this.requests.putFirst(this.requestCount, first)
    this.ask(COMMAND_HANDLER_FACTS.appending, {
      kind: 'append',
      command: message,
      stream: strings.id(stream),
      expected: this.settings.expects === 'any' ? ANY : this.loadedVersion,
      firstEvent,
      eventCount: events.length,
    })
  }

  private ask(fact: number, request: Request): void {
    const number = this.requestCount
    this.requests.put(number, request)
    this.sim.emit(this, fact, request.command, number)
    must(this.port, 'store of the command handler').ask(number)
  }

  /** The append may take longer: read models that are written in the same transaction. */
  private finishAppend(request: number, version: number): void {
    const { us } = this.requests.late(request)
    if (us === 0) this.finish(version)
    else this.sim.after(us, this, TIMER.finish, this.life)
  }

  private finish(version: number): void {
    const command = this.current()
    this.takeSnapshot(version)
    this.sim.emit(this, COMMAND_HANDLER_FACTS.accepted, command, version)
    for (const listener of this.listeners) listener(command, true)
    this.sim.after(0, this, TIMER.next, this.life)
  }

  /** Keeps the state if enough was folded since the last snapshot of the stream. */
  private takeSnapshot(version: number): void {
    const { snapshotEvery = 0 } = this.settings
    if (snapshotEvery === 0 || version < 0) return
    const { log } = must(this.port, 'store of the command handler')
    const extent = this.extent(version)
    const last = this.states.snapshot(extent, this.settings)
    if (version - (last?.version ?? extent.first - 1) < snapshotEvery) return
    const folded = this.states.at(log, extent, this.settings)
    if ('unreadable' in folded) return
    const row: SnapshotRow = {
      stream: extent.stream,
      version,
      schema: States.schema(this.settings),
      state: JSON.stringify(folded.state),
    }
    const { snapshotTaken } = COMMAND_HANDLER_FACTS
    this.sim.emit(this, snapshotTaken, this.current(), this.sim.records.row(row))
  }

  /** Emmett's command handler retries from the load on, as the decision may be another one now. */
  private retry(actual: number): void {
    const message = this.current()
    const mayRetry = this.retriesLeft > 0
    this.sim.emit(this, COMMAND_HANDLER_FACTS.conflicted, message, actual)
    if (!mayRetry) this.reject(message, 'Another writer was faster, and no retry is left.')
    this.sim.after(mayRetry ? this.backOff(message) : 0, this, TIMER.next, this.life)
  }

  /** How long it waits before it tries again: twice as long each time. */
  private backOff(message: number): number {
    const { backoffMs = 0, retries } = this.settings
    if (backoffMs === 0) return 0
    const times = Math.max(0, Math.min(20, retries - this.retriesLeft - 1))
    const us = usFromMs(backoffMs) * (1 << times)
    this.sim.emit(this, COMMAND_HANDLER_FACTS.backingOff, message, us)
    return us
  }

  private reject(message: number, reason: string): void {
    const { strings } = this.sim.records
    this.sim.emit(this, COMMAND_HANDLER_FACTS.rejected, message, strings.id(reason))
    for (const listener of this.listeners) listener(message, false)
  }

  private get domain(): Domain {
    return States.domain(this.settings)
  }

  /** The command in a message that was read before. */
  private commandIn(message: number): Command {
    const read = readCommand(this.sim.records.body(message))
    return 'command' in read ? read.command : { type: '' }
  }

  private done(): void {
    this.finished++
    this.phase = 'idle'
  }
}
