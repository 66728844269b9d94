/**
 * The connection of an MQTT client (MQTT 5.0, 3.1): CONNECT and what follows it, keep alive, and what becomes of it when
 * a packet gets lost or a link is cut. What it publishes and gets is decided by those who extend it.
 */
import { usFromMs } from '../../base/time.ts'
import type { Archive } from '../../engine/archive.ts'
import { CLIENT_FACTS, Client } from '../client.ts'
import { MQTT_CLIENT_FACTS as FACTS, MISSED, WENT } from './facts.ts'
import { PACKETS, readFlags } from './packets.ts'
import { type MqttClientSettings, RECONNECT_MS } from './settings.ts'

/** The way to its broker. */
export interface MqttPort {
  /** Part of the pipe on which it publishes. */
  readonly pipe: number
  send(op: number, message: number, a: number, b: number): void
  /** Its end of the connection is closed: what is under way to it is lost, and from it too if `both`. */
  cutOff(both: boolean): void
  /** A message of its own with QoS 0 will never come to the broker. */
  unsent(message: number): void
}

const PHASES = ['offline', 'connecting', 'online'] as const
export const TIMER = {
  publish: 0,
  work: 1,
  connect: 2,
  giveUp: 3,
  beat: 4,
  breaks: 5,
  silence: 6,
  leave: 7,
  back: 8,
  crash: 9,
  settle: 10,
} as const

/** How long a client waits for CONNACK: `connect_timeout` of paho-mqtt. */
const CONNACK_US = 5_000_000

export abstract class MqttConnection extends Client<MqttClientSettings> {
  phase: (typeof PHASES)[number] = 'offline'
  /** What it has to send after CONNACK is sent. */
  protected isSettled = false
  /** The broker has answered for its present filters. */
  private isSubscribed = false
  /** It is to be connected: it connects again when its connection is lost. */
  isWanted = true
  /** Connections that it has begun, and changes of its phase: timers of before are ignored. */
  connections = 0
  private turns = 0
  private isPingOpen = false
  /** How often the broker has heard from it. */
  heardCount = 0
  /** A packet on its way will be lost, and with it the connection. */
  isBreaking = false
  port: MqttPort | null = null
  /** What the broker does when it has heard nothing for too long. */
  onSilence: () => void = () => {}

  get isOnline(): boolean {
    return this.phase === 'online'
  }
  get filters(): string[] {
    return (this.settings.subscriptions ?? []).map(({ filter }) => filter)
  }
  /** An act gave it others than it had. */
  get filtersChanged(): boolean {
    return this.filters.join() !== this.firstFilters.join()
  }
  /** Filters of the document. */
  protected abstract readonly firstFilters: readonly string[]

  /** A packet that concerns a message. */
  protected abstract receiveMessage(op: number, message: number, a: number, b: number): void
  /** A message that its filters match will not come any more. */
  abstract miss(message: number, why: number): void
  /** Sends what is unanswered again; then what waits. */
  protected abstract resend(): void
  protected abstract flush(): void
  /** Its session is a new one: what it knew of the one before is of no use. */
  protected abstract forgetMessages(): void

  /** At the beginning of the run. */
  join(): void {
    const us = usFromMs(this.settings.connectAtMs ?? 0)
    if (us === 0) this.connect()
    else this.foresee('connectAtMs', TIMER.back)
    this.foresee('leaveAtMs', TIMER.leave)
    this.foresee('backAtMs', TIMER.back)
    this.foresee('crashAtMs', TIMER.crash)
  }

  private foresee(
    moment: 'connectAtMs' | 'leaveAtMs' | 'backAtMs' | 'crashAtMs',
    timer: number,
  ): void {
    const ms = this.settings[moment]
    if (ms === undefined) return
    this.sim.emit(this, FACTS.foreseen, -1, timer)
    this.sim.after(usFromMs(ms), this, timer)
  }

  connect(): void {
    if (this.isCrashed || this.phase !== 'offline' || this.port === null) return
    const will = this.makeWill()
    this.sim.emit(this, FACTS.connecting, will, this.connections + 1)
    this.sim.after(CONNACK_US, this, TIMER.giveUp, this.turns)
    this.port.send(PACKETS.connect, will, this.connections, 0)
  }

