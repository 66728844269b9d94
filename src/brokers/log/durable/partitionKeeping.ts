/** Everything that is kept of one partition: what the files beside this one do, in the order in which it happens. */
import { usFromMs } from '../../../base/time.ts'
import { utf8 } from '../../../base/utf8.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { LOG_ERRORS } from '../errors.ts'
import { LOG_FACTS } from '../facts.ts'
import type { Keeping, TopicSettings } from '../keeping.ts'
import type { Partition } from '../partition.ts'
import type { Topic } from '../topic.ts'
import { type CompactedLog, Compaction } from './compaction.ts'
import { type Cleaning, DURABLE_FACTS, type Election } from './facts.ts'
import { ANYONE, Producers, type Writer } from './producers.ts'
import { type ClusterContext, Replication } from './replication.ts'
import { Retention, type RetentionSettings } from './retention.ts'
import { Waits } from './waits.ts'

/** What a partition asks of its broker. */
export interface KeepingContext extends ClusterContext {
  readonly sim: Simulation
  settingsOf(topic: Topic): TopicSettings
  wake(partition: Partition): void
  /** The answer to a produce request. */
  answer(client: number, tag: number, message: number, code: number): void
  /** A control record of a producer's transaction is there. Called while a fact is applied. */
  markerWritten(producer: number, partition: Partition, offset: number): void
  /** Records from an offset on are lost. Called while a fact is applied. */
  lost(partition: Partition, end: number): void
  /** More of it is on all replicas in sync. */
  advanced(partition: Partition): void
  /** The partition has a leader again: control records that wait for one are written. */
  ledAgain(partition: Partition): void
}

/** Kafka's defaults, but for those that would never be seen: the network's delay and how often it is looked. */
export const TOPIC_DEFAULTS = {
  minInsyncReplicas: 1,
  replicaLagMs: 30_000,
  replicaFetchMs: 200,
  checkMs: 1000,
  dirtyRatio: 0.5,
  deleteRetentionMs: 86_400_000,
} as const

const TIMER = { check: 0 } as const
/** A control record's size; Kafka's has 78 bytes with its batch. */
const MARKER_BYTES = 78
const NEVER = Number.POSITIVE_INFINITY

export class PartitionKeeping implements Keeping, CompactedLog {
  written = 0
  readonly replication: Replication
  readonly retention = new Retention()
  readonly compaction: Compaction
  readonly producers: Producers
  readonly waits: Waits
  readonly partition: Partition
  private readonly context: KeepingContext

  constructor(context: KeepingContext, partition: Partition) {
    this.context = context
    this.partition = partition
    const { records } = context.sim
    const settings = partition.topic.settings ?? {}
    this.producers = new Producers(records, partition.node)
    this.compaction = new Compaction(records, partition.node)
    this.waits = new Waits(context.sim, partition)
    this.replication = new Replication(
      partition,
      {
        replicas: settings.replicationFactor ?? 1,
        lagUs: usFromMs(settings.replicaLagMs ?? TOPIC_DEFAULTS.replicaLagMs),
        fetchUs: usFromMs(settings.replicaFetchMs ?? TOPIC_DEFAULTS.replicaFetchMs),
        // These two can be changed while the topic is there.
        minInsync: () => this.settings.minInsyncReplicas ?? TOPIC_DEFAULTS.minInsyncReplicas,
        unclean: () => this.settings.uncleanLeaderElection ?? false,
      },
      context,
      { advanced: () => this.advanced(), elected: () => context.ledAgain(partition) },
    )
  }

  get start(): number {
    return this.partition.start
  }
  get highWatermark(): number {
    return this.replication.isAvailable ? this.replication.highWatermark : -1
  }
  get lastStable(): number {
    return Math.min(this.highWatermark, this.producers.firstOpen)
  }
  get settings(): TopicSettings {
    return this.context.settingsOf(this.partition.topic)
  }
  get isCompacted(): boolean {
    return this.settings.cleanup?.includes('compact') ?? false
  }

  // ——— reading ———

  entryOf(offset: number): number {
    return this.replication.entryOf(offset)
  }
  isRecord(offset: number): boolean {
    const entry = this.entryOf(offset)
    return !this.producers.isMarker(entry) && !this.compaction.isRemoved(entry)
  }
  isAborted(offset: number): boolean {
    return this.producers.isAborted(this.entryOf(offset), offset)
  }

