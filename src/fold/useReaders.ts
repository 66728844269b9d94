/** How far each reader of the store is at the playhead: its projections and relays. */
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useSession } from '../session/react.tsx'
import { countBefore } from './edge.ts'
import type { FoldRoom, ReadMark } from './room.ts'

export interface Reader {
  node: string
  /** Events of the store that it has worked in. */
  position: number
}

export function useReaders(room: FoldRoom): Reader[] {
  const turn = useStore(room.store, (state) => state.turn)
  const log = useStore(room.store, (state) => state.log)
  const facts = useSession((state) => state.factIndex)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room's list grows with its turn
  const marks = useMemo(() => {
    const marks = new Map<string, ReadMark[]>()
    for (const mark of room.reads) {
      const known = marks.get(mark.node) ?? []
      marks.set(mark.node, known)
      known.push(mark)
    }
    return marks
  }, [room, turn])
  return useMemo(() => {
    if (log === 'file') return []
    return [...marks].map(([node, list]) => ({
      node,
      position: list[countBefore(list, facts) - 1]?.position ?? 0,
    }))
  }, [marks, facts, log])
}
