/** One class of outcomes: what it is, how often it was seen, and the shortest run that shows it. */
import type { OutcomeClass } from '../../history/experiments/explore.ts'
import { OUTCOME_WORDS } from '../../history/outcomes/outcome.ts'
import type { Action, Scenario } from '../../scenario/document.ts'
import { Button } from '../../ui/Button.tsx'
import { OpenIcon } from '../../ui/icons.ts'
import type { LabProps, RunToOpen } from '../lab.ts'
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
}

export function OutcomeCard({ found, explored, running, isFirst, onOpenRun }: OutcomeCardProps) {
  const { kind, runs, unhurt, example, isShrunk } = found
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
        {`In ${runs.toLocaleString('en')} of ${countsText(explored.done, 'run')}${unhurt > 0 ? ', without any fault too' : ''}.`}
      </p>
      <p className={styles.sentence}>{outcome.sentence}</p>
      <p className={styles.meaning}>{`${doneText(scenario, example.order.script)}${state}`}</p>
      <div className={styles.open}>
        <Button
          iconEnd={OpenIcon}
          aria-label={`Open the shortest: ${name.toLowerCase()} at ${where} in ${countsText(story, 'fact')}`}
          onClick={() => onOpenRun(runOf(found))}
        >
          {`Open the shortest: ${countsText(story, 'fact')}`}
        </Button>
      </div>
    </li>
  )
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
function runOf({ kind, example }: OutcomeClass): RunToOpen {
  const { order, finding } = example
  const { outcome, story } = finding
  return {
    scenario: { ...order.scenario, seed: order.seed },
    script: order.script,
    title: `${OUTCOME_WORDS[kind].name.toLowerCase()} in ${countsText(story, 'fact')}`,
    timeUs: outcome.timeUs,
    factIndex: (outcome.factIndexes.at(-1) ?? 0) + 1,
    ...(outcome.message !== undefined && { message: outcome.message }),
  }
}
