/** The article's Python program, to be run and changed: what it prints, and each event lit as its loop folds it. */
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../ui/Button.tsx'
import { ErrorSentence } from '../../ui/ErrorSentence.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import {
  PlayIcon,
  RestartIcon,
  StepBackIcon,
  StepForwardIcon,
  StopIcon,
  ToEndIcon,
  ToStartIcon,
} from '../../ui/icons.ts'
import { Editor } from '../edit/Editor.tsx'
import { ARTICLE } from './article.ts'
import styles from './Python.module.css'
import { lookAt, type PythonState, python, run, type ShownStep, stopRunning, write } from './run.ts'

/** While nobody steps by hand, the steps go on by themselves: slowly enough to be followed. */
const STEP_MS = 700

const NO_LINES: readonly (readonly [number, number])[] = []

export default function Python() {
  const state = useStore(python)
  const { source, is, end, steps, at } = state
  const lit = useMemo(() => litLines(steps[at]), [steps, at])
  const problem = end && !end.ok ? end : null
  useEffect(() => {
    // What runs would run on unseen.
    return () => {
      if (python.getState().is === 'running') stopRunning()
    }
  }, [])
  return (
    <div className={styles.columns}>
      <section className={styles.program} aria-label="Python program">
        <div className={styles.field}>
          <Editor
            label="Program in Python"
            language="python"
            text={source}
            onChange={write}
            problem={problem}
            lit={lit}
          />
        </div>
        <div className={styles.buttons}>
          {is === 'running' ? (
            <Button icon={StopIcon} onClick={stopRunning}>
              Stop
            </Button>
          ) : (
            <Button variant="solid" icon={PlayIcon} onClick={run}>
              Run
            </Button>
          )}
          {source !== ARTICLE && (
            <Button variant="ghost" icon={RestartIcon} onClick={() => write(ARTICLE)}>
              The article’s text again
            </Button>
          )}
        </div>
        <p className={styles.hint}>
          It runs in this browser, in MicroPython: json, re and math are there, the network and
          files are not.
        </p>
      </section>
      <section className={styles.result} aria-label="What it does">
        <h3 className={styles.heading}>Output</h3>
        <pre className={styles.output} aria-live="polite">
          {outputText(state)}
        </pre>
        {problem && (
          <ErrorSentence>
            {problem.line === null ? problem.sentence : `Line ${problem.line}: ${problem.sentence}`}
          </ErrorSentence>
        )}
        <Steps state={state} />
      </section>
    </div>
  )
}

function litLines(step: ShownStep | undefined): readonly (readonly [number, number])[] {
  if (!step) return NO_LINES
  const loop = [step.line, step.line] as const
  return step.lines ? [step.lines, loop] : [loop]
}

/** All of it at the end; before, what had been printed by then. */
function outputText({ is, output, steps, at }: PythonState): string {
  if (is === 'ready') return 'Run the program to see what it prints.'
  const step = is === 'ended' ? steps[at] : undefined
  return step ? output.slice(0, step.printed) : output
}

function Steps({ state }: { state: PythonState }) {
  const { steps, at, is } = state
  useSteppingOn(is === 'ended' && steps.length > 0)
  if (steps.length === 0) return null
  const loops = steps.filter(({ index }) => index >= 0)
  return (
    <>
      <div className={styles.head}>
        <h3 className={styles.heading}>Steps of its loops</h3>
        <span className={styles.buttons}>
          <IconButton
            icon={ToStartIcon}
            label="First step"
            size="small"
            onClick={() => byHand(0)}
          />
          <IconButton
            icon={StepBackIcon}
            label="Step back"
            size="small"
            onClick={() => byHand(at - 1)}
          />
          <IconButton
            icon={StepForwardIcon}
            label="Step on"
            size="small"
            onClick={() => byHand(at + 1)}
          />
          <IconButton
            icon={ToEndIcon}
            label="To the end"
            size="small"
            onClick={() => byHand(steps.length)}
          />
        </span>
      </div>
      <ol className={styles.steps} aria-label="Steps">
        {steps.slice(0, SHOWN_MAX).map((step, i) =>
          step.index < 0 ? null : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step's place is its identity
            <li key={i}>
              <button
                type="button"
                className={styles.step}
                data-lit={i === at}
                data-folded={i < at}
                aria-current={i === at ? 'step' : undefined}
                onClick={() => byHand(i)}
              >
                <span className={styles.item}>{step.written}</span>
                <span className={styles.values}>{valuesAfter(steps, i)}</span>
              </button>
            </li>
          ),
        )}
      </ol>
      {loops.length > SHOWN_MAX && (
        <p
          className={styles.hint}
        >{`The first ${SHOWN_MAX} of ${loops.length} steps are listed.`}</p>
      )}
    </>
  )
}

const SHOWN_MAX = 200

/** What a step changed: the values that are others at the next one. */
function valuesAfter(steps: readonly ShownStep[], i: number): string {
  const before = steps[i]?.values ?? {}
  const after = steps[i + 1]?.values ?? before
  const changed = Object.entries(after).filter(([name, value]) => before[name] !== value)
  const shown = changed.length > 0 ? changed : Object.entries(after).slice(0, 1)
  return shown.map(([name, value]) => `${name} = ${value}`).join(', ')
}

let isByHand = false

function byHand(step: number): void {
  isByHand = true
  lookAt(step)
}

/** After a run its steps are gone through once, unless a person steps or wants no motion. */
function useSteppingOn(isOn: boolean): void {
  const end = useStore(python, (state) => state.end)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another end is another run
  useEffect(() => {
    if (!isOn) return
    isByHand = false
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      lookAt(Number.MAX_SAFE_INTEGER)
      return
    }
    const timer = setInterval(() => {
      const { at, steps } = python.getState()
      if (isByHand || at >= steps.length) clearInterval(timer)
      else lookAt(at + 1)
    }, STEP_MS)
    return () => clearInterval(timer)
  }, [isOn, end])
}
