/** Every other example, by what it runs on, and the way to what was checked. */
import { GROUPS } from '../../scenario/examples/catalog.ts'
import type { ExampleEntry } from '../../scenario/examples/example.ts'
import { conformanceAddress, runAddress } from '../route.ts'
import styles from './MoreRuns.module.css'
import { patterns } from './patterns.ts'

const shown = new Set(patterns.map(({ example }) => example.id))

export default function MoreRuns() {
  return (
    <>
      {GROUPS.map(({ id, title, entries }) => (
        <Group
          key={id}
          id={id}
          title={title}
          entries={entries.filter((entry) => !shown.has(entry.id))}
        />
      ))}
      <p className={styles.proof}>
        <a href={conformanceAddress}>See what was checked against real brokers</a>
      </p>
    </>
  )
}

interface GroupProps {
  id: string
  title: string
  entries: readonly ExampleEntry[]
}

function Group({ id, title, entries }: GroupProps) {
  if (entries.length === 0) return null
  return (
    <section className={styles.group} aria-labelledby={`runs-${id}`}>
      <h3 id={`runs-${id}`} className={styles.title}>
        {title}
      </h3>
      <ul className={styles.runs}>
        {entries.map((entry) => (
          <li key={entry.id} className={styles.run}>
            <a className={styles.link} href={runAddress(entry.id)}>
              {entry.title}
            </a>
            <p className={styles.question}>{entry.question}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
