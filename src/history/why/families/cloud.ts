/** Causes of what happens in cloud topics and their subscriptions. */
import { CLOUD_FACTS } from '../../../brokers/pubsub/cloud/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import {
  acted,
  all,
  atOnce,
  either,
  follows,
  message,
  type Rule,
  type RulesOf,
  setUp,
} from '../rule.ts'

const cameBy: Rule = either(message('it came by this'), follows)
const sent: Rule = either(message('it was sent here', CLOUD_FACTS.leased), cameBy)

export const CLOUD_CAUSES: RulesOf<typeof CLOUD_FACTS> = {
  [CLOUD_FACTS.topicCreated]: setUp,
  [CLOUD_FACTS.topicDeleted]: setUp,
  [CLOUD_FACTS.subscriptionCreated]: setUp,
  [CLOUD_FACTS.subscriptionDeleted]: setUp,
  [CLOUD_FACTS.published]: cameBy,
  [CLOUD_FACTS.arrived]: either(message('it was published here', CLOUD_FACTS.published), cameBy),
  [CLOUD_FACTS.filteredOut]: either(
    message('it was published here', CLOUD_FACTS.published),
    cameBy,
  ),
  [CLOUD_FACTS.filterChanged]: acted,
  [CLOUD_FACTS.leased]: either(
    message(
      'it waited since this',
      CLOUD_FACTS.arrived,
      CLOUD_FACTS.nacked,
      CLOUD_FACTS.deadlinePassed,
      CLOUD_FACTS.heldBack,
    ),
    cameBy,
  ),
  [CLOUD_FACTS.acknowledged]: cameBy,
  [CLOUD_FACTS.nacked]: cameBy,
  [CLOUD_FACTS.deadlinePassed]: all(
    sent,
    message('its work had begun and was not answered in time', CLIENT_FACTS.started),
  ),
  [CLOUD_FACTS.deadlineMoved]: cameBy,
  [CLOUD_FACTS.heldBack]: atOnce(
    'one before it came back',
    CLOUD_FACTS.nacked,
    CLOUD_FACTS.deadlinePassed,
  ),
  [CLOUD_FACTS.setAside]: message('it waited since this', CLOUD_FACTS.arrived),
  [CLOUD_FACTS.deadLettered]: all(
    atOnce('it came back once more', CLOUD_FACTS.nacked, CLOUD_FACTS.deadlinePassed),
    sent,
  ),
  [CLOUD_FACTS.expired]: message('it was taken in here', CLOUD_FACTS.arrived),
  [CLOUD_FACTS.forwarded]: message('it was taken in here', CLOUD_FACTS.arrived),
  [CLOUD_FACTS.pullStarted]: follows,
  [CLOUD_FACTS.pullEnded]: follows,
}
