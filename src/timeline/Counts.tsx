/** How long the run is, which fact the playhead stands at, and how far the run is computed while it still is. */

import { clockText } from '../base/clockText.ts'
import { timeOfDayText } from '../base/timeOfDay.ts'
import { useSession } from '../session/react.tsx'
import { WarningIcon } from '../ui/icons.ts'
import styles from './Counts.module.css'
import { fractionOf } from './scale.ts'
import { progressOf, useCalm } from './useCalm.ts'
import { useEndUs } from './useRun.ts'

export function RunEnd() {
  const endUs = useEndUs()
  return (
    <span className={styles.end}>
      <span className={styles.slash} aria-hidden="true">
        {'/ '}
      </span>
      <span className={styles.words}>run ends at </span>
      {clockText(endUs).replace(/\.000$/, '')}
    </span>
  )
}

export function FactCount() {
  const factIndex = useSession((state) => state.factIndex)
  const { factCount, computedUs, done } = useCalm(progressOf)
  const endUs = useEndUs()
  return (
    <span className={styles.facts}>
      fact <b className={styles.number}>{factIndex.toLocaleString('en')}</b> of{' '}
      {factCount.toLocaleString('en')}
      {!done && ` · ${Math.floor(fractionOf(computedUs, endUs) * 100)} % computed`}
      <TimeOfDay />
    </span>
  )
}

/** What the clock on the wall says at the playhead, in a run that begins at a time of day. */
function TimeOfDay() {
  const text = useSession(({ scenario: { beginsAt }, timeUs }) =>
    beginsAt === undefined ? null : timeOfDayText(timeUs, beginsAt),
  )
  return text && <time dateTime={text}> · {text}</time>
}

/** Why the run stopped before its end. */
export function StopSentence() {
  const stopped = useSession((state) => state.progress.stopped)
  if (stopped === null) return null
  return (
    <p className={styles.stopped}>
      <WarningIcon aria-hidden="true" className={styles.icon} />
      {stopped}
    </p>
  )
}
