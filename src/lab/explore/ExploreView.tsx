/** Explore: one button, and then what can happen in this scenario, in classes with the shortest run that shows each. */
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { type ExplorePlan, FAULTS_MAX } from '../../history/experiments/explore.ts'
import { OUTCOME_KINDS, OUTCOME_WORDS } from '../../history/outcomes/outcome.ts'
import type { Scenario, Script } from '../../scenario/document.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { useSession } from '../../session/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorSentence } from '../../ui/ErrorSentence.tsx'
import { ExploreIcon, PlayIcon } from '../../ui/icons.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { Toggle } from '../../ui/Toggle.tsx'
import { isChanged } from '../changed.ts'
import styles from '../Lab.module.css'
import type { LabProps, RunLink, RunToOpen } from '../lab.ts'
import { Progress } from '../Progress.tsx'
import { countsText } from '../units.ts'
import cards from './Explore.module.css'
import {
  cancelExplore,
  changeExplore,
  type Explored,
  exploreState,
  type ExploreForm as Form,
  faultsOf,
  openExplore,
  RUNS_MAX,
  runExplore,
} from './exploreState.ts'
import { OutcomeCard } from './OutcomeCard.tsx'

const NO_SCRIPT: Script = []

interface ExploreProps extends LabProps {
  /** Makes the address under which a run opens on any machine. */
  onLink: (run: RunToOpen) => Promise<RunLink>
}

export function ExploreView({ inset, onOpenRun, onLink }: ExploreProps) {
  const scenario = useSession((state) => state.scenario)
  const branch = useSession((state) => state.branches.find(({ id }) => id === state.branchId))
  const { form, explored, running, failure } = useStore(exploreState)
  useEffect(() => openExplore(scenario), [scenario])
  const plan = planOf(scenario, branch?.script ?? NO_SCRIPT, branch?.seed ?? scenario.seed, form)
  const run = () => runExplore(plan)
  const planned = explored?.plan
  const isOld = useMemo(
    () => planned !== undefined && isChanged(planned, scenario, plan.script),
    [planned, scenario, plan.script],
  )
  return (
    <div className={styles.scroll} style={{ paddingInline: `${inset.left}px ${inset.right}px` }}>
      <div className={styles.view}>
        <h2 className={styles.title}>Explore</h2>
        <div className={styles.columns}>
          <section className={styles.form} aria-label="What to try">
            <Fields form={form} />
            {running ? (
              <Button onClick={cancelExplore}>Cancel</Button>
            ) : (
              <Button variant="solid" icon={PlayIcon} onClick={run}>
                {`Try ${countsText(form.runs, 'run')}`}
              </Button>
            )}
            <HowFar />
            {failure !== null && <ErrorSentence>{failure}</ErrorSentence>}
          </section>
          <section
            className={styles.result}
            aria-label="What can happen"
            data-empty={explored === null}
          >
            {explored === null ? (
              <EmptyState
                title="What can happen here?"
                icon={ExploreIcon}
                action={
                  <Button variant="solid" icon={PlayIcon} onClick={run}>
                    Explore this scenario
                  </Button>
                }
              >
                The same scenario runs under many seeds, and in each run a client crashes, a link is
                cut or a broker restarts at a telling moment, or two of these happen. What goes
                wrong is sorted into classes, each with the shortest run that shows it.
              </EmptyState>
            ) : (
              <>
                {isOld && (
                  <p className={styles.note}>
                    The scenario has changed since this exploration. Try again to see what that
                    does.
                  </p>
                )}
                <Classes
                  explored={explored}
                  running={running}
                  onOpenRun={onOpenRun}
                  onLink={onLink}
                />
              </>
            )}
          </section>
        </div>
      </div>
    </div>
  )
}

function planOf(scenario: Scenario, script: Script, seed: number, form: Form): ExplorePlan {
  const { runs, downMs, durationMs, faultsMax } = form
  const early = script.filter(({ atUs }) => atUs <= durationMs * 1000)
  return {
    scenario: { ...scenario, durationMs },
    script: early,
    seed,
    runs,
    downMs,
    faults: faultsOf(form),
    faultsMax,
  }
}

