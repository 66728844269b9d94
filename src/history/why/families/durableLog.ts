/** Causes of what happens in logs that are kept, and to those who batch their records for them. */
import { DURABLE_FACTS } from '../../../brokers/log/durable/facts.ts'
import { LOG_FACTS } from '../../../brokers/log/facts.ts'
import { TRANSACTIONAL_OUTPUT_FACTS } from '../../../clients/groupConsumer/exactlyOnce/facts.ts'
import { SENDER_FACTS } from '../../../clients/producer/batching/facts.ts'
import { acted, all, anywhere, either, follows, here, message, type RulesOf } from '../rule.ts'

const cameBy = either(message('it came by this'), follows)
const brokerWentDown = anywhere('its leader died', DURABLE_FACTS.brokerDown)

export const DURABLE_LOG_CAUSES: RulesOf<typeof DURABLE_FACTS> &
  RulesOf<typeof SENDER_FACTS> &
  RulesOf<typeof TRANSACTIONAL_OUTPUT_FACTS> = {
  [DURABLE_FACTS.commitMarker]: follows,
  [DURABLE_FACTS.abortMarker]: follows,
  [DURABLE_FACTS.watermarkAdvanced]: follows,
  [DURABLE_FACTS.leaderElected]: either(acted, brokerWentDown, follows),
  [DURABLE_FACTS.leaderLost]: either(acted, brokerWentDown, follows),
  [DURABLE_FACTS.isrShrunk]: either(
    anywhere(
      'it could not follow after this',
      DURABLE_FACTS.replicationCut,
      DURABLE_FACTS.brokerDown,
    ),
    follows,
  ),
  [DURABLE_FACTS.isrExpanded]: follows,
  [DURABLE_FACTS.duplicateDropped]: cameBy,
  [DURABLE_FACTS.writeRefused]: all(
    cameBy,
    anywhere('too few were in sync', DURABLE_FACTS.isrShrunk, DURABLE_FACTS.brokerDown),
  ),
  [DURABLE_FACTS.segmentRolled]: follows,
  [DURABLE_FACTS.expired]: here('the records were written here', LOG_FACTS.appended),
  [DURABLE_FACTS.oversized]: here('the records were written here', LOG_FACTS.appended),
  [DURABLE_FACTS.compacted]: here('the records were written here', LOG_FACTS.appended),
  [DURABLE_FACTS.replicated]: follows,
  [DURABLE_FACTS.served]: follows,
  [DURABLE_FACTS.acknowledged]: either(
    follows,
    anywhere('it can fetch again', DURABLE_FACTS.replicationMended, DURABLE_FACTS.brokerUp),
  ),
  [DURABLE_FACTS.truncated]: either(
    anywhere('the leader is another one', DURABLE_FACTS.leaderElected),
    follows,
  ),
  [DURABLE_FACTS.brokerDown]: either(acted, follows),
  [DURABLE_FACTS.brokerUp]: either(acted, follows),
  [DURABLE_FACTS.replicationCut]: either(acted, follows),
  [DURABLE_FACTS.replicationMended]: either(acted, follows),
  [DURABLE_FACTS.producerIdGiven]: follows,
  [DURABLE_FACTS.transactionEnlisted]: follows,
  [DURABLE_FACTS.transactionCommitting]: follows,
  [DURABLE_FACTS.transactionAborting]: follows,
  [DURABLE_FACTS.transactionEnded]: follows,
  [DURABLE_FACTS.offsetPending]: follows,
  [DURABLE_FACTS.topicChanged]: either(acted, follows),
  [DURABLE_FACTS.writeWaits]: cameBy,
  [DURABLE_FACTS.writeReplicated]: cameBy,
  [DURABLE_FACTS.waitsDropped]: either(brokerWentDown, follows),
  [DURABLE_FACTS.recordLost]: all(
    message('it was written here', LOG_FACTS.appended),
    brokerWentDown,
  ),
  [SENDER_FACTS.batched]: cameBy,
  [SENDER_FACTS.batchClosed]: cameBy,
  [SENDER_FACTS.sent]: cameBy,
  [SENDER_FACTS.acknowledged]: cameBy,
  [SENDER_FACTS.refused]: cameBy,
  [SENDER_FACTS.timedOut]: cameBy,
  [SENDER_FACTS.gaveUp]: cameBy,
  [SENDER_FACTS.initialized]: follows,
  [SENDER_FACTS.epochBumped]: follows,
  [SENDER_FACTS.transactionEnding]: follows,
  [SENDER_FACTS.transactionEnded]: follows,
  [SENDER_FACTS.held]: cameBy,
  [SENDER_FACTS.requestLost]: cameBy,
  [SENDER_FACTS.answerLost]: cameBy,
  [SENDER_FACTS.duplicated]: either(acted, cameBy),
  [SENDER_FACTS.fenced]: follows,
  [SENDER_FACTS.unanswered]: cameBy,
  [SENDER_FACTS.forgotten]: follows,
  [TRANSACTIONAL_OUTPUT_FACTS.renewed]: follows,
  [TRANSACTIONAL_OUTPUT_FACTS.closing]: follows,
  [TRANSACTIONAL_OUTPUT_FACTS.offsetsSent]: follows,
  [TRANSACTIONAL_OUTPUT_FACTS.offsetsRefused]: follows,
  [TRANSACTIONAL_OUTPUT_FACTS.closed]: follows,
}
