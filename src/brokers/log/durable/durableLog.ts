/**
 * What a log broker has besides, when its topics are kept or its producers want answers: a cluster of
 * brokers that die and come back, produce requests, producer ids and transactions. It is a part of the
 * broker's state machine, in files of its own so that a page without such topics does not load it.
 */
import { usFromMs } from '../../../base/time.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { LogBroker } from '../broker.ts'
import { LOG_ERRORS } from '../errors.ts'
import { LOG_FACTS } from '../facts.ts'
import type { LogExtension, TopicSettings } from '../keeping.ts'
import type { Member } from '../member.ts'
import type { Partition } from '../partition.ts'
import type { Progress } from '../progress.ts'
import type { Topic } from '../topic.ts'
import { DURABLE_FACTS } from './facts.ts'
import { type KeepingContext, PartitionKeeping, TOPIC_DEFAULTS } from './partitionKeeping.ts'
import type { Writer } from './producers.ts'
import { Transactions } from './transactions.ts'

/** What producers are told. */
export interface ProducerWire {
  /** The answer to a produce request, by the tag that it had. */
  produced(client: number, tag: number, message: number, code: number): void
  /** A transaction of a client is over. */
  ended(client: string, producer: number, epoch: number): void
}

/** Produce: a batch for one partition. */
export interface ProduceRequest {
  partition: Partition
  messages: readonly number[]
  writer: Writer
  /** -1 stands for all. */
  acks: 0 | 1 | -1
  client: number
  tag: number
  transactionTimeoutUs: number
}

/** TxnOffsetCommit: what a group's member has done with in a transaction of its producer. */
export interface OffsetsRequest {
  member: Member
  generation: number
  producer: number
  epoch: number
  progresses: readonly number[]
  offsets: readonly number[]
  transactionTimeoutUs: number
}

export interface ClusterOptions {
  /** Brokers of the cluster. */
  size: number
  /** After so long the controller knows that a broker is gone (broker.session.timeout.ms). */
  sessionUs: number
}

/** Row behind `topicChanged`; the value null takes the setting away. */
export interface TopicChange {
  topic: number
  name: string
  value: unknown
}

/** Timers of the broker. */
const TIMER = { session: 0, lag: 1, transaction: 2 } as const
const BROKERS = 64

export class DurableLog implements LogExtension, KeepingContext {
  readonly transactions: Transactions
  readonly size: number
  readonly broker: LogBroker
  private readonly down: number[] = []
  private readonly cut: number[] = []
  /** How often each broker went down: a timer for an earlier time says nothing. */
  private readonly falls: number[] = []
  private readonly changes: number[] = []
  private readonly settings = new Map<Topic, TopicSettings>()
  private readonly options: ClusterOptions
  private readonly wire: ProducerWire

  constructor(broker: LogBroker, options: ClusterOptions, wire: ProducerWire) {
    this.broker = broker
    this.options = options
    this.wire = wire
    this.size = options.size
    for (let i = 0; i < options.size; i++) this.falls.push(0)
    this.transactions = new Transactions({
      sim: broker.sim,
      node: broker.node,
      partition: (part) => broker.sim.parts[part] as Partition,
      writeMarker: (partition, producer, epoch, commit) => {
        const keeping = keepingOf(partition)
        if (keeping.replication.isAvailable) keeping.writeMarker(producer, epoch, commit)
      },
      isReplicated: (partition, offset) => keepingOf(partition).highWatermark > offset,
      moveOffset: (progress, offset) => this.moveOffset(broker.progressAt(progress), offset),
      offsetSettled: (progress) => broker.wake(broker.progressAt(progress).partition),
      emit: (kind, aux) => broker.sim.emit(broker, kind, -1, aux),
      ended: (client, producer, epoch) => wire.ended(client, producer, epoch),
      after: (us, arg) => broker.sim.after(us, broker, TIMER.transaction, arg),
    })
  }

  get sim(): Simulation {
    return this.broker.sim
  }

  // ——— topics ———

  keep(partition: Partition): PartitionKeeping {
    return new PartitionKeeping(this, partition)
  }

  begin(partitions: readonly Partition[]): void {
    const isFirst = partitions[0] === this.keptPartitions()[0]
    for (const partition of partitions) keepingOf(partition).begin()
    if (isFirst && this.size > 1) this.checkLagLater()
  }

