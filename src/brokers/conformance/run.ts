/** Runs a trace against the family that models its broker and names the first step that differs. */
import { describeDifference, differs } from './compare.ts'
import { type Driver, Unknown } from './runner.ts'
import { runnerOf } from './runners.ts'
import type { Observation, Trace, TraceStep } from './trace.ts'

export type Verdict =
  | { outcome: 'passed' }
  | { outcome: 'skipped'; reason: string }
  | {
      outcome: 'failed'
      /** Index of the first step that differs. */
      step: number
      op: string
      expected: Observation
      seen: Observation
      sentence: string
    }

/** Plays a case from its beginning. The same trace gives the same verdict everywhere. */
export function runTrace(trace: Trace): Verdict {
  const runner = runnerOf(trace.broker)
  if (!runner) return failed(0, trace.steps[0], {}, `no family models the broker ${trace.broker}`)
  const reason = runner.exempt?.[trace.name]
  if (reason !== undefined && trace.features?.includes('broker-quirk')) {
    return { outcome: 'skipped', reason }
  }
  const normal = (observation: Observation, step: TraceStep) =>
    runner.normal?.(observation, step, trace) ?? observation
  const driver = runner.start(trace)
  for (const [i, step] of trace.steps.entries()) {
    const seen = observe(driver, step)
    if (typeof seen === 'string') return failed(i, step, {}, seen)
    const [a, b] = [normal(step.expect, step), normal(seen, step)]
    if (differs(a, b)) return failed(i, step, seen, describeDifference(a, b))
  }
  return { outcome: 'passed' }
}

/** What a step shows, or the sentence that says why it shows nothing. */
function observe(driver: Driver, step: TraceStep): Observation | string {
  try {
    return driver.step(step)
  } catch (error) {
    if (error instanceof Unknown) return error.message
    return `the family threw: ${error instanceof Error ? error.message : String(error)}`
  }
}

function failed(
  step: number,
  at: TraceStep | undefined,
  seen: Observation,
  sentence: string,
): Verdict {
  const expected = at?.expect ?? {}
  return { outcome: 'failed', step, op: at?.op ?? '', expected, seen, sentence }
}
