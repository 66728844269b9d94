/**
 * What a queue holds: the messages that came, in order, as append-only columns, with a cursor into them and
 * the few positions that came back (or lanes of the same kind, one a priority). A checkpoint holds the
 * cursors only.
 */
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ttlMsOf } from './expiry.ts'
import { insertInOrder, Lanes } from './lanes.ts'
import { hasLimit } from './lengthLimit.ts'
import { bodyBytes, propertiesOf } from './properties.ts'
import type { QueueOptions } from './queueOptions.ts'
import { isKept, type RecoveredRow } from './restart.ts'

export class QueueContents {
  /** Positions at or above `next` were never delivered; `tail` is where the next message goes. */
  tail = 0
  next = 0
  /** Messages that wait. Every message asks for it several times, so it is kept and not counted. */
  readyCount = 0
  /** Positions that came back, oldest first. */
  readonly returned: number[] = []
  /** Of those, the few that are back from a restart and were never delivered. */
  private readonly fresh: number[] = []
  /** Position of the first message with a time to live, -1 if there was none: those before it have no deadline. */
  private timedFrom = -1
  /** Bytes of the ready messages, if there is a limit on them. */
  bytes = 0
  /** 0: nothing but the order of arrival counts: no limit, no time, no priority. Else 1. */
  protected rare: number
  protected readonly lanes: Lanes | null
  /** Two words a position: message, exchange that it was published to. */
  protected readonly log: IntColumn
  /** Routing key and deadline of a position, where a rule of the queue may ask for them. */
  private readonly keys: IntColumn
  private readonly deadlines: TimeColumn
  readonly sim: Simulation
  readonly node: number
  readonly options: QueueOptions

  constructor(sim: Simulation, node: number, options: QueueOptions) {
    this.sim = sim
    this.node = node
    this.options = options
    const { records } = sim
    this.log = records.ints(node, 'log', 2)
    this.keys = records.ints(node, 'keys')
    this.deadlines = records.times(node, 'deadlines')
    const { maxPriority } = options
    this.lanes = maxPriority === undefined ? null : new Lanes(records, node, maxPriority)
    this.rare = this.findRare()
  }

  /** Whether a message that will expire was ever stored. */
  get timed(): boolean {
    return this.timedFrom !== -1
  }

  /** Message at a position. */
  messageAt(position: number): number {
    return this.log.get(position * 2)
  }
  /** Exchange that it was published to. */
  viaAt(position: number): number {
    return this.log.get(position * 2 + 1)
  }
  /** Routing key that it was published with; known where the queue has rules, else the message's own. */
  keyAt(position: number): number {
    if (!this.wasStraight(position)) return this.keys.get(position)
    return this.sim.records.messages.key(this.messageAt(position))
  }
  /** When what lies there expires; never if it has no time to live. */
  deadlineAt(position: number): number {
    if (!this.timed || position < this.timedFrom) return Number.POSITIVE_INFINITY
    return this.deadlines.get(position)
  }

  /** Position that the next delivery takes; only if something is ready. */
  head(): number {
    return this.isInOrder() ? this.next : this.headOutOfOrder()
  }

  /** Whether the head was delivered before. */
  headWasDelivered(): boolean {
    return !this.isInOrder() && this.headCameBack()
  }

  /** Whether what came first is the head: nothing came back, and no priority has a say. Mostly it is so. */
  private isInOrder(): boolean {
    return this.returned.length === 0 && this.lanes === null
  }

  private headOutOfOrder(): number {
    return this.lanes === null ? (this.returned[0] as number) : this.lanes.head()
  }

  private headCameBack(): boolean {
    const cameBack = this.lanes === null ? this.returned.length > 0 : this.lanes.headCameBack()
    return cameBack && (this.fresh.length === 0 || !this.fresh.includes(this.head()))
  }

  /** The first `limit` ready positions in the order of delivery. */
  ready(limit: number): number[] {
    return this.waiting(limit).map(({ position }) => position)
  }

  /** The same, and whether they were delivered before. */
  waiting(limit: number): { position: number; redelivered: boolean }[] {
    const { fresh } = this
    const listed = this.lanes?.list(limit) ?? this.listed(limit)
    return listed.map(({ position, cameBack }) => ({
      position,
      redelivered: cameBack && !fresh.includes(position),
    }))
  }

  /** Writes down what the next position holds where the queue has no rules. */
  protected writePlain(message: number, via: number): void {
    this.log.putPair(this.tail * 2, message, via)
  }

  /** Writes down what the next position holds, before the fact that stores it. Returns its deadline. */
  protected write(message: number, via: number, key: number): number | null {
    const ttlMs = ttlMsOf(this, message)
    const deadline = ttlMs === null ? null : this.sim.nowUs + ttlMs * 1000
    this.writePlain(message, via)
    this.lanes?.book(this.levelOf(message), this.tail)
    this.keys.put(this.tail, key)
    this.deadlines.put(this.tail, deadline ?? Number.POSITIVE_INFINITY)
    return deadline
  }

