/** The full canvas with everything around it, on the desk's session; opens what the address names. */
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { SessionProvider, useSession } from '../../session/react.tsx'
import { MotionRoot } from '../../ui/motion.tsx'
import { desk } from '../desk.ts'
import { Fault } from '../Fault.tsx'
import { takeHandover } from '../handover.ts'
import type { Route } from '../route.ts'
import { useLook } from '../useLook.ts'
import { Problem } from './Problem.tsx'
import { Screen } from './Screen.tsx'

export interface RunProps {
  route: Route
  fragment: string
  /** Told when nothing under this screen can be seen any more. */
  onCovered: () => void
}

export default function Run({ route, fragment, onCovered }: RunProps) {
  const [here] = useState(desk)
  const [handover] = useState(() => (route.screen === 'run' ? takeHandover(route.exampleId) : null))
  const opening = useStore(here.store, (state) => state.opening)
  const problem = useStore(here.store, (state) => state.problem)
  useLook(here.session)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the fragment says all that the route says
  useEffect(() => {
    const start = handover ? { timeUs: handover.timeUs, playing: true } : undefined
    void here.open(route, fragment, start)
  }, [here, fragment])
  useEffect(
    () => () => {
      here.session.pause()
      here.flush()
    },
    [here],
  )
  useEffect(() => {
    if (problem !== null) onCovered()
  }, [problem, onCovered])
  if (problem !== null) return <Problem sentence={problem} />
  if (opening === 0) return null
  return (
    <MotionRoot>
      <SessionProvider session={here.session}>
        <Unbroken>
          <Screen handover={handover} onCovered={onCovered} />
        </Unbroken>
      </SessionProvider>
    </MotionRoot>
  )
}

/** A fault of the engine takes the screen's place. */
function Unbroken({ children }: { children: React.ReactNode }) {
  const broken = useSession((state) => state.broken)
  return broken === null ? children : <Fault sentence={broken} />
}
