/** Draws the nodes of Redis streams. */

import type { FamilyDrawings } from '../family.ts'
import {
  drawRedisConsumer,
  drawRedisGroup,
  drawRedisReader,
  drawRedisStream,
} from '../redisStreams.ts'

export const drawings: FamilyDrawings<'redisStreams'> = {
  redisStream: drawRedisStream,
  redisGroup: drawRedisGroup,
  redisConsumer: drawRedisConsumer,
  redisReader: drawRedisReader,
}
