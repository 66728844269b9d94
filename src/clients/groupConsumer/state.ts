/**
 * What a group consumer is at a moment: its place in the group, its books, the batch in hand. All of it
 * is folded from facts here; what it decides is in `groupConsumer.ts`.
 */
import type { IntColumn, TimeColumn } from '../../base/column.ts'
import type { Assignment } from '../../brokers/log/coordinator.ts'
import { LOG_ERRORS } from '../../brokers/log/errors.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CLIENT_FACTS, Client } from '../client.ts'
import { GROUP_CONSUMER_FACTS, type Seeked } from './facts.ts'
import { Handled } from './handled.ts'
import { Positions } from './positions.ts'
import type { GroupConsumerSettings } from './settings.ts'

/** `out`: not in a group. `ready`: about to do the next thing. The others wait for what they say. */
export type Phase = 'out' | 'joining' | 'ready' | 'polling' | 'committing' | 'working'
const PHASES: readonly Phase[] = ['out', 'joining', 'ready', 'polling', 'committing', 'working']

export abstract class GroupConsumerState extends Client<GroupConsumerSettings> {
  phase: Phase = 'out'
  /** Which of its runs as a member this is, and the generation of the group that it belongs to. */
  incarnation = 0
  generation = -1
  /** Whether it has to join again, or begin anew, when its batch is done. */
  mustRejoin = false
  isExpelled = false
  /** Whether it is to close, and whether it has. */
  isClosing = false
  isClosed = false
  /** Whether its next record takes longer than max.poll.interval.ms. */
  stallsNext = false
  /** Row of where it is to read on before its next poll, -1 if nowhere else. */
  seekRow = -1
  /** Records done since it last sent its offsets. */
  sinceCommit = 0
  /** Row of an assignment that it goes by at its next poll, -1 if there is none. Incremental members only. */
  heardRow = -1
  /** Inbox: records before `taken` are done, those from there to `received` are in hand. */
  received = 0
  taken = 0
  /** Times that work on a record was begun. */
  attempts = 0
  processedCount = 0
  failedCount = 0
  /** Name of the last batch that arrived, -1 for none in this generation. */
  lastBatch = -1
  /** Commits that were sent and not answered. */
  awaited = 0
  /** When it was last inside a poll. */
  polledUs = 0
  committedUs = 0
  startedUs = 0
  readonly positions = new Positions()
  readonly handled = new Handled()
  protected readonly messages: IntColumn
  protected readonly progresses: IntColumn
  protected readonly offsets: IntColumn
  /** By place in the inbox: 1 if the group had been through the record when it came. */
  protected readonly again: IntColumn
  /** By place in the inbox: the first segment of the record's batch. */
  protected readonly batches: IntColumn
  /** By attempt: when it ends, and 1 if it fails. */
  protected readonly endUs: TimeColumn
  protected readonly fails: IntColumn

  constructor(sim: Simulation, node: number, settings: GroupConsumerSettings) {
    super(sim, node, settings)
    const { records } = sim
    this.messages = records.ints(node, 'message')
    this.progresses = records.ints(node, 'progress')
    this.offsets = records.ints(node, 'offset')
    this.again = records.ints(node, 'again')
    this.batches = records.ints(node, 'batch')
    this.endUs = records.times(node, 'endUs')
    this.fails = records.ints(node, 'fails')
  }

  /** Records in hand, the one that it works on included. */
  get inHand(): number {
    return this.received - this.taken
  }

  /** When the work in progress ends; only while it works. */
  get endsUs(): number {
    return this.endUs.get(this.attempts - 1)
  }

  /** Message at a place in the inbox, and whether its group had been through it before. */
  messageAt(place: number): number {
    return this.messages.get(place)
  }
  isRedelivered(place: number): boolean {
    return this.again.get(place) === 1
  }

  /** Whether offsets are committed for what is still in hand. */
  protected get commitsAhead(): boolean {
    return this.settings.commit === 'before'
  }

  override apply(kind: number, message: number, aux: number): void {
    // What each record and poll makes comes first: it is looked for case by case.
    switch (kind) {
      case CLIENT_FACTS.started:
        this.phase = 'working'
        this.startedUs = this.sim.nowUs
        this.attempts++
        this.stallsNext = false
        break
      case CLIENT_FACTS.processed:
        this.takeEffect(message)
        this.processedCount++
        this.finish(aux)
        break
      case GROUP_CONSUMER_FACTS.polled:
        this.phase = 'polling'
        this.seekRow = -1
        this.polledUs = this.sim.nowUs
        break
      case GROUP_CONSUMER_FACTS.batchReceived:
        this.applyBatch(aux)
        break
      case GROUP_CONSUMER_FACTS.committing:
        this.applyCommitting(aux)
        break
      case GROUP_CONSUMER_FACTS.commitAnswered:
        this.awaited--
        if (this.awaited === 0) this.phase = 'ready'
        break
      default:
        super.apply(kind, message, aux)
        this.applyRare(kind, aux)
    }
  }

