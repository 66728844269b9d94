/**
 * The branches under the track and on its scale: each is a line that leaves its parent's at the moment of the fork. The
 * open one is lit; choosing another switches to it.
 */
import { useMemo, useRef, useState } from 'react'
import { useSession } from '../session/react.tsx'
import styles from './Branches.module.css'
import { BranchRow } from './BranchRow.tsx'
import { branchRows } from './branchTree.ts'
import { rove } from './roving.ts'
import { usePlayhead } from './usePlayhead.ts'
import { useEndUs } from './useRun.ts'
import { useWidth } from './useWidth.ts'

export function Branches() {
  const branches = useSession((state) => state.branches)
  const scenario = useSession((state) => state.scenario)
  const branchId = useSession((state) => state.branchId)
  const [focused, setFocused] = useState<string | null>(null)
  const rows = useMemo(() => branchRows(branches, scenario), [branches, scenario])
  const tabStop = branches.some((branch) => branch.id === focused) ? focused : branchId
  if (rows.length < 2) {
    return <p className={styles.hint}>Act in the past and a branch appears here.</p>
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
          />
        ))}
      </ul>
      <LaneHairline />
    </div>
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
