/**
 * Compaction: of each key the latest record stays (kafka.apache.org/documentation, 4.8 Log Compaction).
 * The head, which is dirty, begins where the last pass ended; the active segment is never touched.
 * Offsets stay, so the log has holes. A record with an empty value is a tombstone: it takes its key away,
 * and goes itself delete.retention.ms after the pass that first met it. All replicas are compacted at
 * once, where in Kafka each has a cleaner of its own.
 */
import type { IntColumn } from '../../../base/column.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Records } from '../../../engine/records.ts'
import type { Cleaning } from './facts.ts'

/** What it asks of the partition. */
export interface CompactedLog {
  readonly start: number
  entryOf(offset: number): number
  /** Bytes of a stretch of offsets, without what was taken away already. */
  bytesOf(from: number, to: number): number
  /** A record that counts: with a key, neither a control record nor one of an aborted transaction. */
  counts(offset: number): boolean
  keyOf(offset: number): number
  isTombstone(offset: number): boolean
  isMarker(offset: number): boolean
}

/** Words of a pass: the first entry that it did not look at, and when it was. */
const WORDS = 2

export class Compaction {
  /** Everything below is clean. */
  cleanTo = 0
  private readonly passes: number[] = []
  /** By entry: the pass that took it away, 0 if none did. */
  private readonly removedBy: IntColumn

  constructor(records: Records, node: number) {
    this.removedBy = records.ints(node, 'removedBy')
  }

  isRemoved(entry: number): boolean {
    const pass = this.removedBy.get(entry) | 0
    // A pass that another branch made later says nothing here: its number is too high, or it is another one.
    return pass > 0 && pass <= this.count && entry < (this.passes[(pass - 1) * WORDS] as number)
  }

  get count(): number {
    return this.passes.length / WORDS
  }

  /** The share of the log below `to` that was not cleaned yet (min.cleanable.dirty.ratio). */
  dirtyRatio(log: CompactedLog, to: number): number {
    const dirtyFrom = Math.max(this.cleanTo, log.start)
    const dirty = log.bytesOf(dirtyFrom, to)
    const all = log.bytesOf(log.start, to)
    return all === 0 ? 0 : dirty / all
  }

  /** One pass up to `to`: writes down what goes and returns the row of its fact, or null if nothing does. */
  clean(log: CompactedLog, to: number, deleteRetentionUs: number, nowUs: number): Cleaning {
    const latest = new Map<number, number>()
    for (let offset = log.start; offset < to; offset++) {
      if (log.counts(offset)) latest.set(log.keyOf(offset), offset)
    }
    const pass = this.count + 1
    let removed = 0
    for (let offset = log.start; offset < to; offset++) {
      const entry = log.entryOf(offset)
      if (this.isRemoved(entry) || log.isMarker(offset)) continue
      const isStale = !log.counts(offset) || latest.get(log.keyOf(offset)) !== offset
      const goes = isStale || this.isSpent(log, offset, deleteRetentionUs, nowUs)
      if (goes) removed++
      if (goes || (this.removedBy.get(entry) | 0) !== 0) this.removedBy.put(entry, goes ? pass : 0)
    }
    return { pass, to, toEntry: log.entryOf(to - 1) + 1, removed }
  }

  /** A tombstone that was there for long enough after its first pass. */
  private isSpent(log: CompactedLog, offset: number, retentionUs: number, nowUs: number): boolean {
    if (!log.isTombstone(offset)) return false
    const entry = log.entryOf(offset)
    for (let at = 0; at < this.passes.length; at += WORDS) {
      if ((this.passes[at] as number) > entry) {
        return nowUs - (this.passes[at + 1] as number) >= retentionUs
      }
    }
    return false
  }

  apply({ to, toEntry }: Cleaning, nowUs: number): void {
    this.passes.push(toEntry, nowUs)
    this.cleanTo = to
  }

  /** Nothing from an offset on is there any more. */
  applyEnd(end: number): void {
    this.cleanTo = Math.min(this.cleanTo, end)
  }

  archive(io: Archive): void {
    this.cleanTo = io.int(this.cleanTo)
    io.list(this.passes)
  }
}
