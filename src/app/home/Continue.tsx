/** The quiet way back to what was looked at last. */
import { clockText } from '../../base/clockText.ts'
import { OpenIcon } from '../../ui/icons.ts'
import { type LastSeen, readLastSeen } from '../keep/works.ts'
import { readRoute } from '../route.ts'
import styles from './Continue.module.css'

export function Continue() {
  const last = readLastSeen()
  if (last === null) return null
  return (
    <p className={styles.continue}>
      <a className={styles.link} href={addressAt(last)}>
        Continue where you left off: {last.title}, at {clockText(last.timeUs, true)}
        <OpenIcon aria-hidden="true" className={styles.icon} />
      </a>
    </p>
  )
}

/** An example's address says nothing of the moment; the others hold it. */
function addressAt({ fragment, timeUs }: LastSeen): string {
  const route = readRoute(fragment)
  if (route.screen !== 'run') return fragment
  return `${fragment.replace(/\?.*/, '')}?t=${Math.round(timeUs / 1000)}ms`
}
