/** Runs a trace against the family that models its broker and names the first step that differs. */
import { describeDifference, differs } from './compare.ts'
import { RabbitmqDriver } from './rabbitmq.ts'
import type { Observation, Trace, TraceStep } from './trace.ts'

/** Sends the operations of a trace to a family and observes what comes of each. */
export interface Driver {
  /** Throws `Unknown` for an operation or argument that the family does not have. */
  step(step: TraceStep): Observation
}

/** The family does not have this: the case fails, it is not skipped. */
export class Unknown extends Error {
  override name = 'Unknown'
}

export type Verdict =
  | { passed: true }
  | {
      passed: false
      step: number
      op: string
      expected: Observation
      seen: Observation
      sentence: string
    }

/** A new family for each case, by the broker's name in traces. */
const DRIVERS: Record<string, () => Driver> = {
  rabbitmq: () => new RabbitmqDriver(),
}

export function runTrace(trace: Trace): Verdict {
  const make = DRIVERS[trace.broker]
  if (!make) {
    return failed(0, trace.steps[0], {}, `no family models the broker ${trace.broker}`)
  }
  const driver = make()
  for (const [i, step] of trace.steps.entries()) {
    let seen: Observation
    try {
      seen = driver.step(step)
    } catch (error) {
      if (error instanceof Unknown) return failed(i, step, {}, error.message)
      const text = error instanceof Error ? error.message : String(error)
      return failed(i, step, {}, `the family threw: ${text}`)
    }
    if (differs(step.expect, seen))
      return failed(i, step, seen, describeDifference(step.expect, seen))
  }
  return { passed: true }
}

function failed(
  step: number,
  at: TraceStep | undefined,
  seen: Observation,
  sentence: string,
): Verdict {
  return { passed: false, step, op: at?.op ?? '', expected: at?.expect ?? {}, seen, sentence }
}
