/**
 * A run as lanes: each node a lane, each message a line from lane to lane and a stretch where it waits or
 * is worked on. Made by reading each fact once, in order; a window of it is then found by what is in it.
 * Left out: hops without latency within logs and event stores, which leave no fact of their own.
 */

import { Channel } from '../../brokers/amqp/channel.ts'
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import { Partition } from '../../brokers/log/partition.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { PIPE_FACTS } from '../../engine/pipe.ts'
import { OP } from '../../scenario/wiring/ops.ts'
import { WORLD_FACTS } from '../../scenario/world.ts'
import type { History } from '../history.ts'
import { factKind } from '../vocabulary.ts'
import { Crossings } from './crossings.ts'
import { flowOrder } from './flowOrder.ts'
import { FORM, Lane } from './lane.ts'
import { MEANINGS } from './meanings.ts'

/** What goes forward as a message; the rest is drawn thinner. */
const MESSAGES: ReadonlySet<number> = new Set([
  ...[OP.publish, OP.route, OP.deliver, OP.batch, OP.produce, OP.command, OP.append, OP.event],
])

export class LaneIndex {
  /** Of the scenario's nodes, in their order; `order` says which lies on top. */
  readonly lanes: readonly Lane[]
  readonly order: readonly number[]
  /** Forward and back of each link in turn: 2 l and 2 l + 1. */
  readonly crossings: readonly Crossings[]
  /** When someone acted, and the fact that says so. */
  readonly acts: { timeUs: number; factIndex: number }[] = []
  /** Facts that have been read, and when the last of them happened. */
  read = 0
  lastReadUs = 0
  private readonly history: History
  private readonly laneOfPart: Int32Array
  /** What came in last at each lane, so that its stay can take the line over. */
  private readonly lastArrived: { crossing: Crossings; index: number; timeUs: number }[] = []

  constructor(history: History) {
    const { scenario } = history.live
    this.history = history
    const laneOf = new Map(scenario.nodes.map((node, i) => [node.id, i]))
    this.lanes = scenario.nodes.map(() => new Lane())
    this.order = flowOrder(scenario)
    this.crossings = scenario.links.flatMap((link, i) => {
      const [from, to] = [laneOf.get(link.from) ?? 0, laneOf.get(link.to) ?? 0]
      const latencyUs = Math.round(link.latencyMs * 1000)
      return [
        new Crossings(i, false, from, to, latencyUs),
        new Crossings(i, true, to, from, latencyUs),
      ]
    })
    this.laneOfPart = new Int32Array(0x10000).fill(UNKNOWN)
  }

  /** Reads at most `facts` more; returns whether there are more to read. */
  advance(facts: number): boolean {
    const { facts: log } = this.history.live.records
    const end = Math.min(log.count, this.read + facts)
    let index = this.read
    log.each(index, end, (timeUs, kind, part, message, aux) => {
      if (kind <= PIPE_FACTS.lost) this.takePipe(timeUs, kind, part, message, aux)
      else this.take(timeUs, kind, part, message, aux, index)
      index++
    })
    if (end > 0) this.lastReadUs = log.timeUs(end - 1)
    this.read = end
    return end < log.count
  }

  private takePipe(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    const crossing = this.crossings[part - this.lanes.length]
    if (!crossing) return
    switch (kind) {
      case PIPE_FACTS.sent:
        crossing.send(
          timeUs,
          message,
          !MESSAGES.has(aux),
          this.rowLeft(crossing.from, timeUs, message),
        )
        return
      case PIPE_FACTS.arrived:
        this.arrived(crossing, crossing.arrive(timeUs), timeUs)
        return
      case PIPE_FACTS.emptied:
        crossing.empty(timeUs)
        return
      case PIPE_FACTS.latencyChanged:
        crossing.latencyUs = aux
        return
      case PIPE_FACTS.cut:
        crossing.isCut = true
        return
      case PIPE_FACTS.mended:
        crossing.isCut = false
        return
      case PIPE_FACTS.lost:
        crossing.lose(
          timeUs,
          message,
          !MESSAGES.has(aux),
          this.rowLeft(crossing.from, timeUs, message),
        )
        return
    }
  }

