/**
 * Segments of a partition's log, and which of them may go (kafka.apache.org/documentation, retention.ms,
 * retention.bytes, segment.bytes, segment.ms). Only whole segments are deleted, those that hold
 * something above the high watermark never. A record has the size of its key and value in UTF-8; Kafka
 * also counts headers and a batch's overhead, and closes a segment before it would be too large,
 * here after it is. A record is as old as the moment at which it was written (LogAppendTime).
 */
import type { Archive } from '../../../engine/archive.ts'

/** Words of a segment: base offset, bytes, when its first and its last record were written. */
const WORDS = 4

export interface RetentionSettings {
  retentionUs: number
  retentionBytes: number
  segmentUs: number
  segmentBytes: number
}

/** The oldest segments that may go: up to which offset, and why. */
export interface Deletable {
  start: number
  why: 'age' | 'size'
}

export class Retention {
  private readonly words: number[] = [0, 0, 0, 0]

  get count(): number {
    return this.words.length / WORDS
  }

  /** Base offset of the active segment: below it nothing is written any more. */
  get activeBase(): number {
    return this.words[this.words.length - WORDS] as number
  }

  /** Base offsets, oldest first. */
  get bases(): number[] {
    return Array.from({ length: this.count }, (_, i) => this.words[i * WORDS] as number)
  }

  get bytes(): number {
    let bytes = 0
    for (let at = 1; at < this.words.length; at += WORDS) bytes += this.words[at] as number
    return bytes
  }

  /** Whether the active segment is full or old. */
  mustRoll(settings: RetentionSettings, nowUs: number): boolean {
    const at = this.words.length - WORDS
    const bytes = this.words[at + 1] as number
    if (bytes === 0) return false
    return (
      bytes >= settings.segmentBytes || nowUs - (this.words[at + 2] as number) >= settings.segmentUs
    )
  }

  /** Whether all of the active segment is too old, so that it may go as well once it is closed. */
  isActiveOld({ retentionUs }: RetentionSettings, nowUs: number): boolean {
    const at = this.words.length - WORDS
    return (
      (this.words[at + 1] as number) > 0 && nowUs - (this.words[at + 3] as number) > retentionUs
    )
  }

  /** The closed segments that may go now; null if none may. */
  deletable(settings: RetentionSettings, nowUs: number, watermark: number): Deletable | null {
    const { words } = this
    let bytes = this.bytes
    let found: Deletable | null = null
    for (let at = 0; at + WORDS < words.length; at += WORDS) {
      const next = words[at + WORDS] as number
      if (next > watermark) break
      const isOld = nowUs - (words[at + 3] as number) > settings.retentionUs
      bytes -= words[at + 1] as number
      if (!isOld && bytes < settings.retentionBytes) break
      found = { start: next, why: isOld ? 'age' : 'size' }
    }
    return found
  }

  // ——— state ———

  applyWritten(bytes: number, nowUs: number): void {
    const at = this.words.length - WORDS
    if (this.words[at + 1] === 0) this.words[at + 2] = nowUs
    this.words[at + 1] = (this.words[at + 1] as number) + bytes
    this.words[at + 3] = nowUs
  }

  applyRolled(base: number): void {
    this.words.push(base, 0, 0, 0)
  }

  /** Nothing below an offset is there any more. */
  applyStart(start: number): void {
    while (this.count > 1 && (this.words[WORDS] as number) <= start) this.words.splice(0, WORDS)
  }

  /** Nothing from an offset on is there any more; `bytesFrom` says how large the rest of a segment is. */
  applyEnd(end: number, bytesFrom: (base: number) => number): void {
    while (this.count > 1 && this.activeBase >= end) {
      this.words.splice(this.words.length - WORDS, WORDS)
    }
    this.words[this.words.length - WORDS + 1] = bytesFrom(this.activeBase)
  }

  /** Segments are smaller now: `bytesOf` says how large what is left in a stretch of offsets is. */
  applyCleaned(end: number, bytesOf: (from: number, to: number) => number): void {
    for (let at = 0; at < this.words.length; at += WORDS) {
      const to = this.words[at + WORDS] ?? end
      this.words[at + 1] = bytesOf(this.words[at] as number, to)
    }
  }

  archive(io: Archive): void {
    io.list(this.words)
  }
}
