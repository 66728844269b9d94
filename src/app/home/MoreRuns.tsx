/** Every other example, by its question, and the way to what was checked. */
import { EXAMPLES } from '../../scenario/examples/index.ts'
import { conformanceAddress, runAddress } from '../route.ts'
import { patterns } from './patterns.ts'
import styles from './Rows.module.css'

const shown = new Set(patterns.map(({ example }) => example.id))

export default function MoreRuns() {
  return (
    <>
      <ul className={styles.rows}>
        {EXAMPLES.filter(({ id }) => !shown.has(id)).map(({ id, question, about }) => (
          <li key={id} className={styles.row}>
            <a className={styles.link} href={runAddress(id)}>
              {question}
            </a>
            <p className={styles.detail}>{about.replace(/ Try: .*$/, '')}</p>
          </li>
        ))}
      </ul>
      <p className={styles.proof}>
        <a href={conformanceAddress}>See what was checked against real brokers</a>
      </p>
    </>
  )
}
