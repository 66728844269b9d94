/**
 * Brings panels and screen readers to where the playhead is: at most four times a second while it moves,
 * at the latest a quarter of a second after it has come to rest. One question at a time, the latest wins.
 */
const FEED_MS = 250

export class FrameFeed {
  private asking = false
  private askAgain = false
  private lastMs = Number.NEGATIVE_INFINITY
  private timer: ReturnType<typeof setTimeout> | null = null
  private readonly take: () => Promise<void>

  /** `take` asks for the frame at the playhead and shows it. */
  constructor(take: () => Promise<void>) {
    this.take = take
  }

  /** Now, or as soon as it may be again. */
  soon(): void {
    const waitMs = this.lastMs + FEED_MS - performance.now()
    if (waitMs <= 0) this.now()
    else this.timer ??= setTimeout(() => this.now(), waitMs)
  }

  /** At once: something was put there. */
  now(): void {
    this.stop()
    this.lastMs = performance.now()
    if (this.asking) {
      this.askAgain = true
      return
    }
    this.asking = true
    void this.take().finally(() => {
      this.asking = false
      if (!this.askAgain) return
      this.askAgain = false
      this.now()
    })
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
