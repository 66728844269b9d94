/**
 * The work that a consumer has in progress, oldest first: as many rows as it works on at once, used again and
 * again. Objects, since V8 reads a field of one in a third of the steps that a place in a short typed array takes.
 */
import type { Archive } from '../../engine/archive.ts'

/** A piece of work: what came in, which one it is since the start of the run, on which terms, and when it began. */
export class Job {
  message = -1
  delivery = -1
  ordinal = -1
  /** As its consumer has written them down: not saved, but found there again. */
  terms = 0
  /** No integer from the start, so that V8 keeps a double in it and makes no object for each. */
  startedUs = Number.NaN
}

export class Jobs {
  count = 0
  /** The first `count` are in progress, the others wait to be used. */
  private readonly rows: Job[] = []

  at(index: number): Job {
    return this.rows[index] as Job
  }

  /** Index of the job that was begun as number `ordinal`, -1 if it is not in progress. */
  indexOf(ordinal: number): number {
    const { rows, count } = this
    for (let i = 0; i < count; i++) if ((rows[i] as Job).ordinal === ordinal) return i
    return -1
  }

  /** The row of one more job, for whoever begins it. */
  add(): Job {
    const index = this.count++
    if (index === this.rows.length) this.rows.push(new Job())
    return this.rows[index] as Job
  }

  /** Takes off the job of a delivery; returns whether there was one. */
  remove(message: number, delivery: number): boolean {
    for (let i = 0; i < this.count; i++) {
      const job = this.at(i)
      if (job.delivery !== delivery || job.message !== message) continue
      this.removeAt(i)
      return true
    }
    return false
  }

  removeAt(index: number): void {
    const last = --this.count
    if (index < last) this.moveBehind(index, last)
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
    while (this.rows.length < this.count) this.rows.push(new Job())
    for (let i = 0; i < this.count; i++) {
      const job = this.at(i)
      job.message = io.int(job.message) | 0
      job.delivery = io.int(job.delivery) | 0
      job.ordinal = io.int(job.ordinal) | 0
      job.startedUs = io.int(job.startedUs)
    }
  }

  /** The row of a job that is done goes behind those still in progress, which keep their order. */
  private moveBehind(index: number, last: number): void {
    const { rows } = this
    const done = rows[index] as Job
    for (let i = index; i < last; i++) rows[i] = rows[i + 1] as Job
    rows[last] = done
  }
}
