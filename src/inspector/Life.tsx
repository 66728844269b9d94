/** The facts of a message's life, each a way to its moment. What is later than the playhead is quieter. */
import { useEffect, useRef } from 'react'
import { useSession, useVerbs } from '../session/react.tsx'
import type { FactLine } from '../session/session.ts'
import { classes } from '../ui/classes.ts'
import styles from './Life.module.css'
import { latestAt } from './latestFact.ts'
import { momentText } from './timeText.ts'

export function Life({ message, facts }: { message: number; facts: readonly FactLine[] }) {
  const session = useVerbs()
  // The index of the latest fact that has happened: renders when that changes, not at every tick.
  const latest = useSession((state) => latestAt(facts, state.factIndex))
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const row = list.current?.children[latest]
    if (row instanceof HTMLElement) keepInView(list.current, row)
  }, [latest])
  return (
    <ol ref={list} className={styles.life} aria-label="Facts, oldest first">
      {facts.map((fact, index) => (
        <li
          key={fact.index}
          className={classes(
            styles.fact,
            index > latest && styles.later,
            index === latest && styles.latest,
            fact.message !== message && styles.kin,
          )}
        >
          <button
            type="button"
            className={styles.button}
            aria-current={index === latest ? 'step' : undefined}
            onClick={() => session.seek({ factIndex: fact.index + 1 })}
          >
            <span className={styles.time}>{momentText(fact.timeUs)}</span>
            <span className={classes(styles.sentence, styles[fact.tone])}>{fact.sentence}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

/** Scrolls the list alone, never the page or the panel. */
function keepInView(list: HTMLElement | null, row: HTMLElement): void {
  if (!list) return
  const top = row.offsetTop
  if (top < list.scrollTop || top + row.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top - list.clientHeight / 3
  }
}
