/**
 * The present moment, also split as facts and messages hold it: an era, and the time since its begin, which
 * is small enough for V8 to keep it as an integer. It is split once a moment and not for each fact of it.
 */

/** How long an era lasts: 18 simulated minutes, in 30 bits. */
export const ERA_US = 1_073_741_824

export class Clock {
  /** Number of the era, and the time since its begin. */
  era = 0
  stamp = 0
  private us = 0
  private eraUs = 0

  get nowUs(): number {
    return this.us
  }

  set nowUs(us: number) {
    this.us = us
    const since = us - this.eraUs
    if (since >= 0 && since < ERA_US) this.stamp = since | 0
    else this.turnTo(us)
  }

  /** The same for a moment that is not before the present one, for the hot path. */
  goOn(us: number): void {
    const since = us - this.eraUs
    if (since >= ERA_US) this.turnTo(us)
    else this.stamp = since | 0
    this.us = us
  }

  private turnTo(us: number): void {
    this.era = Math.floor(us / ERA_US) | 0
    this.eraUs = this.era * ERA_US
    this.stamp = (us - this.eraUs) | 0
  }
}

/** A clock that stands at a moment. */
export function clockAt(us: number): Clock {
  const clock = new Clock()
  clock.nowUs = us
  return clock
}
