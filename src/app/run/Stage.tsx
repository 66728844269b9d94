/** The canvas of what lies on the desk; another one is made when something else is opened. */
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { Canvas } from '../../canvas/Canvas.tsx'
import type { Inset } from '../../canvas/fit.ts'
import { narrowScreen } from '../../ui/mediaQuery.ts'
import { desk } from '../desk.ts'

export function Stage({ inset }: { inset: Inset }) {
  const here = desk()
  const opening = useStore(here.store, (state) => state.opening)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view belongs to what was opened
  const start = useMemo(() => startView(), [opening])
  return <Canvas key={opening} inset={inset} start={start} onMoved={here.noteMoved} />
}

/** A view made on a large screen shows little on a phone: there the whole drawing is fitted. */
function startView() {
  return matchMedia(narrowScreen).matches ? null : desk().store.getState().view
}
