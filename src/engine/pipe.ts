/**
 * A pipe carries parcels one way between two parts, in order, with a latency in simulated time: what
 * a TCP connection does. At latency 0 the parcel is handed over at once and leaves no fact.
 */
import type { IntColumn, TimeColumn } from '../base/column.ts'
import type { Archive } from './archive.ts'
import type { Part, Simulation } from './simulation.ts'

/** Facts about pipes. */
export const PIPE_FACTS = {
  /** A parcel left; message, aux = operation. */
  sent: 1,
  /** A parcel came out at the other end; message, aux = operation. */
  arrived: 2,
  /** Everything under way was lost; aux = how many parcels. */
  emptied: 3,
  /** The latency changed; aux = microseconds. */
  latencyChanged: 4,
  /** The link was cut: what is sent from now on is lost. */
  cut: 5,
  /** The link works again. */
  mended: 6,
  /** A parcel was sent into a cut link and lost; message, aux = operation. */
  lost: 7,
  /** A person took a parcel off it; message, aux = its number. It never arrives. */
  dropped: 660,
  /** The moment at which a parcel that was taken off would have arrived; message, aux = its number. */
  missed: 661,
  /** A person has the next parcel that is sent on it lost. */
  lossArmed: 662,
} as const

/** Timers of a pipe: a parcel arrives; the silence after a cut is noticed. */
const ARRIVAL = 0
const SILENCE = 1

/** Takes what comes out of a pipe. `op`, `a` and `b` mean what the two ends agreed on. */
export interface Receiver {
  receive(op: number, message: number, a: number, b: number): void
}

/** The same, where a function will do. */
export type Receive = Receiver | Receiver['receive']

export class Pipe implements Part {
  /** Parcels sent and parcels arrived since the start: those between are under way. */
  sent = 0
  arrived = 0
  latencyUs: number
  isCut = false
  /** So many of the next parcels are lost. */
  losses = 0
  /**
   * 0: what is sent now is handed over at once and leaves no fact; else 1. An end that knows the other one may
   * then turn to it itself. `send` calls ends of many classes, which takes longer.
   */
  rare: number
  /** Told of each parcel that is lost on it: under way as it broke, taken off, or sent into a cut. */
  onLost: ((op: number, message: number, a: number) => void) | null = null
  private cuts = 0
  private silence: { us: number; conclude: () => void } | null = null
  private lastArriveUs = 0
  /** Numbers of parcels under way that were taken off. */
  private readonly dropped: number[] = []
  /** Raised when parcels are lost, so that timers set for them are ignored. */
  private epoch = 0
  private readonly messages: IntColumn
  private readonly ops: IntColumn
  private readonly as: IntColumn
  private readonly bs: IntColumn
  private readonly sentUs: TimeColumn
  private readonly arriveUs: TimeColumn
  readonly node: number
  private readonly sim: Simulation
  private readonly end: Receiver

  constructor(sim: Simulation, node: number, latencyUs: number, receive: Receive) {
    this.sim = sim
    this.node = node
    this.latencyUs = latencyUs
    this.rare = latencyUs === 0 ? 0 : 1
    this.end = typeof receive === 'function' ? { receive } : receive
    this.messages = sim.records.ints(node, 'message')
    this.ops = sim.records.ints(node, 'op')
    this.as = sim.records.ints(node, 'a')
    this.bs = sim.records.ints(node, 'b')
    this.sentUs = sim.records.times(node, 'sentUs')
    this.arriveUs = sim.records.times(node, 'arriveUs')
    sim.enlist(this)
  }

  /** Sends a parcel; it arrives after everything sent before it. */
  send(op: number, message: number, a: number, b: number): void {
    if (this.isCut || this.losses > 0) {
      this.sim.emit(this, PIPE_FACTS.lost, message, op)
      this.onLost?.(op, message, a)
      return
    }
    if (this.rare === 0) {
      this.end.receive(op, message, a, b)
      return
    }
    const { nowUs } = this.sim
    const arriveUs = Math.max(this.lastArriveUs, nowUs + this.latencyUs)
    const at = this.sent
    this.messages.put(at, message)
    this.ops.put(at, op)
    this.as.put(at, a)
    this.bs.put(at, b)
    this.sentUs.put(at, nowUs)
    this.arriveUs.put(at, arriveUs)
    this.sim.emit(this, PIPE_FACTS.sent, message, op)
    this.sim.after(arriveUs - nowUs, this, ARRIVAL, this.epoch)
  }

  /** Loses everything under way: the connection broke. */
  empty(): void {
    if (this.sent === this.arrived) return
    if (this.onLost) this.eachUnderWay(this.onLost)
    this.sim.emit(this, PIPE_FACTS.emptied, -1, this.sent - this.arrived)
  }

