/** The state at the edge, value by value: each asks for the events that it is made of. */
import { useStore } from 'zustand'
import { classes } from '../ui/classes.ts'
import styles from './FoldView.module.css'
import type { FoldRoom } from './room.ts'
import { leavesOf, pathText, valueText } from './state.ts'
import { useLit } from './useLit.ts'
import { type FoldPlace, useFolded } from './usePlace.ts'
import { eventsText } from './words.ts'

/** Values that are listed: more are found by the questions beside. */
const LISTED_MAX = 60

export function StateNow({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const { log, stream, folded, count } = place
  const value = useStore(room.store, (state) => state.value)
  const ask = { log, stream, count: count ?? 0 }
  const { answer, problem, told } = useFolded(room, 'state', ask, count !== null, folded)
  const leaves = answer === null ? [] : leavesOf(JSON.parse(answer))
  return (
    <section className={styles.block} aria-label="State">
      <h3 className={styles.heading}>
        State of {stream || 'the stream'}
        <span className={styles.beside}>{`after ${eventsText(told ?? folded)}`}</span>
      </h3>
      {problem && <p className={styles.problem}>{problem}</p>}
      <ul className={styles.values}>
        {leaves.slice(0, LISTED_MAX).map(({ path, value: leaf }) => {
          const text = pathText(path)
          const isChosen = value !== null && pathText(value) === text
          return (
            <li key={text}>
              <button
                type="button"
                className={classes(styles.value, isChosen && styles.chosen)}
                aria-pressed={isChosen}
                onClick={() => room.store.setState({ value: isChosen ? null : path })}
              >
                <span className={styles.valueName}>{text || 'state'}</span>
                <span className={styles.valueText}>{valueText(leaf)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {leaves.length > LISTED_MAX && (
        <p className={styles.hint}>{`${leaves.length - LISTED_MAX} more values are not listed.`}</p>
      )}
      {value && <MadeOf room={room} place={place} path={value} />}
    </section>
  )
}

/** The events that made a value what it is, the latest first. */
function MadeOf({
  room,
  place,
  path,
}: {
  room: FoldRoom
  place: FoldPlace
  path: readonly string[]
}) {
  const { log, stream, count } = place
  const ask = { log, stream, path, count: count ?? 0 }
  const { answer } = useFolded(room, 'changes', ask, count !== null)
  useLit(room, answer?.latest.map(({ position }) => position) ?? null)
  if (!answer) return null
  return (
    <div>
      <h4
        className={styles.subheading}
      >{`${pathText(path) || 'The state'} is made of ${eventsText(answer.total)}`}</h4>
      <ol
        className={styles.changes}
        aria-label={`Events that made ${pathText(path) || 'the state'}`}
      >
        {answer.latest.toReversed().map(({ position, before, after, event }) => (
          <li key={position}>
            <button type="button" className={styles.change} onClick={() => room.goTo(log, event)}>
              <span className={styles.changeType}>{`${event.type} ${event.version}`}</span>
              <span>{`${valueText(before)} → ${valueText(after)}`}</span>
            </button>
          </li>
        ))}
      </ol>
      {answer.total > answer.latest.length && (
        <p className={styles.hint}>{`The latest ${answer.latest.length} are listed.`}</p>
      )}
    </div>
  )
}
