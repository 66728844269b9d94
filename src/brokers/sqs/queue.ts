/**
 * A queue as Amazon SQS has it: a receiver takes messages for a while (the visibility timeout) and has to
 * delete each; what is not deleted in time can be received again. Standard queues promise neither order
 * nor a single delivery; FIFO queues keep the order of each message group and lock it while any of its
 * messages is in flight. This file holds the state and what each fact does to it; `broker.ts` decides.
 */
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { Deduplication } from './deduplication.ts'
import { SQS_FACTS } from './facts.ts'
import { Lane } from './lane.ts'
import { Receipts } from './receipts.ts'
import { Requests } from './requests.ts'

/** Attributes of a queue. Times are microseconds. Defaults: API_SetQueueAttributes. */
export interface SqsOptions {
  fifo?: boolean
  /** How long a received message stays hidden; 30 s unless stated, at most 12 h. */
  visibilityUs?: number
  /** How long each message waits before it can be received; 0 to 15 min. */
  delayUs?: number
  /** How long a message is kept; four days unless stated, longer than any run. */
  retentionUs?: number
  /** How long a receive waits that does not say; 0 is short polling, at most 20 s. */
  waitUs?: number
  /** After so many receives the next one moves the message to the dead-letter queue (RedrivePolicy). */
  redrive?: { to: string; maxReceiveCount: number }
  /** FIFO: the body is the deduplication id of a message that has none. */
  contentDeduplication?: boolean
  /** Standard: share of deletions that a copy survives. */
  duplicateRate?: number
  /** Standard: share of receives that pass over the next message. */
  disorderRate?: number
}

/** Row behind `visibilityChanged`. */
export interface VisibilityRow {
  receipt: number
  visibilityUs: number
}

/** Timers of a queue: a delay, a visibility timeout, a long poll and the time to keep a message are over. */
export const TIMER = { delay: 0, visibility: 1, wait: 2, expiry: 3 } as const

/** What a queue asks of its broker. */
export interface SqsContext {
  readonly sim: Simulation
  queueDue(queue: SqsQueue, timer: number, arg: number): void
}

export class SqsQueue implements Part {
  /** Messages stored since the start: the next one's position. */
  stored = 0
  receiptCount = 0
  readonly lanes: Lane[] = []
  /** When each receipt in flight becomes visible again. */
  readonly inFlight = new Map<number, number>()
  /** Delays of the queue's own length end in the order in which they began: a cursor into a column. */
  private delayHead = 0
  private delayTail = 0
  /** Positions with a delay of their own. */
  private readonly late = new Set<number>()
  sentCount = 0
  receivedCount = 0
  deletedCount = 0
  /** Messages that are gone without having been deleted: expired, purged. */
  lostCount = 0
  movedCount = 0
  duplicateCount = 0
  emptyReceives = 0
  readonly requests: Requests
  readonly receipts: Receipts
  readonly deduplication: Deduplication
  /** By position. */
  readonly messages: IntColumn
  readonly sentUs: TimeColumn
  private readonly laneOf: IntColumn
  private readonly entryOf: IntColumn
  private readonly groups: IntColumn
  private readonly delayed: IntColumn
  /** By receipt: when it was received, and until when it was to be hidden then. */
  readonly receivedUs: TimeColumn
  private readonly hiddenUs: TimeColumn
  /** Lanes by message group. */
  private readonly laneNumbers = new Map<number, number>()
  readonly node: number
  readonly name: string
  readonly options: SqsOptions
  private readonly broker: SqsContext

  constructor(broker: SqsContext, node: number, name: string, options: SqsOptions) {
    this.broker = broker
    this.node = node
    this.name = name
    this.options = options
    const { records } = broker.sim
    this.messages = records.ints(node, 'message')
    this.laneOf = records.ints(node, 'lane')
    this.entryOf = records.ints(node, 'entry')
    this.groups = records.ints(node, 'group')
    this.delayed = records.ints(node, 'delayed')
    this.sentUs = records.times(node, 'sentUs')
    this.receivedUs = records.times(node, 'receivedUs')
    this.hiddenUs = records.times(node, 'hiddenUs')
    this.receipts = new Receipts(records, node)
    this.requests = new Requests(records, node)
    this.deduplication = new Deduplication(records, node, this.sentUs)
    broker.sim.enlist(this)
  }

