/**
 * The branches under the track and on its scale: each is a line that leaves its parent's at the moment of the fork. The
 * open one is lit; choosing another switches to it.
 */
import { useMemo, useRef, useState } from 'react'
import { useSession, useVerbs } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { RerunIcon } from '../ui/icons.ts'
import styles from './Branches.module.css'
import { BranchRow } from './BranchRow.tsx'
import { branchRows } from './branchTree.ts'
import { rove } from './roving.ts'
import { usePlayhead } from './usePlayhead.ts'
import { useEndUs } from './useRun.ts'
import { useWidth } from './useWidth.ts'

export function Branches({ onCompare }: { onCompare?: ((branchId: string) => void) | undefined }) {
  const branches = useSession((state) => state.branches)
  const scenario = useSession((state) => state.scenario)
  const branchId = useSession((state) => state.branchId)
  const [focused, setFocused] = useState<string | null>(null)
  const rows = useMemo(() => branchRows(branches, scenario), [branches, scenario])
  const tabStop = branches.some((branch) => branch.id === focused) ? focused : branchId
  if (rows.length < 2) {
    return <Hint branchId={branchId} />
  }
  return (
    <div className={styles.branches}>
      <ul
        className={styles.rows}
        aria-label="Branches"
        data-own-keys
        onKeyDown={(event) => rove(event, 'vertical')}
      >
        {rows.map((row, position) => (
          <BranchRow
            key={row.branch.id}
            row={row}
            below={position - row.parentRow}
            current={row.branch.id === branchId}
            tabIndex={row.branch.id === tabStop ? 0 : -1}
            onFocus={() => setFocused(row.branch.id)}
            onCompare={onCompare}
          />
        ))}
      </ul>
      <LaneHairline />
    </div>
  )
}

/** Where there is one branch only: how there come to be more. */
function Hint({ branchId }: { branchId: string }) {
  const verbs = useVerbs()
  return (
    <p className={styles.hint}>
      Act in the past and a branch appears here.
      <Button
        size="small"
        variant="ghost"
        icon={RerunIcon}
        onClick={() => verbs.rerunBranch(branchId)}
      >
        Run again with another seed
      </Button>
    </p>
  )
}

/** The playhead's hairline goes on through the branches, so that forks can be seen before and after it. */
function LaneHairline() {
  const lane = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const widthPx = useWidth(lane)
  usePlayhead(useEndUs(), (fraction) => {
    if (line.current) line.current.style.transform = `translateX(${fraction * widthPx}px)`
  })
  return (
    <div ref={lane} className={styles.hairlineLane} aria-hidden="true">
      <div ref={line} className={styles.hairline} />
    </div>
  )
}
