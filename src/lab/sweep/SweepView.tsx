/** The sweep: on the left what to vary and measure, on the right what came of it, as a chart and as a table. */
// What can be measured is read off a world of the scenario, whatever its families.
import '../../history/everything.ts'
import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { measuresOf } from '../../history/experiments/measures.ts'
import { settingsOf } from '../../history/experiments/settings.ts'
import type { Scenario, Script } from '../../scenario/document.ts'
import { useSession } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorSentence } from '../../ui/ErrorSentence.tsx'
import { PlayIcon, SweepIcon } from '../../ui/icons.ts'
import { isChanged } from '../changed.ts'
import styles from '../Lab.module.css'
import type { LabProps } from '../lab.ts'
import { Progress } from '../Progress.tsx'
import { countsText } from '../units.ts'
import { measureText, ownerText, settingText } from '../words.ts'
import { SweepChart } from './SweepChart.tsx'
import { SweepForm } from './SweepForm.tsx'
import { cancelSweep, openSweep, planOf, runSweep, sweepState } from './sweepState.ts'

export function SweepView({ inset, onOpenRun }: LabProps) {
  const scenario = useSession((state) => state.scenario)
  const script = useSession(
    (state) => state.branches.find(({ id }) => id === state.branchId)?.script ?? NO_SCRIPT,
  )
  useEffect(() => openSweep(scenario), [scenario])
  return (
    <div className={styles.scroll} style={{ paddingInline: `${inset.left}px ${inset.right}px` }}>
      <div className={styles.view}>
        <h2 className={styles.title}>Sweep</h2>
        <Bench scenario={scenario} script={script} onOpenRun={onOpenRun} />
      </div>
    </div>
  )
}

const NO_SCRIPT: Script = []

interface BenchProps {
  scenario: Scenario
  script: Script
  onOpenRun: LabProps['onOpenRun']
}

function Bench({ scenario, script, onOpenRun }: BenchProps) {
  const { form, sweep, running, failure } = useStore(sweepState)
  const result = useRef<HTMLElement>(null)
  const swept = sweep?.plan
  const isOld = useMemo(
    () => swept !== undefined && isChanged(swept, scenario, script),
    [swept, scenario, script],
  )
  const settings = useMemo(() => settingsOf(scenario), [scenario])
  const measures = useMemo(() => measuresOf(scenario), [scenario])
  const setting = settings.find(({ id }) => id === form?.settingId)
  const measure = measures.find(({ id }) => id === form?.measureId)
  if (!form || !setting || !measure) return <NothingToVary />
  const plan = planOf(scenario, script, form, setting, measure)
  const runs = plan.values.length * plan.seeds.length
  const run = () => {
    runSweep(plan)
    // Where the chart lies below the fields, it comes into view.
    requestAnimationFrame(() => result.current?.scrollIntoView({ block: 'nearest' }))
  }
  return (
    <div className={styles.columns}>
      <section className={styles.form} aria-label="What to sweep">
        <SweepForm {...{ scenario, form, settings, measures, setting, measure }} />
        {running ? (
          <Button onClick={cancelSweep}>Cancel</Button>
        ) : (
          <Button variant="solid" icon={PlayIcon} onClick={run}>
            {`Run ${countsText(runs, 'run')}`}
          </Button>
        )}
        <HowFar />
        {failure !== null && <ErrorSentence>{failure}</ErrorSentence>}
      </section>
      <section
        ref={result}
        className={styles.result}
        aria-label="What came of it"
        data-empty={sweep === null}
      >
        {sweep === null ? (
          <EmptyState
            title="What changes with what?"
            icon={SweepIcon}
            action={
              <Button variant="solid" icon={PlayIcon} onClick={run}>
                Run this sweep
              </Button>
            }
          >
            {`A sweep runs this scenario with one setting at several values, each under several seeds, and draws what comes of it as a curve. To begin with: the ${settingText(setting)} of ${ownerText(scenario, setting.owner)}, and in ${ownerText(scenario, measure.node)} the ${measureText(measure)}.`}
          </EmptyState>
        ) : (
          <>
            {isOld && (
              <p className={styles.note}>
                The scenario has changed since this sweep. Run it again to see what that does.
              </p>
            )}
            <SweepChart sweep={sweep} measure={measure} onOpenRun={onOpenRun} />
          </>
        )}
      </section>
    </div>
  )
}

function HowFar() {
  const { sweep, running, workers } = useStore(sweepState)
  if (!sweep) return null
  const { done, total } = sweep
  const ended = done === total ? 'All runs are done.' : `Stopped after ${countsText(done, 'run')}.`
  const underWay = `${done} of ${countsText(total, 'run')}, ${countsText(workers, 'worker')}`
  return <Progress done={done} total={total} text={running ? underWay : ended} />
}

function NothingToVary() {
  return (
    <EmptyState title="Nothing to vary yet" icon={SweepIcon}>
      A sweep varies a number of a node or a link. Add a producer, a queue and a consumer first.
    </EmptyState>
  )
}
