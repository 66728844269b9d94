/**
 * The comparison of the two runs that stand side by side, all of them and up to the playhead: asked for whenever one of
 * the runs is another, and as the playhead goes. One question is under way at a time, the latest moment wins.
 */
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Comparison, FateRow } from '../../history/compare/comparison.ts'
import { useSession } from '../../session/react.tsx'
import type { Side } from './opposite.ts'
import { HERE, type Sides, THERE } from './useSides.ts'

export interface Compared {
  comparison: Comparison | null
  /** Why there is none. */
  problem: string | null
}

const UNDER_WAY: Compared = { comparison: null, problem: null }

export function useComparison(sides: Sides | null, here: Side, there: Side): Compared {
  const [compared, setCompared] = useState(UNDER_WAY)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the runs are what is compared, the sessions only hold them
  useEffect(() => {
    setCompared(UNDER_WAY)
    if (!sides) return
    let isWanted = true
    sides.here.ask('compare', { other: THERE }).then(
      (comparison) => isWanted && setCompared({ comparison, problem: null }),
      (error: Error) => isWanted && setCompared({ comparison: null, problem: error.message }),
    )
    return () => {
      isWanted = false
    }
  }, [sides, here.scenario, here.branch, there.scenario, there.branch])
  return compared
}

/** The comparison of what has happened up to the playhead; null before it is there, and where it is not wanted. */
export function useComparisonNow(
  sides: Sides | null,
  whole: Comparison | null,
  isWanted: boolean,
): Comparison | null {
  const toUs = useSession((state) => state.timeUs)
  const ask = isWanted && whole && sides ? `${toUs}` : null
  return useLatest(whole, ask, () =>
    sides ? sides.here.ask('compare', { other: THERE, toUs }) : null,
  )
}

/** What has become of the selected message in both runs up to the playhead; null where none is selected. */
export function useSelectedFates(sides: Sides, whole: Comparison): FateRow | null {
  const toUs = useSession((state) => state.timeUs)
  const mine = useStore(sides.here.store, ({ selection }) => messageIn(selection))
  const other = useStore(sides.there.store, ({ selection }) => messageIn(selection))
  const message = mine ?? other
  const ask = message === null ? null : `${mine === null} ${message} ${toUs}`
  return useLatest(whole, ask, async () => {
    if (mine !== null) return sides.here.ask('fates', { other: THERE, message: mine, toUs })
    if (other === null) return null
    // Only that run has it.
    const { here, there, ...look } = await sides.there.ask('fates', {
      other: HERE,
      message: other,
      toUs,
    })
    return { ...look, here: there, there: here }
  })
}

function messageIn(selection: { type: string; id: string | number } | null): number | null {
  return selection?.type === 'message' ? Number(selection.id) : null
}

/** The answer to the latest question; the one before stays until it is there, of another `subject` nothing does. */
function useLatest<T>(
  subject: unknown,
  ask: string | null,
  put: () => Promise<T | null> | null,
): T | null {
  const [held, setHeld] = useState<{ subject: unknown; answer: T | null } | null>(null)
  const latest = useRef({ subject, ask, put })
  latest.current = { subject, ask, put }
  const underWay = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question about another subject is asked at once
  useEffect(() => {
    if (underWay.current) return
    const next = async () => {
      const asked = latest.current
      if (asked.ask === null) return
      underWay.current = true
      const answer = await asked.put()?.catch(() => null)
      underWay.current = false
      setHeld({ subject: asked.subject, answer: answer ?? null })
      if (latest.current.ask !== asked.ask || latest.current.subject !== asked.subject) void next()
    }
    void next()
  }, [subject, ask])
  return ask !== null && held !== null && held.subject === subject ? held.answer : null
}
