/** Causes of what happens in queues as Amazon SQS has them. */
import { SQS_FACTS } from '../../../brokers/sqs/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { all, atOnce, either, follows, message, type RulesOf } from '../rule.ts'

const cameBy = either(message('it came by this'), follows)
const received = either(message('it was received here', SQS_FACTS.received), cameBy)

export const SQS_CAUSES: RulesOf<typeof SQS_FACTS> = {
  [SQS_FACTS.sent]: cameBy,
  [SQS_FACTS.delayOver]: message('its delay began here', SQS_FACTS.sent),
  [SQS_FACTS.deduplicated]: cameBy,
  [SQS_FACTS.sendRefused]: cameBy,
  [SQS_FACTS.receiveWaits]: follows,
  [SQS_FACTS.receiveEnded]: follows,
  [SQS_FACTS.receivedNothing]: follows,
  [SQS_FACTS.received]: either(
    message(
      'it could be received since this',
      SQS_FACTS.sent,
      SQS_FACTS.delayOver,
      SQS_FACTS.visibilityOver,
      SQS_FACTS.visibilityChanged,
      SQS_FACTS.copySurvived,
      SQS_FACTS.movedToDeadLetters,
    ),
    cameBy,
  ),
  [SQS_FACTS.deleted]: cameBy,
  [SQS_FACTS.deleteIgnored]: cameBy,
  [SQS_FACTS.handleExpired]: cameBy,
  [SQS_FACTS.copySurvived]: cameBy,
  [SQS_FACTS.visibilityChanged]: cameBy,
  [SQS_FACTS.notInFlight]: cameBy,
  [SQS_FACTS.visibilityOver]: all(
    received,
    message('its work had begun and was not answered in time', CLIENT_FACTS.started),
  ),
  [SQS_FACTS.movedToDeadLetters]: all(received, atOnce('it was received too often')),
  [SQS_FACTS.expired]: message('it was stored here', SQS_FACTS.sent),
  [SQS_FACTS.purged]: follows,
}
