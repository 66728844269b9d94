/** Why: the facts that led to a fact, to where a message is, or to a number; and what a fact led to. */
import type { WhyAnswer, WhyStep, WhySubject } from '../../history/answers.ts'
import type { History } from '../../history/history.ts'
import { lineOf } from '../../history/lines.ts'
import { factsOfNumber } from '../../history/why/number.ts'
import { type Steps, Trail } from '../../history/why/trail.ts'
import { type Step, Why } from '../../history/why/why.ts'
import type { Asked } from './answer.ts'

/** One a run: what was found once stays true. */
const whys = new WeakMap<History, Why>()

export function* answerWhy({ history }: Asked, subject: WhySubject): Steps<WhyAnswer> {
  const why = whys.get(history) ?? new Why(history.live)
  whys.set(history, why)
  if (subject.type === 'number') {
    const made = yield* factsOfNumber(history, subject.node, subject.name, subject.factIndex)
    const steps = (made?.indexes ?? []).map((index) => stepOf(history, { index, causes: [] }))
    return {
      subject: null,
      steps,
      cut: (made?.changes ?? made?.total ?? 0) > steps.length,
      total: made?.total ?? null,
      changes: made?.changes ?? null,
      effects: [],
      effectsCut: false,
    }
  }
  const index = yield* indexOf(history, subject)
  if (index === null)
    return {
      ...{ subject: null, steps: [], cut: false, total: null, changes: null },
      ...{ effects: [], effectsCut: false },
    }
  const chain = yield* why.chain(index)
  const effects = yield* why.effects(index)
  return {
    subject: stepOf(history, { index, causes: why.causesOf(index) }),
    steps: chain.steps.map((step) => stepOf(history, step)),
    cut: chain.cut,
    total: null,
    changes: null,
    effects: effects.steps.map((step) => stepOf(history, step)),
    effectsCut: effects.cut,
  }
}

/** The fact that is meant; of a message the latest that it took part in up to a moment. */
function* indexOf(
  history: History,
  subject: Exclude<WhySubject, { type: 'number' }>,
): Steps<number | null> {
  const count = history.factCount
  if (subject.type === 'fact')
    return subject.index >= 0 && subject.index < count ? subject.index : null
  const trail = new Trail(history.live)
  const upTo = Math.min(subject.factIndex, count)
  const fact = yield* trail.latestAboutInSteps(subject.message, upTo)
  return fact?.index ?? null
}

function stepOf(history: History, { index, causes }: Step): WhyStep {
  return { line: lineOf(history, index), causes }
}