  /** Changes the latency for what is sent from now on. */
  setLatency(latencyUs: number): void {
    if (latencyUs !== this.latencyUs) {
      this.sim.emit(this, PIPE_FACTS.latencyChanged, -1, latencyUs)
    }
  }

  /** Cuts the link: what is under way and what is sent until `mend` is lost. */
  cut(): void {
    if (this.isCut) return
    this.empty()
    this.sim.emit(this, PIPE_FACTS.cut, -1, -1)
    if (this.silence) this.sim.after(this.silence.us, this, SILENCE, this.cuts)
  }

  /** The receiving end hears nothing for `us` after a cut and concludes that the other one is gone. */
  onSilence(us: number, conclude: () => void): void {
    this.silence = { us, conclude }
  }

  mend(): void {
    if (this.isCut) this.sim.emit(this, PIPE_FACTS.mended, -1, -1)
  }

  /** Takes a message that is under way off the link; it never arrives. */
  drop(message: number): void {
    for (let at = this.arrived; at < this.sent; at++) {
      if (this.messages.get(at) !== message || this.dropped.includes(at)) continue
      this.sim.emit(this, PIPE_FACTS.dropped, message, at)
      this.onLost?.(this.ops.get(at), message, this.as.get(at))
      return
    }
  }

  /** Has the next parcel lost: what a connection swallows when it breaks, for one parcel. */
  loseNext(): void {
    this.sim.emit(this, PIPE_FACTS.lossArmed, -1, -1)
  }

  due(kind: number, epoch: number): void {
    if (kind === SILENCE) {
      if (this.isCut && epoch === this.cuts) this.silence?.conclude()
      return
    }
    if (epoch !== this.epoch) return
    const at = this.arrived
    if (this.dropped.length > 0 && this.dropped[0] === at) {
      this.sim.emit(this, PIPE_FACTS.missed, this.messages.get(at), at)
      return
    }
    this.sim.emit(this, PIPE_FACTS.arrived, this.messages.get(at), this.ops.get(at))
    this.end.receive(this.ops.get(at), this.messages.get(at), this.as.get(at), this.bs.get(at))
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case PIPE_FACTS.sent:
        this.lastArriveUs = this.arriveUs.get(this.sent)
        this.sent++
        break
      case PIPE_FACTS.arrived:
        this.arrived++
        break
      case PIPE_FACTS.dropped:
        this.dropped.push(aux)
        this.dropped.sort((a, b) => a - b)
        break
      case PIPE_FACTS.missed:
        this.arrived++
        this.dropped.shift()
        break
      case PIPE_FACTS.emptied:
        this.arrived = this.sent
        this.dropped.length = 0
        this.epoch++
        break
      case PIPE_FACTS.latencyChanged:
        this.latencyUs = aux
        break
      case PIPE_FACTS.cut:
        this.isCut = true
        this.cuts++
        break
      case PIPE_FACTS.mended:
        this.isCut = false
        break
      case PIPE_FACTS.lossArmed:
        this.losses++
        break
      case PIPE_FACTS.lost:
        if (!this.isCut) this.losses--
        break
    }
    this.rare = this.findRare()
  }

  archive(io: Archive): void {
    this.sent = io.int(this.sent)
    this.arrived = io.int(this.arrived)
    this.latencyUs = io.int(this.latencyUs)
    this.lastArriveUs = io.int(this.lastArriveUs)
    this.epoch = io.int(this.epoch)
    this.cuts = io.int(this.cuts)
    this.isCut = io.flag(this.isCut)
    this.losses = io.int(this.losses)
    io.list(this.dropped)
    if (io.loading) this.rare = this.findRare()
  }

  /** Calls `visit` for each parcel under way, oldest first. */
  eachUnderWay(
    visit: (op: number, message: number, a: number, sentUs: number, arriveUs: number) => void,
  ): void {
    const { ops, messages, as, sentUs, arriveUs } = this
    for (let at = this.arrived; at < this.sent; at++) {
      if (this.dropped.length > 0 && this.dropped.includes(at)) continue
      visit(ops.get(at), messages.get(at), as.get(at), sentUs.get(at), arriveUs.get(at))
    }
  }

  /** What parcel number `at` was, arrived or not. */
  parcel(at: number): { op: number; message: number; a: number } {
    return { op: this.ops.get(at), message: this.messages.get(at), a: this.as.get(at) }
  }

  /** How many parcels are under way. */
  get underWay(): number {
    return this.sent - this.arrived
  }

  /** When the last parcel left, -1 if none did. */
  get lastSentUs(): number {
    return this.sent === 0 ? -1 : this.sentUs.get(this.sent - 1)
  }

  /** Whether what is sent now is handed over at once and leaves no fact. */
  get isInstant(): boolean {
    return this.rare === 0
  }

  private findRare(): number {
    const isQuick = this.latencyUs === 0 && this.sent === this.arrived
    return isQuick && !this.isCut && this.losses === 0 ? 0 : 1
  }
}
