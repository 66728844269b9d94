/**
 * A command handler: loads the stream that a command is about, folds it, decides, and appends what
 * happened with the version that it loaded as the expected one. One command at a time; the rest wait.
 */

import { must } from '../../base/assert.ts'
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { EventLog, RecordedEvent } from '../../brokers/eventstore/eventLog.ts'
import { foldOfStream } from '../../brokers/eventstore/folds.ts'
import type { PrefixFold } from '../../brokers/eventstore/prefixFold.ts'
import type { Archive } from '../../engine/archive.ts'
import { INSTANT, Sampler } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client } from '../client.ts'
import { type Command, type Domain, type DomainEvent, readCommand } from './decider.ts'
import { DOMAINS } from './domains.ts'
import { COMMAND_HANDLER_FACTS } from './facts.ts'
import { type Request, Requests } from './requests.ts'
import type { CommandHandlerSettings } from './settings.ts'

/** The way to a store. Made by the wiring; the answers come back through `answer`. */
export interface StorePort {
  /** The store's contents, to be read up to a version that the store has answered with. */
  readonly log: EventLog
  /** Sends the request with this number. */
  ask(request: number): void
  /** The process is gone: answers under way to it are lost. */
  hangUp(): void
}

/** What the store answers: the stream's version; `conflict` if it refused the append. */
export type Answer = 'loaded' | 'appended' | 'conflict'

const PHASES = ['idle', 'loading', 'deciding', 'appending', 'retrying'] as const
const TIMER = { next: 0, decide: 1 } as const

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
  private readonly folds = new Map<string, PrefixFold<unknown, RecordedEvent>>()
  private duration = INSTANT
  private readonly random: Random
  private readonly commands: IntColumn
  private readonly serviceUs: IntColumn
  private readonly rejectedMessages: IntColumn
  private readonly rejectedReasons: IntColumn
  private readonly rejectedUs: TimeColumn

  constructor(sim: Simulation, node: number, id: string, settings: CommandHandlerSettings) {
    super(sim, node, settings)
    this.onSettings()
    this.random = sim.random(`${id}/service`)
    this.requests = new Requests(sim.records, node)
    this.commands = sim.records.ints(node, 'command')
    this.serviceUs = sim.records.ints(node, 'serviceUs')
    this.rejectedMessages = sim.records.ints(node, 'rejectedMessage')
    this.rejectedReasons = sim.records.ints(node, 'rejectedReason')
    this.rejectedUs = sim.records.times(node, 'rejectedUs')
  }

  /** Connects it to its store; without one it rejects every command. */
  connect(port: StorePort): void {
    this.port = port
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
    else if (answer === 'appended') this.finish(version)
    else this.retry(version)
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
    else this.decide()
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
    const us = this.slowedUs(this.duration.drawUs(this.random, this.draws))
    this.serviceUs.put(this.draws, us)
    sim.emit(this, CLIENT_FACTS.started, message, this.requestCount - 1)
    sim.after(us, this, TIMER.decide, this.life)
  }

  private decide(): void {
    const message = this.current()
    // The stream that was loaded, even if the setting names another by now.
    const stream = this.sim.records.strings.text(this.requests.get(this.requestCount - 1).stream)
    const command = this.domain.complete(this.commandIn(message), stream)
    const decision = this.domain.decide(command, this.fold(stream, this.loadedVersion))
    if ('rejected' in decision) this.reject(message, decision.rejected)
    else if (decision.events.length === 0) this.finish(this.loadedVersion)
    else this.append(message, stream, decision.events)
    if (this.phase === 'idle') this.sim.after(0, this, TIMER.next, this.life)
  }

  private append(message: number, stream: string, events: DomainEvent[]): void {
    const { messages, strings } = this.sim.records
    const firstEvent = messages.count
    events.forEach(({ type, data }, i) => {
      messages.add(this.sim.nowUs, {
        template: strings.id(JSON.stringify(data)),
        ordinal: this.made + i + 1,
        key: strings.id(type),
        props: -1,
        parent: message,
        source: this.node,
      })
    })
    this.ask(COMMAND_HANDLER_FACTS.appending, {
      kind: 'append',
      command: message,
      stream: strings.id(stream),
      expected: this.loadedVersion,
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

  private finish(version: number): void {
    this.sim.emit(this, COMMAND_HANDLER_FACTS.accepted, this.current(), version)
    this.sim.after(0, this, TIMER.next, this.life)
  }

  /** Emmett's command handler retries from the load on, as the decision may be another one now. */
  private retry(actual: number): void {
    const message = this.current()
    const mayRetry = this.retriesLeft > 0
    this.sim.emit(this, COMMAND_HANDLER_FACTS.conflicted, message, actual)
    if (!mayRetry) this.reject(message, 'Another writer was faster, and no retry is left.')
    this.sim.after(0, this, TIMER.next, this.life)
  }

  private reject(message: number, reason: string): void {
    const { strings } = this.sim.records
    this.sim.emit(this, COMMAND_HANDLER_FACTS.rejected, message, strings.id(reason))
  }

  private get domain(): Domain {
    return DOMAINS[this.settings.domain]
  }

  /** The command in a message that was read before. */
  private commandIn(message: number): Command {
    const read = readCommand(this.sim.records.body(message))
    return 'command' in read ? read.command : { type: '' }
  }

  /** The state after a stream's events up to and including `version`. */
  private fold(stream: string, version: number): unknown {
    if (version === -1) return this.domain.initialState()
    const log = must(this.port, 'store of the command handler').log
    const known = this.folds.get(stream)
    if (known) return known.after(version + 1)
    const index = log.streamIndex(stream)
    const { initialState, evolve } = this.domain
    const fold = foldOfStream(log, index, { initialState, evolve, copy: (state) => state })
    this.folds.set(stream, fold)
    return fold.after(version + 1)
  }

  private done(): void {
    this.finished++
    this.phase = 'idle'
  }
}
