/** What was committed, in the order of time, as an append-only list: Kafka's topic __consumer_offsets. */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'

export class Commits {
  count = 0
  private readonly progress: IntColumn
  private readonly offset: IntColumn

  constructor(records: Records, node: number) {
    this.progress = records.ints(node, 'commitProgress')
    this.offset = records.ints(node, 'commitOffset')
  }

  /** Writes down the next commit, before the fact that counts it. */
  book(progress: number, offset: number): void {
    this.progress.put(this.count, progress)
    this.offset.put(this.count, offset)
  }

  /** Part of the progress that a commit is about, and its offset. */
  progressOf(commit: number): number {
    return this.progress.get(commit)
  }
  offsetOf(commit: number): number {
    return this.offset.get(commit)
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
  }
}
