/**
 * Why something happened: the facts that led to it as a numbered list, and what it led to. The places of what is
 * listed are marked on the canvas. Choosing a step goes to its moment.
 */
import { useEffect, useState } from 'react'
import { useSession, useVerbs } from '../../session/react.tsx'
import type { Questions, WhyStep, WhySubject } from '../../session/session.ts'
import { askWhy, markPath } from '../../session/why.ts'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { AskIcon, CloseIcon } from '../../ui/icons.ts'
import { useAnswer } from '../answer.ts'
import { Quiet } from '../Readings.tsx'
import { momentText } from '../timeText.ts'
import styles from './Why.module.css'

type Answer = Questions['why']['answer']

export function WhySection() {
  const why = useSession((state) => state.why)
  return why === null ? null : <Explained key={JSON.stringify(why)} subject={why} />
}

function Explained({ subject }: { subject: WhySubject }) {
  const session = useVerbs()
  const { answer, problem } = useAnswer('why', JSON.stringify(subject), subject)
  const [wished, setWished] = useState<boolean | null>(null)
  // Nothing led to a beginning: whoever asks about one wants to know what came of it.
  const ahead = wished ?? answer?.steps.length === 1
  useEffect(() => {
    if (!answer) return
    const listed = ahead ? [...answer.steps, ...answer.effects] : answer.steps
    markPath(
      session,
      listed.map(({ line }) => line.node),
    )
  }, [session, answer, ahead])
  return (
    <section className={styles.why} aria-label="Why">
      <header className={styles.head}>
        <AskIcon aria-hidden="true" className={styles.icon} />
        <h3 className={styles.title}>{answer ? titleOf(subject, answer) : 'Why?'}</h3>
        <IconButton
          icon={CloseIcon}
          size="small"
          label="Ask why no longer"
          onClick={() => askWhy(session, null)}
        />
      </header>
      {problem && <Quiet>{problem}</Quiet>}
      {answer && <Told subject={subject} answer={answer} ahead={ahead} onAhead={setWished} />}
    </section>
  )
}

function titleOf(subject: WhySubject, answer: Answer): string {
  if (subject.type === 'number') return `Why ${answer.total ?? ''} ${subject.name}?`
  return answer.subject ? `Why? ${answer.subject.line.sentence}` : 'Nothing is known of it yet.'
}

interface ToldProps {
  subject: WhySubject
  answer: Answer
  /** Whether what it led to is listed too. */
  ahead: boolean
  onAhead: (ahead: boolean) => void
}

function Told({ subject, answer, ahead, onAhead }: ToldProps) {
  const { steps, effects, cut, total, changes } = answer
  if (subject.type === 'number') {
    if (total === null)
      return <Quiet>This number is measured over time, not counted from facts.</Quiet>
    if (changes !== null && changes > 0) {
      return (
        <>
          <Quiet>
            {changes === 1 ? 'One fact changed it' : `${changes} facts changed it`} up to here.
            {cut && ` The latest ${steps.length} are listed.`}
          </Quiet>
          <Steps steps={steps} label="Facts that changed it" />
        </>
      )
    }
    if (total === 0) return <Quiet>No fact makes it up: it is 0.</Quiet>
    return (
      <>
        <Quiet>
          {total === 1 ? 'One fact makes it up.' : `${total} facts make it up.`}
          {cut && ` The latest ${steps.length} are listed.`}
        </Quiet>
        <Steps steps={steps} label="Facts that make it up" />
      </>
    )
  }
  if (steps.length === 0) return <Quiet>It does not exist yet at this moment.</Quiet>
  return (
    <>
      {cut && <Quiet>There is more before this; the latest {steps.length} steps are told.</Quiet>}
      <Steps steps={steps} label="What led to it" />
      {effects.length > 0 && (
        <details
          className={styles.effects}
          open={ahead}
          onToggle={(event) => onAhead(event.currentTarget.open)}
        >
          <summary>
            What it led to: {effects.length}
            {answer.effectsCut && ' and more'}
          </summary>
          <Steps steps={effects} label="What it led to" from={steps.length} />
        </details>
      )}
    </>
  )
}

function Steps({ steps, label, from = 0 }: { steps: WhyStep[]; label: string; from?: number }) {
  const numbers = new Map(steps.map(({ line }, at) => [line.index, from + at + 1]))
  return (
    <ol aria-label={label} className={styles.steps}>
      {steps.map((step, at) => (
        <Row
          key={step.line.index}
          step={step}
          number={from + at + 1}
          reasons={reasonsOf(step, numbers, from + at)}
        />
      ))}
    </ol>
  )
}

function Row({ step, number, reasons }: { step: WhyStep; number: number; reasons: string[] }) {
  const session = useVerbs()
  const isNow = useSession((state) => state.factIndex === step.line.index + 1)
  const { line } = step
  return (
    <li className={classes(styles.step, styles[line.tone])}>
      <button
        type="button"
        className={styles.button}
        aria-current={isNow ? 'step' : undefined}
        onClick={() => session.seek({ factIndex: line.index + 1 })}
      >
        <span className={styles.number}>{number}</span>
        <span className={styles.sentence}>{line.sentence}</span>
        <span className={styles.time}>{momentText(line.timeUs)}</span>
        {reasons.length > 0 && <span className={styles.reason}>{reasons.join('; ')}</span>}
      </button>
    </li>
  )
}

/** Causes that are not simply the step before: `its consumer was gone (9)`. */
function reasonsOf(step: WhyStep, numbers: ReadonlyMap<number, number>, before: number): string[] {
  return step.causes.flatMap(({ index, because }) => {
    const number = numbers.get(index)
    return number === undefined || number === before ? [] : [`${because} (${number})`]
  })
}
