/** A word of the field with the one sentence that explains it, for pointer, keyboard and touch alike. */

import type { ReactNode } from 'react'
import styles from './Term.module.css'
import { Tooltip } from './Tooltip.tsx'

export type TermProps = {
  children: ReactNode
  /** One sentence in the present tense. */
  meaning: string
}

export function Term({ children, meaning }: TermProps) {
  return (
    <Tooltip text={meaning} placement="top" immediate>
      <button type="button" className={styles.term}>
        {children}
      </button>
    </Tooltip>
  )
}
