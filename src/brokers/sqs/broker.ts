/**
 * Queues as Amazon SQS has them, as one pure state machine with the operations of its API: send, receive
 * (short and long polling), delete, change visibility, purge. The rules cite the SQS developer guide
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide) and API reference by page name;
 * see README.md for what is left out.
 */
import { must } from '../../base/assert.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Random } from '../../engine/random.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { SEND_REFUSED, SQS_FACTS } from './facts.ts'
import { NEVER_RECEIVED } from './lane.ts'
import { type SqsOptions, SqsQueue, TIMER, type VisibilityRow } from './queue.ts'

/** What the broker answers: messages of one receive have receipts without a gap. */
export interface SqsWire {
  received(queue: SqsQueue, by: number, first: number, count: number): void
}

export interface SendAttributes {
  /** Interned MessageGroupId, -1 if none. */
  group?: number
  /** Interned MessageDeduplicationId, -1 if none. */
  deduplication?: number
  /** DelaySeconds of this message; standard queues only. */
  delayUs?: number
}

export interface ReceiveOptions {
  /** MaxNumberOfMessages, 1 to 10. */
  max?: number
  /** WaitTimeSeconds; the queue's unless stated. */
  waitUs?: number
  /** VisibilityTimeout; the queue's unless stated. */
  visibilityUs?: number
}

/** Defaults and quotas: API_SetQueueAttributes, quotas-messages.html, quotas-queues.html. */
export const SQS_LIMITS = {
  visibilityUs: 30_000_000,
  visibilityMaxUs: 43_200_000_000,
  receiveMax: 10,
  waitMaxUs: 20_000_000,
  delayMaxUs: 900_000_000,
  inFlight: 120_000,
} as const

/** How many messages a receive may pass over, in a standard queue that shows disorder. */
const PASSED_OVER_MAX = 4

export class SqsBroker implements Part {
  readonly queues: SqsQueue[] = []
  readonly sim: Simulation
  readonly node: number
  private readonly wire: SqsWire
  private readonly randoms = new Map<SqsQueue, Random>()

  constructor(sim: Simulation, node: number, wire: SqsWire) {
    this.sim = sim
    this.node = node
    this.wire = wire
    sim.enlist(this)
  }

  /** CreateQueue, before the run begins. `id` gives it a random stream of its own. */
  addQueue(node: number, id: string, name: string, options: SqsOptions = {}): SqsQueue {
    const queue = new SqsQueue(this, node, name, options)
    this.queues.push(queue)
    this.randoms.set(queue, this.sim.random(`${id}/sqs`))
    return queue
  }

  queue(name: string): SqsQueue | undefined {
    return this.queues.find((queue) => queue.name === name)
  }

  // ——— sending ———

  /**
   * SendMessage. FIFO: a message needs a group (MissingParameter) and a deduplication id or a queue that
   * takes the body for it; a known id is accepted and not stored (FIFO-queues-exactly-once-processing.html).
   * Returns whether it was stored.
   */
  send(queue: SqsQueue, message: number, attributes: SendAttributes = {}): boolean {
    const { options } = queue
    if (options.fifo) return this.sendFifo(queue, message, attributes)
    const delayUs = attributes.delayUs ?? options.delayUs ?? 0
    this.store(queue, message, -1, Math.min(delayUs, SQS_LIMITS.delayMaxUs), this.sim.nowUs)
    return true
  }

  private sendFifo(queue: SqsQueue, message: number, attributes: SendAttributes): boolean {
    const { group = -1, deduplication = -1 } = attributes
    const id = deduplication === -1 ? this.contentId(queue, message) : deduplication
    const reason =
      group === -1 ? SEND_REFUSED.noGroup : id === -1 ? SEND_REFUSED.noDeduplicationId : null
    if (reason !== null) {
      this.sim.emit(queue, SQS_FACTS.sendRefused, message, reason)
      return false
    }
    const first = queue.deduplication.find(id, this.sim.nowUs, queue.stored)
    if (first !== -1) {
      this.sim.emit(queue, SQS_FACTS.deduplicated, message, first)
      return false
    }
    queue.deduplication.note(queue.stored, id)
    // FIFO queues have no delay for a single message (sqs-message-timers.html).
    this.store(queue, message, group, queue.options.delayUs ?? 0, this.sim.nowUs)
    return true
  }

  /** ContentBasedDeduplication: the hash of the body, which here is the body itself. */
  private contentId(queue: SqsQueue, message: number): number {
    if (!queue.options.contentDeduplication) return -1
    const { records } = this.sim
    return records.strings.id(`body:${records.body(message)}`)
  }

  private store(
    queue: SqsQueue,
    message: number,
    group: number,
    delayUs: number,
    sentUs: number,
  ): void {
    const position = queue.book(message, group, sentUs, delayUs)
    this.sim.emit(queue, SQS_FACTS.sent, message, position)
    const { retentionUs } = queue.options
    if (retentionUs !== undefined) {
      const leftUs = Math.max(0, sentUs + retentionUs - this.sim.nowUs)
      this.sim.after(leftUs, queue, TIMER.expiry, position)
    }
    if (delayUs > 0) this.sim.after(delayUs, queue, TIMER.delay, position)
    else this.serve(queue)
  }

