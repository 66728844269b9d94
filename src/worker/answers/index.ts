/** Every question that can be asked about a run: a line here and a file beside it. */
import type { Asked } from './answer.ts'
import { answerCompare } from './compare.ts'
import { answerComplete } from './complete.ts'
import { answerCondition, answerNextTrue } from './condition.ts'
import { answerDensity } from './density.ts'
import { answerDrawn } from './drawn.ts'
import { answerFacts } from './facts.ts'
import { answerFindings } from './findings.ts'
import { answerFrame } from './frame.ts'
import { answerHash } from './hash.ts'
import { answerHit } from './hit.ts'
import { answerLanes } from './lanes.ts'
import { answerLanesHit } from './lanesHit.ts'
import { answerLife } from './life.ts'
import { answerSeries } from './series.ts'
import { answerStep } from './step.ts'
import { answerTwin } from './twin.ts'
import { answerWhy } from './why.ts'

export const ANSWERS = {
  compare: answerCompare,
  complete: answerComplete,
  condition: answerCondition,
  density: answerDensity,
  drawn: answerDrawn,
  facts: answerFacts,
  findings: answerFindings,
  frame: answerFrame,
  hash: answerHash,
  hit: answerHit,
  lanes: answerLanes,
  lanesHit: answerLanesHit,
  life: answerLife,
  nextTrue: answerNextTrue,
  series: answerSeries,
  step: answerStep,
  twin: answerTwin,
  why: answerWhy,
}

export type QuestionName = keyof typeof ANSWERS

/** Each question's name with its argument and its answer. */
export type Questions = {
  [N in QuestionName]: {
    ask: Parameters<(typeof ANSWERS)[N]>[1]
    answer: Given<ReturnType<(typeof ANSWERS)[N]>>
  }
}

type Given<R> = R extends Generator<undefined, infer Answer, undefined> ? Answer : R

/** The answer, or the steps that lead to it. */
export function answerTo(name: QuestionName, asked: Asked, ask: unknown): unknown {
  return ANSWERS[name](asked, ask as never)
}

/** Whether an answer comes in steps. */
export function isInSteps(answer: unknown): answer is Generator<undefined, unknown, undefined> {
  return (
    typeof answer === 'object' && answer !== null && Symbol.iterator in answer && 'next' in answer
  )
}
