/** What went wrong in the run that is open, asked once it is computed: the worker reads all its facts for it. */
import { useEffect, useState } from 'react'
import { useSession, useVerbs } from '../session/react.tsx'
import type { Finding } from './markGroups.ts'
import { useRun } from './useRun.ts'

const NOTHING: readonly Finding[] = []

export function useFound(isUnasked: boolean): readonly Finding[] {
  const verbs = useVerbs()
  const run = useRun()
  const done = useSession((state) => state.progress.done)
  const [held, setHeld] = useState({ run, found: NOTHING })

  useEffect(() => {
    if (!done || isUnasked) return
    let isStale = false
    // An answer that fails leaves no marks; the session says what broke.
    verbs.ask('findings', {}).then(
      ({ found }) => !isStale && setHeld({ run, found }),
      () => {},
    )
    return () => {
      isStale = true
    }
  }, [verbs, run, done, isUnasked])
  return held.run === run ? held.found : NOTHING
}
