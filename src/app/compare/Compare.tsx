/**
 * Two runs side by side on one timeline: the present branch and another, or what ran before the last
 * change. Below them where they part, what became of each message in both, and how their numbers differ.
 */
import { useEffect, useMemo, useState } from 'react'
import { useSession, useVerbs } from '../../session/react.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { CompareIcon } from '../../ui/icons.ts'
import { Select } from '../../ui/Select.tsx'
import type { StageProps } from '../run/stageViews.ts'
import styles from './Compare.module.css'
import { Half } from './Half.tsx'
import { type Opposite, oppositesOf, type Side } from './opposite.ts'
import { Result } from './Result.tsx'
import { useComparison } from './useComparison.ts'
import { useSides } from './useSides.ts'

export default function Compare({ inset, parameter, onParameter }: StageProps) {
  const main = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const branches = useSession((state) => state.branches)
  const branchId = useSession((state) => state.branchId)
  const present = branches.find(({ id }) => id === branchId)
  const opposites = useMemo(
    () => (present ? oppositesOf(main, scenario, branches, present) : []),
    [main, scenario, branches, present],
  )
  const opposite = opposites.find(({ id }) => id === parameter) ?? opposites[0]
  // Kept from then on: an act may make a branch that is nearer, and the comparison is to go on with this one.
  const chosen = opposite?.id
  useEffect(() => {
    if (chosen !== undefined && chosen !== parameter) onParameter(chosen)
  }, [chosen, parameter, onParameter])
  const here = useMemo(
    () => present && { name: present.name, scenario, branch: present },
    [present, scenario],
  )
  return (
    <div
      className={styles.compare}
      style={{ paddingInline: `${inset.left}px ${inset.right}px`, paddingTop: inset.top }}
    >
      {here && opposite ? (
        <Comparing here={here} there={opposite} opposites={opposites} onChoose={onParameter} />
      ) : (
        <div className={styles.empty}>
          <EmptyState icon={CompareIcon} title="Nothing to compare with yet">
            Go back in time and do something else, such as crashing a consumer: that makes a branch,
            and both stand here side by side. Or change a setting: the run is compared with the one
            before the change.
          </EmptyState>
        </div>
      )}
    </div>
  )
}

interface ComparingProps {
  here: Side
  there: Opposite
  opposites: readonly Opposite[]
  onChoose: (id: string) => void
}

function Comparing({ here, there, opposites, onChoose }: ComparingProps) {
  const main = useVerbs()
  const sides = useSides(main, here, there, onChoose)
  const compared = useComparison(sides, here, there)
  const [visited, setVisited] = useState<'here' | 'there' | null>(null)
  return (
    <>
      <div className={styles.halves}>
        <Half
          session={sides?.here ?? null}
          label={here.name}
          actless={visited !== 'here'}
          onVisit={() => setVisited('here')}
        >
          <span className={styles.dot} aria-hidden="true" />
          <span className={styles.name}>{here.name}</span>
        </Half>
        <Half
          session={sides?.there ?? null}
          label={there.name}
          actless={!there.isBranch || visited !== 'there'}
          onVisit={() => setVisited('there')}
        >
          <Select
            inline
            label="compared with"
            value={there.id}
            options={opposites.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={onChoose}
          />
          {!there.isBranch && <span className={styles.aside}>only to look at</span>}
        </Half>
      </div>
      <Result here={here} there={there} sides={sides} compared={compared} />
    </>
  )
}
