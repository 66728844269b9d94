/** The timeline of a figure: play, slider, time and speed in one row, and nothing of branches. */
import { Announcer } from './Announcer.tsx'
import { StopSentence } from './Counts.tsx'
import { TimeField } from './TimeField.tsx'
import styles from './Timeline.module.css'
import { Track } from './Track.tsx'
import { PlayButton, Speed } from './Transport.tsx'

export function SlimTimeline() {
  return (
    <section className={styles.container} aria-label="Timeline">
      <div className={styles.slim}>
        <PlayButton />
        <Track compact />
        <TimeField coarse />
        <Speed />
      </div>
      <StopSentence />
      <Announcer />
    </section>
  )
}
