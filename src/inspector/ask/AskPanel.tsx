/**
 * Questions to the whole run: when a condition was true, and what went wrong. The answers are ways to their moments.
 * The app loads this file when it is needed.
 */
import { useId } from 'react'
import { useSession, useVerbs } from '../../session/react.tsx'
import { useAnswer } from '../answer.ts'
import { Section } from '../Section.tsx'
import styles from './Ask.module.css'
import { ConditionField } from './ConditionField.tsx'
import { ConditionResult, ProblemAt } from './ConditionResult.tsx'
import { Examples } from './Examples.tsx'
import { FindingList } from './FindingList.tsx'
import { WhySection } from './WhySection.tsx'

/** The panel needs no marks: the timeline asks for its own. */
const SLICES = 1

export default function AskPanel() {
  const session = useVerbs()
  const condition = useSession((state) => state.condition)
  const id = useId()
  const { answer } = useAnswer('condition', condition, { text: condition, slices: SLICES })
  const problem = condition === '' ? null : (answer?.problem ?? null)
  return (
    <div className={styles.panel}>
      <WhySection />
      <div className={styles.question}>
        <ConditionField
          value={condition}
          onAsk={(text) => session.conditions.ask(text)}
          describedBy={id}
          invalid={problem !== null}
        />
        <div id={id} className={styles.answer} aria-live="polite">
          {condition === '' && <Examples />}
          {problem && <ProblemAt text={condition} problem={problem} />}
          {condition !== '' && answer && !problem && (
            <ConditionResult text={condition} answer={answer} />
          )}
        </div>
      </div>
      <Section
        title="Findings"
        note="What went wrong in this run. Each names the facts that make it."
      >
        <FindingList />
      </Section>
    </div>
  )
}
