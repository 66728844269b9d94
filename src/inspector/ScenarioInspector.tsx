/** Nothing selected: the scenario as a whole, the numbers of the whole run, and what to try. */

import { lazy, Suspense } from 'react'
import { LIMITS } from '../scenario/schema/limits.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { ErrorSentence } from '../ui/ErrorSentence.tsx'
import { OpenIcon } from '../ui/icons.ts'
import { NumberField } from '../ui/NumberField.tsx'
import { Term } from '../ui/Term.tsx'
import { TextField } from '../ui/TextField.tsx'
import { openBranch, useAnswer } from './answer.ts'
import design from './design/design.module.css'
import { atMost, nameProblem } from './design/texts.tsx'
import { useEdit } from './editing.ts'
import styles from './Inspector.module.css'
import { DesignSection } from './Moments.tsx'
import { nodeSummary } from './nodeSummary.ts'
import { Readings, Table } from './Readings.tsx'
import tries from './ScenarioInspector.module.css'
import { Section } from './Section.tsx'
import { NodeLink } from './Selectable.tsx'
import { countText, momentText } from './timeText.ts'
import { whatToTry } from './whatToTry.ts'

const Money = lazy(() => import('./money/Money.tsx'))

export function ScenarioInspector() {
  const scenario = useSession((state) => state.scenario)
  const stores = scenario.nodes.flatMap(({ id, kind }) => (kind === 'eventStore' ? [id] : []))
  // Where events go on to others, what becomes of the money is the first question.
  const goesOn = scenario.nodes.some(({ kind }) => kind === 'relay')
  const money = stores.map((id) => (
    <Suspense key={id}>
      <Money store={id} />
    </Suspense>
  ))
  return (
    <>
      <header className={styles.head}>
        <div className={styles.kindRow}>
          <span className={styles.kind}>Scenario</span>
        </div>
        <h3 className={styles.name}>{scenario.title}</h3>
        {scenario.about && <p className={styles.sentence}>{scenario.about}</p>}
      </header>
      {goesOn && money}
      <Tries />
      {!goesOn && money}
      <WholeRun />
      <DesignSection>
        <ScenarioDesign />
      </DesignSection>
    </>
  )
}

function Tries() {
  const session = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const experiments = whatToTry(scenario)
  if (experiments.length === 0) return null
  return (
    <Section title="What to try">
      <ul className={tries.tries}>
        {experiments.map(({ node, sentence }) => (
          <li key={sentence}>
            <button
              type="button"
              className={tries.experiment}
              onClick={() => session.select({ type: 'node', id: node })}
            >
              <span>{sentence}</span>
              <OpenIcon aria-hidden="true" className={tries.icon} />
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const HASH =
  'A number that sums up every fact of the run. The same scenario, seed and acts give the same hash on every machine.'

function WholeRun() {
  const progress = useSession((state) => state.progress)
  const branch = useSession(openBranch)
  return (
    <Section title="The whole run" aside={`to ${momentText(progress.computedUs)}`}>
      {progress.stopped !== null && <ErrorSentence>{progress.stopped}</ErrorSentence>}
      <Readings
        of={[
          branch !== undefined && { name: 'Branch', value: branch.name },
          { name: 'Facts', value: countText(progress.factCount) },
          {
            name: <Term meaning={HASH}>Hash</Term>,
            // Mounted with the run that it sums up, so that it never shows the hash of less.
            value: progress.done ? <Hash key={branch?.id} /> : NOT_YET,
          },
        ]}
      />
      <Nodes />
    </Section>
  )
}

/** What stands where an answer is still under way. */
const NOT_YET = '…'

function Hash() {
  const factIndex = useSession((state) => state.progress.factCount)
  const { answer } = useAnswer('hash', String(factIndex), { factIndex })
  return <code>{answer ?? NOT_YET}</code>
}

/** The nodes keep their rows while the run is computed anew; what is not known of them is not guessed. */
function Nodes() {
  const nodes = useSession((state) => state.scenario.nodes)
  const { factCount, done } = useSession((state) => state.progress)
  const hasBegun = done || factCount > 0
  const { answer } = useAnswer('frame', hasBegun ? 'end' : 'begin', { factIndex: factCount })
  const states = new Map(hasBegun ? answer?.frame.nodes.map((state) => [state.id, state]) : [])
  const isEnd = done && answer?.frame.factIndex === factCount
  if (nodes.length === 0) return null
  return (
    <Table
      label={isEnd ? 'Each node at the end of the run' : 'Each node so far'}
      columns={[{ name: 'Node' }, { name: isEnd ? 'At the end' : 'So far' }]}
      rows={nodes.map(({ id }) => {
        const state = states.get(id)
        return {
          key: id,
          cells: [<NodeLink key="node" id={id} />, state ? nodeSummary(state) : NOT_YET],
        }
      })}
    />
  )
}

function ScenarioDesign() {
  const edit = useEdit()
  const scenario = useSession((state) => state.scenario)
  const { title, about = '', seed, durationMs, beginsAt = '' } = scenario
  return (
    <div className={design.fields}>
      <TextField
        label="Title"
        value={title}
        validate={(text) => nameProblem(text, LIMITS.titleChars)}
        onCommit={(text) => edit({ edit: 'changeScenario', changes: { title: text.trim() } })}
      />
      <TextField
        multiline
        label="About"
        hint="What it shows and what to try, in one or two sentences."
        value={about}
        validate={(text) => atMost(text, LIMITS.aboutChars)}
        onCommit={(text) =>
          edit({ edit: 'changeScenario', changes: { about: text.trim() || undefined } })
        }
      />
      <NumberField
        inline
        label="Duration"
        unit="s"
        min={0.001}
        max={LIMITS.durationMs / 1000}
        step={0.1}
        value={durationMs / 1000}
        onCommit={(s) =>
          edit({ edit: 'changeScenario', changes: { durationMs: Math.round(s * 1000) } })
        }
      />
      <TextField
        inline
        label="Begins at"
        hint="What the clock on the wall says at the beginning, as 14:00. Moments of the run then have a time of day."
        placeholder="no time of day"
        value={beginsAt}
        validate={timeOfDayProblem}
        onCommit={(text) =>
          edit({ edit: 'changeScenario', changes: { beginsAt: timeOfDay(text) || undefined } })
        }
      />
      <NumberField
        inline
        label="Seed"
        hint="All chance in a run comes from it: the same seed gives the same run."
        min={0}
        max={Number.MAX_SAFE_INTEGER}
        value={seed}
        onCommit={(next) => edit({ edit: 'changeScenario', changes: { seed: next } })}
      />
    </div>
  )
}

/** `9:05` is 09:05. */
function timeOfDay(text: string): string {
  return text.trim().replace(/^\d:/, '0$&')
}

function timeOfDayProblem(text: string): string | undefined {
  const isOne = text.trim() === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(timeOfDay(text))
  return isOne ? undefined : 'Write a time of day, such as 14:00, or nothing.'
}
