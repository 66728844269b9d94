/** How far each reader of the store is at the playhead: its projections, relays and process managers. */
import { useStore } from 'zustand'
import { useSession } from '../session/react.tsx'
import type { FoldRoom } from './room.ts'

interface Reader {
  node: string
  /** Events of the store that it is done with. */
  position: number
}

const NOBODY: readonly Reader[] = []

export function useReaders(room: FoldRoom): readonly Reader[] {
  const log = useStore(room.store, (state) => state.log)
  const storeId = useStore(room.store, (state) => state.storeId)
  const links = useSession((state) => state.scenario.links)
  const nodes = useSession((state) => state.frame?.nodes)
  if (log !== 'run' || !nodes) return NOBODY
  return nodes.flatMap((node) => {
    const isReader = links.some(({ from, to }) => from === storeId && to === node.id)
    if (!isReader || !('reached' in node)) return []
    return [{ node: node.id, position: node.reached }]
  })
}
