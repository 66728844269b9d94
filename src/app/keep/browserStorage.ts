/**
 * The browser's storage as something that may be missing: in private windows and other people's frames
 * it throws. What cannot be kept is simply not kept; nothing else stops working.
 */

const prefix = 'eventarium:'

/** Null where there is none. */
function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

export function readKept(key: string): unknown {
  try {
    const text = storage()?.getItem(prefix + key)
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** Whether it was kept: storage may be refused, or full. */
export function keep(key: string, value: unknown): boolean {
  try {
    const place = storage()
    place?.setItem(prefix + key, JSON.stringify(value))
    return place !== null
  } catch {
    return false
  }
}

export function forget(key: string): void {
  try {
    storage()?.removeItem(prefix + key)
  } catch {
    // Nothing was kept there either.
  }
}

/** Calls back when another window of this browser has kept something; returns how to stop. */
export function onKeptElsewhere(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === null || event.key.startsWith(prefix)) listener()
  }
  addEventListener('storage', onStorage)
  return () => removeEventListener('storage', onStorage)
}
