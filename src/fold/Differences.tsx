/** A state, with what the last event changed in it lit. */
import { classes } from '../ui/classes.ts'
import styles from './Differences.module.css'
import { type Difference, differencesOf, pathText, valueText } from './state.ts'

interface DifferencesProps {
  before: string
  after: string
  /** Lines at most; what changed comes first if there are more. */
  most: number
}

export function Differences({ before, after, most }: DifferencesProps) {
  const all = differencesOf(before, after)
  const changed = all.filter(({ change }) => change !== 'same')
  const shown =
    all.length <= most
      ? all
      : [...changed, ...all.filter(({ change }) => change === 'same')].slice(0, most)
  const left = all.length - shown.length
  return (
    <dl className={styles.state}>
      {shown.map((difference) => (
        <Line key={pathText(difference.path)} difference={difference} />
      ))}
      {left > 0 && <div className={styles.left}>{`and ${left} more`}</div>}
    </dl>
  )
}

function Line({ difference: { path, value, before, change } }: { difference: Difference }) {
  const isChanged = change !== 'same'
  return (
    <div className={classes(styles.line, isChanged && styles.lit)} data-changed={isChanged}>
      {path.length > 0 && <dt className={styles.name}>{pathText(path)}</dt>}
      <dd className={styles.value}>
        {change === 'other' && (
          <>
            <del className={styles.before}>{valueText(before)}</del>{' '}
          </>
        )}
        {change === 'gone' ? <del>{valueText(before)}</del> : valueText(value)}
      </dd>
    </div>
  )
}
