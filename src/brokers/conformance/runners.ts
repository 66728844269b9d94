/** The brokers whose traces can be run: a new one is a file and a line here. */
import { MOSQUITTO } from './mosquitto.ts'
import { NATS } from './nats.ts'
import { RABBITMQ } from './rabbitmq.ts'
import { REDIS } from './redis.ts'
import type { Runner } from './runner.ts'

const RUNNERS: readonly Runner[] = [RABBITMQ, REDIS, NATS, MOSQUITTO]

export function runnerOf(broker: string): Runner | undefined {
  return RUNNERS.find((runner) => runner.broker === broker)
}