  // ——— writing ———

  append(message: number): void {
    const code = this.refusal(ANYONE, message, false)
    if (code === LOG_ERRORS.none) this.write([message], ANYONE)
    else this.context.sim.emit(this.partition, DURABLE_FACTS.writeRefused, message, code)
  }

  /** Why a batch may not be written, `duplicateSequence` if it is there already, or `none`. */
  refusal(writer: Writer, message: number, waitsForAll: boolean): number {
    const { replication } = this
    if (replication.leader === -1) return LOG_ERRORS.leaderNotAvailable
    if (!replication.isAvailable) return LOG_ERRORS.networkException
    if (waitsForAll && replication.isShort) return LOG_ERRORS.notEnoughReplicas
    const isKeyless = this.context.sim.records.messages.key(message) === -1
    if (isKeyless && this.isCompacted) return LOG_ERRORS.invalidRecord
    return this.producers.check(writer)
  }

  /** Writes a batch. */
  write(messages: readonly number[], writer: Writer): void {
    const { partition, producers, replication } = this
    messages.forEach((message, i) => {
      const entry = replication.entries
      producers.book(entry, { ...writer, sequence: writer.sequence + i })
      partition.write(entry, LOG_FACTS.appended, message)
      this.rollIfFull()
    })
    replication.wrote()
  }

  /** Writes the control record that ends a transaction. */
  writeMarker(producer: number, epoch: number, commit: boolean): void {
    const { partition, producers, replication } = this
    const entry = replication.entries
    producers.bookMarker(entry, producer, epoch, commit)
    partition.write(entry, commit ? DURABLE_FACTS.commitMarker : DURABLE_FACTS.abortMarker, -1)
    this.rollIfFull()
    replication.wrote()
    this.context.wake(partition)
  }

  /** Who waits for replicas is answered, who waits for records may read. */
  private advanced(): void {
    const { replication, waits } = this
    const code = replication.isShort ? LOG_ERRORS.notEnoughReplicasAfterAppend : LOG_ERRORS.none
    waits.settle(this.highWatermark, (client, tag, message) =>
      this.context.answer(client, tag, message, code),
    )
    this.context.wake(this.partition)
    this.context.advanced(this.partition)
  }

  /** The process that led it is gone, and its connections with it. */
  leaderDied(): void {
    this.waits.drop((client, tag, message) =>
      this.context.answer(client, tag, message, LOG_ERRORS.networkException),
    )
  }

  // ——— from time to time ———

  begin(): void {
    this.checkLater()
  }

  due(kind: number): void {
    if (kind !== TIMER.check) return
    this.checkLater()
    this.check()
  }

  private checkLater(): void {
    const us = usFromMs(this.settings.checkMs ?? TOPIC_DEFAULTS.checkMs)
    this.context.sim.after(us, this.partition, TIMER.check)
  }

  private check(): void {
    const { cleanup = 'delete' } = this.settings
    if (!this.replication.isAvailable) return
    this.rollIfFull()
    if (cleanup !== 'compact') this.deleteOld()
    if (this.isCompacted) this.compact()
  }

  private rollIfFull(): void {
    const { nowUs } = this.context.sim
    if (this.retention.mustRoll(this.limits, nowUs)) this.roll()
  }

  private roll(): void {
    const { partition } = this
    this.context.sim.emit(partition, DURABLE_FACTS.segmentRolled, -1, partition.end)
  }

  private deleteOld(): void {
    const { retention, limits, highWatermark } = this
    const { sim } = this.context
    if (retention.isActiveOld(limits, sim.nowUs) && highWatermark >= this.partition.end) this.roll()
    const found = retention.deletable(limits, sim.nowUs, highWatermark)
    if (!found) return
    const kind = found.why === 'age' ? DURABLE_FACTS.expired : DURABLE_FACTS.oversized
    sim.emit(this.partition, kind, -1, found.start)
  }

  private compact(): void {
    const { compaction, retention, settings } = this
    const { sim } = this.context
    const to = Math.min(retention.activeBase, this.lastStable)
    if (to <= Math.max(compaction.cleanTo, this.start)) return
    const least = settings.dirtyRatio ?? TOPIC_DEFAULTS.dirtyRatio
    if (compaction.dirtyRatio(this, to) < least) return
    const us = usFromMs(settings.deleteRetentionMs ?? TOPIC_DEFAULTS.deleteRetentionMs)
    const cleaning = compaction.clean(this, to, us, sim.nowUs)
    sim.emit(this.partition, DURABLE_FACTS.compacted, -1, sim.records.row(cleaning))
  }

