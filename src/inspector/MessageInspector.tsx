/** A message: what it says, where it is now, where it comes from, and its whole life as a list of moments. */
import { useSession, useVerbs } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorSentence } from '../ui/ErrorSentence.tsx'
import { CloseIcon } from '../ui/icons.ts'
import type { Questions } from '../worker/protocol.ts'
import { useAnswer } from './answer.ts'
import { bodyText } from './dataText.ts'
import styles from './Inspector.module.css'
import { Life } from './Life.tsx'
import { NowSection } from './Moments.tsx'
import { Quiet, Readings, Rows } from './Readings.tsx'
import { Part, Section } from './Section.tsx'
import { LinkLink, MessageChip, MessageMark, NodeLink } from './Selectable.tsx'
import { whereIs } from './whereabouts.ts'

export function MessageInspector({ message }: { message: number }) {
  const session = useVerbs()
  const { answer, problem } = useAnswer('life', String(message), { message })
  return (
    <>
      <header className={styles.head}>
        <div className={styles.kindRow}>
          <span className={styles.kind}>Message {message}</span>
          <Button
            variant="ghost"
            size="small"
            icon={CloseIcon}
            onClick={() => session.select(null)}
          >
            Deselect
          </Button>
        </div>
        {answer && (
          <h3 className={`${styles.name} ${styles.messageName}`}>
            <MessageMark hue={answer.look.hue} />
            <span>{answer.look.label}</span>
          </h3>
        )}
      </header>
      {problem !== null && (
        <ErrorSentence>There is no such message in this branch. Select another one.</ErrorSentence>
      )}
      <NowSection acts={false}>
        <Now message={message} />
      </NowSection>
      {answer && <Told life={answer} />}
      {answer && (
        <Section title="Its life" aside={`${answer.facts.length} facts`}>
          <Life message={message} facts={answer.facts} />
        </Section>
      )}
    </>
  )
}

function Now({ message }: { message: number }) {
  const frame = useSession((state) => state.frame)
  const scenario = useSession((state) => state.scenario)
  const places = frame ? whereIs(message, frame, scenario) : []
  if (places.length === 0) {
    return <Quiet>It is nowhere at this moment: not there yet, or gone.</Quiet>
  }
  return (
    <Rows label="Where it is">
      {places.map(({ place, type, words, redelivered }) => (
        <li key={`${type}·${place}·${words}`}>
          {type === 'node' ? <NodeLink id={place} /> : <LinkLink id={place} />}: {words}
          {redelivered && ', redelivered'}
        </li>
      ))}
    </Rows>
  )
}

function Told({ life }: { life: Questions['life']['answer'] }) {
  const { body, look, parent, children } = life
  return (
    <Section title="Content">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long body is scrolled by keyboard */}
      <section tabIndex={0} aria-label="Body" className={styles.body}>
        <pre>{bodyText(body) || 'empty'}</pre>
      </section>
      <Readings
        of={[
          { name: 'Key', value: look.key === '' ? 'none' : <code>{look.key}</code> },
          parent >= 0 && { name: 'Made from', value: <MessageChip message={parent} /> },
        ]}
      />
      {children.length > 0 && (
        <Part title="Made from it">
          <div className={styles.chips}>
            {children.map((child) => (
              <MessageChip key={child} message={child} />
            ))}
          </div>
        </Part>
      )}
    </Section>
  )
}
