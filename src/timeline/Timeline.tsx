/**
 * The timeline: the one control that is always there. Transport, exact time and counts beside the slider over the whole
 * run; the branches below, on the same scale. `compact` is the slim transport of a figure.
 */
import type { ReactNode } from 'react'
import { Announcer } from './Announcer.tsx'
import { Branches } from './Branches.tsx'
import { FactCount, RunEnd, StopSentence } from './Counts.tsx'
import { TimeField } from './TimeField.tsx'
import styles from './Timeline.module.css'
import { Track } from './Track.tsx'
import { PlayButton, Speed, Transport } from './Transport.tsx'

export type TimelineProps = {
  compact?: boolean
  /** What the app adds at the end of the transport: the buttons of its panels. */
  actions?: ReactNode
}

export function Timeline({ compact = false, actions }: TimelineProps) {
  return (
    <section className={styles.container} aria-label="Timeline">
      {compact ? <Slim /> : <Full actions={actions} />}
      <Announcer />
    </section>
  )
}

function Full({ actions }: { actions: ReactNode }) {
  return (
    <div className={styles.full}>
      <div className={styles.controls}>
        <Transport />
        <Speed />
        {actions}
      </div>
      <div className={styles.time}>
        <TimeField />
        <RunEnd />
        <span className={styles.facts}>
          <FactCount />
        </span>
      </div>
      <div className={styles.track}>
        <Track compact={false} />
      </div>
      <div className={styles.below}>
        <StopSentence />
        <Branches />
      </div>
    </div>
  )
}

function Slim() {
  return (
    <>
      <div className={styles.slim}>
        <PlayButton />
        <Track compact />
        <TimeField />
        <Speed />
      </div>
      <StopSentence />
    </>
  )
}
