/**
 * What led to a message and what came of it, as a tree: the first of its chain, everything that was made of that,
 * and what it did in the world: a mail, a line on a printer. Causation is the message that each was made of; what has the same first one is correlated.
 */
import { Client } from '../../clients/client.ts'
import type { MessageLook } from '../../history/frame.ts'
import { lookOf } from '../../history/looks.ts'
import { effectText } from '../../history/views/view.ts'
import type { World } from '../../scenario/world.ts'
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
  /** What was done for it, in order of time: twice, if it was done twice. */
  effects: CausedEffect[]
}

export interface CausedEffect {
  node: string
  text: string
  atUs: number
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
  const effects = yield* effectsFor(history.live, children)
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
      effects: effects.get(id) ?? [],
    })
    for (const child of children.get(id) ?? []) visit(child, depth + 1)
  }
  visit(first, 0)
  return { messages: tree, cut }
}

/** Effects of the messages of a tree that are told: a reactor that begins again and again repeats them. */
const EFFECTS_MAX = 200

function* effectsFor(
  world: World,
  messages: ReadonlyMap<number, unknown>,
): Generator<undefined, Map<number, CausedEffect[]>, undefined> {
  const effects = new Map<number, CausedEffect[]>()
  let found = 0
  for (const { id: node } of world.scenario.nodes) {
    const client = world.part(node)
    // Who only keeps a table says nothing of what it does in the world.
    if (!(client instanceof Client && 'effect' in client.settings)) continue
    const { ledger } = client
    yield* inSteps(0, ledger.count, (from, to) => {
      for (let at = from; at < to && found < EFFECTS_MAX; at++) {
        const message = ledger.messageAt(at)
        if (!messages.has(message)) continue
        const known = effects.get(message) ?? []
        effects.set(message, known)
        const text = effectText(client, message).slice(0, BODY_MAX)
        known.push({ node, text, atUs: ledger.usAt(at) })
        found++
      }
    })
  }
  for (const known of effects.values()) known.sort((a, b) => a.atUs - b.atUs)
  return effects
}
