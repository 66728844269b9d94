/** Cloud topics in the matrix of deliveries: each subscription has a column, since its backlog is its own. */
import { CLOUD_FACTS } from '../../../brokers/pubsub/cloud/facts.ts'
import { POLLING_CONSUMER_FACTS } from '../../../clients/pollingConsumer/facts.ts'
import type { PollingConsumer } from '../../../clients/pollingConsumer/pollingConsumer.ts'
import type { MatrixFact, MatrixReading, MatrixRules } from '../rules.ts'

export const CLOUD_MATRIX: MatrixRules = {
  [CLOUD_FACTS.published]: (tell, { message }) => tell.published(message),
  [CLOUD_FACTS.arrived]: (tell, { part, message }) => tell.owed(part, message),
  [CLOUD_FACTS.forwarded]: (tell, { part, message }) => tell.got(part, message),
  [CLOUD_FACTS.filteredOut]: (tell, { part, message }) =>
    tell.spared(part, message, 'filtered out'),
  [CLOUD_FACTS.deadLettered]: (tell, { part, message }) =>
    tell.missed(part, message, 'dead letter'),
  [CLOUD_FACTS.expired]: (tell, { part, message }) => tell.missed(part, message, 'retention over'),
  [POLLING_CONSUMER_FACTS.batchTaken]: takenByClient,
}

/** A client has messages of a subscription in its hands. */
function takenByClient(tell: MatrixReading, { world, part, aux }: MatrixFact): void {
  const { nodes, links } = world.scenario
  const from = links.find(({ to }) => to === nodes[part]?.id)?.from
  const subscription = nodes.findIndex(({ id }) => id === from)
  if (nodes[subscription]?.kind !== 'cloudSubscription') return
  const { messages } = world.sim.parts[part] as PollingConsumer
  const first = tell.tally(part, aux)
  for (let i = 0; i < aux; i++) tell.got(subscription, messages.get(first + i))
}