  /** DISCONNECT: it stays away until it is told to connect. */
  disconnect(): void {
    if (this.isCrashed || (this.phase === 'offline' && !this.isWanted)) return
    if (this.phase !== 'offline') this.port?.send(PACKETS.disconnect, -1, this.connections, 0)
    this.goOffline(WENT.asked)
  }

  /** The link works again: what was sent meanwhile is lost, and with it the connection. */
  reset(): void {
    if (!this.isCrashed && this.phase !== 'offline') this.goOffline(WENT.lost)
  }

  /** A packet is sent that will not arrive: instead of its arrival the connection breaks; what was sent before it arrives. */
  losePacket(op: number, message: number, latencyUs: number): void {
    this.sim.emit(this, FACTS.packetLost, message, op)
    this.sim.after(latencyUs, this, TIMER.breaks, this.connections)
  }

  /** The broker hears from it: if it hears nothing for one and a half times the keep alive, it gives it up (3.1.2.10). */
  hear(): void {
    this.sim.emit(this, FACTS.heard, -1, -1)
    const us = usFromMs(this.settings.keepAliveMs ?? 0)
    if (us > 0) this.sim.after(us + (us >> 1), this, TIMER.silence, this.heardCount)
  }

  private goOffline(how: number): void {
    this.sim.emit(this, FACTS.disconnected, -1, how)
    this.port?.cutOff(how !== WENT.asked)
    if (how === WENT.lost || how === WENT.silence) {
      this.port?.send(PACKETS.close, -1, this.connections, 0)
    }
    if (!this.isWanted || this.isCrashed) return
    const us = Math.max(1000, usFromMs(this.settings.reconnectMs ?? RECONNECT_MS))
    this.sim.after(us, this, TIMER.connect, this.turns)
  }

  private makeWill(): number {
    const { will } = this.settings
    if (!will) return -1
    const { messages, strings } = this.sim.records
    const props = { qos: will.qos ?? 0, retain: will.retain ?? false, expiryS: 0 }
    return messages.addRow(
      this.sim.nowUs,
      strings.id(will.body),
      0,
      strings.id(will.topic),
      this.sim.records.row(props),
      -1,
      this.node,
    )
  }

  /** A packet from the broker. */
  receive(op: number, message: number, a: number, b: number): void {
    if (this.isCrashed) return
    if (op === PACKETS.close) {
      if (this.phase !== 'offline') this.goOffline(WENT.closed)
    } else if (op === PACKETS.connack) this.welcome(a)
    else if (!this.isOnline) {
      if (op === PACKETS.publish && readFlags(a).qos === 0) this.miss(message, MISSED.lost)
    } else if (op === PACKETS.suback) this.sim.emit(this, FACTS.subackCame, -1, -1)
    else if (op === PACKETS.pingresp) this.sim.emit(this, FACTS.pingAnswered, -1, -1)
    else this.receiveMessage(op, message, a, b)
  }

  private welcome(isPresent: number): void {
    if (this.phase !== 'connecting') return
    this.sim.emit(this, FACTS.connected, -1, isPresent)
    this.beatLater()
    // Not before what the broker has to send at once is here, also where that takes no time.
    this.sim.after(0, this, TIMER.settle, this.turns * 2 + isPresent)
  }

  private settle(isPresent: boolean): void {
    if (!isPresent) this.subscribe()
    else if (!this.isSubscribed) this.changeFilters()
    this.resend()
    if (!this.isOnline) return
    this.sim.emit(this, FACTS.settled, -1, -1)
    this.flush()
  }

  private subscribe(): void {
    const { subscriptions = [] } = this.settings
    if (subscriptions.length === 0) return
    const rows = subscriptions.map(({ filter, qos, noLocal }) => ({
      filter,
      qos,
      noLocal: noLocal ?? false,
      retainAsPublished: false,
      retainHandling: 0,
    }))
    this.port?.send(PACKETS.subscribe, -1, this.sim.records.row(rows), 0)
  }

  /** UNSUBSCRIBE for what is not asked for any more, SUBSCRIBE for the rest: the broker replaces what it knows. */
  protected changeFilters(): void {
    if (!this.isOnline) return
    const now = this.filters
    const gone = this.everAsked().filter((filter) => !now.includes(filter))
    if (gone.length > 0) {
      this.port?.send(PACKETS.unsubscribe, -1, this.sim.records.row(gone), 0)
    }
    this.subscribe()
  }

