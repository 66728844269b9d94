/** Wires partitioned logs: topics as nodes, those who write to them, and the members of groups that read them. */
import { must } from '../../../base/assert.ts'
import { usFromMs } from '../../../base/time.ts'
import { LogBroker, type LogWire } from '../../../brokers/log/broker.ts'
import { Group } from '../../../brokers/log/group.ts'
import { Member } from '../../../brokers/log/member.ts'
import { Partition } from '../../../brokers/log/partition.ts'
import { Progress } from '../../../brokers/log/progress.ts'
import type { Topic } from '../../../brokers/log/topic.ts'
import type { Outlet } from '../../../clients/client.ts'
import type { Holding, TransactionOffsets } from '../../../clients/groupConsumer/connection.ts'
import { GroupConsumer } from '../../../clients/groupConsumer/groupConsumer.ts'
import { isIncremental } from '../../../clients/groupConsumer/settings.ts'
import type { Pipe } from '../../../engine/pipe.ts'
import type { BrokerDoc, GroupConsumerDoc, LinkDoc, TopicDoc } from '../../document.ts'
import { sidesOf } from '../../late.ts'
import { outletOn, type WiringContext, whoWaits } from '../context.ts'
import type { FamilyParts } from '../family.ts'
import { OP } from '../ops.ts'
import { sides } from '../sides.ts'

export const parts: FamilyParts<'log'> = {
  nodes: {
    topic: () => null,
    groupConsumer: (world, doc) => {
      const Member = memberClassOf(doc)
      const consumer = new Member(world.sim, world.nodePart(doc.id), doc.id, doc)
      world.receiverSteps.push(() => consumer.open())
      const act = (name: 'cancel' | 'consume' | 'stall' | 'commitNow', perform: () => void) =>
        world.onAct(name, ({ node }) => {
          if (node === doc.id) perform()
        })
      act('cancel', () => consumer.close())
      act('consume', () => consumer.reopen())
      act('stall', () => consumer.stall())
      act('commitNow', () => consumer.commitNow())
      world.onAct('seekMember', ({ node, to, partition = null }) => {
        if (node === doc.id) consumer.seek(to, partition)
      })
      return consumer
    },
  },
  broker: wireLogBroker,
  outlet: (world, link, broker) => logOutlet(world, link, broker as LogBroker),
}

/** What a parcel `member` says (its `b`); `a` is the run of the client, its generation, or row `Holding`. */
const MEMBER = { join: 0, heartbeat: 1, leave: 2, rejoin: 3 } as const
/** What a parcel `reply` answers (its `a`); `b` says more. */
const REPLY = { emptyPoll: 0, refused: 1, committed: 2, offsetsAdded: 3 } as const
/** Numbers that travel together in one word: each error code is below this. */
const CODES = 128
/** Part numbers of facts have 16 bits. */
const PART_BITS = 16

/** How the answers of a share group travel: they are drawn as a queue's are. */
const ANSWER_OP = {
  accept: OP.ack,
  release: OP.requeue,
  reject: OP.nack,
  renew: OP.progress,
} as const

function memberClassOf(doc: GroupConsumerDoc) {
  if (doc.protocol !== 'share' && !isIncremental(doc)) return GroupConsumer
  const { Member, ShareMember } = must(sides.rebalancing, 'the rebalancing side, loaded')
  return doc.protocol === 'share' ? ShareMember : Member
}

