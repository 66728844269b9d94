/** A scenario's program in TypeScript: amqplib, kafkajs, and nothing at all for folds. */
import type { Scenario } from '../../document.ts'
import { confirmsIn, type Process } from '../plan.ts'
import type { Line } from '../program.ts'
import { type Form, Sheet } from '../sheet.ts'
import { type Writers, writeRoles } from '../write.ts'
import { writeConsumer, writeGroupConsumer, writeProducer } from './clients.ts'
import {
  catchUp,
  writeCommandHandler,
  writeProcessManager,
  writeProjection,
  writeRelay,
  writeStores,
} from './eventStore.ts'
import { writeMqttClient } from './mqtt.ts'
import { writeNatsSubscriber, writeRedisSubscriber, writeRequester } from './pubsub.ts'
import { writeRedisConsumer, writeRedisReader } from './redis.ts'
import { writeService } from './service.ts'
import { writePollingConsumer } from './sqs.ts'
import { writeTopology } from './topology.ts'

const WRITERS: Writers = {
  producer: writeProducer,
  consumer: writeConsumer,
  groupConsumer: writeGroupConsumer,
  pollingConsumer: writePollingConsumer,
  commandHandler: writeCommandHandler,
  projection: writeProjection,
  relay: writeRelay,
  processManager: writeProcessManager,
  service: writeService,
  mqttClient: writeMqttClient,
  natsSubscriber: writeNatsSubscriber,
  natsRequester: writeRequester,
  redisSubscriber: writeRedisSubscriber,
  redisConsumer: writeRedisConsumer,
  redisReader: writeRedisReader,
}

export function typescriptLines(scenario: Scenario, process: Process, form: Form): Line[] {
  const sheet = new Sheet(form, confirmsIn(process))
  writeTopology(sheet, scenario, process.parts)
  writeStores(sheet, scenario, process.stores)
  writeRoles(sheet, scenario, process, WRITERS, catchUp)
  return sheet.lines(1, true)
}
