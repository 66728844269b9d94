/**
 * A whole Kafka-like broker as one pure state machine, because groups, offsets and partitions depend on
 * each other. It offers what a producer, a consumer and an administrator have; see README.md for the
 * rules and for what is left out. Answers that take time go out by the wire; an operation that a client
 * waits for at once returns its result.
 */
import { must } from '../../base/assert.ts'
import { usFromMs } from '../../base/time.ts'
import { type Archive, archiveAll } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { Commits } from './commits.ts'
import { Coordinator, type CoordinatorContext, type JoinRequest } from './coordinator.ts'
import { LOG_ERRORS, LogError } from './errors.ts'
import { LOG_FACTS, REBALANCE } from './facts.ts'
import { Fetcher } from './fetcher.ts'
import { GROUP_TIMER, Group, type GroupRow } from './group.ts'
import type { LogExtension, TopicSettings } from './keeping.ts'
import { MEMBER_TIMER, Member, type MemberRow } from './member.ts'
import type { Partition } from './partition.ts'
import type { Batching } from './partitioner.ts'
import type { Progress } from './progress.ts'
import { Segments } from './segments.ts'
import type { Sharing } from './share/sharing.ts'
import { Subscription, type SubscriptionRow } from './subscription.ts'
import { type GrowthRow, Topic, type TopicRow } from './topic.ts'

/** What the broker tells members: the other end of their connections. */
export interface LogWire {
  /** The answer to a join: row `Assignment`. */
  assigned(member: Member, assignmentRow: number): void
  /** The answer to a poll: a batch by its first segment; without a topic it is empty. */
  batch(member: Member, topic: Topic | null, message: number, first: number, count: number): void
  /** A join, heartbeat or poll is answered with an error code (`LOG_ERRORS`). */
  refused(member: Member, code: number): void
}

/** Settings of the broker and of the producers that write to it. */
export interface LogOptions extends Batching {
  /** How long an empty group waits for more members after the first (group.initial.rebalance.delay.ms). */
  gatherUs: number
  /** What keeps topics with settings; without it there are none. */
  extend: ((broker: LogBroker) => LogExtension) | null
  /** Who makes the share groups, where there are any. */
  shares: ((broker: LogBroker) => Sharing) | null
  /** Who makes the coordinator, where groups need more than the classic eager one. */
  coordinator: (broker: CoordinatorContext) => Coordinator
}

const DEFAULTS: LogOptions = {
  batchRecords: 16,
  lingerUs: 0,
  gatherUs: 0,
  extend: null,
  shares: null,
  coordinator: (broker) => new Coordinator(broker),
}

/** Where a group or a member is moved to: a time is the first record that was made then or later, if there is one. */
export type SeekTarget = 'beginning' | 'end' | number | { timeMs: number }

export class LogBroker implements Part {
  readonly topics: Topic[] = []
  readonly groups: Group[] = []
  readonly subscriptions: Subscription[] = []
  /** All there have ever been, in the order of their joining. */
  readonly members: Member[] = []
  /** By client, since each request asks for it: the last of them. */
  private readonly latest = new Map<string, Member>()
  readonly segments: Segments
  readonly commits: Commits
  readonly extension: LogExtension | null
  readonly sim: Simulation
  readonly node: number
  private readonly wire: LogWire
  private readonly options: LogOptions
  readonly shares: Sharing | null
  private readonly coordinator: Coordinator
  private readonly fetcher = new Fetcher(this)

  constructor(sim: Simulation, node: number, wire: LogWire, options: Partial<LogOptions> = {}) {
    this.sim = sim
    this.node = node
    this.wire = wire
    this.options = { ...DEFAULTS, ...options }
    this.shares = this.options.shares?.(this) ?? null
    this.coordinator = this.options.coordinator(this)
    this.segments = new Segments(sim.records, node)
    this.commits = new Commits(sim.records, node)
    this.extension = this.options.extend?.(this) ?? null
    sim.enlist(this)
  }

  get gatherUs(): number {
    return this.options.gatherUs
  }

  // ——— topics ———

