/**
 * What happened at an event store, read once from the facts of a run: its events, what became of the commands
 * that were about it, and how far each of its readers was when. What the fold view shows of any playhead is
 * looked up here.
 */
import type { RecordedEvent } from '../brokers/eventstore/eventLog.ts'
import {
  EVENTSTORE_FACTS,
  type StreamLimits,
  type Truncation,
} from '../brokers/eventstore/facts.ts'
import type { EventStore } from '../brokers/eventstore/store.ts'
import { CLIENT_FACTS } from '../clients/client.ts'
import type { CommandHandler } from '../clients/commandHandler/commandHandler.ts'
import { readCommand } from '../clients/commandHandler/decider.ts'
import { DOMAINS } from '../clients/commandHandler/domains.ts'
import { COMMAND_HANDLER_FACTS } from '../clients/commandHandler/facts.ts'
import { PROCESS_MANAGER_FACTS } from '../clients/processManager/facts.ts'
import { RELAY_FACTS } from '../clients/relay/facts.ts'
import type { History } from './history.ts'

/** An event with the fact that it is. */
export interface StoreEvent
  extends Pick<RecordedEvent, 'message' | 'stream' | 'type' | 'data' | 'version' | 'position'> {
  factIndex: number
  timeUs: number
  /** The message that it came of, and the first of the chain; -1 if none. */
  causation: number
  correlation: number
  metadata: Record<string, unknown>
}

/** A writer at a conflict: who it was and which version it expected. */
export interface Writer {
  node: string
  expected: number
}

/** What became of a command. */
export interface CommandMark {
  outcome: 'accepted' | 'rejected' | 'conflicted'
  factIndex: number
  timeUs: number
  handler: string
  command: number
  body: unknown
  stream: string
  /** Events of the store that lay before the state that it was decided on. */
  seen: number
  /** Version of that state. */
  expected: number
  /** Rejected: why. Accepted: how many events came of it. */
  reason: string
  events: number
  /** Conflicted: the version that the store was at, and who was faster. */
  actual: number
  winner: Writer | null
}

/** What is kept of a stream, or known of a person, is another from here on. */
export interface KeepingMark {
  what: 'softDeleted' | 'tombstoned' | 'limited' | 'truncated' | 'keyDeleted'
  /** The stream, or the person whose key is gone. */
  name: string
  factIndex: number
  timeUs: number
}

/** A reader of the store is done with an event (its message), or, told without one, with all before a position. */
export interface ReadMark {
  node: string
  factIndex: number
  timeUs: number
  message: number
  position: number
}

/** What a handler is about to do, as its facts say. */
interface AtWork {
  loadedVersion: number
  stream: string
  seen: number
  eventCount: number
}

export class StoreLogReader {
  seen = 0
  readonly events: StoreEvent[] = []
  readonly commands: CommandMark[] = []
  readonly reads: ReadMark[] = []
  readonly keepings: KeepingMark[] = []
  private readonly history: History
  private readonly place: number
  private readonly atWork = new Map<number, AtWork>()
  /** Which version the writer of an event expected, by the event's message. */
  private readonly expectedBy = new Map<number, number>()

  constructor(history: History, store: string) {
    this.history = history
    this.place = history.live.scenario.nodes.findIndex(({ id }) => id === store)
  }

  /** Goes through the facts up to `until`. */
  read(until: number): void {
    this.history.live.records.facts.each(this.seen, until, (timeUs, kind, part, message, aux) => {
      this.take(timeUs, kind, part, message, aux)
      this.seen++
    })
  }

  private take(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    if (part === this.place) {
      if (kind === EVENTSTORE_FACTS.appended) this.takeEvent(timeUs)
      else this.takeKeeping(timeUs, kind, aux)
      return
    }
    switch (kind) {
      case COMMAND_HANDLER_FACTS.loading:
      case COMMAND_HANDLER_FACTS.loaded:
      case COMMAND_HANDLER_FACTS.appending:
        this.takeWork(kind, part, aux)
        return
      case COMMAND_HANDLER_FACTS.accepted:
        this.takeCommand('accepted', timeUs, part, message, aux)
        return
      case COMMAND_HANDLER_FACTS.rejected:
        this.takeCommand('rejected', timeUs, part, message, aux)
        return
      case COMMAND_HANDLER_FACTS.conflicted:
        this.takeCommand('conflicted', timeUs, part, message, aux)
        return
      case CLIENT_FACTS.processed:
        if (this.kindOf(part) === 'projection') this.takeRead(timeUs, part, message, -1)
        return
      case PROCESS_MANAGER_FACTS.reacted:
        this.takeRead(timeUs, part, message, -1)
        return
      case RELAY_FACTS.saved:
        this.takeRead(timeUs, part, -1, aux)
        return
    }
  }

