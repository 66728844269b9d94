/** What stands where nothing is yet: what would be here, and the one thing to do about it. */

import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'
import type { Icon } from './icons.ts'

export type EmptyStateProps = {
  title: string
  children?: ReactNode
  icon?: Icon
  action?: ReactNode
}

export function EmptyState({ title, children, icon: Drawing, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {Drawing && (
        <span className={styles.plate}>
          <Drawing aria-hidden="true" className={styles.icon} />
        </span>
      )}
      <p className={styles.title}>{title}</p>
      {children && <p className={styles.text}>{children}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
