/**
 * A relay: reads a store from its own position and publishes each event, in order. It saves its position
 * after publishing, so each event goes out at least once: a crash in between publishes it again. What a cut link
 * loses is lost, unless it waits for confirms before it saves.
 */
import { must } from '../../base/assert.ts'
import { usFromMs } from '../../base/time.ts'
import type { EventLog } from '../../brokers/eventstore/eventLog.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client, type Outlet, TERMS } from '../client.ts'
import { publishTo } from '../publish.ts'
import { CONFIRM_MS, Unconfirmed } from '../unconfirmed.ts'
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

const TIMER = { poll: 0, publish: 1, save: 2, confirm: 3 } as const

export class Relay extends Client<RelaySettings> {
  /** Events before it are published for certain: what a restart goes on from. */
  position = 0
  relayed = 0
  phase: (typeof PHASES)[number] = 'waiting'
  /** How many events the last answer had. */
  private batch = 0
  /** By position: what the broker has not confirmed. */
  private readonly unconfirmed = new Unconfirmed()
  /** In the middle of a batch: without latency a confirm comes before the next event is out. */
  private isPublishing = false
  /** When the wait for confirms ends. */
  private confirmUs = 0
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
    else if (kind === TIMER.confirm) this.publishAgain()
    else this.save()
  }

  /** The broker has a message, or refuses it: then its time runs out as if nothing had been said. */
  receiveConfirm(message: number, isStored: boolean, pipe: number): void {
    if (this.isCrashed || !isStored || this.phase !== 'saving') return
    const { messages } = this.sim.records
    const each = this.unconfirmed.find(
      this.positionOf(messages.parent(message)),
      pipe,
      this.outlets,
    )
    if (each === -1) return
    this.sim.emit(this, RELAY_FACTS.confirmed, message, each)
    if (this.unconfirmed.isEmpty && !this.isPublishing) this.published()
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
        this.confirmUs = this.sim.nowUs + usFromMs(this.settings.confirmMs ?? CONFIRM_MS)
        if (this.settings.confirms) this.unconfirmed.wait(this.positionOf(message), this.outlets)
        break
      case RELAY_FACTS.confirmed:
        this.unconfirmed.end(aux)
        break
      case RELAY_FACTS.saved:
        this.position = aux
        this.phase = 'waiting'
        break
      case CLIENT_FACTS.crashed:
        this.batch = 0
        this.unconfirmed.clear()
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
    this.unconfirmed.archive(io)
    this.confirmUs = io.int(this.confirmUs)
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
    this.isPublishing = true
    const isOut = this.publishBatch(port)
    this.isPublishing = false
    if (!isOut) return
    if (this.unconfirmed.isEmpty) this.published()
    else this.awaitConfirms()
  }

  /** Publishes all of the batch, unless it dies on the way. */
  private publishBatch(port: PollPort): boolean {
    for (let i = 0; i < this.batch; i++) {
      this.publishOne(port, this.position + i)
      if (i + 1 < this.batch && this.crashesAt('midBatch')) return false
    }
    return true
  }

  /** All of the batch is out, and the broker has it if that is waited for. */
  private published(): void {
    if (this.crashesAt('beforeMark')) return
    const us = this.slowedUs(usFromMs(this.settings.saveMs ?? SAVE_MS))
    this.sim.after(us, this, TIMER.save, this.life)
  }

  private awaitConfirms(): void {
    const us = usFromMs(this.settings.confirmMs ?? CONFIRM_MS)
    this.sim.after(us, this, TIMER.confirm, this.life)
  }

  private publishAgain(): void {
    // The time of a batch before this one: all of it was confirmed.
    if (this.unconfirmed.isEmpty || this.sim.nowUs < this.confirmUs) return
    const port = must(this.port, 'store of the relay')
    this.isPublishing = true
    for (const position of this.unconfirmed.items()) {
      const event = port.log.messageAt(position)
      this.sim.emit(this, RELAY_FACTS.unconfirmed, event, position)
      this.publishOne(port, position)
    }
    this.isPublishing = false
    if (this.unconfirmed.isEmpty) this.published()
    else this.awaitConfirms()
  }

  private positionOf(event: number): number {
    return must(this.port, 'store of the relay').log.firstPosition(event)
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
    publishTo(this, this.outlets, message, this.settings.confirms ? TERMS.confirm : 0)
  }

  private save(): void {
    const isFull = this.batch >= this.settings.batch
    this.sim.emit(this, RELAY_FACTS.saved, -1, this.position + this.batch)
    if (this.crashesAt('afterMark')) return
    const us = isFull ? 0 : usFromMs(this.settings.pollMs)
    this.sim.after(us, this, TIMER.poll, this.life)
  }
}
