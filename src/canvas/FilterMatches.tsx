/** In the toolbar of a link of pub/sub: what the filters on it match now, or would match. */
import { matchedBy, type Place, subjectsSeen, subscriptionsAt } from '../history/subscriptions.ts'
import { useSession } from '../session/react.tsx'
import styles from './KeyTrial.module.css'

/** As many filters, and subjects of each, as are read at a glance. */
const FILTERS_MAX = 4
const SUBJECTS_MAX = 4

export default function FilterMatches({ place, link }: { place: Place; link: string }) {
  const scenario = useSession((state) => state.scenario)
  const frame = useSession((state) => state.frame)
  const seen = subjectsSeen(place, frame)
  const filters = subscriptionsAt(scenario, place, frame).filter((each) => each.link === link)
  return filters.slice(0, FILTERS_MAX).map(({ filter }) => {
    const { isMet, subjects } = matchedBy(place, filter, seen)
    return (
      <span key={filter} className={styles.binding}>
        <span className={styles.pattern}>{filter}</span>
        {isMet ? ' matches ' : ' would match '}
        {subjects.slice(0, SUBJECTS_MAX).map((subject) => (
          <code key={subject} className={styles.key}>
            {subject}{' '}
          </code>
        ))}
        {subjects.length > SUBJECTS_MAX && <span>+{subjects.length - SUBJECTS_MAX}</span>}
      </span>
    )
  })
}
