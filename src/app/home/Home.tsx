/** The first page: one sentence, the three patterns alive, what is said of them, and everything else that can be opened. */
import { useLayoutEffect, useRef, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { PauseIcon, PlayIcon } from '../../ui/icons.ts'
import { conformanceAddress } from '../route.ts'
import { ThemeMenu } from '../ThemeMenu.tsx'
import { wantsStillness } from '../useLook.ts'
import { Wordmark } from '../Wordmark.tsx'
import { Comparison } from './Comparison.tsx'
import { Continue } from './Continue.tsx'
import { FurtherRuns, goToFurtherRuns } from './FurtherRuns.tsx'
import styles from './Home.module.css'
import { Plate } from './Plate.tsx'
import { patterns } from './patterns.ts'
import { remembered } from './remembered.ts'
import { YourWork } from './YourWork.tsx'

export function Home({ inert }: { inert: boolean }) {
  const [running, setRunning] = useState(() => !wantsStillness())
  const scroller = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    if (inert) remembered.scrollTop = element.scrollTop
    else element.scrollTop = remembered.scrollTop
  }, [inert])
  return (
    <div ref={scroller} className={styles.home} inert={inert}>
      <header className={styles.bar}>
        <Wordmark />
        <nav className={styles.ways} aria-label="Ways from here">
          <Button variant="ghost" size="small" onClick={goToFurtherRuns}>
            All runs
          </Button>
          <a className={styles.way} href={conformanceAddress}>
            Conformance
          </a>
          <ThemeMenu />
        </nav>
      </header>
      <main className={styles.page}>
        <div className={styles.opening}>
          <h1 className={styles.title}>
            Run queues, topics and event stores in your browser. Stop time. Go back. Break things.
          </h1>
          <Continue />
        </div>
        <section className={styles.plates} aria-label="Three patterns">
          {patterns.map((pattern) => (
            <Plate key={pattern.example.id} pattern={pattern} running={running && !inert} />
          ))}
        </section>
        <p className={styles.motion}>
          <Button
            size="small"
            variant="ghost"
            icon={running ? PauseIcon : PlayIcon}
            onClick={() => setRunning(!running)}
          >
            {running ? 'Hold the three still' : 'Let the three run'}
          </Button>
        </p>
        <Comparison />
        <YourWork />
        <FurtherRuns />
      </main>
    </div>
  )
}