  private applyRare(kind: number, aux: number): void {
    switch (kind) {
      case CLIENT_FACTS.crashed:
        this.forget('out')
        break
      case CLIENT_FACTS.failed:
        this.failedCount++
        if (this.settings.onFailure === 'retry') this.phase = 'ready'
        else this.finish(aux)
        break
      case GROUP_CONSUMER_FACTS.joining:
        this.forget('joining')
        this.incarnation = aux
        this.isClosed = false
        break
      case GROUP_CONSUMER_FACTS.closeAsked:
        this.isClosing = true
        break
      case GROUP_CONSUMER_FACTS.closed:
        this.forget('out')
        this.isClosed = true
        break
      case GROUP_CONSUMER_FACTS.stallArmed:
        this.stallsNext = true
        break
      case GROUP_CONSUMER_FACTS.seekAsked:
        this.seekRow = aux
        break
      case GROUP_CONSUMER_FACTS.sought: {
        const { progress, offset } = this.sim.records.rowAt<Seeked>(aux)
        this.positions.seek(progress, offset)
        break
      }
      case GROUP_CONSUMER_FACTS.committingNow:
        this.positions.commit(this.commitsAhead)
        this.sinceCommit = 0
        break
      case GROUP_CONSUMER_FACTS.assigned:
        this.applyAssigned(this.sim.records.rowAt<Assignment>(aux))
        break
      case GROUP_CONSUMER_FACTS.rejoinAsked:
        this.mustRejoin = true
        break
      case GROUP_CONSUMER_FACTS.expelled:
      case GROUP_CONSUMER_FACTS.left:
        this.isExpelled = true
        break
      case GROUP_CONSUMER_FACTS.pollReturnedEmpty:
        this.phase = 'ready'
        this.polledUs = this.sim.nowUs
        break
      case GROUP_CONSUMER_FACTS.commitFailed:
        this.applyCommitFailed(aux)
        break
    }
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.phase = PHASES[io.int(PHASES.indexOf(this.phase))] ?? 'out'
    this.incarnation = io.int(this.incarnation)
    this.generation = io.int(this.generation)
    this.mustRejoin = io.flag(this.mustRejoin)
    this.isExpelled = io.flag(this.isExpelled)
    this.isClosing = io.flag(this.isClosing)
    this.isClosed = io.flag(this.isClosed)
    this.stallsNext = io.flag(this.stallsNext)
    this.sinceCommit = io.int(this.sinceCommit)
    this.heardRow = io.int(this.heardRow)
    this.seekRow = io.int(this.seekRow)
    this.received = io.int(this.received)
    this.taken = io.int(this.taken)
    this.attempts = io.int(this.attempts)
    this.processedCount = io.int(this.processedCount)
    this.failedCount = io.int(this.failedCount)
    this.lastBatch = io.int(this.lastBatch)
    this.awaited = io.int(this.awaited)
    this.polledUs = io.int(this.polledUs)
    this.committedUs = io.int(this.committedUs)
    this.startedUs = io.int(this.startedUs)
    this.positions.archive(io)
    this.handled.archive(io)
  }

  private forget(phase: Phase): void {
    this.phase = phase
    this.isClosing = false
    this.sinceCommit = 0
    this.heardRow = -1
    this.seekRow = -1
    this.taken = this.received
    this.awaited = 0
    this.lastBatch = -1
    this.mustRejoin = false
    this.isExpelled = false
    this.positions.clear()
  }

  private applyAssigned({ generation, progress, positions }: Assignment): void {
    this.phase = 'ready'
    this.generation = generation
    this.polledUs = this.sim.nowUs
    this.committedUs = this.sim.nowUs
    progress.forEach((part, i) => {
      this.positions.start(part, positions[i] as number)
    })
  }

  private applyBatch(count: number): void {
    this.phase = 'ready'
    this.polledUs = this.sim.nowUs
    for (let place = this.received; place < this.received + count; place++) {
      this.positions.receive(this.progresses.get(place), this.offsets.get(place))
    }
    this.lastBatch = this.batches.get(this.received)
    this.received += count
  }

  private applyCommitting(count: number): void {
    this.positions.commit(this.commitsAhead)
    this.committedUs = this.sim.nowUs
    this.sinceCommit = 0
    if (this.settings.commit === 'auto') return
    this.phase = 'committing'
    this.awaited = count
  }

  private applyCommitFailed(code: number): void {
    // A commit in the background that fails has no consequence: the next heartbeat tells.
    if (this.phase !== 'committing' && this.phase !== 'ready') return
    this.phase = 'ready'
    this.awaited = 0
    this.positions.commit(this.commitsAhead)
    // What it did in a transaction that failed is undone: it begins again where its group has committed.
    const isUndone = this.settings.commit === 'transaction'
    if (code === LOG_ERRORS.rebalanceInProgress && !isUndone) this.mustRejoin = true
    else this.isExpelled = true
    // At most once: what is not safely committed must not be worked on.
    if (this.commitsAhead) this.taken = this.received
  }

  /** It is through with a record whose work failed. Called while a fact is applied. */
  protected passOver(place: number): void {
    if (this.taken <= place) this.finish(place)
  }

  private finish(place: number): void {
    const progress = this.progresses.get(place)
    const offset = this.offsets.get(place)
    this.phase = 'ready'
    this.taken = place + 1
    this.sinceCommit++
    this.positions.consume(progress, offset)
    this.handled.add(progress, offset)
  }
}
