/**
 * What led to a message and what came of it, as a tree: the first of its chain, and everything that was made
 * of that. Causation is the message that each was made of; what has the same first one is correlated.
 */
import type { MessageLook } from '../../history/frame.ts'
import { lookOf } from '../../history/looks.ts'
import { type Asked, inSteps } from './answer.ts'

/** Messages of one tree: more cannot be read. */
const TREE_MAX = 200
const BODY_MAX = 120

/** A message in the tree, in the order in which a reader goes through it. */
export interface CausedMessage {
  look: MessageLook
  /** How deep: 0 is the first of the chain. */
  depth: number
  parent: number
  /** Its type, for an event; else its key or ''. */
  key: string
  body: string
  bornUs: number
  /** Scenario id of the node that made it; '' if a person did. */
  source: string
}

export interface Causation {
  messages: CausedMessage[]
  cut: boolean
}

export function* answerCausation(
  { history }: Asked,
  { message }: { message: number },
): Generator<undefined, Causation, undefined> {
  const { records, scenario } = history.live
  const { messages } = records
  if (!(message >= 0 && message < messages.count)) {
    throw new Error(`There is no message ${message} in this run.`)
  }
  let first = message
  while (messages.parent(first) >= 0) first = messages.parent(first)
  const children = new Map<number, number[]>([[first, []]])
  let found = 1
  let cut = false
  yield* inSteps(first + 1, messages.count, (from, to) => {
    for (let id = from; id < to; id++) {
      const siblings = children.get(messages.parent(id))
      if (!siblings) continue
      cut ||= found >= TREE_MAX
      if (found >= TREE_MAX && id !== message) continue
      siblings.push(id)
      children.set(id, [])
      found++
    }
  })
  const tree: CausedMessage[] = []
  const visit = (id: number, depth: number) => {
    const key = messages.key(id)
    tree.push({
      look: lookOf(records, id),
      depth,
      parent: messages.parent(id),
      key: key === -1 ? '' : records.strings.text(key),
      body: records.body(id).slice(0, BODY_MAX),
      bornUs: messages.bornUs(id),
      source: scenario.nodes[messages.source(id)]?.id ?? '',
    })
    for (const child of children.get(id) ?? []) visit(child, depth + 1)
  }
  visit(first, 0)
  return { messages: tree, cut }
}
