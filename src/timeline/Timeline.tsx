/**
 * The timeline: the one control that is always there. Transport, exact time and counts beside the slider over the whole
 * run; the branches below, on the same scale. A figure has `SlimTimeline`.
 */
import { useSession } from '../session/react.tsx'
import { Announcer } from './Announcer.tsx'
import { AskedLanes } from './asked/AskedLanes.tsx'
import { Branches } from './Branches.tsx'
import { FactCount, RunEnd, StopSentence } from './Counts.tsx'
import { TimeField } from './TimeField.tsx'
import styles from './Timeline.module.css'
import { Track } from './Track.tsx'
import { Speed, Transport } from './Transport.tsx'

export interface TimelineProps {
  /** Shows a branch beside the open one; without it branches cannot be compared here. */
  onCompare?: (branchId: string) => void
}

export function Timeline({ onCompare }: TimelineProps) {
  return (
    <section className={styles.container} aria-label="Timeline">
      <Full onCompare={onCompare} />
      <Announcer />
    </section>
  )
}

function Full({ onCompare }: { onCompare: ((branchId: string) => void) | undefined }) {
  const single = useSession((state) => state.branches.length < 2)
  return (
    <div className={styles.full}>
      <div className={styles.head}>
        <div className={styles.transport}>
          <Transport />
        </div>
        <div className={styles.speed}>
          <Speed />
        </div>
        <div className={styles.time}>
          <TimeField />
        </div>
        <div className={styles.end}>
          <RunEnd />
        </div>
        <div className={styles.facts}>
          <FactCount />
        </div>
      </div>
      <div className={styles.track}>
        <Track compact={false} />
      </div>
      <div className={styles.asked}>
        <AskedLanes />
      </div>
      <div className={styles.stopped}>
        <StopSentence />
      </div>
      <div className={single ? styles.hint : styles.branches}>
        <Branches onCompare={onCompare} />
      </div>
    </div>
  )
}
