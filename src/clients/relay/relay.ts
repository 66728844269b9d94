/**
 * A relay: reads a store from its own position and publishes each event, in order. It saves its position
 * after publishing, so each event goes out at least once: a crash in between publishes it again.
 */
import { must } from '../../base/assert.ts'
import { usFromMs } from '../../base/time.ts'
import type { EventLog } from '../../brokers/eventstore/eventLog.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet } from '../client.ts'
import { publishTo } from '../publish.ts'
import { relayBody } from './body.ts'
import { RELAY_FACTS } from './facts.ts'
import type { RelaySettings } from './settings.ts'

/** The way to a store. Made by the wiring; the answer comes back through `answer`. */
export interface PollPort {
  /** The store's contents, to be read up to what has been answered. */
  readonly log: EventLog
  /** How many keys of persons are gone: what they encrypted is published as nothing. */
  readonly keysDeleted?: number
  poll(from: number, max: number): void
  /** The process is gone: what is under way to it is lost. */
  hangUp(): void
}

const PHASES = ['waiting', 'polling', 'publishing', 'saving'] as const
/** How long saving takes if the scenario does not say. */
const SAVE_MS = 100

const TIMER = { poll: 0, publish: 1, save: 2 } as const

export class Relay extends Client<RelaySettings> {
  /** Events before it are published for certain: what a restart goes on from. */
  position = 0
  relayed = 0
  phase: (typeof PHASES)[number] = 'waiting'
  /** How many events the last answer had. */
  private batch = 0
  private port: PollPort | null = null
  outlets: readonly Outlet[] = []

  constructor(sim: Simulation, node: number, settings: RelaySettings) {
    super(sim, node, settings)
  }

  /** Connects it to its store; `start` then polls. */
  connect(port: PollPort): void {
    this.port = port
  }

  /** Polls now, and from then on every `pollMs`. */
  start(): void {
    if (!this.isCrashed && this.port !== null) this.sim.after(0, this, TIMER.poll, this.life)
  }

  /** The link works again: a poll that may be lost is sent once more. */
  reconnected(): void {
    if (!this.isCrashed && this.phase === 'polling') this.poll()
  }

  /** The store answers a poll: `count` events from position `from` on, the first of them `message`. */
  answer(message: number, from: number, count: number): void {
    if (this.isCrashed || this.phase !== 'polling' || from !== this.position) return
    this.sim.emit(this, RELAY_FACTS.polled, message, count)
    if (count === 0) this.sim.after(usFromMs(this.settings.pollMs), this, TIMER.poll, this.life)
    else this.sim.after(0, this, TIMER.publish, this.life)
  }

  due(kind: number, life: number): void {
    if (life !== this.life || this.isCrashed) return
    if (kind === TIMER.poll) this.poll()
    else if (kind === TIMER.publish) this.publish()
    else this.save()
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case RELAY_FACTS.polling:
        this.phase = 'polling'
        break
      case RELAY_FACTS.polled:
        this.batch = aux
        this.phase = aux === 0 ? 'waiting' : 'publishing'
        break
      case RELAY_FACTS.relayed:
        this.relayed++
        this.phase = 'saving'
        break
      case RELAY_FACTS.saved:
        this.position = aux
        this.phase = 'waiting'
        break
      case CLIENT_FACTS.crashed:
        this.batch = 0
        this.phase = 'waiting'
        break
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.position = io.int(this.position)
    this.relayed = io.int(this.relayed)
    this.phase = PHASES[io.int(PHASES.indexOf(this.phase))] ?? 'waiting'
    this.batch = io.int(this.batch)
  }

  protected override onCrash(): void {
    this.port?.hangUp()
  }

  protected override onRestart(): void {
    this.start()
  }

  private poll(): void {
    this.sim.emit(this, RELAY_FACTS.polling, -1, this.position)
    must(this.port, 'store of the relay').poll(this.position, this.settings.batch)
  }

  private publish(): void {
    const port = must(this.port, 'store of the relay')
    if (this.crashesAt('beforePublish')) return
    for (let i = 0; i < this.batch; i++) {
      this.publishOne(port, this.position + i)
      if (i + 1 < this.batch && this.crashesAt('midBatch')) return
    }
    if (this.crashesAt('beforeMark')) return
    const us = this.slowedUs(usFromMs(this.settings.saveMs ?? SAVE_MS))
    this.sim.after(us, this, TIMER.save, this.life)
  }

  private publishOne({ log, keysDeleted }: PollPort, position: number): void {
    const { messages, strings } = this.sim.records
    const event = log.event(position, keysDeleted)
    const message = messages.add(this.sim.nowUs, {
      template: strings.id(relayBody(this.settings.body, event)),
      ordinal: this.relayed + 1,
      key: strings.id(event.stream),
      props: -1,
      parent: event.message,
      source: this.node,
    })
    this.sim.emit(this, RELAY_FACTS.relayed, event.message, message)
    publishTo(this, this.outlets, message)
  }

  private save(): void {
    const isFull = this.batch >= this.settings.batch
    this.sim.emit(this, RELAY_FACTS.saved, -1, this.position + this.batch)
    if (this.crashesAt('afterMark')) return
    const us = isFull ? 0 : usFromMs(this.settings.pollMs)
    this.sim.after(us, this, TIMER.poll, this.life)
  }
}
