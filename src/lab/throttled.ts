/** Calls that come faster than anyone reads become one. */

const TELL_MS = 120

/** Calls `act` soon, once for all calls until then. */
export function throttled(act: () => void): () => void {
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      act()
    }, TELL_MS)
  }
}
