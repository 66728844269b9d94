/**
 * What an MQTT client publishes: its schedule, and the sender's side of the handshakes. QoS 1 and 2 are kept until they
 * are answered to the end, and sent again after a reconnect and at no other time (MQTT 5.0, 4.4); QoS 0 is sent once.
 */
import type { TimeColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS } from '../client.ts'
import { ArrivalProcess } from '../producer/arrivals.ts'
import { PRODUCER_FACTS } from '../producer/facts.ts'
import { MqttConnection, TIMER } from './connection.ts'
import { MQTT_CLIENT_FACTS as FACTS } from './facts.ts'
import { AWAITS, Outgoing } from './outgoing.ts'
import { flagsOf, PACKETS } from './packets.ts'
import { IN_FLIGHT_MAX, type MqttClientSettings } from './settings.ts'

/** What it would publish now, besides its schedule. */
interface PublishNow {
  topic?: string | undefined
  body?: string | undefined
  qos?: 0 | 1 | 2 | undefined
  retain?: boolean | undefined
}

export abstract class MqttPublisher extends MqttConnection {
  /** Messages made, and plans for the next one. */
  made = 0
  plans = 0
  lastMessage = -1
  readonly outgoing: Outgoing
  private propertyRow = -1
  private readonly planUs: TimeColumn
  private readonly random: Random
  private arrivals = new ArrivalProcess()
  private templates: number[] = []
  private topicIds: number[] = []

  constructor(sim: Simulation, node: number, id: string, settings: MqttClientSettings) {
    super(sim, node, settings)
    this.outgoing = new Outgoing(sim.records, node)
    this.planUs = sim.records.times(node, 'planUs')
    this.random = sim.random(`${id}/arrivals`)
  }

  /** When it publishes next by its schedule; Infinity if it does not. */
  get nextUs(): number {
    return this.plans === 0 || this.isCrashed || this.isPaused
      ? Number.POSITIVE_INFINITY
      : this.planUs.get(this.plans - 1)
  }

  /** At the beginning of the run, after all have joined. */
  startPublishing(): void {
    this.setProperties()
    this.plan(-1)
  }

  /** Publishes besides its schedule; what is not given is as in its next message. */
  publishNow({ topic, body, qos, retain }: PublishNow): void {
    if (this.isCrashed) return
    const { records } = this.sim
    const { plans, settings } = this
    const plannedUs = plans === 0 ? Number.POSITIVE_INFINITY : this.planUs.get(plans - 1)
    const props = {
      qos: qos ?? settings.qos ?? 0,
      retain: retain ?? settings.retain ?? false,
      expiryS: settings.expiryS ?? 0,
    }
    const template = body === undefined ? this.inTurn(this.templates) : records.strings.id(body)
    const key = topic === undefined ? this.inTurn(this.topicIds) : records.strings.id(topic)
    this.make(template, key, records.row(props), plannedUs)
  }

  private inTurn(list: readonly number[]): number {
    return list[this.made % list.length] ?? -1
  }

  private make(template: number, topic: number, props: number, nextUs: number): void {
    const { sim } = this
    const plan = this.plans
    this.planUs.put(plan, nextUs)
    const made = this.made + 1
    const message = sim.records.messages.addRow(
      sim.nowUs,
      template,
      made,
      topic,
      props,
      -1,
      this.node,
    )
    sim.emit(this, CLIENT_FACTS.published, message, this.port?.pipe ?? -1)
    this.await(plan, nextUs)
    this.offer(message)
  }

  private offer(message: number): void {
    if (this.qosOf(message) === 0) {
      if (this.isOnline) this.publish(message, -1, false)
      else this.lose(message)
      return
    }
    this.sim.emit(this, FACTS.waitsToSend, message, this.outgoing.book(message))
    this.flush()
  }

  private publish(message: number, position: number, dup: boolean): void {
    const flags = flagsOf({ ...this.propsOf(message), dup })
    this.port?.send(PACKETS.publish, message, flags, position)
  }

  private propsOf(message: number): { qos: number; retain: boolean } {
    const { records } = this.sim
    return records.rowAt(records.messages.props(message))
  }

  private qosOf(message: number): number {
    return this.propsOf(message).qos
  }

  /** Sends what waits, at most twenty unanswered at a time. */
  protected flush(): void {
    const { outgoing } = this
    while (
      this.isOnline &&
      this.isSettled &&
      outgoing.waitingCount > 0 &&
      outgoing.unansweredCount < IN_FLIGHT_MAX
    ) {
      const position = outgoing.next
      const message = outgoing.messageAt(position)
      this.sim.emit(this, FACTS.sent, message, position)
      this.publish(message, position, false)
    }
  }

