/** Wires what a log has besides: its cluster, settings of topics, and producers that batch and wait for answers. */
import { usFromMs } from '../../../base/time.ts'
import type { LogBroker } from '../../../brokers/log/broker.ts'
import { DurableLog } from '../../../brokers/log/durable/durableLog.ts'
import { Replica } from '../../../brokers/log/durable/replica.ts'
import { LOG_ERRORS } from '../../../brokers/log/errors.ts'
import type { LogExtension, TopicSettings } from '../../../brokers/log/keeping.ts'
import type { Topic } from '../../../brokers/log/topic.ts'
import type { Outlet } from '../../../clients/client.ts'
import { TransactionalOutput } from '../../../clients/groupConsumer/exactlyOnce/transactionalOutput.ts'
import type { GroupConsumer } from '../../../clients/groupConsumer/groupConsumer.ts'
import { Sender } from '../../../clients/producer/batching/sender.ts'
import type { Producer } from '../../../clients/producer/producer.ts'
import type { BrokerDoc, LinkDoc, TopicDoc } from '../../document.ts'
import { clusterSize, isAwaiting, TOPIC_SETTINGS } from '../../topicSettings.ts'
import type { WiringContext } from '../context.ts'
import { OP } from '../ops.ts'
import { sides } from '../sides.ts'

sides.keptLog = {
  extensionFor,
  settingsOf,
  batchingOutlet,
  addOffsets({ extension }, member, generation, parcel) {
    if (!(extension instanceof DurableLog)) return LOG_ERRORS.invalidProducerEpoch
    return extension.addOffsets({ ...parcel, member, generation })
  },
  alter({ extension }, topic, name, value) {
    if (extension instanceof DurableLog) extension.change(topic, name, value)
  },
  owner(part) {
    if (part instanceof Replica) return part.partition.topic
    return part instanceof Sender ? part.client : null
  },
}

const SESSION_MS = 2000

/** What answers go to: a sender by its part, and by the id of its producer. */
interface Line {
  sender: Sender
  produced(request: number, message: number, code: number): void
  identified(id: number, epoch: number): void
  ended(code: number): void
}

/** Per broker, so that a second one in the same scenario has its own. */
const linesOf = new WeakMap<DurableLog, Line[]>()

/** What a topic is asked to keep; null if nothing is, and nobody waits for an answer. */
function settingsOf(world: WiringContext, doc: TopicDoc): TopicSettings | null {
  const given = Object.fromEntries(
    TOPIC_SETTINGS.flatMap((name) => (doc[name] === undefined ? [] : [[name, doc[name]]])),
  )
  const isAwaited = world.linksTo(doc.id).some(({ from }) => {
    const client = world.node(from)
    return isAwaiting(client)
  })
  return Object.keys(given).length > 0 || isAwaited ? given : null
}

/** For the broker's constructor: undefined where no topic is kept. */
function extensionFor(
  world: WiringContext,
  doc: BrokerDoc,
): ((broker: LogBroker) => LogExtension) | null {
  const isKept = world.scenario.nodes.some(
    (node) => node.kind === 'topic' && node.broker === doc.id && settingsOf(world, node) !== null,
  )
  if (!isKept) return null
  return (broker) => {
    const lines: Line[] = []
    const log = new DurableLog(
      broker,
      {
        size: clusterSize(world.scenario, doc),
        sessionUs: usFromMs(doc.brokerSessionMs ?? SESSION_MS),
      },
      {
        produced: (client, request, message, code) =>
          lines.find(({ sender }) => sender.node === client)?.produced(request, message, code),
        ended: (client) =>
          lines.find(({ sender }) => sender.client === client)?.ended(LOG_ERRORS.none),
      },
    )
    linesOf.set(log, lines)
    wireActs(world, doc, log)
    return log
  }
}

function wireActs(world: WiringContext, doc: BrokerDoc, log: DurableLog): void {
  const of = (perform: (index: number) => void) => (act: { broker: string; index: number }) => {
    if (act.broker === doc.id) perform(act.index)
  }
  world.onAct(
    'killBroker',
    of((index) => log.kill(index)),
  )
  world.onAct(
    'startBroker',
    of((index) => log.restart(index)),
  )
  world.onAct(
    'isolateBroker',
    of((index) => log.cutOff(index)),
  )
  world.onAct(
    'rejoinBroker',
    of((index) => log.mend(index)),
  )
}

