/** How far an experiment is, as a line and in words. */
import { useEffect, useRef } from 'react'
import styles from './Lab.module.css'

export function Progress({ done, total, text }: { done: number; total: number; text: string }) {
  const line = useRef<HTMLDivElement>(null)
  // In one column the button that began it is far above: what was begun is to be seen.
  useEffect(() => {
    line.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div ref={line} className={styles.progress}>
      <progress
        value={done}
        max={Math.max(1, total)}
        aria-label="Runs done"
        className={styles.bar}
      />
      <p role="status" className={styles.hint}>
        {text}
      </p>
    </div>
  )
}
