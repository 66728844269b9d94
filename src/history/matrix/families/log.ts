/** A log beside places of pub/sub in the matrix of deliveries: each reader has a column, and gets a record as it begins to work on it. */
import { LOG_FACTS } from '../../../brokers/log/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import type { MatrixFact, MatrixReading, MatrixRules } from '../rules.ts'

export const LOG_MATRIX: MatrixRules = {
  [LOG_FACTS.appended]: kept,
  [CLIENT_FACTS.started]: (tell, { world, part, message }) => {
    if (world.scenario.nodes[part]?.kind === 'groupConsumer') tell.got(part, message)
  },
}

/** A record is kept for each group; with several members nobody is owed any one record. */
function kept(tell: MatrixReading, { world, part, message }: MatrixFact): void {
  const { nodes, links } = world.scenario
  const topic = world.owner(part)
  tell.published(message)
  for (const { from, to } of links) {
    if (from !== topic) continue
    const at = nodes.findIndex(({ id }) => id === to)
    const node = nodes[at]
    if (node?.kind !== 'groupConsumer') continue
    const members = nodes.filter((n) => n.kind === 'groupConsumer' && n.group === node.group)
    if (members.length === 1) tell.owed(at, message)
  }
}
