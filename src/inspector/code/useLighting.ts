/** Follows the playhead (as panels see it, at most four times a second) with the lit lines of a program. */
import { useEffect, useRef, useState } from 'react'
import type { Program } from '../../scenario/program/generate.ts'
import { useSession, useVerbs } from '../../session/react.tsx'
import { openBranch } from '../answer.ts'
import { DARK, type Lighting, lightingOf, litKinds, UNKNOWN } from './litLines.ts'

/** How many facts back a line is looked for: those of other programs lie in between. */
const LOOK_BACK = 64

export function useLighting(program: Program): Lighting {
  const session = useVerbs()
  const factIndex = useSession((state) => state.factIndex)
  const branch = useSession(openBranch)
  const [held, setHeld] = useState<{ program: Program; lighting: Lighting } | null>(null)
  const turn = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another branch has other facts at the same index
  useEffect(() => {
    turn.current += 1
    const mine = turn.current
    const filter = { kinds: litKinds(program) }
    if (filter.kinds.length === 0) return
    session.ask('facts', { from: factIndex, limit: -LOOK_BACK, filter }).then(
      (facts) => {
        if (mine !== turn.current) return
        setHeld({ program, lighting: lightingOf(program, facts, facts.length < LOOK_BACK) })
      },
      // A run that was closed meanwhile answers nothing; the next moment asks again.
      () => undefined,
    )
  }, [session, program, factIndex, branch])
  if (held?.program === program) return held.lighting
  return litKinds(program).length === 0 ? DARK : UNKNOWN
}
