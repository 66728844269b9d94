/**
 * The place of all other examples: they are loaded when somebody scrolls towards them or takes to the keys,
 * since the first page does not show them.
 */
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import styles from './Home.module.css'
import { remembered } from './remembered.ts'

const MoreRuns = lazy(() => import('./MoreRuns.tsx'))

export function FurtherRuns() {
  const section = useRef<HTMLElement>(null)
  const isNear = useNear(section)
  return (
    <section ref={section} className={styles.section} aria-labelledby="more-runs">
      <h2 id="more-runs" className={styles.heading}>
        Further runs
      </h2>
      <Suspense>{isNear && <MoreRuns />}</Suspense>
    </section>
  )
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