  private take(
    timeUs: number,
    kind: number,
    part: number,
    message: number,
    aux: number,
    factIndex: number,
  ): void {
    if (kind === WORLD_FACTS.acted) this.acts.push({ timeUs, factIndex })
    const at = this.laneOf(part)
    const lane = this.lanes[at]
    if (!lane) return
    if (factKind(kind).tone === 'fault') lane.fault(message, timeUs)
    const meaning = MEANINGS[kind]
    switch (meaning) {
      case 'waits':
        if (message < 0) return
        if (kind === AMQP_FACTS.enqueued) this.hop(this.laneOf(aux), at, message, timeUs)
        this.land(at, lane.begin(FORM.waits, message, timeUs), message, timeUs)
        return
      case 'works':
        // Another copy of it that is worked on here stays.
        lane.endWait(message, timeUs)
        this.land(at, lane.begin(FORM.works, message, timeUs), message, timeUs)
        return
      case 'ends':
        lane.end(message, timeUs)
        if (kind === AMQP_FACTS.delivered) this.hop(at, this.laneOf(aux), message, timeUs)
        break
      case 'clears':
        lane.endAll(timeUs)
        break
      case 'returns':
        this.lanes[this.deliveredFrom(part, aux)]?.begin(FORM.waits, message, timeUs)
        break
      case 'written':
        lane.write(message, timeUs, this.rowWritten(part, aux))
        break
      case 'down':
        lane.goDown(timeUs)
        break
      case 'up':
        lane.comeUp(timeUs)
        break
    }
    const pipe =
      kind === CLIENT_FACTS.published ? this.crossings[aux - this.lanes.length] : undefined
    if (pipe?.isImmediate) this.hopOn(pipe, message, timeUs)
  }

  /** The lane of the queue that a channel's delivery tag came from. */
  private deliveredFrom(channel: number, tag: number): number {
    const part = this.history.live.sim.parts[channel]
    return part instanceof Channel ? this.laneOf(part.queueOf(tag).node) : NONE
  }

  /** A hop between two lanes, if their link takes no time. */
  private hop(from: number, to: number, message: number, timeUs: number): void {
    for (const crossing of this.crossings) {
      if (crossing.back || crossing.from !== from || crossing.to !== to) continue
      if (crossing.isImmediate) this.hopOn(crossing, message, timeUs)
      return
    }
  }

  private hopOn(crossing: Crossings, message: number, timeUs: number): void {
    const row = this.rowLeft(crossing.from, timeUs, message)
    this.arrived(crossing, crossing.hop(timeUs, message, row), timeUs)
  }

  private arrived(crossing: Crossings, index: number, timeUs: number): void {
    this.lastArrived[crossing.to] = { crossing, index, timeUs }
  }

  /** A stay began: the line that just came in ends on its row. */
  private land(at: number, row: number, message: number, timeUs: number): void {
    const last = this.lastArrived[at]
    if (!last || last.timeUs !== timeUs) return
    if (last.crossing.spans.message(last.index) === message) last.crossing.landOn(last.index, row)
  }

  /** The row on which a message lay that leaves now. */
  private rowLeft(at: number, timeUs: number, message: number): number {
    const last = this.lanes[at]?.lastEnded
    return last?.timeUs === timeUs && last.message === message ? last.row : 0
  }

  private rowWritten(part: number, stream: number): number {
    const known = this.history.live.sim.parts[part]
    return known instanceof Partition ? known.index : stream
  }

  private laneOf(part: number): number {
    const known = this.laneOfPart[part] ?? NONE
    if (known !== UNKNOWN) return known
    const { live } = this.history
    const owner = live.owner(part)
    const lane = owner === '' ? NONE : live.scenario.nodes.findIndex((node) => node.id === owner)
    this.laneOfPart[part] = lane
    return lane
  }
}

const UNKNOWN = -2
const NONE = -1
