/**
 * What a person's `decide` makes of the commands of the run: where it decides as the run did, where the two part,
 * and the history that would have come of it, to be looked at beside what happened.
 */
import { useStore } from 'zustand'
import { dataText } from '../base/dataText.ts'
import type { Decided } from '../session/folds.ts'
import { useVerbs } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorSentence } from '../ui/ErrorSentence.tsx'
import { momentAfter } from './edge.ts'
import styles from './FoldView.module.css'
import type { FoldRoom } from './room.ts'
import { leavesOf, pathText, valueText } from './state.ts'
import { type FoldPlace, useFolded } from './usePlace.ts'
import type { Verdict } from './verdicts.ts'
import { countText, eventsText, timeText } from './words.ts'

const LISTED_MAX = 20

export function Decisions({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const verdicts = useStore(room.store, (state) => state.verdicts)
  const undecided = useStore(room.store, (state) => state.undecided)
  const session = useVerbs()
  if (undecided !== null) {
    return (
      <section className={styles.block} aria-label="Decisions">
        <h3 className={styles.heading}>Your decide</h3>
        <ErrorSentence>{`No command is decided with it. ${undecided}`}</ErrorSentence>
      </section>
    )
  }
  if (place.log === 'file' || verdicts === null) return null
  const others = verdicts.filter(({ isAlike }) => !isAlike)
  return (
    <section className={styles.block} aria-label="Decisions">
      <h3 className={styles.heading}>Your decide</h3>
      <p className={styles.text}>{summaryText(verdicts, others)}</p>
      {others.length > 0 && <Outcome room={room} place={place} />}
      <ul className={styles.changes}>
        {others.slice(0, LISTED_MAX).map(({ mark, outcome }) => (
          <li key={mark.factIndex}>
            <button
              type="button"
              className={styles.change}
              onClick={() => session.seek(momentAfter(mark))}
            >
              <span
                className={styles.changeType}
              >{`${commandText(mark.body)}, ${timeText('run', mark.timeUs)}`}</span>
              <span>{`the run ${mark.outcome} it; you ${decidedText(outcome)}`}</span>
            </button>
          </li>
        ))}
      </ul>
      {others.length > LISTED_MAX && (
        <p className={styles.hint}>{`The first ${LISTED_MAX} of ${others.length} are listed.`}</p>
      )}
    </section>
  )
}

function summaryText(verdicts: readonly Verdict[], others: readonly Verdict[]): string {
  const [first] = others
  const { length } = verdicts
  const all = countText(length)
  if (!first) return `It decides all ${all} commands as the run did.`
  return `It decides ${countText(others.length)} of ${all} commands otherwise, each on what came of those before it. The two part at ${timeText('run', first.mark.timeUs)}.`
}

/** Where the history that it makes ends, and the way there. */
function Outcome({ room, place }: { room: FoldRoom; place: FoldPlace }) {
  const run = useStore(room.store, (state) => state.summaries.run)
  const decided = useStore(room.store, (state) => state.summaries.decided)
  const count = decided?.events ?? 0
  const ask = { log: 'decided' as const, stream: place.stream, count }
  const { answer } = useFolded(room, 'state', ask, decided !== null)
  if (!decided || !run) return null
  const values = answer === null ? [] : leavesOf(JSON.parse(answer)).slice(0, 4)
  const words = values.map(({ path, value }) => `${pathText(path)} ${valueText(value)}`.trim())
  const end = words.length === 0 ? '' : `, and ${place.stream} would end at ${words.join(', ')}`
  const isShown = place.log === 'decided'
  return (
    <>
      <p
        className={styles.text}
      >{`There would be ${eventsText(count)} instead of ${countText(run.events)}${end}.`}</p>
      <div className={styles.buttons}>
        <Button
          size="small"
          pressed={isShown}
          onClick={() => room.showLog(isShown ? 'run' : 'decided')}
        >
          Show the history that it makes
        </Button>
      </div>
      <p className={styles.hint}>
        The run stays as it is: what projections, relays and process managers made of its events is
        not computed anew.
      </p>
    </>
  )
}

/** A command by its type and what it says besides. */
function commandText(body: unknown): string {
  if (typeof body !== 'object' || body === null) return String(body)
  const { type, ...rest } = body as { type?: unknown }
  return `${String(type)} ${dataText(rest)}`.trim()
}

function decidedText(decided: Decided): string {
  if ('rejected' in decided) return `reject it: ${decided.rejected}`
  if (decided.events.length === 0) return 'accept it without an event'
  return `make ${decided.events.map(({ type, data }) => `${type} ${dataText(data)}`.trim()).join(', ')}`
}
