/** Numbers of event stores and of those who write to them and read from them. */
import { must } from '../../../base/assert.ts'
import { TimeColumn } from '../../../base/column.ts'
import { EVENTSTORE_FACTS } from '../../../brokers/eventstore/facts.ts'
import type { EventStore } from '../../../brokers/eventstore/store.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { COMMAND_HANDLER_FACTS } from '../../../clients/commandHandler/facts.ts'
import { PROCESS_MANAGER_FACTS } from '../../../clients/processManager/facts.ts'
import { RELAY_FACTS } from '../../../clients/relay/facts.ts'
import { SERVICE_FACTS } from '../../../clients/service/facts.ts'
import type { NodeMeter } from '../nodeMeter.ts'
import type { Counter, CounterContext } from './counter.ts'

export class EventStoreCounter implements Counter {
  /** When each event was written, by the part of its store and its position. */
  private readonly writtenUs: (TimeColumn | undefined)[] = []
  /** By client: the position up to which events were begun, and up to which they were done. */
  private readonly begun: number[] = []
  private readonly done: number[] = []
  /** When each command in hand came, by its message, for each handler. */
  private readonly cameUs: (Map<number, number> | undefined)[] = []
  /** Commands of which a handler has begun to load the stream, events that a process manager has begun. */
  private readonly loaded: (Set<number> | undefined)[] = []
  private readonly stores: readonly number[]
  private readonly context: CounterContext

  constructor(context: CounterContext) {
    this.context = context
    const { nodes, links } = context.world.scenario
    this.stores = nodes.map(({ id }) => {
      const sources = links.filter(({ to }) => to === id).map(({ from }) => from)
      return nodes.findIndex(({ id, kind }) => kind === 'eventStore' && sources.includes(id))
    })
  }

  count(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    switch (kind) {
      case EVENTSTORE_FACTS.appended:
        this.meter(part).count('appended')
        this.writtenTo(part).put(this.part<EventStore>(part).count - 1, timeUs)
        break
      case EVENTSTORE_FACTS.conflicted:
        this.meter(part).count('conflicts')
        break
      case EVENTSTORE_FACTS.repeated:
        this.meter(part).count('repeated')
        break
      case RELAY_FACTS.relayed:
        this.relay(timeUs, part, message)
        break
      default: {
        const { kind: node } = this.context.meters[part]?.doc ?? {}
        if (node === 'projection') this.project(timeUs, kind, part, message, aux)
        else if (node === 'commandHandler') this.handle(timeUs, kind, part, message)
        else if (node === 'processManager') this.react(timeUs, kind, part, message)
        else if (node === 'service') this.serve(timeUs, kind, part, message)
      }
    }
  }

  private project(
    timeUs: number,
    kind: number,
    part: number,
    event: number,
    position: number,
  ): void {
    const meter = this.meter(part)
    if (kind === CLIENT_FACTS.started && position >= (this.begun[part] ?? 0)) {
      this.begun[part] = position + 1
      meter.waiting.add(timeUs - this.eventUs(part, event))
    } else if (kind === CLIENT_FACTS.processed) {
      meter.count('processed')
      meter.sojourn.add(timeUs - this.eventUs(part, event))
    }
  }

  /** What goes out again after a crash was there before. */
  private relay(timeUs: number, part: number, event: number): void {
    const meter = this.meter(part)
    meter.count('relayed')
    const store = this.part<EventStore>(this.stores[part] ?? -1)
    const position = store.log.firstPosition(event)
    if (position < (this.done[part] ?? 0)) return
    this.done[part] = position + 1
    meter.sojourn.add(timeUs - this.readUs(part, position))
  }

  private handle(timeUs: number, kind: number, part: number, command: number): void {
    const meter = this.meter(part)
    switch (kind) {
      case CLIENT_FACTS.received:
        meter.count('received')
        this.cameTo(part).set(command, timeUs)
        break
      case COMMAND_HANDLER_FACTS.loading: {
        const loaded = this.loadedBy(part)
        if (loaded.has(command)) break
        loaded.add(command)
        meter.waiting.add(timeUs - (this.cameTo(part).get(command) ?? timeUs))
        break
      }
      case COMMAND_HANDLER_FACTS.accepted:
      case COMMAND_HANDLER_FACTS.rejected:
        meter.count(kind === COMMAND_HANDLER_FACTS.accepted ? 'accepted' : 'rejected')
        meter.sojourn.add(timeUs - (this.cameTo(part).get(command) ?? timeUs))
        this.forget(part, command)
        break
      case COMMAND_HANDLER_FACTS.conflicted:
        meter.count('conflicts')
        break
      case COMMAND_HANDLER_FACTS.lost:
      case COMMAND_HANDLER_FACTS.unheard:
        meter.drop('crashed')
        this.forget(part, command)
        break
    }
  }

  /** An event that it begins again, after a crash or because it was delivered again, was measured before. */
  private react(timeUs: number, kind: number, part: number, event: number): void {
    const meter = this.meter(part)
    const { sent, sentAgain, reacted } = PROCESS_MANAGER_FACTS
    if (kind === sent || kind === sentAgain) meter.count('sent')
    else if (kind === CLIENT_FACTS.started) {
      const loaded = this.loadedBy(part)
      if (loaded.has(event)) return
      loaded.add(event)
      meter.waiting.add(timeUs - this.eventUs(part, event))
    } else if (kind === CLIENT_FACTS.processed) meter.count('processed')
    else if (kind === reacted) meter.sojourn.add(timeUs - this.eventUs(part, event))
  }

  private eventUs(client: number, event: number): number {
    const store = this.part<EventStore>(this.stores[client] ?? -1)
    return this.readUs(client, store.log.firstPosition(event))
  }

  private serve(timeUs: number, kind: number, part: number, command: number): void {
    const meter = this.meter(part)
    switch (kind) {
      case CLIENT_FACTS.received:
        meter.count('received')
        this.cameTo(part).set(command, timeUs)
        break
      case CLIENT_FACTS.started:
        meter.waiting.add(timeUs - (this.cameTo(part).get(command) ?? timeUs))
        break
      case SERVICE_FACTS.rowSaved:
        meter.count('saved')
        break
      case SERVICE_FACTS.finished:
        meter.sojourn.add(timeUs - (this.cameTo(part).get(command) ?? timeUs))
        this.forget(part, command)
        break
      case SERVICE_FACTS.lost:
      case SERVICE_FACTS.unheard:
        meter.drop('crashed')
        this.forget(part, command)
        break
    }
  }

  private forget(part: number, command: number): void {
    this.cameTo(part).delete(command)
    this.loadedBy(part).delete(command)
  }

  /** When the event at a position of the store that a client reads was written. */
  private readUs(client: number, position: number): number {
    return this.writtenTo(this.stores[client] ?? -1).get(position)
  }

  private meter(part: number): NodeMeter {
    return must(this.context.meters[part], 'meter of a part')
  }

  private part<P>(part: number): P {
    return this.context.world.sim.parts[part] as P
  }

  private writtenTo(store: number): TimeColumn {
    return at(this.writtenUs, store, () => new TimeColumn())
  }
  private cameTo(handler: number): Map<number, number> {
    return at(this.cameUs, handler, () => new Map())
  }
  private loadedBy(handler: number): Set<number> {
    return at(this.loaded, handler, () => new Set())
  }
}

/** The entry of a list, made on first use. */
function at<T>(list: (T | undefined)[], index: number, make: () => T): T {
  const known = list[index]
  if (known !== undefined) return known
  const made = make()
  list[index] = made
  return made
}