  settingsOf(topic: Topic): TopicSettings {
    const known = this.settings.get(topic)
    if (known) return known
    const settings: Record<string, unknown> = { ...topic.settings }
    for (const row of this.changes) {
      const change = this.sim.records.rowAt<TopicChange>(row)
      if (change.topic !== topic.node) continue
      if (change.value === null) delete settings[change.name]
      else settings[change.name] = change.value
    }
    this.settings.set(topic, settings)
    return settings
  }

  /**
   * IncrementalAlterConfigs: a setting of the topic is another one from now on; null takes it away. Where an
   * unclean election is allowed, partitions without a leader get one at once; under KRaft that takes up to
   * unclean.leader.election.interval.ms, or kafka-leader-election.
   */
  change(topic: Topic, name: string, value: unknown): void {
    const row: TopicChange = { topic: topic.node, name, value }
    this.emit(DURABLE_FACTS.topicChanged, this.sim.records.row(row))
    for (const partition of topic.partitions) keepingOf(partition).replication.electIfNobodyLeads()
  }

  wake(partition: Partition): void {
    this.broker.wake(partition)
  }

  // ——— producers ———

  answer(client: number, tag: number, message: number, code: number): void {
    this.wire.produced(client, tag, message, code)
  }

  produce(request: ProduceRequest): void {
    const { partition, messages, writer, acks, client, tag } = request
    const keeping = keepingOf(partition)
    const first = messages[0] ?? -1
    const code = this.refusal(request)
    if (code === LOG_ERRORS.duplicateSequence) {
      this.sim.emit(partition, DURABLE_FACTS.duplicateDropped, first, writer.sequence)
    } else if (code !== LOG_ERRORS.none) {
      this.sim.emit(partition, DURABLE_FACTS.writeRefused, first, code)
      if (acks !== 0) this.answer(client, tag, first, code)
      return
    } else {
      if (writer.transactional) {
        this.transactions.enlist(writer.producer, partition, request.transactionTimeoutUs)
      }
      keeping.write(messages, writer)
    }
    if (acks === 0) return
    if (acks === 1 || keeping.highWatermark >= partition.end) {
      this.answer(client, tag, first, LOG_ERRORS.none)
    } else keeping.waits.add(client, tag, first)
    this.wake(partition)
  }

  private refusal({ partition, messages, writer, acks }: ProduceRequest): number {
    if (writer.transactional) {
      const code = this.transactions.standing(writer.producer, writer.epoch)
      if (code !== LOG_ERRORS.none) return code
    }
    return keepingOf(partition).refusal(writer, messages[0] ?? -1, acks === -1)
  }

  /**
   * AddOffsetsToTxn and TxnOffsetCommit in one (KIP-447: the group checks its member as at every commit). All of
   * the offsets are taken in, or none.
   */
  addOffsets(request: OffsetsRequest): number {
    const { member, generation, producer, epoch, progresses, offsets } = request
    const { broker, transactions } = this
    let code = transactions.standing(producer, epoch)
    progresses.forEach((part, i) => {
      if (code !== LOG_ERRORS.none) return
      const offset = offsets[i] as number
      code = broker.commitStanding(member, generation, broker.progressAt(part), offset)
    })
    if (code !== LOG_ERRORS.none) {
      this.sim.emit(member, LOG_FACTS.commitRejected, -1, code)
      return code
    }
    progresses.forEach((part, i) => {
      transactions.addOffset(producer, part, offsets[i] as number, request.transactionTimeoutUs)
    })
    return code
  }

  /** A transaction is committed. Who took the partition over meanwhile goes on where it ends. */
  private moveOffset(progress: Progress, offset: number): void {
    const { sim } = this
    sim.emit(progress, LOG_FACTS.offsetCommitted, -1, offset)
    if (progress.owner !== -1 && progress.position < offset) {
      sim.emit(progress, LOG_FACTS.positionMoved, -1, offset)
    }
  }

  markerWritten(producer: number, partition: Partition, offset: number): void {
    this.transactions.applyMarker(producer, partition, offset)
  }
  lost(partition: Partition, end: number): void {
    this.transactions.applyLost(partition, end)
  }
  advanced(partition: Partition): void {
    this.transactions.advanced(partition)
  }
  ledAgain(partition: Partition): void {
    this.goBack(partition)
    this.transactions.ledAgain(partition)
  }

