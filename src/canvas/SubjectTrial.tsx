/**
 * In the toolbar of a place of pub/sub: which of the subjects that it has seen each subscription matches as its filter is
 * now, what a filter would match where it has met none, and a field in which another subject can be tried. What is pointed
 * at, or typed, lights its links.
 */
import { useEffect, useState } from 'react'
import {
  letsThrough,
  matchedBy,
  type Place,
  subjectsSeen,
  subscriptionsAt,
  whyNotPublished,
} from '../history/subscriptions.ts'
import { useSession } from '../session/react.tsx'
import { classes } from '../ui/classes.ts'
import styles from './KeyTrial.module.css'
import { tryKey } from './keyTrial.ts'

/** As many rows, and subjects in a row, as are read at a glance. */
const ROWS_MAX = 8
const SUBJECTS_MAX = 4

const WORD = { natsServer: 'subject', redisServer: 'channel', mqttBroker: 'topic' } as const

export default function SubjectTrial({ node }: { node: Place }) {
  const scenario = useSession((session) => session.scenario)
  const frame = useSession((session) => session.frame)
  const [typed, setTyped] = useState('')
  const [pointed, setPointed] = useState<string | null>(null)
  const text = pointed ?? typed
  const problem = text === '' ? null : whyNotPublished(node, text)
  const subscriptions = subscriptionsAt(scenario, node, frame)
  const heard = subscriptions.filter(
    ({ filter }) => text !== '' && problem === null && letsThrough(node, filter, text),
  )
  const lit = [...new Set(heard.map(({ link }) => link))].join(' ')
  useEffect(() => {
    const links = new Set(lit.split(' '))
    tryKey(text === '' || problem !== null ? null : { exchange: node.id, links })
    return () => tryKey(null)
  }, [node.id, text, problem, lit])
  const nameOf = (id: string) => scenario.nodes.find((each) => each.id === id)?.name ?? id
  const names = [...new Set(heard.map(({ who }) => nameOf(who)))]
  const word = WORD[node.kind]
  return (
    <>
      <label className={styles.trial}>
        <span className="visually-hidden">Try a {word}</span>
        <input
          value={typed}
          placeholder={`try a ${word}`}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
        {typed !== '' && (
          <output className={styles.figure}>
            {problem ?? (names.length === 0 ? 'nobody' : names.join(', '))}
          </output>
        )}
      </label>
      {subscriptions.length > 0 && (
        <dl className={styles.matches} aria-label={`Which ${word}s match`}>
          {subscriptions.slice(0, ROWS_MAX).map(({ link, who, filter, changed }) => (
            <div key={`${link} ${filter}`} className={styles.row}>
              <dt>
                <span className={classes(styles.pattern, changed && styles.changed)}>{filter}</span>{' '}
                {nameOf(who)}
                {changed && ', changed'}
              </dt>
              <dd>
                <Matching
                  place={node}
                  filter={filter}
                  seen={subjectsSeen(node, frame)}
                  onPoint={setPointed}
                  onChoose={setTyped}
                />
              </dd>
            </div>
          ))}
          {subscriptions.length > ROWS_MAX && (
            <div className={styles.row}>
              <dt>and {subscriptions.length - ROWS_MAX} more subscriptions</dt>
            </div>
          )}
        </dl>
      )}
    </>
  )
}

interface MatchingProps {
  place: Place
  filter: string
  seen: readonly string[]
  /** Told the subject that is pointed at, and null when none is. */
  onPoint: (subject: string | null) => void
  onChoose: (subject: string) => void
}

function Matching({ place, filter, seen, onPoint, onChoose }: MatchingProps) {
  const { isMet, subjects: shown } = matchedBy(place, filter, seen)
  return (
    <>
      {!isMet && <span className={styles.none}>none yet; would match</span>}
      {shown.slice(0, SUBJECTS_MAX).map((subject) => (
        <button
          key={subject}
          type="button"
          className={styles.chip}
          onPointerEnter={() => onPoint(subject)}
          onPointerLeave={() => onPoint(null)}
          onFocus={() => onPoint(subject)}
          onBlur={() => onPoint(null)}
          onClick={() => onChoose(subject)}
        >
          {subject}
        </button>
      ))}
      {shown.length > SUBJECTS_MAX && (
        <span className={styles.none}>+{shown.length - SUBJECTS_MAX}</span>
      )}
    </>
  )
}
