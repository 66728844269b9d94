/** Wires queues of the SQS family: queues as nodes, who sends to them, and who polls them. */
import { usFromMs } from '../../../base/time.ts'
import { SqsBroker } from '../../../brokers/sqs/broker.ts'
import type { SqsOptions, SqsQueue } from '../../../brokers/sqs/queue.ts'
import type { Outlet } from '../../../clients/client.ts'
import { PollingConsumer } from '../../../clients/pollingConsumer/pollingConsumer.ts'
import type { Pipe } from '../../../engine/pipe.ts'
import type { BrokerDoc, LinkDoc, MessagePropertiesDoc, NodeOf } from '../../document.ts'
import { outletOn, type WiringContext } from '../context.ts'
import type { FamilyParts } from '../family.ts'
import { OP } from '../ops.ts'

export const parts: FamilyParts<'sqs'> = {
  nodes: {
    sqsQueue: () => null,
    pollingConsumer: (world, doc) => {
      const consumer = new PollingConsumer(world.sim, world.nodePart(doc.id), doc.id, doc)
      consumer.poison = world.poison
      world.receiverSteps.push(() => consumer.start())
      return consumer
    },
  },
  broker: wireSqsBroker,
  outlet: (world, link, broker) => sqsOutlet(world, link, broker as SqsBroker),
}

function wireSqsBroker(world: WiringContext, doc: BrokerDoc): SqsBroker {
  const answers = new Map<string, Pipe>()
  const broker = new SqsBroker(world.sim, world.brokerPart(doc.id), {
    received(queue, by, first, count) {
      const pipe = answers.get(`${queue.node}/${by}`)
      if (count === 0) pipe?.send(OP.nothing, -1, 0, 0)
      else pipe?.send(OP.batch, queue.messageOf(first), count, first)
    },
  })
  const queues = world.scenario.nodes.filter(
    (node): node is NodeOf<'sqsQueue'> => node.kind === 'sqsQueue' && node.broker === doc.id,
  )
  for (const queue of queues) {
    const part = world.nodePart(queue.id)
    const made = broker.addQueue(part, queue.id, queue.name, optionsOf(world, queue))
    world.purgers.set(queue.id, () => broker.purge(made))
    world.publishers.set(queue.id, (message) => send(world, broker, queue.id, message))
    for (const link of world.linksFrom(queue.id)) {
      const client = world.nodePart(link.to)
      answers.set(`${part}/${client}`, wirePoller(world, broker, made, link))
    }
  }
  return broker
}

function optionsOf(world: WiringContext, doc: NodeOf<'sqsQueue'>): SqsOptions {
  const { visibilityTimeoutMs, delayMs, retentionMs, deadLetters, maxReceiveCount } = doc
  return {
    ...(doc.fifo && { fifo: true }),
    ...(doc.contentDeduplication && { contentDeduplication: true }),
    ...(visibilityTimeoutMs !== undefined && { visibilityUs: usFromMs(visibilityTimeoutMs) }),
    ...(delayMs !== undefined && { delayUs: usFromMs(delayMs) }),
    ...(retentionMs !== undefined && { retentionUs: usFromMs(retentionMs) }),
    ...(doc.duplicateRate !== undefined && { duplicateRate: doc.duplicateRate }),
    ...(doc.disorderRate !== undefined && { disorderRate: doc.disorderRate }),
    ...(deadLetters !== undefined && {
      redrive: { to: world.node(deadLetters).name, maxReceiveCount: maxReceiveCount ?? 3 },
    }),
  }
}

/** The outlet of a client that sends to a queue: its key is the message group. */
function sqsOutlet(world: WiringContext, link: LinkDoc, broker: SqsBroker): Outlet {
  const { forward } = world.pipes(link, (_op, message) => send(world, broker, link.to, message))
  return outletOn(forward, OP.publish)
}

/** What a person gives a message with its properties; its key is the message group. */
function send(world: WiringContext, broker: SqsBroker, queue: string, message: number): void {
  const { messages, strings } = world.sim.records
  const row = messages.props(message)
  const given: MessagePropertiesDoc = row === -1 ? {} : world.sim.records.rowAt(row)
  const { deduplicationId, delayMs } = given
  const key = messages.key(message)
  broker.send(world.part<SqsQueue>(queue), message, {
    group: key === strings.id('') ? -1 : key,
    ...(deduplicationId !== undefined && { deduplication: strings.id(deduplicationId) }),
    ...(delayMs !== undefined && { delayUs: usFromMs(delayMs) }),
  })
}

/** Queue to polling consumer: batches forward; receives, deletions and changes of visibility back. */
function wirePoller(world: WiringContext, broker: SqsBroker, queue: SqsQueue, link: LinkDoc): Pipe {
  const by = world.nodePart(link.to)
  const client = world.part<PollingConsumer>(link.to)
  const { forward, back } = world.pipes(
    link,
    (_op, message, count, first) => client.answer(message, count, first),
    (op, _message, receipt, us) => {
      if (op === OP.receive) receive(broker, queue, by, client)
      else if (op === OP.delete) broker.delete(queue, receipt)
      else if (op === OP.visibility) broker.changeVisibility(queue, receipt, us)
      else broker.hangUp(queue, by)
    },
  )
  client.port = {
    messageOf: (receipt) => queue.messageOf(receipt),
    countOf: (receipt) => queue.receipts.count(receipt),
    hiddenUs: queue.options.visibilityUs ?? 30_000_000,
    receive: () => back?.send(OP.receive, -1, 0, 0),
    delete: (message, receipt) => back?.send(OP.delete, message, receipt, 0),
    changeVisibility: (message, receipt, us) => back?.send(OP.visibility, message, receipt, us),
    hangUp: () => {
      forward.empty()
      back?.send(OP.hangUp, -1, 0, 0)
    },
  }
  world.onMend.set(link.id, () => {
    broker.hangUp(queue, by)
    client.reconnected()
  })
  return forward
}

/** The settings are those of the moment at which the request arrives. */
function receive(broker: SqsBroker, queue: SqsQueue, by: number, client: PollingConsumer): void {
  const { maxMessages, waitTimeMs, visibilityTimeoutMs } = client.settings
  broker.receive(queue, by, {
    max: maxMessages,
    waitUs: usFromMs(waitTimeMs),
    ...(visibilityTimeoutMs !== undefined && { visibilityUs: usFromMs(visibilityTimeoutMs) }),
  })
}
