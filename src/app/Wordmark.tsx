/** The product's name, which leads home. */
import { homeAddress } from './route.ts'
import styles from './Wordmark.module.css'

export function Wordmark({ iconOnly = false }: { iconOnly?: boolean }) {
  return (
    <a className={styles.wordmark} href={homeAddress} aria-label="Eventarium, home">
      <svg viewBox="4 7 25 18" className={styles.mark} aria-hidden="true">
        <path d="M21 9H6v14h15" className={styles.tray} />
        <rect x="9.5" y="12.5" width="3.5" height="7" rx="1.2" />
        <rect x="15" y="12.5" width="3.5" height="7" rx="1.2" />
        <circle cx="25" cy="16" r="3" className={styles.leaving} />
      </svg>
      {!iconOnly && <span>Eventarium</span>}
    </a>
  )
}
