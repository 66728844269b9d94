/** A titled part of the inspector that can be folded away; what was folded stays so for the next selection. */
import { type ReactNode, useState } from 'react'
import { classes } from '../ui/classes.ts'
import { ChevronRightIcon } from '../ui/icons.ts'
import styles from './Section.module.css'

const folded = new Set<string>()

export interface SectionProps {
  title: string
  /** Stands at the right of the title: a moment, a count. */
  aside?: ReactNode
  /** One sentence under the title. */
  note?: ReactNode
  /** `design` is set apart: what is changed there acts from the beginning. */
  tone?: 'plain' | 'design'
  children: ReactNode
}

export function Section({ title, aside, note, tone = 'plain', children }: SectionProps) {
  const [open, setOpen] = useState(!folded.has(title))
  const onToggle = (event: { currentTarget: HTMLDetailsElement }) => {
    const now = event.currentTarget.open
    setOpen(now)
    if (now) folded.delete(title)
    else folded.add(title)
  }
  return (
    <details className={classes(styles.section, styles[tone])} open={open} onToggle={onToggle}>
      <summary className={styles.summary}>
        <ChevronRightIcon aria-hidden="true" className={styles.chevron} />
        <h3 className={styles.title}>{title}</h3>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </summary>
      <div className={styles.body}>
        {note !== undefined && <p className={styles.note}>{note}</p>}
        {open && children}
      </div>
    </details>
  )
}

/** A smaller heading inside a section, with what it heads. */
export function Part(props: { title: ReactNode; aside?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.part}>
      <div className={styles.partHead}>
        <h4 className={styles.partTitle}>{props.title}</h4>
        {props.aside !== undefined && <span className={styles.partAside}>{props.aside}</span>}
      </div>
      {props.children}
    </div>
  )
}
