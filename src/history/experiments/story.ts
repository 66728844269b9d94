/**
 * How many facts it takes to tell an outcome: those about its messages and what they came of, and the
 * crashes, restarts and cuts on the way, up to the fact that completes it. Set-up and travel on links are left out,
 * as they are in the log.
 */
import { AMQP_FACTS } from '../../brokers/amqp/facts.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { PIPE_FACTS } from '../../engine/pipe.ts'
import type { Records } from '../../engine/records.ts'
import type { World } from '../../scenario/world.ts'
import type { Outcome } from '../outcomes/outcome.ts'
import { factKind } from '../vocabulary.ts'

const FAULTS = new Set<number>([CLIENT_FACTS.crashed, CLIENT_FACTS.restarted, AMQP_FACTS.restarted])

/** A link is two pipes, and each tells of the cut. */
const CUTS = new Set<number>([PIPE_FACTS.cut, PIPE_FACTS.mended])

/** Kinds whose `message` is no message but a row or a key. */
const SET_UP = new Set<number>([AMQP_FACTS.bound, AMQP_FACTS.unbound])

export function storyOf({ records, scenario }: World, outcome: Outcome): number {
  const { facts } = records
  const family = familyOf(records, outcome)
  const own = new Set(outcome.factIndexes)
  const last = outcome.factIndexes.at(-1) ?? 0
  let count = 0
  let index = 0
  facts.each(0, last + 1, (_timeUs, kind, part, message) => {
    if (own.has(index++)) count++
    else if (FAULTS.has(kind)) count++
    else if (CUTS.has(kind)) {
      if ((part - scenario.nodes.length) % 2 === 0) count++
    } else if (family.has(message) && !SET_UP.has(kind)) {
      const { tone } = factKind(kind)
      if (tone !== 'setup' && tone !== 'link') count++
    }
  })
  return count
}

/** The messages of an outcome's facts with their ancestors, and what came of those on the way. */
function familyOf({ facts, messages }: Records, outcome: Outcome): Set<number> {
  const family = new Set<number>()
  const add = (message: number) => {
    for (let at = message; at >= 0 && !family.has(at); at = messages.parent(at)) family.add(at)
  }
  if (outcome.message !== undefined) add(outcome.message)
  for (const index of outcome.factIndexes) {
    const message = facts.message(index)
    const { tone } = factKind(facts.kind(index))
    if (tone !== 'setup' && message >= 0 && message < messages.count) add(message)
  }
  return family
}