/** The outlet of a producer that batches; null for a client that just writes. */
function batchingOutlet(world: WiringContext, link: LinkDoc, broker: LogBroker): Outlet | null {
  const doc = world.node(link.from)
  const log = broker.extension
  if (!isAwaiting(doc) || !(log instanceof DurableLog)) return null
  const sender = senderFor(world, link)
  if (sender === null) return null
  let topic: Topic | undefined
  const topicOf = () => {
    topic ??= world.part<Topic>(link.to)
    return topic
  }
  const { forward, back } = world.pipes(
    link,
    (op, _message, a, b) => serve(log, sender, topicOf(), line, op, a, b),
    (op, _message, a, b) => {
      if (op === OP.produced || op === OP.notProduced) sender.receiveAnswer(a, b)
      else if (op === OP.producerId) sender.receiveId(a, b)
      else sender.receiveTransactionEnd(a)
    },
  )
  const line: Line = {
    sender,
    produced(request, message, code) {
      if (sender.losesAnswer(request)) return
      back?.send(code === LOG_ERRORS.none ? OP.produced : OP.notProduced, message, request, code)
    },
    identified: (id, epoch) => back?.send(OP.producerId, -1, id, epoch),
    ended: (code) => back?.send(OP.transactionEnded, -1, code, 0),
  }
  linesOf.get(log)?.push(line)
  sender.connection = {
    get topic() {
      return topicOf()
    },
    init: () => forward.send(OP.initProducer, -1, 0, 0),
    produce: (message, count, request) => forward.send(OP.produce, message, count, request),
    endTransaction: (commit) =>
      forward.send(OP.endTransaction, -1, sender.id * 2 + (commit ? 1 : 0), sender.epoch),
  }
  world.onMend.set(link.id, () => sender.reconnected())
  world.onAct('duplicateSend', ({ node }) => {
    if (node === link.from) sender.duplicate()
  })
  return { pipe: forward.node, send: (message) => sender.add(message) }
}

/** Null for a second topic of a reader, or one of another log: only what goes to the first is in its transactions. */
function senderFor(world: WiringContext, { id, from, to }: LinkDoc): Sender | null {
  const { sim } = world
  if (world.node(from).kind === 'groupConsumer') {
    const reader = world.part<GroupConsumer>(from)
    if (reader.transactions || !isOfOneLog(world, from, to)) return null
    const output = new TransactionalOutput(sim, sim.nextNode(), from, id, reader)
    reader.transactions = output
    return output
  }
  const producer = world.part<Producer>(from)
  const sender = new Sender(sim, sim.nextNode(), from, id, producer, () => producer.settings)
  producer.attachments.push(sender)
  return sender
}

/** Whether a reader writes to a topic of the log that it reads from. */
function isOfOneLog(world: WiringContext, reader: string, target: string): boolean {
  const brokerOf = (id: string) => {
    const node = world.node(id)
    return node.kind === 'topic' ? node.broker : null
  }
  return world.linksTo(reader).some(({ from }) => brokerOf(from) === brokerOf(target))
}

/** A request of a producer. */
function serve(
  log: DurableLog,
  sender: Sender,
  topic: Topic,
  line: Line,
  op: number,
  a: number,
  b: number,
): void {
  if (op === OP.produce) {
    const request = b
    const { batches } = sender
    const batch = batches.batchOf(request)
    const partition = topic.partitions[batches.partitionOf(batch)]
    if (!partition) return
    log.produce({
      partition,
      messages: batches.messagesOf(batch),
      writer: {
        producer: sender.isIdempotent ? batches.producerOf(request) : -1,
        epoch: batches.epochOf(request),
        sequence: batches.sequenceOf(request),
        transactional: sender.isTransactional,
      },
      acks: sender.acks,
      client: sender.node,
      tag: request,
      transactionTimeoutUs: sender.transactionTimeoutUs,
    })
  } else if (op === OP.initProducer) {
    const { id, epoch } = log.transactions.init(sender.client, sender.isTransactional)
    line.identified(id, epoch)
  } else if (op === OP.endTransaction) {
    // Of whoever sent it, even if that process is gone by now: `b` is its epoch.
    const id = a >> 1
    const code = log.transactions.standing(id, b)
    if (code === LOG_ERRORS.none) log.transactions.end(id, (a & 1) === 1)
    else line.ended(code)
  }
}
