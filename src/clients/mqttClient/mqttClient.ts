/**
 * An MQTT client (MQTT 5.0 and 3.1.1): one connection on which it publishes and gets what it is subscribed to, with
 * the receiver's side of the handshakes. Its own side of the session is in memory, as with most client libraries: a
 * crash loses it. Left out: packets that TCP would repair; a packet that gets lost here takes its connection with it.
 */
import type { TimeColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import { INSTANT, Sampler } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS } from '../client.ts'
import { TIMER } from './connection.ts'
import { MQTT_CLIENT_FACTS as FACTS } from './facts.ts'
import { Incoming } from './incoming.ts'
import { flagsOf, PACKETS, readFlags } from './packets.ts'
import { MqttPublisher } from './publisher.ts'
import type { MqttClientSettings } from './settings.ts'

/** Missed messages that are remembered one by one. */
const MISSED_MAX = 12

export class MqttClient extends MqttPublisher {
  readonly incoming: Incoming
  processedCount = 0
  /** It works on a message at this moment; raised as work begins and at a crash. */
  isWorking = false
  turn = 0
  missedCount = 0
  /** The latest of them. */
  readonly missed: number[] = []
  protected readonly firstFilters: readonly string[]
  private readonly startUs: TimeColumn
  private readonly endUs: TimeColumn
  private readonly work: Random
  private duration = INSTANT

  constructor(sim: Simulation, node: number, id: string, settings: MqttClientSettings) {
    super(sim, node, id, settings)
    const { records } = sim
    this.incoming = new Incoming(records, node)
    this.startUs = records.times(node, 'startUs')
    this.endUs = records.times(node, 'endUs')
    this.work = sim.random(`${id}/service`)
    this.onSettings()
    this.firstFilters = this.filters
  }

  protected override receiveMessage(op: number, message: number, a: number, b: number): void {
    if (op === PACKETS.publish) this.receivePublish(message, b, a)
    else if (op === PACKETS.pubrel) this.receivePubrel(message, a)
    else this.receiveAnswer(op, a)
  }

  protected override forgetMessages(): void {
    this.incoming.releaseAll()
  }

  /** QoS 2 is held until it is released, so that a second PUBLISH of it is known (4.3.3, method A). */
  private receivePublish(message: number, position: number, flags: number): void {
    if (readFlags(flags).qos < 2) {
      this.take({ message, flags, position, connection: this.connections })
      return
    }
    if (this.incoming.holds(position)) {
      this.sim.emit(this, FACTS.knownAlready, message, position)
    } else {
      this.sim.emit(this, readFlags(flags).dup ? FACTS.heldAgain : FACTS.held, message, position)
    }
    this.port?.send(PACKETS.pubrec, message, position, 0)
  }

  private receivePubrel(message: number, position: number): void {
    const { incoming, sim } = this
    if (!incoming.holds(position)) {
      this.port?.send(PACKETS.pubcomp, message, position, 0)
      return
    }
    const flags = flagsOf({ qos: 2, retain: false, dup: incoming.isDup(position) })
    sim.emit(this, FACTS.released, message, position)
    this.take({ message, flags, position, connection: this.connections })
  }

  private take(entry: Parameters<Incoming['book']>[0]): void {
    const { incoming, sim } = this
    incoming.book(entry)
    sim.emit(this, CLIENT_FACTS.received, entry.message, incoming.received)
    this.begin()
  }

  private begin(): void {
    const { incoming, sim, turn } = this
    if (this.isWorking || this.isPaused || this.isCrashed || incoming.inHand === 0) return
    const us = this.slowedUs(this.duration.drawUs(this.work, turn))
    this.startUs.put(turn, sim.nowUs)
    this.endUs.put(turn, sim.nowUs + us)
    sim.emit(this, CLIENT_FACTS.started, incoming.entry(incoming.taken).message, incoming.taken)
    sim.after(us, this, TIMER.work, turn)
  }