  // ——— receiving ———

  /**
   * ReceiveMessage: what is available is answered at once, in one batch. With a wait time an empty answer
   * waits for the first message that becomes available (sqs-short-and-long-polling.html).
   */
  receive(queue: SqsQueue, by: number, options: ReceiveOptions = {}): void {
    const max = Math.max(1, Math.min(options.max ?? 1, SQS_LIMITS.receiveMax))
    const visibilityUs = options.visibilityUs ?? this.visibilityOf(queue)
    const waitUs = Math.min(options.waitUs ?? queue.options.waitUs ?? 0, SQS_LIMITS.waitMaxUs)
    const isFirst = queue.requests.waiting.length === 0
    if (isFirst && this.answer(queue, by, max, visibilityUs)) return
    if (waitUs <= 0) {
      this.sim.emit(queue, SQS_FACTS.receivedNothing, -1, by)
      this.wire.received(queue, by, queue.receiptCount, 0)
      return
    }
    const request = queue.requests.book(by, max, visibilityUs, this.sim.nowUs + waitUs)
    this.sim.emit(queue, SQS_FACTS.receiveWaits, -1, request)
    this.sim.after(waitUs, queue, TIMER.wait, request)
  }

  /** The client's connection is gone: nobody waits for an answer any more. */
  hangUp(queue: SqsQueue, by: number): void {
    const { requests } = queue
    for (const request of requests.waiting.filter((waiting) => requests.by(waiting) === by)) {
      this.sim.emit(queue, SQS_FACTS.receiveEnded, -1, request)
    }
  }

  /** Answers those who wait, longest first, while something is available. */
  private serve(queue: SqsQueue): void {
    const { requests } = queue
    for (let at = 0; at < requests.waiting.length; ) {
      const request = requests.waiting[at] as number
      const [by, max] = [requests.by(request), requests.max(request)]
      if (!this.hasAvailable(queue)) return
      const isAnswered = this.answer(queue, by, max, requests.visibilityUs(request), request)
      if (!isAnswered) at++
    }
  }

  /** Takes a batch for a client and sends it; false if there is nothing for it. */
  private answer(
    queue: SqsQueue,
    by: number,
    max: number,
    visibilityUs: number,
    request = -1,
  ): boolean {
    const first = queue.receiptCount
    let lane = -1
    while (queue.receiptCount - first < max && queue.inFlight.size < SQS_LIMITS.inFlight) {
      lane = this.nextLane(queue, lane)
      if (lane === -1) break
      const entry = queue.lane(lane).entryAt(this.passedOver(queue, lane))
      if (this.redrive(queue, lane, entry)) continue
      const receipt = queue.bookReceipt(lane, entry, by, visibilityUs)
      this.sim.emit(queue, SQS_FACTS.received, queue.messageOf(receipt), receipt)
      this.sim.after(visibilityUs, queue, TIMER.visibility, receipt)
    }
    const count = queue.receiptCount - first
    if (count === 0) return false
    if (request !== -1) this.sim.emit(queue, SQS_FACTS.receiveEnded, -1, request)
    this.wire.received(queue, by, first, count)
    return true
  }

  /**
   * Where the next message comes from. FIFO: as many of one group as there are, then the group whose next
   * message is the oldest; one with messages in flight gives nothing (FIFO-queues-understanding-logic.html).
   */
  private nextLane(queue: SqsQueue, before: number): number {
    if (before !== -1 && queue.lane(before).available > 0) return before
    let oldest = -1
    let position = Number.POSITIVE_INFINITY
    for (let i = 0; i < queue.lanes.length; i++) {
      const lane = queue.lane(i)
      if (lane.available === 0 || (queue.options.fifo && lane.inFlight > 0)) continue
      const head = lane.positionOf(lane.entryAt(0))
      if (head >= position) continue
      oldest = i
      position = head
    }
    return oldest
  }

  private hasAvailable(queue: SqsQueue): boolean {
    return this.nextLane(queue, -1) !== -1
  }

  /** Best-effort ordering: now and then a standard queue gives a later message first (standard-queues.html). */
  private passedOver(queue: SqsQueue, lane: number): number {
    const { fifo, disorderRate = 0 } = queue.options
    const behind = Math.min(PASSED_OVER_MAX, queue.lane(lane).available - 1)
    if (fifo || disorderRate === 0 || behind < 1) return 0
    const random = this.randomOf(queue)
    return random.unit() < disorderRate ? 1 + random.below(behind) : 0
  }

