/**
 * The course of one level over a run, as three numbers: where it is, how high it was, its mean over
 * time. What lasted no time at all (a message that went straight on) is no height.
 */

export interface LevelNumbers {
  now: number
  max: number
  /** Averaged over simulated time. */
  mean: number
}

export class Course {
  private value = 0
  private most = 0
  /** Value times microseconds from `fromUs` up to `sinceUs`. */
  private area = 0
  private fromUs = 0
  private sinceUs = 0

  /** The level has this value from `timeUs` on. */
  set(value: number, timeUs: number): void {
    if (value === this.value) return
    if (timeUs > this.sinceUs) {
      this.area += this.value * (timeUs - this.sinceUs)
      this.most = Math.max(this.most, this.value)
      this.sinceUs = timeUs
    }
    this.value = value
  }

  /** Forgets how it came to its present value: what follows is measured from here. */
  restart(timeUs: number): void {
    this.area = 0
    this.most = 0
    this.fromUs = timeUs
    this.sinceUs = timeUs
  }

  numbers(endUs: number): LevelNumbers {
    const area = this.area + this.value * (endUs - this.sinceUs)
    const mean = endUs > this.fromUs ? area / (endUs - this.fromUs) : this.value
    return { now: this.value, max: Math.max(this.most, this.value), mean }
  }
}
