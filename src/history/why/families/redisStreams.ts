/** Causes of what happens in Redis streams and to those who read them. */
import { REDIS_STREAM_FACTS as FACTS } from '../../../brokers/log/redisStreams/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { REDIS_CLIENT_FACTS as CLIENT } from '../../../clients/redisConsumer/facts.ts'
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
  type RulesOf,
} from '../rule.ts'

const cameBy = either(message('it came by this'), follows)
const given = message(
  'it was given out here',
  FACTS.delivered,
  FACTS.handed,
  FACTS.redelivered,
  FACTS.claimed,
)
const wasAdded = message('it was added here', FACTS.added)
/** Trimming and XDEL are one fact about the stream, at the same moment. */
const gone = all(
  atOnce('the stream let it go', FACTS.trimmed, FACTS.deleted),
  either(given, wasAdded),
)

export const REDIS_STREAM_CAUSES: RulesOf<typeof FACTS> & RulesOf<typeof CLIENT> = {
  [FACTS.streamCreated]: begins,
  [FACTS.streamDeleted]: acted,
  [FACTS.added]: either(message('it came by this'), acted, follows),
  [FACTS.trimmed]: either(atOnce('an entry was added', FACTS.added), acted),
  [FACTS.deleted]: acted,
  [FACTS.idSet]: acted,
  [FACTS.groupCreated]: either(acted, begins),
  [FACTS.groupMadeAgain]: acted,
  [FACTS.recovered]: acted,
  [FACTS.groupDestroyed]: acted,
  [FACTS.groupMoved]: acted,
  [FACTS.consumerCreated]: follows,
  [FACTS.consumerDeleted]: acted,
  [FACTS.seen]: follows,
  [FACTS.delivered]: all(wasAdded, follows),
  [FACTS.handed]: all(wasAdded, follows),
  [FACTS.advanced]: atOnce('it gave this out', FACTS.delivered, FACTS.handed),
  [FACTS.redelivered]: all(given, follows),
  [FACTS.claimed]: all(given, follows),
  [FACTS.acked]: either(acted, cameBy),
  [FACTS.pendingDropped]: all(
    message('the stream lost it here', FACTS.gonePending, FACTS.deleted),
    follows,
  ),
  [FACTS.goneUnread]: gone,
  [FACTS.gonePending]: gone,
  [FACTS.waitStarted]: follows,
  [FACTS.waitServed]: atOnce('an entry was added', FACTS.added),
  [FACTS.waitTimedOut]: follows,
  [FACTS.waitRefused]: follows,
  [FACTS.waitDropped]: follows,
  [CLIENT.readAsked]: follows,
  [CLIENT.historyAsked]: either(atOnce('it starts again', CLIENT_FACTS.restarted), follows),
  [CLIENT.claimAsked]: either(here('a person wants it', CLIENT.claimWished), follows),
  [CLIENT.entryClaimAsked]: here('a person wants it', CLIENT.claimWished),
  [CLIENT.answered]: follows,
  [CLIENT.batchTaken]: cameBy,
  [CLIENT.nothingCame]: follows,
  [CLIENT.refused]: follows,
  [CLIENT.foundGone]: all(
    message('the stream lost it here', FACTS.gonePending, FACTS.deleted),
    given,
  ),
  [CLIENT.gaveUp]: all(given, message('its handler threw here', CLIENT_FACTS.failed)),
  [CLIENT.claimWished]: acted,
  [CLIENT.reconnected]: either(atOnce('the link works again', PIPE_FACTS.mended), acted, follows),
  [CLIENT.forgotten]: atOnce('the process died', CLIENT_FACTS.crashed),
}
