/** What went wrong, by kind; each finding leads to the one or two facts that make it. */
import { useState } from 'react'
import { OUTCOME_KINDS, OUTCOME_WORDS } from '../../history/outcomes/outcome.ts'
import { goToFinding } from '../../session/findings.ts'
import { useVerbs } from '../../session/react.tsx'
import type { Questions } from '../../session/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useAnswer } from '../answer.ts'
import { Quiet } from '../Readings.tsx'
import { Part } from '../Section.tsx'
import { momentText } from '../timeText.ts'
import styles from './Ask.module.css'

type Answer = Questions['findings']['answer']
type Finding = Answer['found'][number]

/** Listed of a kind before the rest is asked for. */
const FIRST = 4

export function FindingList() {
  const { answer } = useAnswer('findings', '', {})
  if (!answer) return <Quiet>The facts of the run are looked at …</Quiet>
  const kinds = OUTCOME_KINDS.filter((kind) => answer.counts[kind] > 0)
  return (
    <>
      {kinds.length === 0 && (
        <Quiet>
          {answer.over ? 'Nothing: every message had its effect once.' : 'Nothing so far.'}
        </Quiet>
      )}
      {kinds.map((kind) => (
        <Part
          key={kind}
          title={OUTCOME_WORDS[kind].name}
          aside={<Badge tone="warning">{answer.counts[kind]}</Badge>}
        >
          <Quiet>{OUTCOME_WORDS[kind].meaning}</Quiet>
          <Found
            of={answer.found.filter((finding) => finding.kind === kind)}
            count={answer.counts[kind]}
          />
        </Part>
      ))}
      {answer.held.length > 0 && (
        <Part title="Held so far">
          <ul className={styles.findings}>
            {answer.held.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Part>
      )}
    </>
  )
}

function Found({ of, count }: { of: readonly Finding[]; count: number }) {
  const [all, setAll] = useState(false)
  const shown = all ? of : of.slice(0, FIRST)
  return (
    <ul className={styles.findings}>
      {shown.map((finding) => (
        <Row key={finding.factIndexes.join()} finding={finding} />
      ))}
      {of.length > shown.length && (
        <li>
          <Button variant="ghost" size="small" onClick={() => setAll(true)}>
            {of.length - shown.length} more
          </Button>
        </li>
      )}
      {of.length === shown.length && count > of.length && (
        <li>
          <Quiet>The first {of.length} are listed; all are counted.</Quiet>
        </li>
      )}
    </ul>
  )
}

function Row({ finding }: { finding: Finding }) {
  const session = useVerbs()
  const { factIndexes, timesUs, sentence } = finding
  return (
    <li className={styles.finding}>
      <span>{sentence}</span>
      <span className={styles.facts}>
        {factIndexes.map((index, place) => (
          <Button
            key={index}
            variant="ghost"
            size="small"
            onClick={() => goToFinding(session, finding, index)}
          >
            {momentText(timesUs[place] ?? 0)}
          </Button>
        ))}
      </span>
    </li>
  )
}
