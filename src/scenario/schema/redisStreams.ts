/** What the fields of Redis streams and their clients say about each other. */
import type { NodeOf, Scenario } from '../document.ts'
import { type Path, type Refused, refuse } from './problem.ts'

/** XADD takes one way of trimming; `~` is about one (redis.io/docs/latest/commands/xadd). */
export function refuseTrimming(node: NodeOf<'redisStream'>, path: Path): Refused | null {
  const { maxLength, maxAgeMs, approximate } = node
  if (maxLength !== undefined && maxAgeMs !== undefined) {
    return refuse([...path, 'maxAgeMs'], 'does not go with maxLength: give one of the two')
  }
  if (!approximate || maxLength !== undefined || maxAgeMs !== undefined) return null
  return refuse([...path, 'approximate'], 'has no meaning without maxLength or maxAgeMs; give one')
}

/** What a consumer gives up goes to a stream of the same server: XADD and XACK are one transaction. */
export function refuseGivingUp(
  scenario: Scenario,
  node: NodeOf<'redisConsumer'>,
  path: Path,
): Refused | null {
  const { deadLetters, maxDeliveries } = node
  if (deadLetters === undefined) return null
  if (maxDeliveries === undefined) {
    return refuse([...path, 'deadLetters'], 'has no meaning without maxDeliveries; give it')
  }
  const { nodes, links } = scenario
  const letters = nodes.find(({ id }) => id === deadLetters)
  if (letters?.kind !== 'redisStream') {
    return refuse(
      [...path, 'deadLetters'],
      `is "${deadLetters}", which is no Redis stream; give the id of one`,
    )
  }
  const group = nodes.find(({ id }) => links.some((l) => l.to === node.id && l.from === id))
  if (group === undefined || !('broker' in group) || group.broker === letters.broker) return null
  return refuse(
    [...path, 'deadLetters'],
    `is "${letters.id}" on another server; XADD and XACK are one transaction, so give a stream of the same`,
  )
}
