/** Cloud topics in the matrix of deliveries: each subscription has a column, since its backlog is its own. */
import { CLOUD_FACTS } from '../../../brokers/pubsub/cloud/facts.ts'
import type { MatrixRules } from '../rules.ts'

export const CLOUD_MATRIX: MatrixRules = {
  [CLOUD_FACTS.published]: (tell, { message }) => tell.published(message),
  [CLOUD_FACTS.arrived]: (tell, { part, message }) => tell.owed(part, message),
  [CLOUD_FACTS.leased]: (tell, { part, message }) => tell.got(part, message),
  [CLOUD_FACTS.forwarded]: (tell, { part, message }) => tell.got(part, message),
  [CLOUD_FACTS.filteredOut]: (tell, { part, message }) =>
    tell.missed(part, message, 'filtered out'),
  [CLOUD_FACTS.deadLettered]: (tell, { part, message }) =>
    tell.missed(part, message, 'dead letter'),
  [CLOUD_FACTS.expired]: (tell, { part, message }) => tell.missed(part, message, 'retention over'),
}