  /** Key and deadline go along when a message is written down once more at another position. */
  protected copyRules(from: number, to: number): void {
    this.keys.put(to, this.keyAt(from))
    this.deadlines.put(to, this.deadlineAt(from))
  }

  /** The message written down last is let in. Called while a fact is applied. */
  protected admit(message: number): void {
    if (!this.timed && ttlMsOf(this, message) !== null) {
      this.timedFrom = this.tail
      this.rare = 1
    }
    this.lanes?.store(this.levelOf(message))
    this.addBytes(this.tail, 1)
  }

  /** A message goes back to its original place (rabbitmq.com/docs/confirms, "requeue"). */
  takeBack(position: number): void {
    this.readyCount++
    if (this.lanes === null) insertInOrder(this.returned, position)
    else this.lanes.takeBack(this.levelOf(this.messageAt(position)), position)
    this.addBytes(position, 1)
  }

  /** A message goes behind everything that waits. Only quorum queues do that. */
  takeToBack(position: number): void {
    this.takeBack(position)
  }

  /** What comes next never waits here: all that waits is counted as what came back, though never delivered. */
  protected passTail(): void {
    for (; this.lanes === null && this.next < this.tail; this.next++) {
      this.returned.push(this.next)
      this.fresh.push(this.next)
    }
    this.tail++
    this.next = this.tail
  }

  /** Positions that wait, in the order of delivery, split as the queue keeps them: for a restart. */
  survivors(): RecoveredRow {
    const keep = ({ position }: { position: number }) => isKept(this, position)
    const waiting = this.waiting(Number.POSITIVE_INFINITY).filter(keep)
    return {
      positions: waiting.map(({ position }) => position),
      fresh: waiting.filter(({ redelivered }) => !redelivered).map(({ position }) => position),
    }
  }

  protected recover({ positions, fresh }: RecoveredRow): void {
    this.clear()
    this.fresh.push(...fresh)
    for (const position of positions) this.takeBack(position)
  }

  protected dropHead(): void {
    this.takeHead()
  }

  protected takeHead(): void {
    this.readyCount--
    if (this.rare === 0 && this.returned.length === 0) this.next++
    else this.takeByRules()
  }

  private takeByRules(): void {
    const position = this.head()
    this.addBytes(position, -1)
    const at = this.fresh.indexOf(position)
    if (at !== -1) this.fresh.splice(at, 1)
    if (this.lanes !== null) this.lanes.takeHead()
    else if (this.returned.length > 0) this.returned.shift()
    else this.next++
  }

  protected clear(): void {
    this.returned.length = 0
    this.fresh.length = 0
    this.next = this.tail
    this.readyCount = 0
    this.bytes = 0
    this.lanes?.clear()
  }

  protected addBytes(position: number, sign: 1 | -1): void {
    if (this.options.maxLengthBytes === undefined) return
    this.bytes += sign * bodyBytes(this.sim.records, this.messageAt(position))
  }

  private listed(limit: number): { position: number; cameBack: boolean }[] {
    const found = this.returned.slice(0, limit).map((position) => ({ position, cameBack: true }))
    for (let at = this.next; at < this.tail && found.length < limit; at++) {
      found.push({ position: at, cameBack: false })
    }
    return found
  }

  private findRare(): number {
    return this.hasNoRules() && !this.timed ? 0 : 1
  }

  /** Whether a position was stored while nothing but the order of arrival counted. */
  private wasStraight(position: number): boolean {
    return this.hasNoRules() && (!this.timed || position < this.timedFrom)
  }

  private hasNoRules(): boolean {
    const { messageTtlMs, singleActiveConsumer, deadLetterExchange } = this.options
    const plain = messageTtlMs === undefined && !singleActiveConsumer
    const nothingDies = deadLetterExchange === undefined && !hasLimit(this.options)
    return plain && nothingDies && this.lanes === null
  }

  /** Lane of a message, 0 without priorities. */
  levelOf(message: number): number {
    if (this.lanes === null) return 0
    return this.lanes.levelOf(propertiesOf(this.sim.records, message)?.priority)
  }

  protected archiveContents(io: Archive): void {
    this.tail = io.int(this.tail)
    this.next = io.int(this.next)
    this.timedFrom = io.int(this.timedFrom)
    this.bytes = io.int(this.bytes)
    io.list(this.returned)
    io.list(this.fresh)
    this.lanes?.archive(io)
    if (!io.loading) return
    this.rare = this.findRare()
    this.readyCount = this.countReady()
  }

  /** Where there are no lanes, what came back and what was never delivered. */
  protected countReady(): number {
    return this.lanes?.ready ?? this.returned.length + this.tail - this.next
  }
}
