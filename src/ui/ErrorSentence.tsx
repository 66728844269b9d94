/** What went wrong and what to do next, in one sentence; announced when it appears. */

import type { ReactNode } from 'react'
import styles from './ErrorSentence.module.css'
import { DangerIcon } from './icons.ts'

export type ErrorSentenceProps = {
  children: ReactNode
  id?: string | undefined
  /** A button that does what the sentence proposes. */
  action?: ReactNode
}

export function ErrorSentence({ children, id, action }: ErrorSentenceProps) {
  return (
    <div id={id} role="alert" className={styles.sentence}>
      <DangerIcon aria-hidden="true" className={styles.icon} />
      <span className={styles.text}>{children}</span>
      {action}
    </div>
  )
}
