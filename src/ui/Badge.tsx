/** A small word of state beside something. The word carries the meaning; the colour only repeats it. */

import type { ReactNode } from 'react'
import styles from './Badge.module.css'
import { classes } from './classes.ts'
import type { Icon } from './icons.ts'

export type BadgeTone = 'neutral' | 'accent' | 'ok' | 'warning' | 'danger' | 'lit'

export type BadgeProps = { children: ReactNode; tone?: BadgeTone; icon?: Icon }

export function Badge({ children, tone = 'neutral', icon: Drawing }: BadgeProps) {
  return (
    <span className={classes(styles.badge, styles[tone])}>
      {Drawing && <Drawing aria-hidden="true" className={styles.icon} />}
      {children}
    </span>
  )
}