  get availableCount(): number {
    let count = 0
    for (let i = 0; i < this.lanes.length; i++) count += (this.lanes[i] as Lane).available
    return count
  }

  get delayedCount(): number {
    return this.delayTail - this.delayHead + this.late.size
  }

  // ——— what facts point to, written before them ———

  /** Writes down a message that is about to be stored. Returns its position. */
  book(message: number, group: number, sentUs: number, delayUs: number): number {
    const position = this.stored
    this.messages.put(position, message)
    this.groups.put(position, group)
    this.sentUs.put(position, sentUs)
    const isOwn = delayUs > 0 && delayUs !== (this.options.delayUs ?? 0)
    this.laneOf.put(position, delayUs === 0 ? this.laneFor(group) : isOwn ? OWN_DELAY : DELAYED)
    if (delayUs === 0) this.bookEntry(position)
    else if (!isOwn) this.delayed.put(this.delayTail, position)
    return position
  }

  /** The same for a message whose delay is about to end. */
  bookEntry(position: number): void {
    const lane = this.laneFor(this.groups.get(position))
    this.entryOf.put(position, this.lane(lane).book(position))
  }

  /** The lane of a message group, made on first use: its number is the same whenever that is. */
  private laneFor(group: number): number {
    const known = this.laneNumbers.get(group)
    if (known !== undefined) return known
    const number = this.lanes.length
    this.laneNumbers.set(group, number)
    const column = this.broker.sim.records.ints(this.node, `lane/${group}`)
    this.lanes.push(new Lane(group, column))
    return number
  }

  /** Writes down what is about to be received. Returns the receipt. */
  bookReceipt(lane: number, entry: number, by: number, visibilityUs: number): number {
    const receipt = this.receiptCount
    const before = this.lane(lane).receiptOf(entry)
    const position = this.lane(lane).positionOf(entry)
    const count = 1 + (before === -1 ? 0 : this.receipts.count(before))
    const { nowUs } = this.broker.sim
    this.receipts.write(receipt, { position, lane, entry, count, by })
    this.receivedUs.put(receipt, nowUs)
    this.hiddenUs.put(receipt, nowUs + visibilityUs)
    return receipt
  }

  lane(number: number): Lane {
    return this.lanes[number] as Lane
  }

  messageOf(receipt: number): number {
    return this.messages.get(this.receipts.position(receipt))
  }

  /** Whether a message that was received under this handle is available and this is its latest handle. */
  isLatest(receipt: number): boolean {
    const lane = this.lane(this.receipts.lane(receipt))
    const entry = this.receipts.entry(receipt)
    return lane.isAvailable(entry) && lane.receiptOf(entry) === receipt
  }

  /** The receipt under which a position is in flight, -1 if it is not. */
  receiptInFlight(position: number): number {
    for (const receipt of this.inFlight.keys()) {
      if (this.receipts.position(receipt) === position) return receipt
    }
    return -1
  }

  /** Where a position is: waiting for its delay, available, in flight, or gone. */
  whereIs(position: number): 'delayed' | 'available' | 'inFlight' | 'gone' {
    if (this.isDelayed(position)) return 'delayed'
    const lane = this.lanes[this.laneNumbers.get(this.groups.get(position)) ?? -1]
    const entry = this.entryOf.get(position)
    if (lane?.isAvailable(entry) && lane.positionOf(entry) === position) return 'available'
    return this.receiptInFlight(position) === -1 ? 'gone' : 'inFlight'
  }

  isDelayed(position: number): boolean {
    if (this.late.has(position)) return true
    if (this.laneOf.get(position) !== DELAYED || this.delayHead === this.delayTail) return false
    return position >= this.delayed.get(this.delayHead)
  }

  // ——— state ———

