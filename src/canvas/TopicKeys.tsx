/** In a topic's toolbar: which keys go to which partition, in the hue of their records, and which moved as partitions were added. */
import type { KeyPlace } from '../history/kept.ts'
import trial from './KeyTrial.module.css'
import styles from './TopicKeys.module.css'

/** As many keys in a row as are read at a glance. */
const KEYS_MAX = 6

export default function TopicKeys(props: { keys: readonly KeyPlace[]; partitions: number }) {
  const { keys, partitions } = props
  const rows = Array.from({ length: partitions }, (_, partition) =>
    keys.filter((key) => key.partition === partition),
  )
  return (
    <dl className={trial.matches} aria-label="Where keys go">
      {rows.map((row, partition) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a partition's number is its identity
        <div key={partition} className={trial.row}>
          <dt>
            <span className={trial.pattern}>P{partition}</span>
          </dt>
          <dd>
            {row.length === 0 && <span className={trial.none}>no key</span>}
            {row.slice(0, KEYS_MAX).map((key) => (
              <Key key={key.key} place={key} />
            ))}
            {row.length > KEYS_MAX && <span className={trial.none}>+{row.length - KEYS_MAX}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Key({ place }: { place: KeyPlace }) {
  const { key, partition, before, hue } = place
  const hasMoved = before !== null && before !== partition
  return (
    <span className={styles.key}>
      <span
        aria-hidden="true"
        className={styles.hue}
        style={{ background: `var(--message-${(hue % 8) + 1})` }}
      />
      {key}
      {hasMoved && <span className={styles.moved}> from P{before}</span>}
    </span>
  )
}