  protected resend(): void {
    const { outgoing } = this
    const again = [...outgoing.unanswered]
    for (let i = 0; i < again.length && this.isOnline; i += 2) {
      const [position = 0, awaits] = again.slice(i)
      const message = outgoing.messageAt(position)
      this.sim.emit(this, FACTS.sentAgain, message, position)
      if (awaits === AWAITS.pubcomp) this.port?.send(PACKETS.pubrel, message, position, 0)
      else this.publish(message, position, true)
    }
  }

  protected receiveAnswer(op: number, position: number): void {
    const { outgoing, sim } = this
    const awaits = outgoing.awaits(position)
    const message = awaits === -1 ? -1 : outgoing.messageAt(position)
    if (op === PACKETS.puback && awaits === AWAITS.puback) {
      sim.emit(this, FACTS.pubackCame, message, position)
      this.flush()
    } else if (op === PACKETS.pubrec && awaits === AWAITS.pubrec) {
      sim.emit(this, FACTS.pubrecCame, message, position)
      this.port?.send(PACKETS.pubrel, message, position, 0)
    } else if (op === PACKETS.pubcomp && awaits === AWAITS.pubcomp) {
      sim.emit(this, FACTS.pubcompCame, message, position)
      this.flush()
    }
  }

  /** A QoS 0 message of its own is gone. */
  lose(message: number): void {
    this.sim.emit(this, FACTS.notSent, message, -1)
    this.port?.unsent(message)
  }

  private publishDue(plan: number): void {
    if (plan !== this.plans - 1 || this.isPaused || this.topicIds.length === 0) return
    const nextUs = this.arrivals.nextUs(this.random, this.made + 1, this.planUs.get(plan))
    const props = this.propertyRow
    this.make(this.inTurn(this.templates), this.inTurn(this.topicIds), props, nextUs)
  }

  private plan(lastUs: number): void {
    const { plans } = this
    const atUs = this.arrivals.nextUs(this.random, this.made, lastUs)
    this.planUs.put(plans, atUs)
    this.sim.emit(this, PRODUCER_FACTS.planned, -1, plans)
    this.await(plans, atUs)
  }

  private await(plan: number, atUs: number): void {
    const { sim } = this
    if (atUs !== Number.POSITIVE_INFINITY) {
      sim.agenda.add(Math.max(atUs, sim.nowUs), this.node, TIMER.publish, plan)
    }
  }

  /** Writes down the properties that its messages bear. */
  private setProperties(): void {
    const { qos = 0, retain = false, expiryS = 0 } = this.settings
    const row = this.sim.records.row({ qos, retain, expiryS })
    this.sim.emit(this, PRODUCER_FACTS.propertiesSet, -1, row)
  }

  override due(timer: number, arg: number): void {
    if (timer !== TIMER.publish) super.due(timer, arg)
    else if (!this.isCrashed) this.publishDue(arg)
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    const { outgoing } = this
    switch (kind) {
      case PRODUCER_FACTS.planned:
        this.plans++
        break
      case PRODUCER_FACTS.propertiesSet:
        this.propertyRow = aux
        break
      case CLIENT_FACTS.published:
        this.lastMessage = message
        this.made++
        this.plans++
        break
      case FACTS.waitsToSend:
        outgoing.take()
        break
      case FACTS.sent:
        outgoing.send(aux, this.qosOf(message))
        break
      case FACTS.pubrecCame:
        outgoing.receive(aux)
        break
      case FACTS.pubackCame:
      case FACTS.pubcompCame:
        outgoing.settle(aux)
        break
      case CLIENT_FACTS.crashed:
        outgoing.clear()
        break
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.made = io.int(this.made)
    this.plans = io.int(this.plans)
    this.lastMessage = io.int(this.lastMessage)
    this.outgoing.archive(io)
    this.propertyRow = io.int(this.propertyRow)
  }

  protected override onRestart(): void {
    this.plan(this.sim.nowUs)
    super.onRestart()
  }

  protected override onResume(): void {
    this.plan(this.sim.nowUs)
  }

  protected override onSet(name: string): void {
    if (name === 'arrivals') this.plan(this.sim.nowUs)
    if (name === 'qos' || name === 'retain' || name === 'expiryS') this.setProperties()
    if (name === 'subscriptions') this.changeFilters()
  }

  protected override onSettings(): void {
    const { strings } = this.sim.records
    const { arrivals, bodies, topics = [] } = this.settings
    this.arrivals = new ArrivalProcess(arrivals)
    this.templates = bodies.map((body) => strings.id(body))
    this.topicIds = topics.map((topic) => strings.id(topic))
  }
}
