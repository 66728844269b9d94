/** Every question that can be asked about a run: a line here and a file beside it. */
import type { Asked } from './answer.ts'
import { answerDrawn } from './drawn.ts'
import { answerFrame } from './frame.ts'
import { answerHit } from './hit.ts'

/** What is asked while time passes is there with the engine. */
const AT_HAND = {
  drawn: answerDrawn,
  frame: answerFrame,
  hit: answerHit,
}

/** The others come when they are first asked, so that a page that only shows a run loads little. */
const ON_DEMAND = {
  causation: async () => (await import('./causation.ts')).answerCausation,
  cell: async () => (await import('./cell.ts')).answerCell,
  compare: async () => (await import('./compare.ts')).answerCompare,
  complete: async () => (await import('./complete.ts')).answerComplete,
  condition: async () => (await import('./condition.ts')).answerCondition,
  density: async () => (await import('./density.ts')).answerDensity,
  erasure: async () => (await import('./erasure.ts')).answerErasure,
  facts: async () => (await import('./facts.ts')).answerFacts,
  fates: async () => (await import('./fates.ts')).answerFates,
  findings: async () => (await import('./findings.ts')).answerFindings,
  hash: async () => (await import('./hash.ts')).answerHash,
  lanes: async () => (await import('./lanes.ts')).answerLanes,
  lanesHit: async () => (await import('./lanesHit.ts')).answerLanesHit,
  life: async () => (await import('./life.ts')).answerLife,
  matrix: async () => (await import('./matrix.ts')).answerMatrix,
  money: async () => (await import('./money.ts')).answerMoney,
  nextTrue: async () => (await import('./condition.ts')).answerNextTrue,
  reading: async () => (await import('./watch.ts')).answerReading,
  series: async () => (await import('./series.ts')).answerSeries,
  step: async () => (await import('./step.ts')).answerStep,
  storeLog: async () => (await import('./storeLog.ts')).answerStoreLog,
  watch: async () => (await import('./watch.ts')).answerWatch,
  why: async () => (await import('./why.ts')).answerWhy,
  twin: async () => (await import('./twin.ts')).answerTwin,
  violations: async () => (await import('./findings.ts')).answerViolations,
}

type OnDemand = typeof ON_DEMAND
type Answers = typeof AT_HAND & { [N in keyof OnDemand]: Awaited<ReturnType<OnDemand[N]>> }

export type QuestionName = keyof Answers

/** Each question's name with its argument and its answer. */
export type Questions = {
  [N in QuestionName]: {
    ask: Parameters<Answers[N]>[1]
    answer: Given<ReturnType<Answers[N]>>
  }
}

type Given<R> = R extends Generator<undefined, infer Answer, undefined> ? Answer : R

/** Answers at once, or in steps (`isInSteps`). */
export type Answer = (asked: Asked, ask: unknown) => unknown

/** What answers a question; a promise where that has to be loaded first. */
export function answerOf(name: QuestionName): Answer | Promise<Answer> {
  if (name in AT_HAND) return AT_HAND[name as keyof typeof AT_HAND] as Answer
  return ON_DEMAND[name as keyof OnDemand]() as Promise<Answer>
}

/** Whether an answer comes in steps. */
export function isInSteps(answer: unknown): answer is Generator<undefined, unknown, undefined> {
  return (
    typeof answer === 'object' && answer !== null && Symbol.iterator in answer && 'next' in answer
  )
}
