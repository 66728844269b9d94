/** The runs on pub/sub by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import type { PubSubExampleId } from './catalog.ts'
import { mqttFilters } from './mqttFilters.ts'
import { mqttQos } from './mqttQos.ts'
import { mqttRetained } from './mqttRetained.ts'
import { mqttSession } from './mqttSession.ts'
import { mqttShared } from './mqttShared.ts'
import { mqttWill } from './mqttWill.ts'
import { notifications } from './notifications.ts'

export const bodies: Record<PubSubExampleId, ExampleBody> = {
  notifications,
  'mqtt-qos': mqttQos,
  'mqtt-session': mqttSession,
  'mqtt-will': mqttWill,
  'mqtt-shared': mqttShared,
  'mqtt-retained': mqttRetained,
  'mqtt-filters': mqttFilters,
}
