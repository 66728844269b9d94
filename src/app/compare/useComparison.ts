/** The comparison of the two runs that stand side by side: asked for whenever one of them is another. */
import { useEffect, useState } from 'react'
import type { Comparison } from '../../history/compare/comparison.ts'
import type { Side } from './opposite.ts'
import { type Sides, THERE } from './useSides.ts'

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
