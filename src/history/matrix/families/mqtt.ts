/** MQTT in the matrix of deliveries: what is passed on, what a session keeps for its client, what passes one by. */
import { MQTT_FACTS } from '../../../brokers/pubsub/mqtt/facts.ts'
import { MQTT_CLIENT_FACTS } from '../../../clients/mqttClient/facts.ts'
import { MISSED_WORDS } from '../../vanished.ts'
import type { MatrixFact, MatrixReading, MatrixRules } from '../rules.ts'

export const MQTT_MATRIX: MatrixRules = {
  [MQTT_FACTS.published]: (tell, { message }) => tell.published(message),
  [MQTT_FACTS.queued]: owed,
  [MQTT_FACTS.sentOnce]: owed,
  [MQTT_FACTS.sent]: owed,
  [MQTT_CLIENT_FACTS.notSent]: (tell, { message }) => tell.published(message),
  [MQTT_CLIENT_FACTS.missed]: (tell, { part, message, aux }) =>
    tell.missed(part, message, MISSED_WORDS[aux] ?? 'missed'),
}

/** Something is on its way to the client of a session, or waits there for it. */
function owed(tell: MatrixReading, { world, part, message }: MatrixFact): void {
  const owner = world.owner(part)
  tell.owed(
    world.scenario.nodes.findIndex(({ id }) => id === owner),
    message,
  )
}
