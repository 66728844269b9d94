/** Faults, actions and broken promises above the track: one Tab stop, arrows go from mark to mark, Enter or a click jumps there. */
import { useState } from 'react'
import type { Violation } from '../history/outcomes/violations.ts'
import { goToFinding } from '../session/findings.ts'
import { useVerbs } from '../session/react.tsx'
import type { Density } from '../session/session.ts'
import { classes } from '../ui/classes.ts'
import { useMediaQuery } from '../ui/mediaQuery.ts'
import { Tooltip } from '../ui/Tooltip.tsx'
import styles from './Marks.module.css'
import { allMarks, type MarkGroup, markGroups } from './markGroups.ts'
import { rove } from './roving.ts'
import { fractionOf } from './scale.ts'
import { ToneMark } from './ToneMark.tsx'

type MarksProps = {
  density: Density | null
  broken: readonly Violation[]
  endUs: number
  widthPx: number
}

export function Marks({ density, broken, endUs, widthPx }: MarksProps) {
  const coarse = useMediaQuery('(pointer: coarse)')
  const groups = markGroups(allMarks(density, broken), endUs, widthPx, coarse ? 44 : 24)
  const [stop, setStop] = useState(0)
  const tabStop = Math.min(stop, groups.length - 1)
  return (
    <div
      role="toolbar"
      aria-label="Faults, actions and broken promises"
      aria-orientation="horizontal"
      className={styles.lane}
      hidden={groups.length === 0}
      onKeyDown={(event) => rove(event, 'horizontal')}
    >
      {groups.map((group, position) => (
        <Mark
          key={`${group.factIndex} ${group.tone}`}
          group={group}
          left={fractionOf(group.timeUs, endUs)}
          tabIndex={position === tabStop ? 0 : -1}
          onFocus={() => setStop(position)}
        />
      ))}
    </div>
  )
}

const toneNames = { fault: 'Fault', action: 'Action', violation: 'Broken promise' } as const

type MarkProps = { group: MarkGroup; left: number; tabIndex: number; onFocus: () => void }

function Mark({ group, left, tabIndex, onFocus }: MarkProps) {
  const verbs = useVerbs()
  // With all that its microsecond brings: an action and what it does at once.
  const jump = () => {
    if (group.violation) goToFinding(verbs, group.violation)
    else verbs.seek({ atUs: group.timeUs })
  }
  return (
    <Tooltip text={group.text} placement="top" repeatsName immediate>
      <button
        type="button"
        data-rove
        className={classes(styles.mark, styles[group.tone])}
        style={{ left: `${left * 100}%` }}
        tabIndex={tabIndex}
        aria-label={`${toneNames[group.tone]}: ${group.text}`}
        onFocus={onFocus}
        onClick={jump}
      >
        <ToneMark tone={group.tone} />
      </button>
    </Tooltip>
  )
}
