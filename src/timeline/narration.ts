/**
 * When screen readers are told something: never twice within two seconds, and only once things have come to rest, so that
 * a dragged slider is heard where it stops. What is said is worked out at that moment, so that it still holds.
 */

export type Topic = 'branch' | 'moment'

interface Narration {
  tell(topic: Topic): void
  /** There is nothing more to say about this. */
  hush(topic: Topic): void
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

/** `say` gets all topics that there is news of, to be merged into one announcement. */
export function narrate(say: (topics: readonly Topic[]) => void, clock: Clock): Narration {
  const pending = new Set<Topic>()
  let saidMs = Number.NEGATIVE_INFINITY
  let callOff = () => {}

  const speak = () => {
    const topics = [...pending]
    pending.clear()
    saidMs = clock.nowMs()
    say(topics)
  }
  const wait = () => {
    callOff()
    if (pending.size === 0) return
    callOff = clock.after(Math.max(settleMs, saidMs + apartMs - clock.nowMs()), speak)
  }
  return {
    tell(topic) {
      pending.add(topic)
      wait()
    },
    hush(topic) {
      if (pending.delete(topic)) wait()
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