  /**
   * RedrivePolicy: a message that was received `maxReceiveCount` times goes to the dead-letter queue at the
   * next attempt to receive it (sqs-dead-letter-queues.html). A standard one keeps the time at which it
   * was first sent, in a FIFO queue the clock begins anew.
   */
  private redrive(queue: SqsQueue, lane: number, entry: number): boolean {
    const { redrive, fifo } = queue.options
    const last = queue.lane(lane).receiptOf(entry)
    if (!redrive || last === NEVER_RECEIVED) return false
    if (queue.receipts.count(last) < redrive.maxReceiveCount) return false
    const letters = must(this.queue(redrive.to), `dead-letter queue ${redrive.to}`)
    const position = queue.receipts.position(last)
    const message = queue.messages.get(position)
    this.sim.emit(queue, SQS_FACTS.movedToDeadLetters, message, last)
    const sentUs = fifo ? this.sim.nowUs : queue.sentUs.get(position)
    const group = queue.lane(lane).group
    if (letters.options.fifo) letters.deduplication.note(letters.stored, -1 - letters.stored)
    this.store(letters, message, group, 0, sentUs)
    return true
  }

  // ——— what a receiver does with a message ———

  /**
   * DeleteMessage: works with the handle of the latest receive, also when the visibility timeout is over and
   * nobody has received it since; there a FIFO queue answers that the handle has expired. An older handle
   * succeeds and deletes nothing. A copy of a standard message may survive on a server that is away
   * (API_DeleteMessage).
   */
  delete(queue: SqsQueue, receipt: number): void {
    const message = queue.messageOf(receipt)
    const isHeld = queue.inFlight.has(receipt)
    if (!isHeld && !queue.isLatest(receipt)) {
      this.sim.emit(queue, SQS_FACTS.deleteIgnored, message, receipt)
      return
    }
    const { fifo, duplicateRate = 0 } = queue.options
    if (!isHeld && fifo) {
      this.sim.emit(queue, SQS_FACTS.handleExpired, message, receipt)
      return
    }
    this.sim.emit(queue, SQS_FACTS.deleted, message, receipt)
    if (!fifo && duplicateRate > 0 && this.randomOf(queue).unit() < duplicateRate) {
      this.sim.emit(queue, SQS_FACTS.copySurvived, message, receipt)
    }
    // Its message group is no longer locked, or its copy is available.
    this.serve(queue)
  }

  /**
   * ChangeMessageVisibility: from now on for so long; 0 makes it available at once. Only while it is in
   * flight under this handle (API_ChangeMessageVisibility).
   */
  changeVisibility(queue: SqsQueue, receipt: number, visibilityUs: number): void {
    const message = queue.messageOf(receipt)
    if (!queue.inFlight.has(receipt)) {
      this.sim.emit(queue, SQS_FACTS.notInFlight, message, receipt)
      return
    }
    if (visibilityUs <= 0) {
      this.endVisibility(queue, receipt)
      return
    }
    const us = Math.min(visibilityUs, SQS_LIMITS.visibilityMaxUs)
    const row: VisibilityRow = { receipt, visibilityUs: us }
    this.sim.emit(queue, SQS_FACTS.visibilityChanged, message, this.sim.records.row(row))
    this.sim.after(us, queue, TIMER.visibility, receipt)
  }

  /** PurgeQueue: available, delayed and in flight, all of it. Returns how many. */
  purge(queue: SqsQueue): number {
    const count = queue.availableCount + queue.delayedCount + queue.inFlight.size
    if (count > 0) this.sim.emit(queue, SQS_FACTS.purged, -1, count)
    return count
  }

  // ——— time ———

  /** A timer of a queue. */
  queueDue(queue: SqsQueue, timer: number, arg: number): void {
    if (timer === TIMER.delay) this.endDelay(queue, arg)
    else if (timer === TIMER.visibility) {
      const untilUs = queue.inFlight.get(arg)
      if (untilUs !== undefined && untilUs <= this.sim.nowUs) this.endVisibility(queue, arg)
    } else if (timer === TIMER.wait) this.endWait(queue, arg)
    else this.expire(queue, arg)
  }

  private endDelay(queue: SqsQueue, position: number): void {
    if (!queue.isDelayed(position)) return
    queue.bookEntry(position)
    this.sim.emit(queue, SQS_FACTS.delayOver, queue.messages.get(position), position)
    this.serve(queue)
  }

  private endVisibility(queue: SqsQueue, receipt: number): void {
    this.sim.emit(queue, SQS_FACTS.visibilityOver, queue.messageOf(receipt), receipt)
    this.serve(queue)
  }

  private endWait(queue: SqsQueue, request: number): void {
    if (!queue.requests.waiting.includes(request)) return
    const by = queue.requests.by(request)
    this.sim.emit(queue, SQS_FACTS.receiveEnded, -1, request)
    this.sim.emit(queue, SQS_FACTS.receivedNothing, -1, by)
    this.wire.received(queue, by, queue.receiptCount, 0)
  }

  /** MessageRetentionPeriod: deleted however it is held (API_SetQueueAttributes). */
  private expire(queue: SqsQueue, position: number): void {
    if (queue.whereIs(position) === 'gone') return
    this.sim.emit(queue, SQS_FACTS.expired, queue.messages.get(position), position)
    this.serve(queue)
  }

  apply(): void {}

  archive(io: Archive): void {
    for (const queue of this.queues) queue.archive(io)
  }

  private visibilityOf(queue: SqsQueue): number {
    return queue.options.visibilityUs ?? SQS_LIMITS.visibilityUs
  }

  private randomOf(queue: SqsQueue): Random {
    return must(this.randoms.get(queue), queue.name)
  }
}
