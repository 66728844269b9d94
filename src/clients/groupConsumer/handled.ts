/**
 * Which records a member has been through, as runs of offsets: what comes again is recognised by it. It
 * outlives crashes, as the effects do. Runs are few: a new one begins only where reading jumps.
 */
import type { Archive } from '../../engine/archive.ts'

/** Numbers of a run: progress part, first offset, offset after the last. */
const WORDS = 3

export class Handled {
  private readonly runs: number[] = []
  /** By progress part: the offset behind all of its runs. Mostly what is asked about is new, and lies there. */
  private ends: number[] = []

  has(progress: number, offset: number): boolean {
    return offset < (this.ends[progress] ?? 0) && this.runAround(progress, offset) !== -1
  }

  /** Called while a fact is applied. */
  add(progress: number, offset: number): void {
    if (this.has(progress, offset)) return
    const before = this.runAround(progress, offset - 1)
    if (before !== -1) this.runs[before + 2] = offset + 1
    else this.runs.push(progress, offset, offset + 1)
    this.reach(progress, offset + 1)
  }

  archive(io: Archive): void {
    io.list(this.runs)
    if (!io.loading) return
    this.ends = []
    for (let at = 0; at < this.runs.length; at += WORDS) {
      this.reach(this.runs[at] as number, this.runs[at + 2] as number)
    }
  }

  private reach(progress: number, end: number): void {
    this.ends[progress] = Math.max(end, this.ends[progress] ?? 0)
  }

  private runAround(progress: number, offset: number): number {
    const { runs } = this
    for (let at = runs.length - WORDS; at >= 0; at -= WORDS) {
      const isInside = offset >= (runs[at + 1] as number) && offset < (runs[at + 2] as number)
      if (runs[at] === progress && isInside) return at
    }
    return -1
  }
}
