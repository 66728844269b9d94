/** Causes of what happens at places of pub/sub, in JetStream, and to subscribers and requesters. */
import { NATS_FACTS } from '../../../brokers/pubsub/nats/facts.ts'
import { REDIS_PUBSUB_FACTS } from '../../../brokers/pubsub/redis/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { REQUESTER_FACTS } from '../../../clients/requester/facts.ts'
import { SUBSCRIBER_FACTS } from '../../../clients/subscriber/facts.ts'
import { PIPE_FACTS } from '../../../engine/pipe.ts'
import {
  acted,
  all,
  atOnce,
  begins,
  either,
  follows,
  here,
  message,
  type Rule,
  type RulesOf,
  setUp,
} from '../rule.ts'

const cameBy = either(message('it came by this'), follows)
const asked = either(atOnce('this asked for it', PIPE_FACTS.arrived), acted, follows)
const sentBefore = message('it was sent here', NATS_FACTS.sent)
const answered: Rule = all(
  either(message('this answer came', PIPE_FACTS.arrived), cameBy),
  sentBefore,
)

export const PUBSUB_CAUSES: RulesOf<typeof NATS_FACTS> &
  RulesOf<typeof REDIS_PUBSUB_FACTS> &
  RulesOf<typeof SUBSCRIBER_FACTS> &
  RulesOf<typeof REQUESTER_FACTS> = {
  [NATS_FACTS.subscribed]: asked,
  [NATS_FACTS.limitSet]: follows,
  [NATS_FACTS.unsubscribed]: asked,
  [NATS_FACTS.published]: cameBy,
  [NATS_FACTS.delivered]: message('it was published here', NATS_FACTS.published, NATS_FACTS.sent),
  [NATS_FACTS.noResponders]: cameBy,
  [NATS_FACTS.unheard]: message('it was published here', NATS_FACTS.published),
  [NATS_FACTS.setupRefused]: either(acted, setUp),
  [NATS_FACTS.streamCreated]: setUp,
  [NATS_FACTS.streamDeleted]: either(acted, follows),
  [NATS_FACTS.stored]: cameBy,
  [NATS_FACTS.passedOver]: cameBy,
  [NATS_FACTS.duplicate]: cameBy,
  [NATS_FACTS.refused]: cameBy,
  [NATS_FACTS.limited]: all(
    atOnce('this took its place', NATS_FACTS.stored),
    message('it was stored here', NATS_FACTS.stored),
  ),
  [NATS_FACTS.expired]: message('it was stored here', NATS_FACTS.stored),
  [NATS_FACTS.settled]: all(
    message('it was settled here', NATS_FACTS.acked, NATS_FACTS.terminated, NATS_FACTS.sent),
    message('it was stored here', NATS_FACTS.stored),
  ),
  [NATS_FACTS.deleted]: either(acted, follows),
  [NATS_FACTS.purged]: acted,
  [NATS_FACTS.unanswered]: asked,
  [NATS_FACTS.consumerCreated]: setUp,
  [NATS_FACTS.held]: message('it was stored here', NATS_FACTS.stored),
  [NATS_FACTS.caughtUp]: either(here('what was there is sent', NATS_FACTS.sent), follows),
  [NATS_FACTS.heartbeat]: either(here('it sent nothing since this', NATS_FACTS.sent), follows),
  [NATS_FACTS.consumerUpdated]: acted,
  [NATS_FACTS.consumerDeleted]: either(acted, follows),
  [NATS_FACTS.interestGained]: either(atOnce('it subscribed', NATS_FACTS.subscribed), follows),
  [NATS_FACTS.interestLost]: either(atOnce('it left', NATS_FACTS.unsubscribed), follows),
  [NATS_FACTS.pullStarted]: asked,
  [NATS_FACTS.pullRefused]: asked,
  [NATS_FACTS.pullTimedOut]: either(here('it waited since this', NATS_FACTS.pullStarted), follows),
  [NATS_FACTS.pullDropped]: asked,
  [NATS_FACTS.sent]: all(
    message(
      'it could go out since this',
      NATS_FACTS.stored,
      NATS_FACTS.naked,
      NATS_FACTS.nakedLater,
      NATS_FACTS.ackWaitOver,
    ),
    here(
      'this asked for it or made room',
      NATS_FACTS.pullStarted,
      NATS_FACTS.acked,
      NATS_FACTS.interestGained,
    ),
  ),
  [NATS_FACTS.skipped]: follows,
  [NATS_FACTS.lastTaken]: follows,
  [NATS_FACTS.acked]: answered,
  [NATS_FACTS.naked]: answered,
  [NATS_FACTS.nakedLater]: answered,
  [NATS_FACTS.inProgress]: answered,
  [NATS_FACTS.terminated]: answered,
  [NATS_FACTS.ackWaitOver]: all(
    sentBefore,
    message('its work had begun and was not answered in time', CLIENT_FACTS.started),
  ),
  [NATS_FACTS.gaveUp]: all(
    message('it came back here', NATS_FACTS.ackWaitOver, NATS_FACTS.naked, NATS_FACTS.nakedLater),
    sentBefore,
  ),
  [NATS_FACTS.vanished]: follows,
  [NATS_FACTS.removedUnsettled]: message(
    'it left the stream here',
    NATS_FACTS.limited,
    NATS_FACTS.expired,
    NATS_FACTS.deleted,
    NATS_FACTS.settled,
  ),
  [NATS_FACTS.purgedTo]: follows,
  [NATS_FACTS.recovered]: acted,

  [REDIS_PUBSUB_FACTS.subscribed]: asked,
  [REDIS_PUBSUB_FACTS.unsubscribed]: asked,
  [REDIS_PUBSUB_FACTS.published]: cameBy,
  [REDIS_PUBSUB_FACTS.delivered]: message('it was published here', REDIS_PUBSUB_FACTS.published),

  [SUBSCRIBER_FACTS.cameOnline]: either(
    acted,
    atOnce('it starts again', CLIENT_FACTS.restarted),
    atOnce('the link works again', PIPE_FACTS.mended),
    here('it was to join at this moment', SUBSCRIBER_FACTS.joinPlanned),
    begins,
  ),
  [SUBSCRIBER_FACTS.joinPlanned]: begins,
  [SUBSCRIBER_FACTS.wentOffline]: either(acted, follows),
  [SUBSCRIBER_FACTS.missed]: all(
    cameBy,
    either(
      acted,
      here('it is away since this', SUBSCRIBER_FACTS.wentOffline, CLIENT_FACTS.crashed),
    ),
  ),
  [SUBSCRIBER_FACTS.askedNext]: follows,
  [SUBSCRIBER_FACTS.requestEnded]: follows,
  [SUBSCRIBER_FACTS.forgotten]: atOnce('the process died', CLIENT_FACTS.crashed),
  [SUBSCRIBER_FACTS.filterChanged]: acted,
  [SUBSCRIBER_FACTS.settledByHand]: acted,
  [SUBSCRIBER_FACTS.heard]: cameBy,
  [SUBSCRIBER_FACTS.heartbeatsMissed]: here(
    'it heard nothing since this',
    SUBSCRIBER_FACTS.heard,
    SUBSCRIBER_FACTS.cameOnline,
    CLIENT_FACTS.received,
  ),
  [SUBSCRIBER_FACTS.skipped]: message('it was settled here', SUBSCRIBER_FACTS.settledByHand),

  [REQUESTER_FACTS.planned]: either(acted, here('it goes on from this')),
  [REQUESTER_FACTS.replied]: cameBy,
  [REQUESTER_FACTS.noResponders]: cameBy,
  [REQUESTER_FACTS.timedOut]: message('it was asked here', CLIENT_FACTS.published),
  [REQUESTER_FACTS.replyIgnored]: cameBy,
}
