/** One class of outcomes: what it is, how often it was seen, and the shortest run that shows it. */
import { useState } from 'react'
import type { OutcomeClass } from '../../history/experiments/explore.ts'
import { OUTCOME_WORDS } from '../../history/outcomes/outcome.ts'
import { completedAt } from '../../history/outcomes/violations.ts'
import type { Action, Scenario } from '../../scenario/document.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyField } from '../../ui/CopyField.tsx'
import { ErrorSentence } from '../../ui/ErrorSentence.tsx'
import { LinkIcon, OpenIcon } from '../../ui/icons.ts'
import type { LabProps, RunLink, RunToOpen } from '../lab.ts'
import { chosenIn, countsText, shownIn } from '../units.ts'
import { ownerText } from '../words.ts'
import styles from './Explore.module.css'
import type { Explored } from './exploreState.ts'

interface OutcomeCardProps {
  found: OutcomeClass
  explored: Explored
  running: boolean
  /** The first card of its kind says what the kind means. */
  isFirst: boolean
  onOpenRun: LabProps['onOpenRun']
  onLink: (run: RunToOpen) => Promise<RunLink>
}

export function OutcomeCard(props: OutcomeCardProps) {
  const { found, explored, running, isFirst, onOpenRun, onLink } = props
  const { kind, runs, example, isShrunk } = found
  const { scenario } = explored.plan
  const { name, meaning } = OUTCOME_WORDS[kind]
  const { outcome, story } = example.finding
  const where = ownerText(scenario, outcome.node)
  const state = isShrunk || !running ? '' : ' It is still being made smaller.'
  return (
    <li className={styles.card} aria-label={`${name}, ${where}`}>
      <header className={styles.head}>
        <h3 className={styles.name}>{name}</h3>
        <span className={styles.where}>{where}</span>
      </header>
      {isFirst && <p className={styles.meaning}>{meaning}</p>}
      <div className={styles.share}>
        <span
          className={styles.bar}
          style={{ width: `${(100 * runs) / Math.max(1, explored.done)}%` }}
        />
      </div>
      <p className={styles.count}>
        {`In ${runs.toLocaleString('en')} of ${countsText(explored.done, 'run')}${needText(found)}.`}
      </p>
      <p className={styles.sentence}>{outcome.sentence}</p>
      <p className={styles.meaning}>{`${doneText(scenario, example.order.script)}${state}`}</p>
      <div className={styles.open}>
        <Button
          iconEnd={OpenIcon}
          aria-label={`Open the shortest: ${titleOf(found)} at ${where}`}
          onClick={() => onOpenRun(runOf(found))}
        >
          {`Open the shortest: ${countsText(story, 'fact')}`}
        </Button>
        <LinkTo found={found} where={where} onLink={onLink} />
      </div>
    </li>
  )
}

interface LinkToProps {
  found: OutcomeClass
  where: string
  onLink: OutcomeCardProps['onLink']
}

/** The link to the shortest run, made when it is asked for, and gone when a shorter one is found. */
function LinkTo({ found, where, onLink }: LinkToProps) {
  const [made, setMade] = useState<{ of: OutcomeClass['example']; link: RunLink } | null>(null)
  const link = made?.of === found.example ? made.link : null
  const title = titleOf(found)
  const toggle = async () => {
    const of = found.example
    setMade(link ? null : { of, link: await onLink(runOf(found)) })
  }
  return (
    <>
      <Button
        icon={LinkIcon}
        pressed={link !== null}
        aria-label={`Link to it: ${title} at ${where}`}
        onClick={toggle}
      >
        Link to it
      </Button>
      {link && (
        <div className={styles.link}>
          {link.ok ? (
            <CopyField label={`Link: ${title}`} value={link.address} />
          ) : (
            <ErrorSentence>{link.sentence}</ErrorSentence>
          )}
        </div>
      )}
    </>
  )
}

/** `duplicated effect in 7 facts`. */
function titleOf({ kind, example }: OutcomeClass): string {
  const { name } = OUTCOME_WORDS[kind]
  return `${name.toLowerCase()} in ${countsText(example.finding.story, 'fact')}`
}

/** How many faults it takes at least, as far as was seen. */
function needText({ unhurt, faults }: OutcomeClass): string {
  if (unhurt > 0) return ', without any fault too'
  return faults > 1 ? `, never with less than ${faults === 2 ? 'two' : 'three'} faults` : ''
}

/** `worker crashes at 2.4 s.` */
function doneText(scenario: Scenario, script: readonly Action[]): string {
  if (script.length === 0) return 'Nothing has to be done for it.'
  return script.map((action) => actionText(scenario, action)).join(' ')
}

const WHAT: Partial<Record<Action['do'], string>> = {
  crash: 'crashes',
  restartBroker: 'restarts',
  restart: 'starts again',
  cut: 'is cut',
  mend: 'works again',
}

function actionText(scenario: Scenario, action: Action): string {
  const id = placeOf(action)
  const atMs = action.atUs / 1000
  if (action.do === 'crashAt') {
    return `${ownerText(scenario, id)} crashes after the effect and before its acknowledgement.`
  }
  return `${ownerText(scenario, id)} ${WHAT[action.do] ?? `gets: ${action.do}`} at ${chosenIn(atMs, shownIn('ms', atMs))}.`
}

/** The node, link or broker that was acted on; '' for a message wherever it is. */
function placeOf(action: Action): string {
  if ('node' in action) return action.node
  if ('link' in action) return action.link
  if ('topic' in action) return action.topic
  if ('broker' in action) return action.broker
  return 'at' in action ? action.at : ''
}

/** The run stands at the fact that completes the outcome, with its message selected. */
function runOf(found: OutcomeClass): RunToOpen {
  const { order, finding } = found.example
  const { outcome, hash } = finding
  return {
    scenario: { ...order.scenario, seed: order.seed },
    script: order.script,
    title: titleOf(found),
    timeUs: outcome.timeUs,
    factIndex: completedAt(outcome),
    hash,
    ...(outcome.message !== undefined && { message: outcome.message }),
  }
}
