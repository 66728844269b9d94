/** The tasks of experiments, each computed in steps: at once in a worker, slice by slice on a page that can have none. */
import '../history/everything.ts'
import type { Law } from '../history/experiments/closedForms.ts'
import { MeasuredRun, type RunResult } from '../history/experiments/measuredRun.ts'
import type { Measure } from '../history/experiments/measures.ts'
import { type ProbeOrder, type ProbeResult, ProbeRun } from '../history/experiments/probe.ts'
import {
  type SweepCell,
  type SweepPlan,
  sweepOrder,
  theoryAt,
} from '../history/experiments/sweep.ts'

/** Each name with what is asked and what is answered. */
export interface Tasks {
  /** One run of a sweep. */
  sweep: { ask: { plan: SweepPlan; cell: SweepCell }; answer: RunResult }
  /** One run of an exploration. */
  probe: { ask: ProbeOrder; answer: ProbeResult }
  /** What theory says of a measure at values of the setting. */
  theory: { ask: { plan: SweepPlan; measure: Measure; values: number[] }; answer: Law[] }
}

export type TaskName = keyof Tasks
export type Task = { [N in TaskName]: { name: N; ask: Tasks[N]['ask'] } }[TaskName]

/** Computes a task in steps of about `facts` facts. */
export interface Computation {
  /** Returns whether there is more to do. */
  advance(facts: number): boolean
  answer(): unknown
  /** Gives back what it held. */
  close(): void
}

/** Throws where the task cannot be: the message is a sentence for the person. */
export function computationOf(task: Task): Computation {
  switch (task.name) {
    case 'sweep': {
      const { plan, cell } = task.ask
      const made = sweepOrder(plan, cell)
      if (!made.ok) throw new Error(made.sentence)
      const run = new MeasuredRun(made.order)
      return {
        advance: (facts) => run.advance(facts),
        answer: () => run.result(),
        close: () => run.history.close(),
      }
    }
    case 'probe': {
      const run = new ProbeRun(task.ask)
      return {
        advance: (facts) => run.advance(facts),
        answer: () => run.result(),
        close: () => run.history.close(),
      }
    }
    case 'theory': {
      const { plan, measure, values } = task.ask
      return { advance: () => false, answer: () => theoryAt(plan, measure, values), close() {} }
    }
  }
}
