/**
 * A member of a consumer group: joins, polls, works on its batch record by record, commits, and polls
 * again, as a Kafka client with one thread does. It learns of a rebalance by the answer to a heartbeat
 * and joins again when its batch is done; if the group went on without it, it finishes the batch all the
 * same, cannot commit, and begins anew: what it did is done again by someone else.
 */
import { must } from '../../base/assert.ts'
import { usFromMs } from '../../base/time.ts'
import type { SeekTarget } from '../../brokers/log/broker.ts'
import { LOG_ERRORS } from '../../brokers/log/errors.ts'
import type { Archive } from '../../engine/archive.ts'
import { INSTANT, Sampler } from '../../engine/distributions.ts'
import type { Random } from '../../engine/random.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, type Outlet } from '../client.ts'
import { publishResult } from '../publish.ts'
import type { LogConnection, TransactionOffsets, Transactions } from './connection.ts'
import type { Offsets } from './exactlyOnce/facts.ts'
import type { OffsetsParcel } from './exactlyOnce/transactionalOutput.ts'
import { GROUP_CONSUMER_FACTS, type Seek, type Seeked } from './facts.ts'
import {
  DEFAULT_COMMIT_EVERY_MS,
  DEFAULT_MAX_POLL_INTERVAL_MS,
  DEFAULT_SESSION_TIMEOUT_MS,
  type GroupConsumerSettings,
} from './settings.ts'
import { GroupConsumerState } from './state.ts'

const TIMER = { proceed: 0, work: 1, tick: 2, start: 3, close: 4, crash: 5, back: 6 } as const
/** Signs of life in a session timeout (Kafka advises no fewer). */
const HEARTBEATS = 3

export class GroupConsumer extends GroupConsumerState {
  connection: LogConnection | null = null
  outlets: readonly Outlet[] = []
  /** Null unless it commits in transactions, and has a topic to write to. */
  transactions: Transactions | null = null
  /** All consumers of its broker, itself included: those of its group know what was done before. */
  peers: readonly GroupConsumer[] = []
  private duration = INSTANT
  private readonly service: Random
  private readonly failure: Random

  constructor(sim: Simulation, node: number, id: string, settings: GroupConsumerSettings) {
    super(sim, node, settings)
    this.onSettings()
    this.service = sim.random(`${id}/service`)
    this.failure = sim.random(`${id}/failure`)
  }

  get sessionTimeoutUs(): number {
    return usFromMs(this.settings.sessionTimeoutMs ?? DEFAULT_SESSION_TIMEOUT_MS)
  }
  get maxPollIntervalUs(): number {
    return usFromMs(this.settings.maxPollIntervalMs ?? DEFAULT_MAX_POLL_INTERVAL_MS)
  }

  private get heartbeatUs(): number {
    return Math.max(1, Math.floor(this.sessionTimeoutUs / HEARTBEATS))
  }

  /** Begins as its scenario says: at once or later, and with an end if there is to be one. */
  open(): void {
    const { startAtMs, closeAtMs, crashAtMs } = this.settings
    if (startAtMs === undefined) this.start()
    else this.sim.after(usFromMs(startAtMs), this, TIMER.start)
    if (closeAtMs !== undefined) this.sim.after(usFromMs(closeAtMs), this, TIMER.close)
    if (crashAtMs !== undefined) this.sim.after(usFromMs(crashAtMs), this, TIMER.crash)
  }

  /** Begins a run as a new member of its group. */
  start(): void {
    if (this.isCrashed || this.connection === null) return
    this.transactions?.begin()
    this.sim.emit(this, GROUP_CONSUMER_FACTS.joining, -1, this.incarnation + 1)
    this.sim.after(this.heartbeatUs, this, TIMER.tick, this.incarnation)
    this.connection.join(this.incarnation)
  }

  /** consumer.close(): it finishes the record in its hands, commits and leaves. A static member does not leave. */
  close(): void {
    if (this.isCrashed || this.isClosing || this.phase === 'out') return
    this.sim.emit(this, GROUP_CONSUMER_FACTS.closeAsked, -1, -1)
    if (this.phase !== 'working') this.finishClosing()
  }

  /** Joins its group again after it was closed. */
  reopen(): void {
    if (this.phase === 'out') this.start()
  }

  /** Its next record takes longer than max.poll.interval.ms. */
  stall(): void {
    this.sim.emit(this, GROUP_CONSUMER_FACTS.stallArmed, -1, -1)
  }

  /** Sends the offsets of what is done at this moment. */
  commitNow(): void {
    if (this.isCrashed || this.isExpelled || this.transactions) return
    if (this.positions.uncommitted(this.commitsAhead) > 0) {
      this.sendCommits(false, GROUP_CONSUMER_FACTS.committingNow)
    }
  }