  private takeEvent(timeUs: number): void {
    const { log } = this.store
    const event = log.event(this.events.length)
    const { message, stream, type, data, version, position, causation, metadata } = event
    const factIndex = this.seen
    const correlation = log.correlation(message)
    this.events.push({
      ...{ message, stream, type, data, version, position },
      ...{ factIndex, timeUs, causation, correlation, metadata },
    })
  }

  private takeKeeping(timeUs: number, kind: number, aux: number): void {
    const { records } = this.history.live
    const add = (what: KeepingMark['what'], name: string) =>
      this.keepings.push({ what, name, factIndex: this.seen, timeUs })
    switch (kind) {
      case EVENTSTORE_FACTS.softDeleted:
        add('softDeleted', this.store.log.streamName(aux))
        return
      case EVENTSTORE_FACTS.tombstoned:
        add('tombstoned', this.store.log.streamName(aux))
        return
      case EVENTSTORE_FACTS.limited:
        add('limited', records.rowAt<StreamLimits>(aux).stream)
        return
      case EVENTSTORE_FACTS.truncated:
        add('truncated', records.rowAt<Truncation>(aux).stream)
        return
      case EVENTSTORE_FACTS.keyDeleted:
        add('keyDeleted', records.strings.text(aux))
        return
    }
  }

  private takeWork(kind: number, part: number, aux: number): void {
    const handler = this.handler(part)
    const work = this.atWork.get(part) ?? { loadedVersion: -1, stream: '', seen: 0, eventCount: 0 }
    this.atWork.set(part, work)
    if (kind === COMMAND_HANDLER_FACTS.loaded) {
      work.loadedVersion = aux
      work.seen = this.seenAt(work.stream, aux)
      work.eventCount = 0
      return
    }
    const request = handler.requests.get(aux)
    work.stream = this.history.live.records.strings.text(request.stream)
    if (kind !== COMMAND_HANDLER_FACTS.appending) return
    work.eventCount = request.eventCount
    for (let i = 0; i < request.eventCount; i++) {
      this.expectedBy.set(request.firstEvent + i, request.expected)
    }
  }

  private takeCommand(
    outcome: CommandMark['outcome'],
    timeUs: number,
    part: number,
    command: number,
    aux: number,
  ): void {
    const { records, scenario } = this.history.live
    const work = this.atWork.get(part)
    const expected = work?.loadedVersion ?? -1
    const stream = work?.stream ?? ''
    const conflicted = outcome === 'conflicted'
    this.commands.push({
      outcome,
      factIndex: this.seen,
      timeUs,
      handler: scenario.nodes[part]?.id ?? '',
      command,
      body: this.completed(part, records.body(command), stream),
      stream,
      seen: work?.seen ?? 0,
      expected,
      reason: outcome === 'rejected' ? records.strings.text(aux) : '',
      events: outcome === 'accepted' ? (work?.eventCount ?? 0) : 0,
      actual: conflicted ? aux : -1,
      winner: conflicted ? this.winnerAt(stream, expected + 1) : null,
    })
    // The next command may be none that can be read: then it is about no stream.
    if (!conflicted) this.atWork.delete(part)
  }

  /** A command as it was decided: with what it left out taken from its stream. */
  private completed(part: number, body: string, stream: string): unknown {
    const doc = this.history.live.scenario.nodes[part]
    const read = readCommand(body)
    if (!('command' in read)) return body
    if (doc?.kind !== 'commandHandler' || stream === '') return read.command
    return DOMAINS[doc.domain].complete(read.command, stream)
  }

  /** Who wrote the version that a loser wanted to write. */
  private winnerAt(stream: string, version: number): Writer | null {
    const { records, scenario } = this.history.live
    const event = this.eventAt(stream, version)
    if (!event) return null
    const node = scenario.nodes[records.messages.source(event.message)]?.id ?? ''
    return { node, expected: this.expectedBy.get(event.message) ?? event.version - 1 }
  }

  private takeRead(timeUs: number, part: number, message: number, position: number): void {
    const node = this.history.live.scenario.nodes[part]?.id
    if (node === undefined) return
    this.reads.push({ node, factIndex: this.seen, timeUs, message, position })
  }

  /** Events of the store up to a version of a stream. */
  private seenAt(stream: string, version: number): number {
    const event = this.eventAt(stream, version)
    return event ? event.position + 1 : 0
  }

  private eventAt(stream: string, version: number): StoreEvent | undefined {
    if (version < 0) return undefined
    const { log } = this.store
    const index = log.streamIndex(stream)
    return index === -1 ? undefined : this.events[log.positionAt(index, version)]
  }

  private get store(): EventStore {
    const { scenario } = this.history.live
    return this.history.live.part(scenario.nodes[this.place]?.id ?? '') as unknown as EventStore
  }

  private handler(part: number): CommandHandler {
    const { scenario } = this.history.live
    return this.history.live.part(scenario.nodes[part]?.id ?? '') as unknown as CommandHandler
  }

  private kindOf(part: number): string | undefined {
    return this.history.live.scenario.nodes[part]?.kind
  }
}
