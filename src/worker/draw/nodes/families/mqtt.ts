/** Draws MQTT brokers and their clients. */

import type { FamilyDrawings } from '../family.ts'
import { drawMqttBroker } from '../mqttBroker.ts'
import { drawMqttClient } from '../mqttClient.ts'

export const drawings: FamilyDrawings<'mqtt'> = {
  mqttBroker: drawMqttBroker,
  mqttClient: drawMqttClient,
}
