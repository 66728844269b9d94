/** A message: what it says, where it is now, where it comes from, and its whole life as a list of moments. */

import { bodyText } from '../base/dataText.ts'
import type { Scenario } from '../scenario/document.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import type { FactLine, Questions, Selection } from '../session/session.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorSentence } from '../ui/ErrorSentence.tsx'
import { ChevronLeftIcon, CloseIcon } from '../ui/icons.ts'
import { MessageActs } from './acts/MessageActs.tsx'
import { useAnswer } from './answer.ts'
import { WhyButton } from './ask/WhyButton.tsx'
import styles from './Inspector.module.css'
import { Life } from './Life.tsx'
import { latestAt } from './latestFact.ts'
import { NowSection } from './Moments.tsx'
import { Quiet, Readings, Rows } from './Readings.tsx'
import { Part, Section } from './Section.tsx'
import { LinkLink, linkName, MessageChip, MessageMark, NodeLink } from './Selectable.tsx'
import { whereIs } from './whereabouts.ts'

type LifeAnswer = Questions['life']['answer']

export interface MessageInspectorProps {
  message: number
  /** Where the way back leads. */
  from: Selection
}

export function MessageInspector({ message, from }: MessageInspectorProps) {
  const { answer, problem } = useAnswer('life', String(message), { message })
  return (
    <>
      <header className={styles.head}>
        <div className={styles.kindRow}>
          <span className={styles.kind}>Message {message}</span>
          <Back to={from} />
        </div>
        {answer && (
          <h3 className={`${styles.name} ${styles.messageName}`}>
            <MessageMark hue={answer.look.hue} />
            <span>{answer.look.label}</span>
          </h3>
        )}
      </header>
      {problem === null ? (
        <NowSection acts>
          <Now message={message} life={answer} />
          <div>
            <WhyButton
              about="it is there"
              subject={(factIndex) => ({ type: 'message', message, factIndex })}
            />
          </div>
          <MessageActs message={message} />
        </NowSection>
      ) : (
        <ErrorSentence>There is no such message in this branch. Select another one.</ErrorSentence>
      )}
      {answer && <Told life={answer} />}
      {answer && (
        <Section title="Its life" aside={`${answer.facts.length} facts`}>
          <Life message={message} facts={answer.facts} />
        </Section>
      )}
    </>
  )
}

function Back({ to }: { to: Selection }) {
  const session = useVerbs()
  const name = useSession(({ scenario }) => placeName(to, scenario))
  return (
    <Button
      variant="ghost"
      size="small"
      icon={name === null ? CloseIcon : ChevronLeftIcon}
      onClick={() => session.select(name === null ? null : to)}
    >
      {name === null ? 'Deselect' : `Back to ${name}`}
    </Button>
  )
}

/** Null where there is no way back. */
function placeName(place: Selection, scenario: Scenario): string | null {
  if (place?.type === 'node') {
    return scenario.nodes.find(({ id }) => id === place.id)?.name ?? null
  }
  if (place?.type !== 'link') return null
  const link = scenario.links.find(({ id }) => id === place.id)
  return link ? linkName(link, scenario) : null
}

function Now({ message, life }: { message: number; life: LifeAnswer | null }) {
  const frame = useSession((state) => state.frame)
  const scenario = useSession((state) => state.scenario)
  const places = frame ? whereIs(message, frame, scenario) : []
  if (places.length === 0) {
    return <Quiet>{absence(life?.facts ?? [], frame?.factIndex ?? 0)}</Quiet>
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

/** Why a message is in no place that the frame lists. */
function absence(facts: readonly FactLine[], factIndex: number): string {
  const latest = latestAt(facts, factIndex)
  if (latest < 0) return 'It does not exist yet at this moment.'
  if (latest === facts.length - 1) return 'Its life is over.'
  return 'It is on its way out of sight: see its life below.'
}

function Told({ life }: { life: LifeAnswer }) {
  const { body, look, parent, children } = life
  const lookOf = (id: number) => life.kin.find((kin) => kin.id === id)
  return (
    <Section title="Content">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long body is scrolled by keyboard */}
      <section tabIndex={0} aria-label="Body" className={styles.body}>
        <pre>{bodyText(body) || 'empty'}</pre>
      </section>
      <Readings
        of={[
          { name: 'Key', value: look.key === '' ? 'none' : <code>{look.key}</code> },
          parent >= 0 && {
            name: 'Made from',
            value: <MessageChip message={parent} look={lookOf(parent)} />,
          },
        ]}
      />
      {children.length > 0 && (
        <Part title="Made from it">
          <div className={styles.chips}>
            {children.map((child) => (
              <MessageChip key={child} message={child} look={lookOf(child)} />
            ))}
          </div>
        </Part>
      )}
    </Section>
  )
}
