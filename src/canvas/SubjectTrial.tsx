/**
 * In a server's toolbar: which of the subjects that it has seen each subscription matches, what a filter would match
 * where it has met none, and a field in which another subject can be tried. What is pointed at, or typed, lights its links.
 */
import { useEffect, useState } from 'react'
import type { NatsServerState, RedisServerState } from '../history/pubsubStates.ts'
import type { LinkDoc } from '../scenario/document.ts'
import type { NatsServerDoc, RedisServerDoc } from '../scenario/pubsubDocument.ts'
import { exampleSubject, filterAt, filtersMatched, letsThrough } from '../scenario/subjectMatch.ts'
import { useSession } from '../session/react.tsx'
import styles from './KeyTrial.module.css'
import { tryKey } from './keyTrial.ts'

/** As many rows, and subjects in a row, as are read at a glance. */
const ROWS_MAX = 8
const SUBJECTS_MAX = 4

type Place = NatsServerDoc | RedisServerDoc

export default function SubjectTrial(props: {
  node: Place
  state: NatsServerState | RedisServerState
}) {
  const { node, state } = props
  const scenario = useSession((session) => session.scenario)
  const frame = useSession((session) => session.frame)
  const [typed, setTyped] = useState('')
  const [pointed, setPointed] = useState<string | null>(null)
  const text = pointed ?? typed
  const links = filtersMatched(scenario, node, text, frame)
  const lit = [...links].join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a set is new each time; its text is not
  useEffect(() => {
    tryKey(text === '' ? null : { exchange: node.id, links })
    return () => tryKey(null)
  }, [node.id, text, lit])
  const nameOf = (id: string) => scenario.nodes.find((each) => each.id === id)?.name ?? id
  const names = scenario.links.filter(({ id }) => links.has(id)).map(({ to }) => nameOf(to))
  const word = node.kind === 'redisServer' ? 'channel' : 'subject'
  const bound = scenario.links.filter(({ from }) => from === node.id)
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
            {names.length === 0 ? 'nobody' : [...new Set(names)].join(', ')}
          </output>
        )}
      </label>
      <dl className={styles.matches} aria-label={`Which ${word}s match`}>
        {bound.slice(0, ROWS_MAX).map((link) => (
          <div key={link.id} className={styles.row}>
            <dt>
              <span className={styles.pattern}>{filterAt(link, frame)}</span> {nameOf(link.to)}
            </dt>
            <dd>
              <Matching
                place={node}
                filter={filterAt(link, frame)}
                seen={state.subjects.map(({ subject }) => subject)}
                onPoint={setPointed}
                onChoose={setTyped}
              />
            </dd>
          </div>
        ))}
        {bound.length > ROWS_MAX && (
          <div className={styles.row}>
            <dt>and {bound.length - ROWS_MAX} more subscriptions</dt>
          </div>
        )}
      </dl>
    </>
  )
}

interface MatchingProps {
  place: Place
  filter: NonNullable<LinkDoc['key']>
  seen: readonly string[]
  /** Told the subject that is pointed at, and null when none is. */
  onPoint: (subject: string | null) => void
  onChoose: (subject: string) => void
}

function Matching({ place, filter, seen, onPoint, onChoose }: MatchingProps) {
  const matching = seen.filter((subject) => letsThrough(place, filter, subject))
  const shown = matching.length > 0 ? matching : [exampleSubject(place, filter)]
  return (
    <>
      {matching.length === 0 && <span className={styles.none}>none yet; would match</span>}
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