  /** CreateTopics; `part` gives it a number of the scenario's. */
  createTopic(
    name: string,
    partitions: number,
    part = this.sim.nextNode(),
    settings: TopicSettings | null = null,
  ): Topic {
    if (this.topic(name)) throw new LogError(`topic '${name}' exists already`)
    if (!Number.isInteger(partitions) || partitions < 1) {
      throw new LogError(`topic '${name}' needs at least one partition, not ${partitions}`)
    }
    const parts = this.partitionParts(partitions, settings)
    const row: TopicRow = { part, name, partitions: parts, ...(settings && { settings }) }
    this.sim.emit(this, LOG_FACTS.topicCreated, -1, this.sim.records.row(row))
    const topic = must(this.topics.at(-1), 'the topic just created')
    if (settings) this.extension?.begin(topic.partitions)
    return topic
  }

  /** DeleteRecords: everything before `offset` is gone. Never goes back, never passes the end. */
  deleteRecords(partition: Partition, offset: number): void {
    const start = Math.min(offset, partition.end)
    if (start > partition.start) this.sim.emit(partition, LOG_FACTS.trimmed, -1, start)
  }

  /**
   * CreatePartitions: more partitions, the new ones empty. Records stay where they are; most keys go
   * elsewhere from now on. Who reads the topic joins again: a Kafka client finds out when it asks for
   * metadata next (metadata.max.age.ms), here at once.
   */
  addPartitions(topic: Topic, count: number): void {
    const parts = this.partitionParts(count, topic.settings ?? null)
    const readers = this.subscriptions.filter((each) => each.topic === topic)
    const row: GrowthRow = {
      topic: topic.node,
      partitions: parts,
      progress: readers.map(() => this.nextNodes(count)),
    }
    for (const { group } of readers) this.coordinator.restart(group, REBALANCE.partitionsAdded)
    this.sim.emit(this, LOG_FACTS.partitionsAdded, -1, this.sim.records.row(row))
    if (topic.settings) this.extension?.begin(topic.partitions.slice(-count))
  }

  // ——— writing ———

  /**
   * Produce: writes a record to the partition asked for, to that of its key, or where its producer's
   * batch goes. Returns the partition; the record's offset is its `end - 1`. -1 stands for none.
   */
  append(topic: Topic, message: number, key: number, explicit = -1): Partition {
    const partition = topic.partitions[this.choosePartition(topic, message, key, explicit)]
    if (!partition) throw new LogError(`topic '${topic.name}' has no partition ${explicit}`)
    partition.append(message)
    this.wake(partition)
    return partition
  }

  /** There may be more to read: whoever waits for it is served. */
  wake(partition: Partition): void {
    this.fetcher.wake(partition)
    this.shares?.wake(partition)
  }

  // ——— members ———

  /** JoinGroup: the answer comes by the wire when the generation begins. */
  joinGroup(request: JoinRequest): void {
    this.coordinator.join(request)
  }

  leaveGroup(member: Member): void {
    this.coordinator.leave(member)
  }

  heartbeat(member: Member, generation: number): void {
    this.coordinator.heartbeat(member, generation)
  }

  /**
   * Fetch, from the positions of what the member owns; answered at once or when a record comes. Kafka
   * does not ask who fetches; here the group does, so that an expelled member hears of it at its poll.
   */
  fetch(member: Member, generation: number, lastBatch: number, max: number, waitUs: number): void {
    const code = this.coordinator.standing(member, generation)
    const mayStillRead = code === LOG_ERRORS.rebalanceInProgress && member.owned.length > 0
    if (code !== LOG_ERRORS.none && !mayStillRead) this.wire.refused(member, code)
    else if (member.isSharing) this.shares?.poll(member, max, waitUs)
    else this.fetcher.poll(member, lastBatch, max, waitUs)
  }

  /** The member has a new connection: what was asked on the old one is not answered any more. */
  reconnected(member: Member): void {
    if (member.isWaiting) this.sim.emit(member, LOG_FACTS.fetchEnded, -1, -1)
  }

  /**
   * OffsetCommit; returns an error code. Members may still commit while their group prepares to
   * rebalance. Kafka checks member and generation only; that the member owns the partition and that the
   * offset exists is checked here besides.
   */
  commit(member: Member, generation: number, progress: Progress, offset: number): number {
    const code = this.commitStanding(member, generation, progress, offset)
    if (code === LOG_ERRORS.none) {
      const { partition } = progress
      const last = offset > partition.start ? partition.messageAt(offset - 1) : -1
      this.commits.book(progress.node, offset)
      this.sim.emit(member, LOG_FACTS.committed, last, this.commits.count)
    } else {
      this.sim.emit(member, LOG_FACTS.commitRejected, -1, code)
    }
    return code
  }

