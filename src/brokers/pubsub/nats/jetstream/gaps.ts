/**
 * Sequences that are missing between the first and the last of a stream, as runs: a table of last values
 * leaves long runs, single deletions leave short ones.
 */
import type { Archive } from '../../../../engine/archive.ts'

export class Gaps {
  /** First and last of each run in turn, ascending, never touching each other. */
  private readonly runs: number[] = []
  count = 0

  has(sequence: number): boolean {
    const at = this.runAfter(sequence)
    return at > 0 && (this.runs[at - 1] as number) >= sequence
  }

  add(sequence: number): void {
    const { runs } = this
    const at = this.runAfter(sequence)
    const joinsBefore = at > 0 && runs[at - 1] === sequence - 1
    const joinsAfter = at < runs.length && runs[at] === sequence + 1
    if (joinsBefore && joinsAfter) runs.splice(at - 1, 2)
    else if (joinsBefore) runs[at - 1] = sequence
    else if (joinsAfter) runs[at] = sequence
    else runs.splice(at, 0, sequence, sequence)
    this.count++
  }

  /** The first sequence from here on that is not missing. */
  next(sequence: number): number {
    const at = this.runAfter(sequence)
    const end = at > 0 ? (this.runs[at - 1] as number) : -1
    return end >= sequence ? end + 1 : sequence
  }

  /** How many are missing from here on. */
  countFrom(sequence: number): number {
    let count = 0
    for (let at = this.runs.length - 2; at >= 0; at -= 2) {
      const [from, to] = [this.runs[at] as number, this.runs[at + 1] as number]
      if (to < sequence) break
      count += to - Math.max(from, sequence) + 1
    }
    return count
  }

  /** Forgets everything before a sequence, which is not missing itself. */
  dropBefore(sequence: number): void {
    const at = this.runAfter(sequence)
    for (let i = 0; i < at; i += 2) {
      this.count -= (this.runs[i + 1] as number) - (this.runs[i] as number) + 1
    }
    this.runs.splice(0, at)
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
    io.list(this.runs)
  }

  /** Index of the first run that begins after a sequence. */
  private runAfter(sequence: number): number {
    let low = 0
    let high = this.runs.length / 2
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.runs[middle * 2] as number) <= sequence) low = middle + 1
      else high = middle
    }
    return low * 2
  }
}
