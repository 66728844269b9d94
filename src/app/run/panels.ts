/** Which panels are open and what they show; on a narrow screen only one is, as a sheet. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { keep, readKept } from '../keep/browserStorage.ts'

export type LeftView = 'program' | 'add'
export type RightView = 'inspector' | 'facts' | 'ask'

export interface Panels {
  left: LeftView
  leftOpen: boolean
  right: RightView
  rightOpen: boolean
}

const key = 'panels'
/** With less room than this, both panels would leave too little of the canvas. */
const roomForBothPx = 1180

export function createPanels(widthPx: number): StoreApi<Panels> {
  const store = createStore<Panels>(() => ({
    left: 'program',
    leftOpen: widthPx >= roomForBothPx,
    right: 'inspector',
    rightOpen: widthPx > 700,
    ...(widthPx >= roomForBothPx ? keptPanels() : {}),
  }))
  store.subscribe((panels) => widthPx >= roomForBothPx && keep(key, panels))
  return store
}

function keptPanels(): Partial<Panels> {
  const kept = readKept(key)
  if (kept === null || typeof kept !== 'object') return {}
  const { leftOpen, rightOpen } = kept as Partial<Panels>
  if (typeof leftOpen !== 'boolean' || typeof rightOpen !== 'boolean') return {}
  return { leftOpen, rightOpen }
}