function wireLogBroker(world: WiringContext, doc: BrokerDoc): LogBroker {
  const answers = new Map<string, Pipe>()
  const wire: LogWire = {
    assigned: ({ client }, row) => answers.get(client)?.send(OP.assignment, -1, row, 0),
    batch({ client }, _topic, message, first, count) {
      if (count > 0) answers.get(client)?.send(OP.batch, message, count, first)
      else answers.get(client)?.send(OP.reply, -1, REPLY.emptyPoll, 0)
    },
    refused({ client, definition }, code) {
      answers.get(client)?.send(OP.reply, -1, REPLY.refused, definition.incarnation * CODES + code)
    },
  }
  // By the scenario, not by what is here: checkpoints of one run must all have the same parts.
  const rare = sidesOf(world.scenario).includes('rebalancing') ? sides.rebalancing : null
  const broker = new LogBroker(world.sim, world.brokerPart(doc.id), wire, {
    extend: sides.keptLog?.extensionFor(world, doc) ?? null,
    ...(rare && { coordinator: rare.coordinator, shares: rare.shares }),
  })
  const topics = world.scenario.nodes.filter((node): node is TopicDoc => node.kind === 'topic')
  for (const topic of topics.filter(({ broker: id }) => id === doc.id)) {
    const part = world.nodePart(topic.id)
    const settings = sides.keptLog?.settingsOf(world, topic) ?? null
    world.topologySteps.push(() => broker.createTopic(topic.name, topic.partitions, part, settings))
    world.onAct('addPartitions', ({ topic: id, count }) => {
      if (id === topic.id) broker.addPartitions(world.part<Topic>(id), count)
    })
    world.onAct('alterTopic', ({ topic: id, name, value }) => {
      if (id === topic.id) sides.keptLog?.alter(broker, world.part<Topic>(id), name, value)
    })
    world.onAct('seek', ({ topic: id, group, to }) => {
      if (id === topic.id) broker.seekGroup(group, world.part<Topic>(id), to)
    })
    for (const link of world.linksFrom(topic.id)) {
      answers.set(link.to, wireMember(world, broker, link))
    }
  }
  const members = [...answers.keys()].map((id) => world.part<GroupConsumer>(id))
  for (const member of members) member.peers = members
  world.owners.set(broker.node, (part) => logOwner(world, broker, part))
  return broker
}

/** The outlet of a client that writes to a topic: the partition is chosen where the record arrives. */
function logOutlet(world: WiringContext, link: LinkDoc, broker: LogBroker): Outlet {
  const batching = sides.keptLog?.batchingOutlet(world, link, broker)
  if (batching) return batching
  const { messages } = world.sim.records
  const client = world.node(link.from)
  const explicit = client.kind === 'producer' ? (client.partition ?? -1) : -1
  let topic: Topic | undefined
  const waiting = whoWaits(world.sim.parts[world.nodePart(link.from)])
  const { forward, back } = world.pipes(
    link,
    (_op, message) => {
      topic ??= world.part<Topic>(link.to)
      broker.append(topic, message, messages.key(message), explicit)
      back?.send(OP.confirmed, message, 0, 0)
    },
    waiting && ((_op, message) => waiting.receiveConfirm(message, true, forward.node)),
  )
  return outletOn(forward, OP.publish, waiting !== undefined)
}

/** Scenario id of the node that a part of the broker belongs to: of the client for members, else of the topic. */
function logOwner(world: WiringContext, broker: LogBroker, part: number): string | null {
  const known = world.sim.parts[part]
  if (known instanceof Member) return known.client
  if (known instanceof Partition) return topicId(world, known.topic)
  if (known instanceof Progress) return topicId(world, known.partition.topic)
  const kept = sides.keptLog?.owner(known) ?? null
  if (kept !== null) return typeof kept === 'string' ? kept : topicId(world, kept)
  if (!(known instanceof Group)) return null
  const [first] = broker.subscriptionsOf(known)
  return first ? topicId(world, first.topic) : null
}

function topicId(world: WiringContext, topic: Topic): string | null {
  return world.scenario.nodes[topic.node]?.id ?? null
}

