/** Causes of what happens in partitioned logs and to the members of their groups. */
import { LOG_FACTS } from '../../../brokers/log/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { GROUP_CONSUMER_FACTS } from '../../../clients/groupConsumer/facts.ts'
import { PIPE_FACTS } from '../../../engine/pipe.ts'
import {
  acted,
  all,
  atOnce,
  either,
  follows,
  here,
  message,
  near,
  type RulesOf,
  setUp,
} from '../rule.ts'

const cameBy = either(message('it came by this'), follows)

export const LOG_CAUSES: RulesOf<typeof LOG_FACTS> & RulesOf<typeof GROUP_CONSUMER_FACTS> = {
  [LOG_FACTS.topicCreated]: setUp,
  [LOG_FACTS.groupCreated]: setUp,
  [LOG_FACTS.subscribed]: setUp,
  [LOG_FACTS.memberAdded]: setUp,
  [LOG_FACTS.appended]: cameBy,
  [LOG_FACTS.trimmed]: either(acted, here('the records were written here', LOG_FACTS.appended)),
  [LOG_FACTS.fetched]: all(
    message('it was written here', LOG_FACTS.appended),
    atOnce('this poll asked', PIPE_FACTS.arrived),
  ),
  [LOG_FACTS.refetched]: follows,
  [LOG_FACTS.committed]: all(
    either(message('this was done', CLIENT_FACTS.processed), follows),
    atOnce('this request asked', PIPE_FACTS.arrived),
  ),
  [LOG_FACTS.commitRejected]: all(
    either(atOnce('this request asked', PIPE_FACTS.arrived), follows),
    near('its group went on without it', LOG_FACTS.rebalanceStarted, LOG_FACTS.expelled),
  ),
  [LOG_FACTS.seeked]: follows,
  [LOG_FACTS.positionMoved]: follows,
  [LOG_FACTS.resumed]: follows,
  [LOG_FACTS.reset]: follows,
  [LOG_FACTS.assigned]: either(
    atOnce('the group shared its partitions', LOG_FACTS.rebalanceCompleted),
    follows,
  ),
  [LOG_FACTS.revoked]: either(
    atOnce('the group rebalances', LOG_FACTS.rebalanceStarted, LOG_FACTS.rebalanceCompleted),
    follows,
  ),
  [LOG_FACTS.rebalanceStarted]: either(
    acted,
    atOnce(
      'its members changed',
      LOG_FACTS.memberAdded,
      LOG_FACTS.joined,
      LOG_FACTS.left,
      LOG_FACTS.expelled,
      LOG_FACTS.seeked,
    ),
    follows,
  ),
  [LOG_FACTS.rebalanceCompleted]: either(atOnce('everyone had joined', LOG_FACTS.joined), follows),
  [LOG_FACTS.joined]: follows,
  [LOG_FACTS.left]: follows,
  [LOG_FACTS.expelled]: either(
    near('it gave no sign of life after this', CLIENT_FACTS.crashed, PIPE_FACTS.cut),
    follows,
  ),
  [LOG_FACTS.heartbeat]: follows,
  [LOG_FACTS.fetchWaits]: follows,
  [LOG_FACTS.fetchEnded]: follows,
  [LOG_FACTS.partitionsAdded]: either(acted, follows),
  [LOG_FACTS.offsetCommitted]: follows,
  [LOG_FACTS.passedOver]: follows,
  [LOG_FACTS.noOffset]: follows,
  [LOG_FACTS.replaced]: either(atOnce('it came back', LOG_FACTS.memberAdded), follows),
  [LOG_FACTS.revocationAsked]: either(
    atOnce('the group shared its partitions', LOG_FACTS.rebalanceCompleted, LOG_FACTS.retargeted),
    near('the group shared its partitions', LOG_FACTS.retargeted),
    follows,
  ),
  [LOG_FACTS.retargeted]: either(
    acted,
    atOnce('its members changed', LOG_FACTS.joined, LOG_FACTS.left, LOG_FACTS.expelled),
    follows,
  ),
  [GROUP_CONSUMER_FACTS.closeAsked]: either(acted, follows),
  [GROUP_CONSUMER_FACTS.closed]: either(
    here('it was to close', GROUP_CONSUMER_FACTS.closeAsked),
    follows,
  ),
  [GROUP_CONSUMER_FACTS.stallArmed]: either(acted, follows),
  [GROUP_CONSUMER_FACTS.committingNow]: either(
    acted,
    here('this was done', CLIENT_FACTS.processed),
    follows,
  ),
  [GROUP_CONSUMER_FACTS.noOffset]: follows,
  [GROUP_CONSUMER_FACTS.rejoining]: follows,
  [GROUP_CONSUMER_FACTS.assignmentHeard]: follows,
  [GROUP_CONSUMER_FACTS.assignmentTaken]: either(
    here('it was told', GROUP_CONSUMER_FACTS.assignmentHeard),
    follows,
  ),
  [GROUP_CONSUMER_FACTS.batchDropped]: follows,
  [GROUP_CONSUMER_FACTS.seekAsked]: either(acted, follows),
  [GROUP_CONSUMER_FACTS.sought]: either(
    here('it was to read on from there', GROUP_CONSUMER_FACTS.seekAsked),
    follows,
  ),
  [GROUP_CONSUMER_FACTS.joining]: follows,
  [GROUP_CONSUMER_FACTS.assigned]: follows,
  [GROUP_CONSUMER_FACTS.rejoinAsked]: follows,
  [GROUP_CONSUMER_FACTS.expelled]: follows,
  [GROUP_CONSUMER_FACTS.left]: here('it worked too long on this', CLIENT_FACTS.started),
  [GROUP_CONSUMER_FACTS.polled]: follows,
  [GROUP_CONSUMER_FACTS.batchReceived]: cameBy,
  [GROUP_CONSUMER_FACTS.committing]: either(here('this was done', CLIENT_FACTS.processed), follows),
  [GROUP_CONSUMER_FACTS.commitAnswered]: follows,
  [GROUP_CONSUMER_FACTS.commitFailed]: follows,
  [GROUP_CONSUMER_FACTS.pollReturnedEmpty]: follows,
}