  /** It reads on from elsewhere before its next poll; what it has in hand is done first. */
  seek(to: SeekTarget, partition: number | null): void {
    if (this.isCrashed || this.phase === 'out') return
    const seek: Seek = { partition, to }
    this.sim.emit(this, GROUP_CONSUMER_FACTS.seekAsked, -1, this.sim.records.row(seek))
  }

  /** The link to its topic works again: what was asked and not answered is asked once more. */
  reconnected(): void {
    const { phase } = this
    if (phase === 'joining') this.connection?.join(this.incarnation)
    // Commits in the background have no answer that is waited for: any may be lost.
    const isAuto = this.settings.commit === 'auto' && this.positions.count > 0
    if (phase === 'committing' && this.transactions) this.transactions.resend()
    else if (phase === 'committing' || (isAuto && !this.isExpelled)) this.sendCommits(true)
    if (phase === 'polling') this.poll()
  }

  // ——— answers of the broker; none of these may speak to it before its operation is over ———

  /** It is in the generation of this assignment. */
  receiveAssignment(row: number): void {
    if (this.phase !== 'joining') return
    this.sim.emit(this, GROUP_CONSUMER_FACTS.assigned, -1, row)
    this.proceedSoon()
  }

  /** Its poll has waited long enough, and there is nothing. */
  receiveNothing(): void {
    if (this.phase !== 'polling') return
    this.sim.emit(this, GROUP_CONSUMER_FACTS.pollReturnedEmpty, -1, -1)
    this.proceedSoon()
  }

  /** A batch by its first segment. */
  receiveBatch(message: number, count: number, first: number): void {
    if (this.phase !== 'polling' || !this.writeBatch(first, count)) return
    this.sim.emit(this, GROUP_CONSUMER_FACTS.batchReceived, message, count)
    this.proceedSoon()
  }

  /** The answer to one commit. */
  receiveCommitAnswer(generation: number, message: number, code: number): void {
    if (this.isCrashed || !this.isOfThisRun(generation)) return
    if (code !== LOG_ERRORS.none) this.failCommit(code)
    else if (this.phase === 'committing') {
      this.sim.emit(this, GROUP_CONSUMER_FACTS.commitAnswered, message, -1)
      if (this.awaited === 0) this.proceedSoon()
    }
  }

  /** Whether an answer is to what it asked since it joined last. */
  protected isOfThisRun(generation: number): boolean {
    return generation === this.generation
  }

  /** A heartbeat, a poll or a join of one of its runs was answered with an error code. */
  receiveRefusal(incarnation: number, code: number): void {
    if (incarnation !== this.incarnation || this.phase === 'out' || this.isExpelled) return
    if (code === LOG_ERRORS.offsetOutOfRange) {
      this.sim.emit(this, GROUP_CONSUMER_FACTS.noOffset, -1, -1)
      this.crash()
      return
    }
    if (code === LOG_ERRORS.rebalanceInProgress) {
      if (this.phase === 'joining' || this.mustRejoin) return
      this.sim.emit(this, GROUP_CONSUMER_FACTS.rejoinAsked, -1, -1)
    } else this.sim.emit(this, GROUP_CONSUMER_FACTS.expelled, -1, code)
    this.proceedSoon()
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.transactions?.archive(io)
  }

  due(kind: number, arg: number): void {
    if (kind === TIMER.back) this.comeBack()
    if (this.isCrashed) return
    if (kind === TIMER.proceed) this.proceed()
    else if (kind === TIMER.tick) this.tick(arg)
    else if (kind === TIMER.start && this.phase === 'out') this.start()
    else if (kind === TIMER.close) this.endFor(() => this.close())
    else if (kind === TIMER.crash) this.endFor(() => this.crash())
    else if (kind !== TIMER.work || this.phase !== 'working' || arg !== this.attempts) return
    else this.finishRecord()
  }

  /** The end that its scenario gives it, and when it comes back. */
  private endFor(end: () => void): void {
    end()
    const { restartAfterMs } = this.settings
    if (restartAfterMs !== undefined) this.sim.after(usFromMs(restartAfterMs), this, TIMER.back)
  }

  private comeBack(): void {
    if (this.isCrashed) this.restart()
    else this.reopen()
  }

  protected override onCrash(): void {
    this.connection?.hangUp()
    this.transactions?.onCrash()
  }

  protected override onRestart(): void {
    this.start()
  }

  protected override onResume(): void {
    this.proceedSoon()
  }

  protected override onSettings(): void {
    this.duration = new Sampler(this.settings.service)
  }

  /** Another group is another life; the other settings count from the next time they are used. */
  protected override onSet(name: string): void {
    if (name !== 'group' || this.phase === 'out') return
    this.connection?.leave()
    this.start()
  }