  /** consumer.seek: the owner reads on from another offset. What is committed stays. */
  seekMember(member: Member, progress: Progress, to: SeekTarget): void {
    if (progress.owner !== member.node) {
      throw new LogError(`${member.client} does not own ${progress.partition.name}`)
    }
    this.sim.emit(progress, LOG_FACTS.positionMoved, -1, this.offsetFor(progress.partition, to))
  }

  /**
   * kafka-consumer-groups --reset-offsets: moves what a group has committed in a topic. The tool wants
   * the group to be stopped; here its members are made to join again, and what they try to commit
   * meanwhile is refused.
   */
  seekGroup(name: string, topic: Topic, to: SeekTarget): void {
    const group = this.ensureGroup(name)
    const { progress } = this.ensureSubscription(group, topic)
    this.coordinator.restart(group, REBALANCE.seeked)
    for (const each of progress) {
      this.sim.emit(each, LOG_FACTS.seeked, -1, this.offsetFor(each.partition, to))
    }
  }

  /** ListOffsets; by a time as consumer.offsetsForTimes: times of records need not rise with their offsets. */
  offsetFor(partition: Partition, to: SeekTarget): number {
    const { start, end } = partition
    if (to === 'beginning') return start
    if (to === 'end') return end
    if (typeof to === 'number') return Math.max(start, Math.min(to, end))
    const { messages } = this.sim.records
    for (let offset = start; offset < end; offset++) {
      const message = partition.messageAt(offset)
      if (message !== -1 && messages.bornUs(message) >= usFromMs(to.timeMs)) return offset
    }
    return end
  }

  // ——— parts ———

  topic(name: string): Topic | undefined {
    return this.topics.find((topic) => topic.name === name)
  }
  group(name: string): Group | undefined {
    return this.groups.find((group) => group.name === name)
  }
  member(part: number): Member {
    return this.sim.parts[part] as Member
  }
  progressAt(part: number): Progress {
    return this.sim.parts[part] as Progress
  }
  /** The latest member that a client has been. */
  memberOf(client: string): Member | undefined {
    return this.latest.get(client)
  }
  /** How far a group has come in a partition; undefined if it never read the topic. */
  progress(group: Group, partition: Partition): Progress | undefined {
    const { topic, index } = partition
    return this.subscriptions.find((s) => s.group === group && s.topic === topic)?.progress[index]
  }
  subscriptionsOf(group: Group): Subscription[] {
    return this.subscriptions.filter((subscription) => subscription.group === group)
  }

  // ——— asked for by the files of this folder ———

  ensureGroup(name: string): Group {
    const known = this.group(name)
    if (known) return known
    const row: GroupRow = { part: this.sim.nextNode(), name }
    this.sim.emit(this, LOG_FACTS.groupCreated, -1, this.sim.records.row(row))
    return must(this.groups.at(-1), 'the group just created')
  }

  ensureSubscription(group: Group, topic: Topic): Subscription {
    const known = this.subscriptions.find((s) => s.group === group && s.topic === topic)
    if (known) return known
    const progress = this.nextNodes(topic.partitions.length)
    const row: SubscriptionRow = { group: group.node, topic: topic.node, progress }
    this.sim.emit(this, LOG_FACTS.subscribed, -1, this.sim.records.row(row))
    return must(this.subscriptions.at(-1), 'the subscription just made')
  }

  addMember(row: MemberRow): Member {
    this.sim.emit(this, LOG_FACTS.memberAdded, -1, this.sim.records.row(row))
    return must(this.members.at(-1), 'the member just added')
  }

  resetPosition(progress: Progress, member: Member): void {
    this.coordinator.reset(progress, member)
  }
  tellAssigned(member: Member, assignmentRow: number): void {
    this.wire.assigned(member, assignmentRow)
  }
  tellRefused(member: Member, code: number): void {
    this.wire.refused(member, code)
  }
  tellBatch(member: Member, topic: Topic | null, message: number, first: number, count: number) {
    this.wire.batch(member, topic, message, first, count)
  }

