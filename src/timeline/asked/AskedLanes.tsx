/** What is asked, under the track and on its scale: the condition, then the charts, with the playhead through all of them. */
import { useRef } from 'react'
import { useSession } from '../../session/react.tsx'
import { usePlayhead } from '../usePlayhead.ts'
import { useEndUs } from '../useRun.ts'
import { useWidth } from '../useWidth.ts'
import { ConditionLane } from './ConditionLane.tsx'
import styles from './Lanes.module.css'
import { WatchLanes } from './WatchLane.tsx'

export function AskedLanes() {
  const isAny = useSession((state) => state.condition !== '' || state.watches.length > 0)
  if (!isAny) return null
  return (
    <div className={styles.lanes}>
      <div className={styles.rows}>
        <ConditionLane />
        <WatchLanes />
      </div>
      <Hairline />
    </div>
  )
}

function Hairline() {
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