function Fields({ form }: { form: Form }) {
  return (
    <div className={styles.fields}>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Runs</legend>
        <div className={cards.two}>
          <NumberField
            label="At most"
            value={form.runs}
            min={1}
            max={RUNS_MAX}
            onCommit={(runs) => changeExplore({ runs })}
          />
          <NumberField
            label="Each for"
            unit="s"
            value={form.durationMs / 1000}
            min={0.001}
            max={LIMITS.durationMs / 1000}
            step={0.001}
            onCommit={(s) => changeExplore({ durationMs: Math.round(s * 1e6) / 1000 })}
          />
        </div>
      </fieldset>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>Faults</legend>
        <Toggle
          label="Crash a client"
          checked={form.crash}
          onChange={(crash) => changeExplore({ crash })}
        />
        <Toggle label="Cut a link" checked={form.cut} onChange={(cut) => changeExplore({ cut })} />
        <Toggle
          label="Restart a broker"
          checked={form.restart}
          onChange={(restart) => changeExplore({ restart })}
        />
        <div className={cards.two}>
          <NumberField
            label="In one run, at most"
            value={form.faultsMax}
            min={1}
            max={FAULTS_MAX}
            onCommit={(faultsMax) => changeExplore({ faultsMax })}
          />
          <NumberField
            label="Over after"
            unit="ms"
            value={form.downMs}
            min={0}
            max={LIMITS.delayMs}
            step={0.001}
            onCommit={(downMs) => changeExplore({ downMs })}
          />
        </div>
        <p className={styles.hint}>
          A fault comes at a fact of a client or between its effect and its acknowledgement, with
          something under way on a link, with a message just stored in a queue; the next one at such
          a point of the run that the first has hurt. Half of the runs have one fault. What was done
          in the open branch is done in every run.
        </p>
      </fieldset>
    </div>
  )
}

function HowFar() {
  const { explored, running, workers } = useStore(exploreState)
  if (!explored) return null
  const { done, total, classes } = explored
  const open = classes.filter(({ isShrunk }) => !isShrunk).length
  const text = running
    ? done < total
      ? `${done} of ${countsText(total, 'run')}, ${countsText(workers, 'worker')}`
      : `Making the shortest runs smaller: ${open} to go.`
    : done < total
      ? `Stopped after ${countsText(done, 'run')}.`
      : `${countsText(done, 'run')} tried.`
  return <Progress done={done} total={total} text={text} />
}

interface ClassesProps {
  explored: Explored
  running: boolean
  onOpenRun: ExploreProps['onOpenRun']
  onLink: ExploreProps['onLink']
}

function Classes({ explored, running, onOpenRun, onLink }: ClassesProps) {
  const { classes, done, isCertain, stopped } = explored
  const seen = new Set(classes.map(({ kind }) => kind))
  const unseen = OUTCOME_KINDS.filter((kind) => !seen.has(kind))
  const names = unseen.map((kind) => OUTCOME_WORDS[kind].name.toLowerCase()).join(', ')
  return (
    <>
      {isCertain && (
        <p className={styles.note}>
          Nothing in this scenario is random: all seeds give the same run, and its moments are tried
          one after another.
        </p>
      )}
      {stopped !== null && <p className={styles.note}>{stopped}</p>}
      {classes.length === 0 && done > 0 && !running && (
        <p className={cards.calm}>Nothing went wrong in any of these runs.</p>
      )}
      <ul className={cards.cards}>
        {classes.map((found, i) => (
          <OutcomeCard
            key={found.id}
            found={found}
            explored={explored}
            running={running}
            isFirst={classes[i - 1]?.kind !== found.kind}
            onOpenRun={onOpenRun}
            onLink={onLink}
          />
        ))}
      </ul>
      {classes.length > 0 && (
        <p className={styles.note}>
          Counted are the facts that tell an outcome: those about its message and what it came of,
          and the faults, up to the one that completes it. Set-up, travel on links and what concerns
          other messages are not counted.
        </p>
      )}
      {done > 0 && unseen.length > 0 && (
        <p className={styles.note}>
          {`Not seen: ${names}. That is no proof: other settings, more faults in one run or a longer run may show it.`}
        </p>
      )}
    </>
  )
}
