/**
 * The place of all other examples: they are loaded when somebody scrolls towards them or takes to the keys,
 * since the first page does not show them.
 */
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { wantsStillness } from '../useLook.ts'
import styles from './Home.module.css'
import { remembered } from './remembered.ts'

const furtherRunsId = 'further-runs'
const MoreRuns = lazy(() => import('./MoreRuns.tsx'))

export function FurtherRuns() {
  const section = useRef<HTMLElement>(null)
  const isNear = useNear(section)
  return (
    <section
      ref={section}
      className={classes(styles.section, styles.tall)}
      aria-labelledby={furtherRunsId}
    >
      <h2 id={furtherRunsId} tabIndex={-1} className={styles.heading}>
        Further runs
      </h2>
      <Suspense>{isNear && <MoreRuns />}</Suspense>
    </section>
  )
}

/** Shows them to who asks for them, by eye and by keyboard. */
export function goToFurtherRuns(): void {
  const heading = document.getElementById(furtherRunsId)
  heading?.scrollIntoView({ behavior: wantsStillness() ? 'auto' : 'smooth' })
  heading?.focus({ preventScroll: true })
}

/** Whether an element has been near to what is shown of the page; it stays so, also for who comes back. */
function useNear(element: RefObject<Element | null>): boolean {
  const [isNear, setNear] = useState(remembered.furtherRuns)
  useEffect(() => {
    if (isNear || !element.current) return
    const come = () => {
      remembered.furtherRuns = true
      setNear(true)
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) come()
      },
      { root: element.current.closest(`.${styles.home}`), rootMargin: '30% 0px' },
    )
    observer.observe(element.current)
    addEventListener('keydown', come, { once: true })
    return () => {
      observer.disconnect()
      removeEventListener('keydown', come)
    }
  }, [element, isNear])
  return isNear
}