  due(kind: number, arg: number): void {
    this.broker.queueDue(this, kind, arg)
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case SQS_FACTS.sent:
        this.applySent(aux)
        break
      case SQS_FACTS.delayOver:
        if (!this.late.delete(aux)) this.delayHead++
        this.lane(this.laneFor(this.groups.get(aux))).add()
        break
      case SQS_FACTS.receiveWaits:
        this.requests.add(aux)
        break
      case SQS_FACTS.receiveEnded:
        this.requests.remove(aux)
        break
      case SQS_FACTS.receivedNothing:
        this.emptyReceives++
        break
      case SQS_FACTS.received:
        this.applyReceived(aux)
        break
      case SQS_FACTS.deleted:
        this.takeAway(aux)
        this.deletedCount++
        break
      case SQS_FACTS.copySurvived:
        this.lane(this.receipts.lane(aux)).putBack(this.receipts.entry(aux), aux)
        this.duplicateCount++
        break
      case SQS_FACTS.visibilityChanged: {
        const { receipt, visibilityUs } = this.broker.sim.records.rowAt<VisibilityRow>(aux)
        this.inFlight.set(receipt, this.broker.sim.nowUs + visibilityUs)
        break
      }
      case SQS_FACTS.visibilityOver:
        this.land(aux)
        this.lane(this.receipts.lane(aux)).putBack(this.receipts.entry(aux), aux)
        break
      case SQS_FACTS.movedToDeadLetters:
        this.takeAway(aux)
        this.movedCount++
        break
      case SQS_FACTS.expired:
        this.applyExpired(aux)
        this.lostCount++
        break
      case SQS_FACTS.purged:
        this.applyPurged()
        this.lostCount += aux
        break
    }
  }

  archive(io: Archive): void {
    this.stored = io.int(this.stored)
    this.receiptCount = io.int(this.receiptCount)
    this.delayHead = io.int(this.delayHead)
    this.delayTail = io.int(this.delayTail)
    this.sentCount = io.int(this.sentCount)
    this.receivedCount = io.int(this.receivedCount)
    this.deletedCount = io.int(this.deletedCount)
    this.lostCount = io.int(this.lostCount)
    this.movedCount = io.int(this.movedCount)
    this.duplicateCount = io.int(this.duplicateCount)
    this.emptyReceives = io.int(this.emptyReceives)
    const late = [...this.late]
    const hidden = [...this.inFlight].flat()
    const groups = this.lanes.map(({ group }) => group)
    io.list(late)
    io.list(hidden)
    io.list(groups)
    if (io.loading) this.rebuild(late, hidden, groups)
    for (const lane of this.lanes) lane.archive(io)
    this.requests.archive(io)
  }

  private rebuild(late: number[], hidden: number[], groups: number[]): void {
    this.late.clear()
    this.inFlight.clear()
    this.lanes.length = 0
    this.laneNumbers.clear()
    for (const position of late) this.late.add(position)
    for (let i = 0; i < hidden.length; i += 2) {
      this.inFlight.set(hidden[i] as number, hidden[i + 1] as number)
    }
    for (const group of groups) this.laneFor(group)
    this.deduplication.forget()
  }

  private applySent(position: number): void {
    this.stored++
    this.sentCount++
    const how = this.laneOf.get(position)
    if (how === OWN_DELAY) this.late.add(position)
    else if (how === DELAYED) this.delayTail++
    else this.lane(this.laneFor(this.groups.get(position))).add()
  }

  private applyReceived(receipt: number): void {
    const lane = this.lane(this.receipts.lane(receipt))
    lane.take(this.receipts.entry(receipt))
    lane.inFlight++
    this.inFlight.set(receipt, this.hiddenUs.get(receipt))
    this.receiptCount++
    this.receivedCount++
  }

  /** No longer in flight. */
  private land(receipt: number): void {
    this.inFlight.delete(receipt)
    this.lane(this.receipts.lane(receipt)).inFlight--
  }

  /** Out of the queue, from wherever it is. */
  private takeAway(receipt: number): void {
    if (this.inFlight.has(receipt)) this.land(receipt)
    else this.lane(this.receipts.lane(receipt)).take(this.receipts.entry(receipt))
  }

  private applyExpired(position: number): void {
    if (this.late.delete(position)) return
    if (this.isDelayed(position)) {
      this.delayHead++
      return
    }
    const receipt = this.receiptInFlight(position)
    if (receipt !== -1) this.land(receipt)
    else this.lane(this.laneFor(this.groups.get(position))).take(this.entryOf.get(position))
  }

  private applyPurged(): void {
    for (const lane of this.lanes) lane.clear()
    this.inFlight.clear()
    this.late.clear()
    this.delayHead = this.delayTail
  }
}

/** Instead of a lane: the message waits for the queue's delay, or for one of its own. */
const DELAYED = -1
const OWN_DELAY = -2
