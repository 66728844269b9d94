/** Causes of what happens in MQTT brokers, their sessions and their clients. */
import { MQTT_FACTS } from '../../../brokers/pubsub/mqtt/facts.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { MQTT_CLIENT_FACTS as CLIENT } from '../../../clients/mqttClient/facts.ts'
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
  type Rule,
  type RulesOf,
  setUp,
} from '../rule.ts'

const cameBy: Rule = either(message('it came by this'), follows)
const wentOut: Rule = either(message('it was sent here'), follows)
const passedOn: Rule = either(message('it was passed on here', MQTT_FACTS.published), cameBy)
const wentAway = here(
  'its client was gone since this',
  MQTT_FACTS.disconnected,
  CLIENT.disconnected,
)
const broke = atOnce('the connection broke', CLIENT.packetLost, PIPE_FACTS.emptied)

export const MQTT_CAUSES: RulesOf<typeof MQTT_FACTS> & RulesOf<typeof CLIENT> = {
  [MQTT_FACTS.sessionCreated]: follows,
  [MQTT_FACTS.sessionEnded]: either(
    atOnce('its connection ended', MQTT_FACTS.disconnected),
    wentAway,
    follows,
  ),
  [MQTT_FACTS.connected]: either(near('it asked for it', CLIENT.connecting), follows),
  [MQTT_FACTS.disconnected]: either(
    atOnce('this led to it at once'),
    near('its client was gone', CLIENT.disconnected, CLIENT_FACTS.crashed),
    near('nothing came since this', CLIENT.heard),
    follows,
  ),
  [MQTT_FACTS.subscribed]: either(
    near('it asked for it', CLIENT.connected, CLIENT_FACTS.settingChanged),
    follows,
  ),
  [MQTT_FACTS.unsubscribed]: either(near('it asked for it', CLIENT_FACTS.settingChanged), follows),
  [MQTT_FACTS.shareTurned]: cameBy,
  [MQTT_FACTS.published]: either(
    message('it was released', MQTT_FACTS.pubrelReceived),
    message('it is a last will', MQTT_FACTS.willSent),
    cameBy,
  ),
  [MQTT_FACTS.retained]: cameBy,
  [MQTT_FACTS.retainedCleared]: cameBy,
  [MQTT_FACTS.queued]: all(passedOn, message('it is retained', MQTT_FACTS.retained)),
  [MQTT_FACTS.sentOnce]: passedOn,
  [MQTT_FACTS.sent]: either(message('it waited here', MQTT_FACTS.queued), passedOn),
  [MQTT_FACTS.sentAgain]: all(
    message('it was sent and not answered', MQTT_FACTS.sent, MQTT_FACTS.sentAgain),
    here('its client came back', MQTT_FACTS.connected),
  ),
  [MQTT_FACTS.pubackReceived]: cameBy,
  [MQTT_FACTS.pubrecReceived]: cameBy,
  [MQTT_FACTS.pubrelSent]: either(message('PUBREC came', MQTT_FACTS.pubrecReceived), cameBy),
  [MQTT_FACTS.pubcompReceived]: cameBy,
  [MQTT_FACTS.dropped]: all(passedOn, wentAway),
  [MQTT_FACTS.held]: cameBy,
  [MQTT_FACTS.pubackSent]: cameBy,
  [MQTT_FACTS.pubrecSent]: cameBy,
  [MQTT_FACTS.pubrelReceived]: cameBy,
  [MQTT_FACTS.pubcompSent]: cameBy,
  [MQTT_FACTS.willSent]: either(
    atOnce('its connection was lost', MQTT_FACTS.disconnected),
    here('it waited since this', MQTT_FACTS.willDelayed),
    follows,
  ),
  [MQTT_FACTS.willDelayed]: follows,
  [MQTT_FACTS.willDropped]: follows,

  [CLIENT.connecting]: either(
    acted,
    atOnce('it starts again', CLIENT_FACTS.restarted),
    here('it tries again after this', CLIENT.disconnected),
    here('it was to be so', CLIENT.foreseen),
  ),
  [CLIENT.connected]: either(near('the broker took it', MQTT_FACTS.connected), follows),
  [CLIENT.disconnected]: either(
    acted,
    broke,
    here('a packet got lost', CLIENT.packetLost),
    here('nothing came after this', CLIENT.pingSent),
    here('it was to be so', CLIENT.foreseen),
    follows,
  ),
  [CLIENT.pingSent]: here('it goes on from this', CLIENT.connected, CLIENT.pingSent),
  [CLIENT.pingAnswered]: here('it had asked', CLIENT.pingSent),
  [CLIENT.waitsToSend]: cameBy,
  [CLIENT.sent]: cameBy,
  [CLIENT.sentAgain]: all(
    message('it was sent and not answered', CLIENT.sent, CLIENT.sentAgain, CLIENT.pubrecCame),
    here('it is connected again', CLIENT.connected),
  ),
  [CLIENT.notSent]: all(
    cameBy,
    either(acted, here('it had no connection since this', CLIENT.disconnected)),
  ),
  [CLIENT.pubackCame]: wentOut,
  [CLIENT.pubrecCame]: wentOut,
  [CLIENT.pubcompCame]: wentOut,
  [CLIENT.held]: cameBy,
  [CLIENT.heldAgain]: cameBy,
  [CLIENT.released]: cameBy,
  [CLIENT.knownAlready]: cameBy,
  [CLIENT.forgotten]: all(
    atOnce('the process died', CLIENT_FACTS.crashed),
    message('it was in memory since this', CLIENT_FACTS.received),
  ),
  [CLIENT.missed]: all(
    either(
      message('it was lost before the broker', CLIENT.notSent),
      message('the link lost it', PIPE_FACTS.lost),
      passedOn,
    ),
    either(
      acted,
      here(
        'it was gone since this',
        CLIENT.disconnected,
        CLIENT_FACTS.crashed,
        MQTT_FACTS.sessionEnded,
      ),
    ),
  ),
  [CLIENT.settled]: here('it is connected since this', CLIENT.connected),
  [CLIENT.subackCame]: either(near('the broker took it', MQTT_FACTS.subscribed), follows),
  [CLIENT.foreseen]: setUp,
  [CLIENT.heard]: follows,
  [CLIENT.packetLost]: either(message('it had left here'), acted, follows),
}
