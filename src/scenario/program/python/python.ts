/** A scenario's programs in Python: pika, kafka-python, boto3, paho-mqtt, and nothing at all for folds. */
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

export function pythonLines(scenario: Scenario, process: Process, form: Form): Line[] {
  const sheet = new Sheet(form, confirmsIn(process))
  writeTopology(sheet, scenario, process.parts)
  writeStores(sheet, process.stores)
  writeRoles(sheet, scenario, process, WRITERS, catchUp)
  return sheet.lines(2)
}

/** Each of these is an endless loop of its own. */
const LOOPING: readonly string[] = [
  'groupConsumer',
  'pollingConsumer',
  'mqttClient',
  'redisConsumer',
  'redisReader',
]

/** Whether a service has a relay, which runs for ever. */
function follows({ writes }: { writes: string }): boolean {
  return writes === 'outbox' || writes === 'cdc'
}

/** How many endless loops a process has: with more than one, the second would never begin. */
export function loopsOf({ roles }: Process): number {
  const ofRedis = roles.filter(({ docs }) => docs[0].kind === 'redisSubscriber').length
  const ofServices = roles.filter(
    ({ docs: [doc] }) => doc.kind === 'service' && follows(doc),
  ).length
  const ofQueues = roles.some(({ docs }) => docs[0].kind === 'consumer') ? 1 : 0
  const polls = (kind: string) => LOOPING.includes(kind)
  return ofRedis + ofServices + ofQueues + roles.filter(({ docs }) => polls(docs[0].kind)).length
}