  // ——— what comes next ———

  protected proceedSoon(): void {
    this.sim.after(0, this, TIMER.proceed)
  }

  protected proceed(): void {
    const { phase } = this
    if (this.isClosing && phase !== 'working' && phase !== 'out') {
      this.finishClosing()
      return
    }
    const isIdle = phase === 'polling' || phase === 'joining'
    if (isIdle && this.isExpelled) this.start()
    else if (phase === 'polling' && this.mustRejoin) this.rejoin()
    else if (phase !== 'ready') return
    else if (this.inHand > 0) this.goOnWithBatch()
    else this.endBatch()
  }

  protected goOnWithBatch(): void {
    const { commit, commitEveryRecords } = this.settings
    const isTime = commit === 'after' && this.sinceCommit >= (commitEveryRecords ?? Infinity)
    if (this.commitsAhead && this.positions.uncommitted(true) > 0) this.commit()
    else if (isTime && this.positions.uncommitted(false) > 0) this.commit()
    else this.begin()
  }

  /** Everything in hand is done. */
  protected endBatch(): void {
    const { positions } = this
    if (this.isTimeToCommit() && positions.uncommitted(this.commitsAhead) > 0) {
      this.commit()
      if (this.settings.commit !== 'auto') return
    }
    if (this.isExpelled) this.start()
    else if (this.mustRejoin) this.rejoin()
    else if (this.heardRow !== -1) this.takeHeard()
    else if (positions.count > 0 && !this.isPaused) {
      if (this.seekRow !== -1) this.performSeek()
      this.poll()
    }
  }

  /** Its own position moves; what is committed stays until it commits again. */
  private performSeek(): void {
    const { connection, positions, sim } = this
    const { to, partition } = sim.records.rowAt<Seek>(this.seekRow)
    for (let entry = 0; entry < positions.count; entry++) {
      const progress = positions.progressOf(entry)
      const { index } = must(connection, 'a connection').broker.progressAt(progress).partition
      if (partition !== null && index !== partition) continue
      const offset = connection?.seek(progress, to) ?? -1
      if (offset === -1) continue
      const row: Seeked = { progress, offset }
      sim.emit(this, GROUP_CONSUMER_FACTS.sought, -1, sim.records.row(row))
    }
  }

  /** Whether it commits between two polls. Kafka's client also does as it gives its partitions up. */
  private isTimeToCommit(): boolean {
    const { commit, commitEveryMs, commitEveryRecords } = this.settings
    if (this.mustRejoin || this.heardRow !== -1) return true
    if (commit === 'transaction') return true
    if (commit === 'after') return this.sinceCommit >= (commitEveryRecords ?? 0)
    const everyUs = usFromMs(commitEveryMs ?? DEFAULT_COMMIT_EVERY_MS)
    return commit === 'before' || this.sim.nowUs - this.committedUs >= everyUs
  }

  private finishClosing(): void {
    this.commitNow()
    this.transactions?.close()
    this.sim.emit(this, GROUP_CONSUMER_FACTS.closed, -1, -1)
    if (!this.settings.staticMember) this.connection?.leave()
  }

  /** Goes by the assignment that it has heard of; only members that keep theirs meanwhile hear of any. */
  protected takeHeard(): void {}

  protected rejoin(): void {
    this.sim.emit(this, GROUP_CONSUMER_FACTS.joining, -1, this.incarnation)
    this.connection?.join(this.incarnation)
  }

  protected poll(): void {
    this.sim.emit(this, GROUP_CONSUMER_FACTS.polled, -1, -1)
    this.connection?.poll(this.generation, this.lastBatch)
  }

  /** Three times in a session timeout: a sign of life, and a look at how long things take. */
  private tick(incarnation: number): void {
    if (incarnation !== this.incarnation || this.phase === 'out') return
    const { sim, connection } = this
    sim.after(this.heartbeatUs, this, TIMER.tick, incarnation)
    if (this.phase === 'joining' || this.isExpelled) return
    if (this.inHand > 0 && sim.nowUs - this.polledUs > this.maxPollIntervalUs) {
      sim.emit(this, GROUP_CONSUMER_FACTS.left, -1, -1)
      // A static member is silent instead: its session times out.
      if (!this.settings.staticMember) connection?.leave()
    } else connection?.heartbeat(this.generation)
  }

  // ——— commits ———

  private commit(): void {
    if (this.isExpelled) this.failCommit(LOG_ERRORS.unknownMemberId)
    else if (this.transactions) this.commitTransaction(this.transactions)
    else this.sendCommits(false)
  }

  private commitTransaction(transactions: Transactions): void {
    const { progresses, offsets } = this.offsetsToCommit(false)
    const row = this.sim.records.row({ progresses, offsets })
    this.sim.emit(this, GROUP_CONSUMER_FACTS.committing, -1, progresses.length)
    transactions.commit(row)
  }

