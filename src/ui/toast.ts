/** The sentence that follows an action. One at a time: the newest takes the place of the one before. */

export type Toast = {
  /** Tells one showing from the next, so that the same sentence twice is announced twice. */
  readonly id: number
  readonly text: string
  readonly action?: { readonly label: string; readonly onAct: () => void }
}

let current: Toast | null = null
let lastId = 0
const listeners = new Set<() => void>()

export function showToast(text: string, action?: Toast['action']): void {
  lastId += 1
  current = action ? { id: lastId, text, action } : { id: lastId, text }
  for (const notify of listeners) notify()
}

export function dismissToast(): void {
  if (current === null) return
  current = null
  for (const notify of listeners) notify()
}

export function currentToast(): Toast | null {
  return current
}

export function subscribeToToast(notify: () => void): () => void {
  listeners.add(notify)
  return () => listeners.delete(notify)
}