  /** Filters that it may have asked for since the beginning. */
  private everAsked(): string[] {
    const filters = new Set(this.firstFilters)
    for (const row of this.changedRows) {
      const { name, value } = this.sim.records.rowAt<{ name: string; value: unknown }>(row)
      if (name !== 'subscriptions') continue
      for (const { filter } of value as { filter: string }[]) filters.add(filter)
    }
    return [...filters]
  }

  private beatLater(): void {
    const us = usFromMs(this.settings.keepAliveMs ?? 0)
    if (us > 0) this.sim.after(us, this, TIMER.beat, this.turns)
  }

  /** PINGREQ at a fixed beat, whatever else it sends; one that is not answered by the next ends the connection. */
  private beat(): void {
    if (this.isPingOpen) {
      this.goOffline(WENT.silence)
      return
    }
    this.sim.emit(this, FACTS.pingSent, -1, -1)
    this.beatLater()
    this.port?.send(PACKETS.pingreq, -1, 0, 0)
  }

  due(timer: number, arg: number): void {
    if (timer === TIMER.silence) {
      if (arg === this.heardCount) this.onSilence()
    } else if (this.isCrashed) return
    else if (timer === TIMER.breaks) {
      if (arg === this.connections && this.isBreaking) this.goOffline(WENT.lost)
    } else if (timer === TIMER.settle) {
      if (arg >> 1 === this.turns) this.settle((arg & 1) === 1)
    } else if (timer >= TIMER.leave) this.foreseenDue(timer)
    else if (arg !== this.turns) return
    else if (timer === TIMER.connect) this.connect()
    else if (timer === TIMER.beat) this.beat()
    else if (timer === TIMER.giveUp && this.phase === 'connecting') this.goOffline(WENT.silence)
  }

  private foreseenDue(timer: number): void {
    if (timer === TIMER.leave) this.disconnect()
    else if (timer === TIMER.back) this.connect()
    else this.crash()
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    if (kind === CLIENT_FACTS.crashed) this.goneOffline()
    else if (kind === CLIENT_FACTS.settingChanged) {
      this.isSubscribed &&= !this.concernsFilters(aux)
    } else this.applyConnection(kind, aux)
  }

  private concernsFilters(row: number): boolean {
    return this.sim.records.rowAt<{ name: string }>(row).name === 'subscriptions'
  }

  private applyConnection(kind: number, aux: number): void {
    switch (kind) {
      case FACTS.connecting:
        this.phase = 'connecting'
        this.isWanted = true
        this.connections = aux
        this.turns++
        break
      case FACTS.connected:
        this.phase = 'online'
        this.turns++
        this.isPingOpen = false
        this.isSettled = false
        if (aux === 0) this.forgetSession()
        break
      case FACTS.disconnected:
        this.goneOffline()
        if (aux === WENT.asked) this.isWanted = false
        break
      case FACTS.subackCame:
        this.isSubscribed = true
        break
      case FACTS.settled:
        this.isSettled = true
        break
      case FACTS.pingSent:
        this.isPingOpen = true
        break
      case FACTS.pingAnswered:
        this.isPingOpen = false
        break
      case FACTS.heard:
        this.heardCount++
        break
      case FACTS.packetLost:
        this.isBreaking = true
        break
    }
  }

  private forgetSession(): void {
    this.forgetMessages()
    this.isSubscribed = false
  }

  private goneOffline(): void {
    this.phase = 'offline'
    this.isBreaking = false
    this.isPingOpen = false
    this.turns++
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.phase = PHASES[io.int(PHASES.indexOf(this.phase))] ?? 'offline'
    this.isWanted = io.flag(this.isWanted)
    this.isSettled = io.flag(this.isSettled)
    this.isSubscribed = io.flag(this.isSubscribed)
    this.connections = io.int(this.connections)
    this.turns = io.int(this.turns)
    this.isPingOpen = io.flag(this.isPingOpen)
    this.heardCount = io.int(this.heardCount)
    this.isBreaking = io.flag(this.isBreaking)
  }

  protected override onCrash(): void {
    this.port?.cutOff(false)
    this.port?.send(PACKETS.close, -1, this.connections, 0)
  }

  protected override onRestart(): void {
    if (this.isWanted) this.connect()
  }
}
