/** Lights the events that an answer is about in the strip, while the answer is shown. */
import { useEffect } from 'react'
import type { FoldRoom } from './room.ts'

export function useLit(room: FoldRoom, positions: readonly number[] | null): void {
  const key = positions?.join() ?? ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says that they are others
  useEffect(() => {
    if (positions === null) return
    room.light(positions)
    return () => room.light([])
  }, [room, key])
}
