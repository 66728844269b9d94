/** Causes of what clients do: producers, consumers of queues, polling consumers, and what all clients have in common. */

import { AMQP_FACTS } from '../../../brokers/amqp/facts.ts'
import { EVENTSTORE_FACTS } from '../../../brokers/eventstore/facts.ts'
import { LOG_FACTS } from '../../../brokers/log/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { CONSUMER_FACTS } from '../../../clients/consumer/facts.ts'
import { GROUP_CONSUMER_FACTS } from '../../../clients/groupConsumer/facts.ts'
import { MQTT_CLIENT_FACTS } from '../../../clients/mqttClient/facts.ts'
import { POLLING_CONSUMER_FACTS } from '../../../clients/pollingConsumer/facts.ts'
import { SENDER_FACTS } from '../../../clients/producer/batching/facts.ts'
import { PRODUCER_FACTS } from '../../../clients/producer/facts.ts'
import { PROJECTION_FACTS } from '../../../clients/projection/facts.ts'
import { REDIS_CLIENT_FACTS } from '../../../clients/redisConsumer/facts.ts'
import { PIPE_FACTS } from '../../../engine/pipe.ts'
import {
  acted,
  all,
  atOnce,
  causes,
  either,
  follows,
  here,
  message,
  type Rule,
  type RulesOf,
} from '../rule.ts'

/** The fact about this message at this client: its own work, not that of another who got the message before. */
function own(because: string, ...kinds: number[]): Rule {
  return (trail, fact) =>
    causes(
      trail.latestAbout(
        fact.message,
        fact.index,
        (other) => other.part === fact.part && kinds.includes(other.kind),
      ),
      because,
    )
}

/** A message that was made from another one: by what happened to that one here. A producer's own begins a chain. */
const made: Rule = (trail, fact) => {
  const parent = trail.world.records.messages.parent(fact.message)
  if (parent === -1) return acted(trail, fact)
  const at = trail.latestAbout(parent, fact.index, ({ part }) => trail.isNear(part, fact.part))
  return causes(at ?? trail.latestAbout(parent, fact.index), 'it was made from this message')
}

const freed: Rule = atOnce(
  'this freed a place of work',
  CLIENT_FACTS.processed,
  CLIENT_FACTS.failed,
  CLIENT_FACTS.settingChanged,
)

const published: Rule = own(
  'it was published here',
  CLIENT_FACTS.published,
  PRODUCER_FACTS.republished,
)

/** Consumers of queues get no batches: there is none to look for. */
const batched: Rule = (trail, fact) =>
  trail.world.scenario.nodes[fact.part]?.kind === 'consumer' ? [] : batch(trail, fact)

const batch = here(
  'it came with this batch',
  GROUP_CONSUMER_FACTS.batchReceived,
  PROJECTION_FACTS.received,
  POLLING_CONSUMER_FACTS.batchTaken,
  REDIS_CLIENT_FACTS.batchTaken,
)

/** How work came to a client: in its buffer, in a batch, or straight from its link. */
const came: Rule = either(
  own('it waited here', CLIENT_FACTS.received),
  batched,
  message('it came by this'),
  follows,
)

export const CLIENT_CAUSES: RulesOf<typeof CLIENT_FACTS> &
  RulesOf<typeof PRODUCER_FACTS> &
  RulesOf<typeof CONSUMER_FACTS> &
  RulesOf<typeof POLLING_CONSUMER_FACTS> = {
  [CLIENT_FACTS.crashed]: either(
    acted,
    atOnce('its handler died of this', CLIENT_FACTS.failed),
    atOnce('its poll threw', GROUP_CONSUMER_FACTS.noOffset),
    here('it was made to crash here', CLIENT_FACTS.crashArmed),
    here('it was to be so', MQTT_CLIENT_FACTS.foreseen),
    follows,
  ),
  [CLIENT_FACTS.restarted]: either(acted, here('it starts again after this', CLIENT_FACTS.crashed)),
  [CLIENT_FACTS.settingChanged]: acted,
  [CLIENT_FACTS.slowed]: acted,
  [CLIENT_FACTS.paused]: acted,
  [CLIENT_FACTS.resumed]: acted,
  [CLIENT_FACTS.crashArmed]: acted,
  [CLIENT_FACTS.started]: all(
    came,
    message('what it says was written here', LOG_FACTS.appended, EVENTSTORE_FACTS.appended),
    freed,
  ),
  [CLIENT_FACTS.processed]: either(own('its work began here', CLIENT_FACTS.started), came),
  [CLIENT_FACTS.failed]: either(own('its work began here', CLIENT_FACTS.started), came),
  [CLIENT_FACTS.published]: made,
  [CLIENT_FACTS.received]: either(message('it came by this'), follows),
  [PRODUCER_FACTS.planned]: either(acted, here('it goes on from this')),
  [PRODUCER_FACTS.propertiesSet]: either(acted, follows),
  [PRODUCER_FACTS.confirmed]: either(
    message('the broker said so', AMQP_FACTS.confirmed),
    atOnce('its batch is stored', SENDER_FACTS.acknowledged),
    message('the answer came by this', PIPE_FACTS.arrived),
    follows,
  ),
  [PRODUCER_FACTS.refused]: either(
    message('a queue refused it', AMQP_FACTS.nacked, AMQP_FACTS.refused),
    message('the answer came by this', PIPE_FACTS.arrived),
    follows,
  ),
  [PRODUCER_FACTS.returned]: message('no queue took it', AMQP_FACTS.returned),
  [PRODUCER_FACTS.timedOut]: published,
  [PRODUCER_FACTS.retryPlanned]: all(
    own(
      'this is why it tries again',
      PRODUCER_FACTS.refused,
      PRODUCER_FACTS.returned,
      PRODUCER_FACTS.timedOut,
    ),
  ),
  [PRODUCER_FACTS.republished]: own('it was planned here', PRODUCER_FACTS.retryPlanned),
  [PRODUCER_FACTS.gaveUp]: either(
    own(
      'this was the last attempt',
      PRODUCER_FACTS.refused,
      PRODUCER_FACTS.returned,
      PRODUCER_FACTS.timedOut,
    ),
    atOnce('its batch is given up', SENDER_FACTS.gaveUp),
  ),
  [CONSUMER_FACTS.answeredByHand]: acted,
  [CONSUMER_FACTS.passedOver]: own('it was answered here', CONSUMER_FACTS.answeredByHand),
  [CONSUMER_FACTS.subscriptionLost]: follows,
  [CLIENT_FACTS.deduplicated]: message('it came by this'),
  [CONSUMER_FACTS.forgotten]: all(
    either(
      atOnce('the process died', CLIENT_FACTS.crashed),
      atOnce('the connection was given up', PIPE_FACTS.mended),
      follows,
    ),
    message('it was in memory since this'),
  ),
  [POLLING_CONSUMER_FACTS.asked]: follows,
  [POLLING_CONSUMER_FACTS.batchTaken]: either(message('it came by this'), follows),
  [POLLING_CONSUMER_FACTS.nothingCame]: follows,
}
