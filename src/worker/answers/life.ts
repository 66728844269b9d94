/** A message's whole life, with those of its ancestors and descendants. */
import type { FactLine } from '../../history/answers.ts'
import type { MessageLook } from '../../history/frame.ts'
import { LifeReader } from '../../history/lines.ts'
import { lookOf } from '../../history/looks.ts'
import { type Asked, inSteps } from './answer.ts'

interface Life {
  look: MessageLook
  body: string
  parent: number
  children: number[]
  /** Looks of its parent and children, which the frame may not show. */
  kin: MessageLook[]
  facts: FactLine[]
}

const CHILDREN_MAX = 100

export function* answerLife(
  { history }: Asked,
  { message }: { message: number },
): Generator<undefined, Life, undefined> {
  const { records } = history.live
  const { messages } = records
  if (!(message >= 0 && message < messages.count)) {
    throw new Error(`There is no message ${message} in this run.`)
  }
  const children: number[] = []
  yield* inSteps(message + 1, messages.count, (from, to) => {
    for (let id = from; id < to && children.length < CHILDREN_MAX; id++) {
      if (messages.parent(id) === message) children.push(id)
    }
  })
  const life = new LifeReader(history, message)
  yield* inSteps(0, history.factCount, (from, to) => life.read(from, to))
  const parent = messages.parent(message)
  return {
    look: lookOf(records, message),
    body: records.body(message),
    parent,
    children,
    kin: [parent, ...children].filter((id) => id >= 0).map((id) => lookOf(records, id)),
    facts: life.lines(),
  }
}