  /** The offsets of a transaction go to the group. */
  sendOffsets(parcel: OffsetsParcel): void {
    const request: TransactionOffsets = { generation: this.generation, parcel }
    this.connection?.sendOffsets(this.sim.records.row(request))
  }

  transactionCommitted(): void {
    while (this.awaited > 0) this.sim.emit(this, GROUP_CONSUMER_FACTS.commitAnswered, -1, -1)
    this.proceedSoon()
  }

  /** It leaves its group, so that nobody waits for what it was in it, and begins anew. */
  transactionFailed(code: number): void {
    this.connection?.leave()
    this.failCommit(code)
  }

  /** Sends the offsets that have moved on, or all of them once more. */
  protected sendCommits(all: boolean, kind: number = GROUP_CONSUMER_FACTS.committing): void {
    const { sim, connection, generation } = this
    const { progresses, offsets } = this.offsetsToCommit(all)
    sim.emit(this, kind, -1, progresses.length)
    progresses.forEach((progress, i) => {
      const offset = offsets[i] as number
      connection?.commit(generation, this.lastMessage(progress, offset), progress, offset)
    })
  }

  private offsetsToCommit(all: boolean): Offsets {
    const { positions } = this
    const ahead = this.commitsAhead
    const progresses: number[] = []
    const offsets: number[] = []
    for (let entry = 0; entry < positions.count; entry++) {
      if (!all && !positions.isUncommitted(entry, ahead)) continue
      progresses.push(positions.progressOf(entry))
      offsets.push(positions.offsetOf(entry, ahead))
    }
    return { progresses, offsets }
  }

  /** The message before an offset. */
  private lastMessage(progress: number, offset: number): number {
    const partition = this.connection?.broker.progressAt(progress).partition
    return partition && offset > partition.start ? partition.messageAt(offset - 1) : -1
  }

  private failCommit(code: number): void {
    this.sim.emit(this, GROUP_CONSUMER_FACTS.commitFailed, -1, code)
    this.transactions?.begin()
    this.proceedSoon()
  }

  // ——— work ———

  /** Writes a batch into the inbox; false if it was meant for an earlier run of this client. */
  protected writeBatch(first: number, count: number): boolean {
    const broker = this.connection?.broker
    if (!broker || !this.positions.owns(broker.segments.progressOf(first))) return false
    let place = this.received
    for (let segment = first; place < this.received + count; segment++) {
      const progress = broker.segments.progressOf(segment)
      const { partition } = broker.progressAt(progress)
      const from = broker.segments.fromOf(segment)
      for (let offset = from; offset < from + broker.segments.lengthOf(segment); offset++) {
        this.writeRecord(place++, partition.messageAt(offset), progress, offset, first)
      }
    }
    return true
  }

  protected writeRecord(
    place: number,
    message: number,
    progress: number,
    offset: number,
    batch: number,
  ): void {
    this.messages.put(place, message)
    this.progresses.put(place, progress)
    this.offsets.put(place, offset)
    this.batches.put(place, batch)
    this.again.put(place, this.cameBefore(progress, offset) ? 1 : 0)
  }

  protected cameBefore(progress: number, offset: number): boolean {
    for (let i = 0; i < this.peers.length; i++) {
      if ((this.peers[i] as GroupConsumer).handled.has(progress, offset)) return true
    }
    return false
  }

  protected begin(): void {
    const { sim, settings, attempts, taken } = this
    const drawnUs = this.slowedUs(this.duration.drawUs(this.service, attempts))
    const us = this.stallsNext ? this.maxPollIntervalUs + 2 * this.heartbeatUs : drawnUs
    const fails = settings.failureRate !== undefined && this.failure.unit() < settings.failureRate
    this.endUs.put(attempts, sim.nowUs + us)
    this.fails.put(attempts, fails ? 1 : 0)
    sim.emit(this, CLIENT_FACTS.started, this.messages.get(taken), taken)
    sim.after(us, this, TIMER.work, this.attempts)
  }

  /** A record is done with; a member of a share group answers it. */
  protected finished(_place: number, _failed: boolean): void {}

  private finishRecord(): void {
    const { taken } = this
    const message = this.messages.get(taken)
    const failed = this.fails.get(this.attempts - 1) === 1
    const isKnown = !failed && this.hadBefore(message, taken)
    this.sim.emit(this, failed ? CLIENT_FACTS.failed : CLIENT_FACTS.processed, message, taken)
    this.finished(taken, failed)
    if (!failed && !isKnown && this.outlets.length > 0)
      publishResult(this, this.outlets, message, this.processedCount)
    this.proceed()
  }
}
