/** How far an experiment is, as a line and in words. */
import styles from './Lab.module.css'

export function Progress({ done, total, text }: { done: number; total: number; text: string }) {
  return (
    <div className={styles.progress}>
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
