/** Every other example, by what it runs on, with a search over them, and the way to what was checked. */
import { useState } from 'react'
import { GROUPS } from '../../scenario/examples/catalog.ts'
import type { ExampleEntry } from '../../scenario/examples/example.ts'
import { TextField } from '../../ui/TextField.tsx'
import { conformanceAddress, runAddress } from '../route.ts'
import styles from './MoreRuns.module.css'
import { patterns } from './patterns.ts'

type RunGroup = (typeof GROUPS)[number]

const shown = new Set(patterns.map(({ example }) => example.id))

export default function MoreRuns() {
  const [sought, setSought] = useState('')
  const found = GROUPS.map((group) => ({ group, entries: runsFound(group, sought) })).filter(
    ({ entries }) => entries.length > 0,
  )
  const count = found.reduce((sum, { entries }) => sum + entries.length, 0)
  return (
    <>
      <div className={styles.search}>
        <TextField
          type="search"
          label="Find a run"
          hideLabel
          value={sought}
          placeholder="Find a run: retry, Kafka, order…"
          onInput={setSought}
        />
        <p className={styles.count} role="status">
          {sought.trim() === '' ? `${count} runs` : `${count} with these words`}
        </p>
      </div>
      {found.map(({ group, entries }) => (
        <Group key={group.id} group={group} entries={entries} />
      ))}
      {count === 0 && (
        <p className={styles.none}>
          No run has all these words. Try one of them alone, or the name of a broker.
        </p>
      )}
      <p className={styles.proof}>
        <a href={conformanceAddress}>See what was checked against real brokers</a>
      </p>
    </>
  )
}

/** The runs of a group that have every word of what is sought, in their title, question or group. */
function runsFound({ title, systems, entries }: RunGroup, sought: string): ExampleEntry[] {
  const words = sought.toLowerCase().split(/\s+/)
  return (entries as readonly ExampleEntry[]).filter((entry) => {
    const text = `${entry.title} ${entry.question} ${title} ${systems}`.toLowerCase()
    return !shown.has(entry.id) && words.every((word) => text.includes(word))
  })
}

function Group({ group, entries }: { group: RunGroup; entries: readonly ExampleEntry[] }) {
  return (
    <section className={styles.group} aria-labelledby={`runs-${group.id}`}>
      <div>
        <h3 id={`runs-${group.id}`} className={styles.title}>
          {group.title}
        </h3>
        <p className={styles.systems}>{group.systems}</p>
      </div>
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
