/** What a person's `decide` makes of the commands of the run: where it decides as the run did, and where not. */
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { dataText } from '../base/dataText.ts'
import type { Decided, Replay } from '../session/folds.ts'
import { useVerbs } from '../session/react.tsx'
import { momentAfter } from './edge.ts'
import styles from './FoldView.module.css'
import type { CommandMark, FoldRoom } from './room.ts'
import { leavesOf, pathText, valueText } from './state.ts'
import { type FoldPlace, useFolded } from './usePlace.ts'
import { eventsText, timeText } from './words.ts'

/** Commands that are asked again: the latest of a long run. */
const ASKED_MAX = 500
const LISTED_MAX = 20

export function Verdicts({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const own = useStore(room.store, (state) => state.own)
  const turn = useStore(room.store, (state) => state.turn)
  const isAsked = own.is === 'good' && own.decides && place.log === 'run'
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room's list grows with its turn
  const marks = useMemo(() => {
    // A store may hold streams of several kinds; a decider is one kind's.
    const kind = place.stream.split('-')[0]
    const isAsked = ({ outcome, stream }: CommandMark) =>
      outcome !== 'conflicted' && stream !== '' && stream.split('-')[0] === kind
    return room.commands.filter(isAsked).slice(-ASKED_MAX)
  }, [room, turn, place.stream])
  const decisions = marks.map(({ command, handler, stream, seen, body }) => ({
    command,
    handler,
    stream,
    seen,
    body,
  }))
  const { answer } = useFolded(room, 'decide', { log: 'run', decisions }, isAsked)
  const from = useMemo(() => eventsBefore(room, marks), [room, marks])
  const replayed = useFolded(room, 'replay', { log: 'run', from, decisions }, isAsked)
  const session = useVerbs()
  if (!isAsked || !answer || answer.length !== marks.length) return null
  const others = marks.flatMap((mark, i) => {
    const decided = answer[i]
    return decided && !isAlike(mark, decided) ? [{ mark, decided }] : []
  })
  return (
    <section className={styles.block} aria-label="Decisions">
      <h3 className={styles.heading}>Your decide</h3>
      <p className={styles.text}>
        {others.length === 0
          ? `It decides all ${marks.length} commands as the run did.`
          : `It decides ${others.length} of ${marks.length} commands otherwise. What happened stays as it was: only new commands are decided anew.`}
      </p>
      {replayed.answer && <Replayed replay={replayed.answer} stream={place.stream} />}
      <ul className={styles.changes}>
        {others.slice(-LISTED_MAX).map(({ mark, decided }) => (
          <li key={mark.factIndex}>
            <button
              type="button"
              className={styles.change}
              onClick={() => session.seek(momentAfter(mark))}
            >
              <span
                className={styles.changeType}
              >{`${dataText(mark.body)}, ${timeText('run', mark.timeUs)}`}</span>
              <span>{`the run ${mark.outcome} it; you ${decidedText(decided)}`}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How many events lay there before the first that one of these commands made. */
function eventsBefore(room: FoldRoom, marks: readonly CommandMark[]): number {
  const commands = new Set(marks.map(({ command }) => command))
  const first = room.events.findIndex(({ causation }) => commands.has(causation))
  return first === -1 ? room.events.length : first
}

/** What would have come of the same commands if it had decided all of them. */
function Replayed({ replay, stream }: { replay: Replay; stream: string }) {
  const state = replay.streams.find(({ name }) => name === stream)?.state
  const values = state === undefined ? [] : leavesOf(JSON.parse(state))
  const words = values.slice(0, 4).map(({ path, value }) => `${pathText(path)} ${valueText(value)}`)
  const rejected = replay.rejected === 0 ? '' : `, ${replay.rejected} rejected`
  return (
    <p className={styles.text}>
      {`Had it decided them all, one after the other, ${eventsText(replay.events)} would have come of them${rejected}`}
      {words.length === 0 ? '.' : `, and ${stream} would end at ${words.join(', ').trim()}.`}
    </p>
  )
}

function isAlike(mark: CommandMark, decided: Decided): boolean {
  if ('rejected' in decided) return mark.outcome === 'rejected'
  return mark.outcome === 'accepted' && decided.events.length === mark.events
}

function decidedText(decided: Decided): string {
  if ('rejected' in decided) return `reject it: ${decided.rejected}`
  if (decided.events.length === 0) return 'accept it without an event'
  return `make ${decided.events.map(({ type }) => type).join(', ')}`
}