  /** Who has read beyond what the new leader has goes on where the logs part (KIP-320). */
  private goBack(partition: Partition): void {
    const { broker } = this
    for (const { topic, progress } of broker.subscriptions) {
      const place = topic === partition.topic ? progress[partition.index] : undefined
      if (!place || place.owner === -1 || place.position <= partition.end) continue
      this.sim.emit(place, LOG_FACTS.positionMoved, -1, partition.end)
    }
  }

  // ——— the cluster ———

  isUp(broker: number): boolean {
    return !this.down.includes(broker)
  }
  isCut(broker: number): boolean {
    return this.cut.includes(broker)
  }

  /** The process of a broker dies. What is on its disk stays. */
  kill(broker: number): void {
    if (!this.isUp(broker) || broker >= this.size) return
    this.emit(DURABLE_FACTS.brokerDown, broker)
    for (const keeping of this.kept()) {
      if (keeping.replication.leader === broker) keeping.leaderDied()
    }
    const fall = (this.falls[broker] as number) * BROKERS + broker
    this.sim.after(this.options.sessionUs, this.broker, TIMER.session, fall)
  }

  restart(broker: number): void {
    if (this.isUp(broker)) return
    this.emit(DURABLE_FACTS.brokerUp, broker)
    for (const keeping of this.kept()) keeping.replication.noticeUp(broker)
    for (const keeping of this.kept()) this.wake(keeping.partition)
  }

  /** What a broker fetches from the others, and they from it, is lost until it is mended. Clients reach it. */
  cutOff(broker: number): void {
    if (!this.isCut(broker) && broker < this.size) {
      this.emit(DURABLE_FACTS.replicationCut, broker)
    }
  }

  mend(broker: number): void {
    if (!this.isCut(broker)) return
    this.emit(DURABLE_FACTS.replicationMended, broker)
    for (const keeping of this.kept()) keeping.replication.reconnect(broker)
  }

  due(kind: number, arg: number): void {
    if (kind === TIMER.transaction) this.transactions.due(arg)
    else if (kind === TIMER.lag) {
      this.checkLagLater()
      for (const keeping of this.kept()) keeping.replication.checkLag()
    } else this.noticeDown(arg % BROKERS, Math.floor(arg / BROKERS))
  }

  /** The controller has heard nothing of a broker for the session timeout. */
  private noticeDown(broker: number, fall: number): void {
    if (this.isUp(broker) || this.falls[broker] !== fall) return
    for (const keeping of this.kept()) keeping.replication.noticeDown(broker)
  }

  /** Kafka looks twice in replica.lag.time.max.ms. */
  private checkLagLater(): void {
    let least = Number.POSITIVE_INFINITY
    for (const topic of this.broker.topics) {
      if (!topic.settings) continue
      least = Math.min(least, topic.settings.replicaLagMs ?? TOPIC_DEFAULTS.replicaLagMs)
    }
    this.sim.after(Math.max(1, usFromMs(least) >> 1), this.broker, TIMER.lag)
  }

  private emit(kind: number, aux: number): void {
    this.sim.emit(this.broker, kind, -1, aux)
  }

  private keptPartitions(): Partition[] {
    return this.broker.topics.flatMap((topic) => (topic.settings ? topic.partitions : []))
  }

  private kept(): PartitionKeeping[] {
    return this.keptPartitions().map(keepingOf)
  }

  // ——— state ———

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case DURABLE_FACTS.brokerDown:
        this.down.push(aux)
        this.falls[aux] = (this.falls[aux] as number) + 1
        this.forgetRounds(aux)
        break
      case DURABLE_FACTS.brokerUp:
        this.down.splice(this.down.indexOf(aux), 1)
        break
      case DURABLE_FACTS.replicationCut:
        this.cut.push(aux)
        this.forgetRounds(aux)
        break
      case DURABLE_FACTS.replicationMended:
        this.cut.splice(this.cut.indexOf(aux), 1)
        break
      case DURABLE_FACTS.topicChanged:
        this.changes.push(aux)
        this.settings.clear()
        break
      default:
        this.transactions.apply(kind, aux)
    }
  }

  archive(io: Archive): void {
    io.list(this.down)
    io.list(this.cut)
    io.list(this.falls)
    io.list(this.changes)
    if (io.loading) this.settings.clear()
    this.transactions.archive(io)
  }

  private forgetRounds(broker: number): void {
    for (const keeping of this.kept()) keeping.replication.forgetRounds(broker)
  }
}

/** The keeping of a partition whose topic is kept. */
export function keepingOf(partition: Partition): PartitionKeeping {
  return partition.keeping as PartitionKeeping
}
