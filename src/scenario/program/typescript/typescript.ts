/** A scenario's program in TypeScript: amqplib, kafkajs, and nothing at all for folds. */
import type { Scenario } from '../../document.ts'
import { confirmsIn, type Process } from '../plan.ts'
import { type Line, line, on } from '../program.ts'
import { type Form, Sheet } from '../sheet.ts'
import { type Writers, writeRoles } from '../write.ts'
import { writeConsumer, writeGroupConsumer, writeProducer } from './clients.ts'
import { writeCommandHandler, writeProjection, writeRelay, writeStores } from './eventStore.ts'
import { writeMqttClient } from './mqtt.ts'
import { writeNatsSubscriber, writeRedisSubscriber, writeRequester } from './pubsub.ts'
import { writeRedisConsumer, writeRedisReader } from './redis.ts'
import { writePollingConsumer } from './sqs.ts'
import { writeTopology } from './topology.ts'

/** These run in the simulation only; the program says so. */
function unwritten(
  sheet: Sheet,
  _scenario: Scenario,
  { docs }: { docs: readonly { id: string; name: string }[] },
): void {
  for (const doc of docs) {
    const lit = on(
      [doc],
      'started',
      'processed',
      'reacted',
      'commandSent',
      'rowSaved',
      'announced',
      'published',
    )
    sheet.add('actions', line(`// ${doc.name} runs in the simulation only`, ...lit))
  }
}

const WRITERS: Writers = {
  producer: writeProducer,
  consumer: writeConsumer,
  groupConsumer: writeGroupConsumer,
  pollingConsumer: writePollingConsumer,
  commandHandler: writeCommandHandler,
  projection: writeProjection,
  relay: writeRelay,
  processManager: unwritten,
  service: unwritten,
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
  writeStores(sheet, process.stores)
  writeRoles(sheet, scenario, process, WRITERS)
  return sheet.lines(1, true)
}
