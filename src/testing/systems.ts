/**
 * Random systems in which something happens: scenarios of one family (or all), with every node linked to
 * what it can be linked to, and a script of faults. `arbitrary.ts` draws designs; this draws runs.
 */
import fc from 'fast-check'
import type { NodeKind, Scenario } from '../scenario/document.ts'
import { whyNotLinked } from '../scenario/schema/references.ts'
import { type Run, scenarios, scripts } from './arbitrary.ts'

/** Kinds that make a whole together; senders and receivers several times, so that they are drawn often. */
const FAMILIES: readonly (readonly NodeKind[])[] = [
  ['producer', 'producer', 'exchange', 'queue', 'queue', 'consumer', 'consumer', 'consumer'],
  ['producer', 'producer', 'sqsQueue', 'sqsQueue', 'pollingConsumer', 'pollingConsumer'],
  ['producer', 'producer', 'topic', 'groupConsumer', 'groupConsumer', 'groupConsumer'],
  ['producer', 'producer', 'commandHandler', 'eventStore', 'projection', 'relay', 'topic', 'queue'],
  ['producer', 'commandHandler', 'eventStore', 'projection', 'processManager', 'commandHandler'],
  ['producer', 'producer', 'service', 'service', 'queue', 'consumer', 'topic', 'groupConsumer'],
  [
    'producer',
    'queue',
    'consumer',
    'topic',
    'groupConsumer',
    'commandHandler',
    'eventStore',
    'relay',
  ],
]

/** A system with a script and a seed. */
export const systems: fc.Arbitrary<Run> = fc
  .tuple(fc.constantFrom(...FAMILIES), fc.constantFrom(0, 0, 20, 250), fc.constantFrom(1, 2))
  .chain(([kinds, latencyMs, linksEach]) =>
    scenarios({ kinds, nodesMax: 9, durationMaxMs: 20_000, messagesMax: 60 }).map((scenario) =>
      linked(scenario, latencyMs, linksEach),
    ),
  )
  .chain((scenario) =>
    fc.record({
      scenario: fc.constant(scenario),
      script: scripts(scenario),
      seed: fc.maxSafeNat(),
    }),
  )

/** Every node gets up to `linksEach` links out, to the first nodes that it may be linked to. */
function linked(scenario: Scenario, latencyMs: number, linksEach: number): Scenario {
  const made: Scenario = { ...scenario, links: [...scenario.links] }
  for (const [i, from] of made.nodes.entries()) {
    let links = made.links.filter((link) => link.from === from.id).length
    for (let n = 0; n < made.nodes.length && links < linksEach; n++) {
      const to = made.nodes[(i + n) % made.nodes.length]
      if (!to || whyNotLinked(made, from, to) !== null) continue
      const id = `link${made.links.length}`
      if (made.links.some((link) => link.id === id)) continue
      made.links.push({ id, from: from.id, to: to.id, latencyMs })
      links++
    }
  }
  return made
}