/** Topic to group consumer: assignments, batches and refusals forward; requests back. */
function wireMember(world: WiringContext, broker: LogBroker, link: LinkDoc): Pipe {
  const client = world.part<GroupConsumer>(link.to)
  const { forward, back } = world.pipes(
    link,
    (op, message, a, b) => {
      if (op === OP.assignment) client.receiveAssignment(a)
      else if (op === OP.batch) client.receiveBatch(message, a, b)
      else if (a === REPLY.emptyPoll) client.receiveNothing()
      else if (a === REPLY.refused) client.receiveRefusal(Math.floor(b / CODES), b % CODES)
      else if (a === REPLY.offsetsAdded) {
        client.transactions?.receiveOffsetsAnswer(Math.floor(b / CODES), b % CODES)
      } else client.receiveCommitAnswer(Math.floor(b / CODES), message, b % CODES)
    },
    (op, message, a, b) => {
      if (op === OP.member && b === MEMBER.join) join(world, broker, link, client, a)
      else if (op === OP.member && b === MEMBER.rejoin) {
        const { incarnation, owned } = world.sim.records.rowAt<Holding>(a)
        join(world, broker, link, client, incarnation, owned)
      } else serve(broker, link.to, client, forward, op, message, a, b)
    },
  )
  client.connection = {
    broker,
    join: (incarnation) => back?.send(OP.member, -1, incarnation, MEMBER.join),
    rejoin: (holdingRow) => back?.send(OP.member, -1, holdingRow, MEMBER.rejoin),
    heartbeat: (generation) => back?.send(OP.member, -1, generation, MEMBER.heartbeat),
    answer: (message, progress, offset, how) =>
      back?.send(ANSWER_OP[how], message, progress, offset),
    sendOffsets: (row) => back?.send(OP.addOffsets, -1, row, 0),
    seek(progress, to) {
      const member = broker.memberOf(link.to)
      const place = broker.progressAt(progress)
      if (member === undefined || place.owner !== member.node) return -1
      broker.seekMember(member, place, to)
      return place.position
    },
    leave: () => back?.send(OP.member, -1, 0, MEMBER.leave),
    poll: (generation, lastBatch) => back?.send(OP.poll, -1, generation, lastBatch),
    commit: (generation, message, progress, offset) =>
      back?.send(OP.commit, message, (generation << PART_BITS) | progress, offset),
    hangUp: () => forward.empty(),
  }
  world.onMend.set(link.id, () => {
    const member = broker.memberOf(link.to)
    if (member) broker.reconnected(member)
    client.reconnected()
  })
  return forward
}

function join(
  world: WiringContext,
  broker: LogBroker,
  link: LinkDoc,
  client: GroupConsumer,
  incarnation: number,
  owned?: readonly number[],
): void {
  const { group, offsetReset, assignor, staticMember, protocol, isolation } = client.settings
  const { lockMs, deliveryLimit } = client.settings
  broker.joinGroup({
    group,
    client: link.to,
    incarnation,
    topics: [world.part<Topic>(link.from)],
    sessionTimeoutUs: client.sessionTimeoutUs,
    rebalanceTimeoutUs: client.maxPollIntervalUs,
    offsetReset,
    ...(assignor && { assignor }),
    ...(staticMember && { instanceId: link.to }),
    ...(protocol && { protocol }),
    ...(isolation && { isolation }),
    ...(lockMs !== undefined && { lockMs }),
    ...(deliveryLimit !== undefined && { deliveryLimit }),
    ...(owned && { owned }),
  })
}

/** A request of the member that the client was last. */
function serve(
  broker: LogBroker,
  id: string,
  client: GroupConsumer,
  answers: Pipe,
  op: number,
  message: number,
  a: number,
  b: number,
): void {
  const member = broker.memberOf(id)
  if (!member) return
  if (op === OP.poll) {
    const { maxPollRecords, fetchMaxWaitMs } = client.settings
    broker.fetch(member, a, b, maxPollRecords, usFromMs(fetchMaxWaitMs))
  } else if (op === OP.commit) {
    const generation = a >>> PART_BITS
    const progress = broker.progressAt(a & ((1 << PART_BITS) - 1))
    const code = broker.commit(member, generation, progress, b)
    answers.send(OP.reply, message, REPLY.committed, generation * CODES + code)
  } else if (op === OP.addOffsets) {
    const { generation, parcel } = client.sim.records.rowAt<TransactionOffsets>(a)
    const code = sides.keptLog?.addOffsets(broker, member, generation, parcel) ?? 0
    answers.send(OP.reply, -1, REPLY.offsetsAdded, parcel.row * CODES + code)
  } else if (op === OP.ack) broker.shares?.answer(member, broker.progressAt(a), b, 'accept')
  else if (op === OP.requeue) broker.shares?.answer(member, broker.progressAt(a), b, 'release')
  else if (op === OP.nack) broker.shares?.answer(member, broker.progressAt(a), b, 'reject')
  else if (op === OP.progress) broker.shares?.answer(member, broker.progressAt(a), b, 'renew')
  else if (b === MEMBER.heartbeat) broker.heartbeat(member, a)
  else broker.leaveGroup(member)
}
