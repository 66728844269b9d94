/** What happened when, asked again when the run is another one or has grown, at most four times a second. */
import { useEffect, useRef, useState } from 'react'
import { useVerbs } from '../session/react.tsx'
import type { Density } from '../session/session.ts'
import { factCountOf, useCalm } from './useCalm.ts'
import { useRun } from './useRun.ts'

export function useDensity(slices: number): Density | null {
  const verbs = useVerbs()
  const run = useRun()
  const factCount = useCalm(factCountOf)
  const [density, setDensity] = useState<Density | null>(null)
  const latest = useRef(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another run or more of it is the reason to ask again
  useEffect(() => {
    if (slices <= 0) return
    latest.current += 1
    const asked = latest.current
    const take = (answer: Density) => asked >= latest.current && setDensity(answer)
    // An answer that fails leaves the strip as it was; the session says what broke.
    verbs.ask('density', { slices }).then(take, () => {})
  }, [verbs, run, factCount, slices])
  return density
}
