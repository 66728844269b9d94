/** What a condition came to: how often, the ways to its moments, the stop; of goals, whether each holds. */
import { useSession, useVerbs } from '../../session/react.tsx'
import type { Questions } from '../../session/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorSentence } from '../../ui/ErrorSentence.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import {
  ChevronLeftIcon,
  ChevronRightIcon,
  CloseIcon,
  ToEndIcon,
  ToStartIcon,
  WatchIcon,
} from '../../ui/icons.ts'
import { Toggle } from '../../ui/Toggle.tsx'
import { momentText } from '../timeText.ts'
import styles from './Ask.module.css'

type Answer = Questions['condition']['answer']

export function ConditionResult({ text, answer }: { text: string; answer: Answer }) {
  const session = useVerbs()
  const stopping = useSession((state) => state.stopping)
  const { count, verdicts } = answer
  return (
    <>
      {verdicts.length > 0 ? <Verdicts answer={answer} /> : <p>{sentenceOf(answer)}</p>}
      <div className={styles.ways}>
        <IconButton
          icon={ToStartIcon}
          label="To the first time"
          disabled={count === 0}
          onClick={() => session.conditions.goTo('first')}
        />
        <IconButton
          icon={ChevronLeftIcon}
          label="To the time before"
          shortcut="["
          disabled={count === 0}
          onClick={() => session.conditions.goTo('previous')}
        />
        <IconButton
          icon={ChevronRightIcon}
          label="To the next time"
          shortcut="]"
          disabled={count === 0}
          onClick={() => session.conditions.goTo('next')}
        />
        <IconButton
          icon={ToEndIcon}
          label="To the last time"
          disabled={count === 0}
          onClick={() => session.conditions.goTo('last')}
        />
        <Button
          variant="ghost"
          size="small"
          icon={CloseIcon}
          className={styles.clear}
          aria-label={`Ask no longer about ${text}`}
          onClick={() => session.conditions.ask('')}
        >
          Clear
        </Button>
      </div>
      <Toggle
        label="Stop when true"
        hint="Playing pauses at the very fact that makes it true."
        checked={stopping}
        onChange={(on) => session.conditions.stopWhenTrue(on)}
      />
    </>
  )
}

function sentenceOf({ count, first, last, over }: Answer): string {
  const soFar = over ? '' : ' so far'
  if (count === 0 || !first || !last) {
    return over
      ? 'It is never true in this run.'
      : 'It is not true so far; the run is still computed.'
  }
  if (count === 1) return `It becomes true once${soFar}, at ${momentText(first.timeUs)}.`
  return `It becomes true ${count} times${soFar}: first at ${momentText(first.timeUs)}, last at ${momentText(last.timeUs)}.`
}

function Verdicts({ answer }: { answer: Answer }) {
  const session = useVerbs()
  return (
    <ul aria-label="Goals" className={styles.verdicts}>
      {answer.verdicts.map(({ holds, at }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: goals stand in the order in which they are written
        <li key={index} className={styles.verdict}>
          <Badge tone={holds === null ? 'neutral' : holds ? 'ok' : 'danger'}>
            {holds === null ? 'open' : holds ? 'holds' : 'broken'}
          </Badge>
          <span>Goal {index + 1}</span>
          {at && (
            <Button
              variant="ghost"
              size="small"
              onClick={() => session.seek({ factIndex: at.factIndex })}
            >
              {momentText(at.timeUs)}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The condition as it was written, with the place that cannot be read marked in it. */
export function ProblemAt(props: { text: string; problem: NonNullable<Answer['problem']> }) {
  const { text, problem } = props
  const place = text.slice(problem.from, problem.to)
  return (
    <>
      <p className={styles.written}>
        <code>
          {text.slice(0, problem.from)}
          <mark className={styles.place}>{place === '' ? ' ' : place}</mark>
          {text.slice(problem.to)}
        </code>
      </p>
      <ErrorSentence>
        At column {problem.from + 1}: {problem.sentence}
      </ErrorSentence>
      {problem.sentence.includes('not yet a condition') && <ChartInstead text={text} />}
    </>
  )
}

/** A number is no condition, and can be looked at over the whole run. */
function ChartInstead({ text }: { text: string }) {
  const session = useVerbs()
  const chart = () => {
    session.conditions.watch(text)
    session.conditions.ask('')
  }
  return (
    <div>
      <Button size="small" icon={WatchIcon} onClick={chart}>
        Chart it under the timeline
      </Button>
    </div>
  )
}
