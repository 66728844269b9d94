/** What the fields of cloud subscriptions say about each other, and what they may be linked to together. */
import { readFilter } from '../../brokers/pubsub/cloud/filter.ts'
import { FilterError } from '../../brokers/pubsub/cloud/filterError.ts'
import { isPolicy } from '../../brokers/pubsub/cloud/policy.ts'
import type { LinkDoc, NodeDoc, NodeOf, Scenario } from '../document.ts'
import { type Path, type Refused, refuse } from './problem.ts'

export function refuseSubscription(
  scenario: Scenario,
  node: NodeOf<'cloudSubscription'>,
  path: Path,
): Refused | null {
  const problem = filterProblem(node.filter ?? '')
  if (problem !== null) return refuse([...path, 'filter'], `cannot be read: ${problem}`)
  if (node.deadLetterTopic === undefined) return null
  const at = [...path, 'deadLetterTopic']
  const topic = scenario.nodes.find(({ id }) => id === node.deadLetterTopic)
  if (topic?.kind !== 'cloudTopic' || topic.broker !== node.broker) {
    return refuse(at, `is "${node.deadLetterTopic}"; give the id of a topic of the same broker`)
  }
  return null
}

/** What is wrong with a filter over attributes; null if nothing is. */
export function filterProblem(text: string): string | null {
  try {
    readFilter(text)
    return null
  } catch (error) {
    if (error instanceof FilterError) return error.message
    throw error
  }
}

/**
 * Whether a subscription is of SNS, which takes another filter policy while it runs; Google Pub/Sub keeps the filter
 * that a subscription was made with.
 */
export function takesFilters({ nodes, links }: Scenario, { from, to }: LinkDoc): boolean {
  const kindOf = (id: string) => nodes.find((node) => node.id === id)?.kind
  const subscription = nodes.find(({ id }) => id === to)
  if (kindOf(from) !== 'cloudTopic' || subscription?.kind !== 'cloudSubscription') return false
  if (isPolicy(subscription.filter ?? '')) return true
  return links.some((link) => link.from === to && kindOf(link.to) !== 'pollingConsumer')
}

/**
 * A subscription is pulled, pushes, or passes on to one queue; who polls a queue does not pull from a subscription
 * too.
 */
export function whyMixed(scenario: Scenario, from: NodeDoc, to: NodeDoc): string | null {
  const kindOf = (id: string) => scenario.nodes.find((node) => node.id === id)?.kind
  if (from.kind === 'cloudTopic' && to.kind === 'cloudSubscription' && from.broker !== to.broker) {
    return `The topic "${from.name}" and the subscription "${to.name}" are of different brokers; take those of one`
  }
  if (from.kind === 'cloudSubscription') {
    const before = scenario.links.filter((link) => link.from === from.id)
    const passesOn = before.some((link) => kindOf(link.to) !== 'pollingConsumer')
    if (passesOn || (before.length > 0 && to.kind !== 'pollingConsumer')) {
      return 'A subscription is pulled from, or passes on to one queue; remove its other link first'
    }
    if (from.push && before.length > 0) {
      return 'A push subscription has one endpoint; remove its other link first'
    }
  }
  if (to.kind !== 'pollingConsumer') return null
  const sources = scenario.links.filter((link) => link.to === to.id)
  if (sources.some((link) => kindOf(link.from) !== from.kind)) {
    return 'A polling consumer polls one place; remove its other link first'
  }
  return null
}