  memberDue(member: Member, kind: number, arg: number): void {
    if (kind === MEMBER_TIMER.session) this.coordinator.checkSession(member)
    else this.fetcher.endWait(member, arg)
  }
  groupDue(group: Group, kind: number, arg: number): void {
    if (kind === GROUP_TIMER.lock) this.shares?.lockDue(group, arg)
    else this.coordinator.groupDue(group, kind, arg)
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case LOG_FACTS.topicCreated:
        this.topics.push(this.makeTopic(aux))
        break
      case LOG_FACTS.groupCreated:
        this.groups.push(this.makeGroup(aux))
        break
      case LOG_FACTS.subscribed:
        this.subscriptions.push(this.makeSubscription(aux))
        break
      case LOG_FACTS.memberAdded: {
        const member = this.makeMember(aux)
        this.members.push(member)
        this.latest.set(member.client, member)
        member.group.add(member.node)
        break
      }
      case LOG_FACTS.partitionsAdded: {
        const { topic, partitions, progress } = this.sim.records.rowAt<GrowthRow>(aux)
        const grown = this.sim.parts[topic] as Topic
        const readers = this.subscriptions.filter((each) => each.topic === grown)
        grown.grow(partitions)
        readers.forEach((each, i) => {
          each.grow(progress[i] ?? [])
        })
        break
      }
      default:
        this.extension?.apply(kind, message, aux)
    }
  }

  due(kind: number, arg: number): void {
    this.extension?.due(kind, arg)
  }

  archive(io: Archive): void {
    const save = (thing: { archive(io: Archive): void }) => thing.archive(io)
    const row = (thing: { row: number }) => thing.row
    const drop = (part: Part) => this.sim.delist(part)
    archiveAll(io, this.topics, row, (r) => this.makeTopic(r), save, drop)
    archiveAll(io, this.groups, row, (r) => this.makeGroup(r), save, drop)
    archiveAll(
      io,
      this.subscriptions,
      row,
      (r) => this.makeSubscription(r),
      save,
      () => {},
    )
    archiveAll(io, this.members, row, (r) => this.makeMember(r), save, drop)
    if (io.loading) {
      this.latest.clear()
      for (const member of this.members) this.latest.set(member.client, member)
    }
    this.segments.archive(io)
    this.commits.archive(io)
    this.shares?.archive(io)
    this.extension?.archive(io)
  }

  // ——— inside ———

  private makeTopic(row: number): Topic {
    const created = this.sim.records.rowAt<TopicRow>(row)
    const { extension } = this
    const keep =
      created.settings && extension ? (partition: Partition) => extension.keep(partition) : null
    return new Topic(this.sim, row, created, this.options, keep)
  }
  private makeGroup(row: number): Group {
    return new Group(this, row, this.sim.records.rowAt<GroupRow>(row))
  }
  private makeSubscription(row: number): Subscription {
    const { group, topic, progress } = this.sim.records.rowAt<SubscriptionRow>(row)
    const { parts } = this.sim
    return new Subscription(this, row, parts[group] as Group, parts[topic] as Topic, progress)
  }
  private makeMember(row: number): Member {
    const definition = this.sim.records.rowAt<MemberRow>(row)
    return new Member(this, row, definition, this.sim.parts[definition.group] as Group)
  }

  /** Replicas have the numbers after that of their partition. */
  private partitionParts(count: number, settings: TopicSettings | null): number[] {
    const replicas = settings ? (settings.replicationFactor ?? 1) : 0
    return Array.from({ length: count }, () => this.nextNodes(1 + replicas)[0] as number)
  }

  private nextNodes(count: number): number[] {
    return Array.from({ length: count }, () => this.sim.nextNode())
  }

  private choosePartition(topic: Topic, message: number, key: number, explicit: number): number {
    if (explicit !== -1) return explicit
    const { records, nowUs } = this.sim
    const count = topic.partitions.length
    if (key === -1) return topic.sticky.choose(records.messages.source(message), nowUs, count)
    return topic.partitionOf(key, records)
  }

  /** Whether a commit of a member counts: an error code. */
  commitStanding(
    member: Member,
    generation: number,
    { owner, partition }: Progress,
    offset: number,
  ): number {
    const code = this.coordinator.standing(member, generation)
    if (code !== LOG_ERRORS.none && code !== LOG_ERRORS.rebalanceInProgress) return code
    if (owner !== member.node) return LOG_ERRORS.rebalanceInProgress
    if (offset < 0 || offset > partition.end) return LOG_ERRORS.offsetOutOfRange
    return LOG_ERRORS.none
  }
}
