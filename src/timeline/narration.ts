/**
 * What screen readers hear: sentences merged into one, never two within two seconds, the newest of each sort only. It
 * waits a moment before it speaks, so that a dragged slider is heard once, where it stops.
 */

export type Topic = 'branch' | 'moment'

export interface Narration {
  /** Replaces what was still to be said about this; an empty sentence takes it back. */
  tell(topic: Topic, sentence: string): void
  stop(): void
}

const settleMs = 400
const apartMs = 2000

/** Where time comes from: the page's own, or a test's. */
export interface Clock {
  nowMs(): number
  /** Calls back later; returns how to call it off. */
  after(ms: number, call: () => void): () => void
}

export function narrate(say: (text: string) => void, clock: Clock): Narration {
  const pending = new Map<Topic, string>()
  let saidMs = Number.NEGATIVE_INFINITY
  let callOff = () => {}

  const speak = () => {
    const text = [...pending.values()].join(' ')
    pending.clear()
    saidMs = clock.nowMs()
    say(text)
  }
  return {
    tell(topic, sentence) {
      pending.delete(topic)
      if (sentence !== '') pending.set(topic, sentence)
      callOff()
      if (pending.size === 0) return
      const waitMs = Math.max(settleMs, saidMs + apartMs - clock.nowMs())
      callOff = clock.after(waitMs, speak)
    },
    stop: () => callOff(),
  }
}

export const pageClock: Clock = {
  nowMs: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}
