/** What the programs of cloud topics have in common: which service they are written for. */
import type { NodeDoc, NodeOf, Scenario } from '../document.ts'
import type { Outlet, PartDoc } from './plan.ts'

/** A subscription that passes on to a queue is one of Amazon SNS; what is pulled or pushed to is Google's. */
export function isSns(scenario: Scenario, broker: string): boolean {
  const subscriptions = scenario.nodes.filter(
    (node) => node.kind === 'cloudSubscription' && node.broker === broker,
  )
  return subscriptions.some(({ id }) =>
    scenario.links.some(
      ({ from, to }) => from === id && !isPolling(scenario.nodes.find((node) => node.id === to)),
    ),
  )
}

function isPolling(node: NodeDoc | undefined): boolean {
  return node?.kind === 'pollingConsumer'
}

/** The subscriptions that a program declares: its own, and those of the topics that it publishes to. */
export function subscriptionsNear(
  scenario: Scenario,
  parts: readonly PartDoc[],
): NodeOf<'cloudSubscription'>[] {
  const near = new Set(parts.map(({ id }) => id))
  return scenario.nodes.filter(
    (node): node is NodeOf<'cloudSubscription'> =>
      node.kind === 'cloudSubscription' && near.has(node.id),
  )
}

export function topicOf(
  scenario: Scenario,
  subscription: { id: string },
): NodeOf<'cloudTopic'> | undefined {
  const link = scenario.links.find(({ to }) => to === subscription.id)
  const topic = scenario.nodes.find(({ id }) => id === link?.from)
  return topic?.kind === 'cloudTopic' ? topic : undefined
}

/** The queue that a subscription passes on to. */
export function queueBehind(scenario: Scenario, subscription: { id: string }): NodeDoc | undefined {
  const link = scenario.links.find(({ from }) => from === subscription.id)
  return scenario.nodes.find(({ id, kind }) => id === link?.to && kind !== 'pollingConsumer')
}

export const seconds = (ms: number) => Math.ceil(ms / 1000)

/** What Google takes: ack deadlines from 10 s to 600 s, 5 to 100 attempts, a retention of ten minutes at the least. */
export function googleTerms(doc: NodeOf<'cloudSubscription'>) {
  const { ackDeadlineMs = 10_000, minBackoffMs, maxBackoffMs = 0, retentionMs } = doc
  const deadlineS = Math.min(600, Math.max(10, seconds(ackDeadlineMs)))
  const retentionS = retentionMs === undefined ? null : Math.max(600, seconds(retentionMs))
  const attempts = Math.min(100, Math.max(5, doc.maxDeliveryAttempts ?? 5))
  const hasLetters = doc.deadLetterTopic !== undefined
  const given: string[] = []
  if (deadlineS * 1000 !== ackDeadlineMs) given.push(`an ack deadline of ${ackDeadlineMs / 1000} s`)
  if (hasLetters && attempts !== (doc.maxDeliveryAttempts ?? 5)) {
    given.push(`${doc.maxDeliveryAttempts} delivery attempts`)
  }
  if (retentionMs !== undefined && retentionS !== retentionMs / 1000) {
    given.push(`a retention of ${retentionMs / 1000} s`)
  }
  return {
    deadlineS,
    retentionS,
    backoffMs:
      minBackoffMs === undefined ? null : [minBackoffMs, Math.max(minBackoffMs, maxBackoffMs)],
    attempts,
    /** Where the run goes beyond what Google takes; null where it does not. */
    beyond:
      given.length === 0
        ? null
        : `In the run ${doc.name} has ${given.join(' and ')}, which Google does not take: this is the nearest that it does.`,
  }
}

/** Attributes in which the first messages of a producer differ from each other, each with its values in turn. */
export function attributesInTurn(
  { headers = [] }: NodeOf<'producer'>,
  outlets: readonly Outlet[],
  count: number,
): { name: string; values: string[] }[] {
  if (headers.length === 0 || !outlets.some(({ to }) => to.kind === 'cloudTopic')) return []
  const names = [...new Set(headers.flatMap((of) => Object.keys(of)))]
  return names
    .map((name) => {
      const of = (i: number) => String(headers[i % headers.length]?.[name] ?? '')
      return { name, values: Array.from({ length: count }, (_, i) => of(i)) }
    })
    .filter(({ values }) => new Set(values).size > 1)
}

/** The outlets with these attributes said by variables of the loop. */
export function withVariables(
  outlets: readonly Outlet[],
  variables: readonly { name: string; variable: string }[],
): Outlet[] {
  const turns = Object.fromEntries(
    variables.map(({ name, variable }) => [name, { turn: variable }]),
  )
  return outlets.map((outlet) =>
    outlet.to.kind === 'cloudTopic'
      ? { ...outlet, attributes: { ...outlet.attributes, ...turns } }
      : outlet,
  )
}

/** Topics that a program declares: those near it, and those for dead letters. */
export function topicsNear(scenario: Scenario, parts: readonly PartDoc[]): NodeOf<'cloudTopic'>[] {
  const near = new Set(parts.map(({ id }) => id))
  for (const { deadLetterTopic = '' } of subscriptionsNear(scenario, parts))
    near.add(deadLetterTopic)
  return scenario.nodes.filter(
    (node): node is NodeOf<'cloudTopic'> => node.kind === 'cloudTopic' && near.has(node.id),
  )
}