  /** The work is done: only now PUBACK, or PUBCOMP, goes, as client libraries do after the callback. */
  private finish(): void {
    const { incoming, sim } = this
    const { message, flags, position, connection } = incoming.entry(incoming.taken)
    if (this.crashesAt('beforeEffect')) return
    this.hadBefore(message, incoming.taken)
    sim.emit(this, CLIENT_FACTS.processed, message, incoming.taken)
    if (this.crashesAt('afterEffect')) return
    const { qos } = readFlags(flags)
    if (qos > 0 && this.isOnline && connection === this.connections) {
      this.port?.send(qos === 1 ? PACKETS.puback : PACKETS.pubcomp, message, position, 0)
    }
    if (this.crashesAt('afterAck')) return
    this.begin()
  }

  /** A message that its filters match will not come any more, unless it came already and only the answer is lost. */
  miss(message: number, why: number): void {
    if (!this.incoming.hasLately(message)) this.sim.emit(this, FACTS.missed, message, why)
  }

  override due(timer: number, arg: number): void {
    if (timer !== TIMER.work) super.due(timer, arg)
    else if (!this.isCrashed && arg === this.turn - 1 && this.isWorking) this.finish()
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    const { incoming } = this
    switch (kind) {
      case FACTS.held:
      case FACTS.heldAgain:
        incoming.hold(aux, message, kind === FACTS.heldAgain)
        break
      case FACTS.released:
        incoming.release(aux)
        break
      case FACTS.forgotten:
        incoming.taken++
        break
      case FACTS.missed:
        this.missedCount++
        this.missed.push(message)
        if (this.missed.length > MISSED_MAX) this.missed.shift()
        break
      default:
        this.applyWork(kind, message)
    }
  }

  private applyWork(kind: number, message: number): void {
    switch (kind) {
      case CLIENT_FACTS.received:
        this.incoming.received++
        this.gotAfterAll(message)
        break
      case CLIENT_FACTS.started:
        this.isWorking = true
        this.turn++
        break
      case CLIENT_FACTS.processed:
        this.incoming.taken++
        this.processedCount++
        this.isWorking = false
        break
      case CLIENT_FACTS.crashed:
        this.isWorking = false
        this.turn++
        this.incoming.releaseAll()
        break
    }
  }

  /** What was missed may still come: retained. */
  private gotAfterAll(message: number): void {
    const at = this.missed.indexOf(message)
    if (at === -1) return
    this.missed.splice(at, 1)
    this.missedCount--
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.incoming.archive(io)
    this.processedCount = io.int(this.processedCount)
    this.isWorking = io.flag(this.isWorking)
    this.turn = io.int(this.turn)
    this.missedCount = io.int(this.missedCount)
    io.list(this.missed)
  }

  /** Calls `visit` for what it works on and what waits in its memory. */
  eachInHand(
    limit: number,
    visit: (message: number, dup: boolean, startUs: number, endUs: number) => void,
  ): void {
    const { incoming, turn } = this
    const end = Math.min(incoming.received, incoming.taken + limit)
    for (let at = incoming.taken; at < end; at++) {
      const { message, flags } = incoming.entry(at)
      const working = at === incoming.taken && this.isWorking
      const startUs = working ? this.startUs.get(turn - 1) : -1
      visit(message, readFlags(flags).dup, startUs, working ? this.endUs.get(turn - 1) : -1)
    }
  }

  /** The process dies: what was in memory is gone, and its operating system closes the connection. */
  protected override onCrash(): void {
    const { incoming } = this
    while (incoming.inHand > 0) {
      const { message } = incoming.entry(incoming.taken)
      this.sim.emit(this, FACTS.forgotten, message, incoming.taken)
    }
    super.onCrash()
  }

  protected override onResume(): void {
    super.onResume()
    this.begin()
  }

  protected override onSettings(): void {
    super.onSettings()
    this.duration = new Sampler(this.settings.service)
  }
}
