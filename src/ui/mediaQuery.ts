/** Follows a media query from React; the page changes shape at one width only, `narrowScreen`. */

import { useCallback, useSyncExternalStore } from 'react'

export const narrowScreen = '(max-width: 700px)'

export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (notify: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', notify)
      return () => list.removeEventListener('change', notify)
    },
    [query],
  )
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  )
}