  private get limits(): RetentionSettings {
    const { retentionMs, retentionBytes, segmentMs, segmentBytes } = this.settings
    const us = (ms: number | undefined) => (ms === undefined ? NEVER : usFromMs(ms))
    return {
      retentionUs: us(retentionMs),
      retentionBytes: retentionBytes ?? NEVER,
      segmentUs: us(segmentMs),
      segmentBytes: segmentBytes ?? NEVER,
    }
  }

  // ——— what compaction asks ———

  bytesOf(from: number, to: number): number {
    let bytes = 0
    for (let offset = Math.max(from, this.start); offset < to; offset++) {
      if (!this.compaction.isRemoved(this.entryOf(offset))) bytes += this.sizeAt(offset)
    }
    return bytes
  }
  /** A record without a key, from before the topic was compacted, is nobody's latest: the cleaner drops it. */
  counts(offset: number): boolean {
    return !this.isMarker(offset) && !this.isAborted(offset) && this.keyOf(offset) !== -1
  }
  isMarker(offset: number): boolean {
    return this.producers.isMarker(this.entryOf(offset))
  }
  keyOf(offset: number): number {
    return this.context.sim.records.messages.key(this.partition.messageAt(offset))
  }
  isTombstone(offset: number): boolean {
    const message = this.partition.messageAt(offset)
    return message !== -1 && this.context.sim.records.body(message) === ''
  }

  private sizeAt(offset: number): number {
    const message = this.partition.messageAt(offset)
    return message === -1 ? MARKER_BYTES : this.sizeOf(message)
  }

  private sizeOf(message: number): number {
    const { records } = this.context.sim
    const key = records.messages.key(message)
    return utf8(records.body(message)).length + (key === -1 ? 0 : utf8(records.key(message)).length)
  }

  // ——— state ———

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case LOG_FACTS.appended:
      case DURABLE_FACTS.commitMarker:
      case DURABLE_FACTS.abortMarker:
        this.applyWritten(kind, message, aux)
        break
      case LOG_FACTS.trimmed:
      case DURABLE_FACTS.expired:
      case DURABLE_FACTS.oversized:
        this.partition.start = aux
        this.retention.applyStart(aux)
        break
      case DURABLE_FACTS.segmentRolled:
        this.retention.applyRolled(aux)
        break
      case DURABLE_FACTS.compacted:
        this.compaction.apply(this.context.sim.records.rowAt<Cleaning>(aux), this.context.sim.nowUs)
        this.retention.applyCleaned(this.partition.end, (from, to) => this.bytesOf(from, to))
        break
      case DURABLE_FACTS.leaderElected:
        this.applyElection(aux)
        break
      default:
        this.waits.apply(kind)
        this.replication.apply(kind, aux)
    }
  }

  archive(io: Archive): void {
    this.replication.archive(io)
    this.retention.archive(io)
    this.compaction.archive(io)
    this.producers.archive(io)
    this.waits.archive(io)
    this.written = io.int(this.written)
  }

  private applyWritten(kind: number, message: number, offset: number): void {
    const { replication, producers, partition } = this
    const entry = replication.entries
    partition.end = offset + 1
    producers.apply(kind, entry, offset)
    replication.applyWritten(offset)
    if (message === -1) this.context.markerWritten(producers.producerOf(entry), partition, offset)
    else this.written++
    const bytes = message === -1 ? MARKER_BYTES : this.sizeOf(message)
    this.retention.applyWritten(bytes, this.context.sim.nowUs)
  }

  private applyElection(row: number): void {
    const { partition, replication } = this
    const { end } = this.context.sim.records.rowAt<Election>(row)
    replication.apply(DURABLE_FACTS.leaderElected, row)
    if (end === partition.end) return
    partition.end = end
    partition.start = Math.min(partition.start, end)
    this.context.lost(partition, end)
    this.retention.applyEnd(end, (base) => this.bytesOf(base, end))
    this.compaction.applyEnd(end)
    this.producers.rebuild(partition.start, end, (offset) => this.entryOf(offset))
  }
}
