/** What the facts of each family of pub/sub say to the matrix of deliveries. A new family is a line here. */
import type { MatrixRules } from '../rules.ts'
import { CLOUD_MATRIX } from './cloud.ts'
import { LINK_MATRIX } from './links.ts'
import { LOG_MATRIX } from './log.ts'
import { MQTT_MATRIX } from './mqtt.ts'
import { NATS_MATRIX } from './nats.ts'
import { REDIS_MATRIX } from './redis.ts'
import { SUBSCRIBER_MATRIX } from './subscriber.ts'

export const MATRIX_RULES: MatrixRules = {
  ...SUBSCRIBER_MATRIX,
  ...NATS_MATRIX,
  ...REDIS_MATRIX,
  ...MQTT_MATRIX,
  ...CLOUD_MATRIX,
  ...LINK_MATRIX,
  ...LOG_MATRIX,
}
