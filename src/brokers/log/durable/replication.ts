/**
 * A partition on several brokers: one replica leads, the others fetch from it, and what all that are in
 * sync have is committed (kafka.apache.org/documentation, 4.7 Replication). Truncation goes by leader
 * epochs (KIP-101). Left out: the controller's own log and its messages (it knows at once what it
 * decides), reassignment, preferred leaders, reading from followers. In a clean election the high
 * watermark does not fall back, as it may in Kafka until the followers have fetched.
 */
import type { Archive } from '../../../engine/archive.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { Partition } from '../partition.ts'
import { Epochs } from './epochs.ts'
import { DURABLE_FACTS, type Election } from './facts.ts'
import { Replica } from './replica.ts'

/** What a partition asks of the cluster. */
export interface ClusterContext {
  readonly sim: Simulation
  readonly size: number
  isUp(broker: number): boolean
  isCut(broker: number): boolean
}

/** What the rest of a partition's keeping wants to know. */
export interface ReplicationHooks {
  /** More is committed, or the leader is another one. */
  advanced(): void
  elected(): void
}

export interface ReplicationSettings {
  replicas: number
  lagUs: number
  fetchUs: number
  minInsync(): number
  unclean(): boolean
}

/** Timers of a replica: the leader's answer comes, its next fetch reaches the leader. */
const TIMER = { answer: 0, fetch: 1 } as const

export class Replication {
  readonly replicas: Replica[] = []
  readonly epochs = new Epochs()
  /** The epochs that the leader's log consists of. */
  path: number[] = [0]
  /** Broker that leads, -1 if none may; and which leadership this is, from 0. */
  leader: number
  epoch = 0
  /** Brokers whose replicas are in sync. */
  readonly isr: number[] = []
  highWatermark = 0
  /** Records written so far, those that were lost included. */
  entries = 0
  readonly settings: ReplicationSettings
  private readonly partition: Partition
  private readonly cluster: ClusterContext
  private readonly hooks: ReplicationHooks

  constructor(
    partition: Partition,
    settings: ReplicationSettings,
    cluster: ClusterContext,
    hooks: ReplicationHooks,
  ) {
    this.partition = partition
    this.settings = settings
    this.cluster = cluster
    this.hooks = hooks
    for (let i = 0; i < settings.replicas; i++) {
      const broker = (partition.index + i) % cluster.size
      this.replicas.push(new Replica(cluster.sim, partition.node + 1 + i, broker, partition, this))
      this.isr.push(broker)
    }
    this.leader = this.isr[0] as number
  }

  /** Whether a leader is there to write to and to read from. */
  get isAvailable(): boolean {
    return this.leader !== -1 && this.cluster.isUp(this.leader)
  }

  /** Too few replicas are in sync for a write with acks=all. */
  get isShort(): boolean {
    return this.isr.length < this.settings.minInsync()
  }

  get followers(): Replica[] {
    return this.replicas.filter(({ broker }) => broker !== this.leader)
  }

  replicaOn(broker: number): Replica | undefined {
    return this.replicas.find((replica) => replica.broker === broker)
  }

  entryOf(offset: number): number {
    return this.epochs.entryOf(this.path, offset)
  }

  /** A record was written: those who wait for one get it. */
  wrote(): void {
    this.advance()
    this.serveAll()
  }

  // ——— fetching ———

  replicaDue(replica: Replica, kind: number): void {
    const { fetchUs } = this.settings
    if (kind === TIMER.answer) {
      replica.take()
      this.cluster.sim.after(fetchUs - (fetchUs >> 1), replica, TIMER.fetch, replica.round)
    } else this.fetched(replica)
  }

  /** Its fetch is there: the leader knows how far it is. */
  private fetched(replica: Replica): void {
    if (!this.isAvailable) return
    this.cluster.sim.emit(replica, DURABLE_FACTS.acknowledged, -1, replica.end)
    this.expand(replica)
    this.advance()
    this.serveAll()
  }

  private serveAll(): void {
    for (const replica of this.replicas) this.serve(replica)
  }

  /** A fetch waits at the leader until there is something: records, or a higher watermark. */
  private serve(replica: Replica): void {
    const { cluster, partition, settings } = this
    if (replica.broker === this.leader || replica.isBusy || !this.reaches(replica)) return
    if (replica.known >= partition.end && replica.toldMark >= this.highWatermark) return
    replica.serve(partition.end, this.highWatermark)
    cluster.sim.after(settings.fetchUs >> 1, replica, TIMER.answer, replica.round)
  }

  private reaches({ broker }: Replica): boolean {
    const { cluster, leader } = this
    return (
      this.isAvailable && cluster.isUp(broker) && !cluster.isCut(broker) && !cluster.isCut(leader)
    )
  }

  // ——— in sync ———

  /** The high watermark is the least that the replicas in sync are known to have. */
  private advance(): void {
    if (!this.isAvailable) return
    let least = this.partition.end
    for (const broker of this.isr) {
      if (broker !== this.leader) least = Math.min(least, this.replicaOn(broker)?.known ?? 0)
    }
    if (least <= this.highWatermark) return
    this.cluster.sim.emit(this.partition, DURABLE_FACTS.watermarkAdvanced, -1, least)
    this.hooks.advanced()
  }

  /** Kafka: a follower is in sync again when it has come up to the high watermark, in this leader's epoch. */
  private expand(replica: Replica): void {
    if (this.isr.includes(replica.broker)) return
    const epochStart = this.epochs.offsetOf(this.path.at(-1) as number)
    if (replica.end < this.highWatermark || replica.end < epochStart) return
    this.cluster.sim.emit(this.partition, DURABLE_FACTS.isrExpanded, -1, replica.broker)
  }

  /** Followers that have not caught up for too long are not waited for any more. */
  checkLag(): void {
    if (!this.isAvailable) return
    const { sim } = this.cluster
    for (const replica of this.followers) {
      const isBehind = replica.known < this.partition.end
      if (!this.isr.includes(replica.broker) || !isBehind) continue
      if (sim.nowUs - replica.caughtUpUs > this.settings.lagUs) this.shrink(replica.broker)
    }
  }

  private shrink(broker: number): void {
    this.cluster.sim.emit(this.partition, DURABLE_FACTS.isrShrunk, -1, broker)
    this.advance()
    // Who waits for acks=all may have to hear that too few are in sync.
    this.hooks.advanced()
  }

  // ——— brokers that die and come back ———

  /** The controller has noticed that a broker is gone. */
  noticeDown(broker: number): void {
    if (!this.replicaOn(broker)) return
    if (broker === this.leader) this.elect()
    else if (this.isr.includes(broker) && this.isr.length > 1 && this.isAvailable)
      this.shrink(broker)
  }

  /** It is back, with what is on its disk. */
  noticeUp(broker: number): void {
    const replica = this.replicaOn(broker)
    if (!replica) return
    if (this.leader === -1 || broker === this.leader) this.elect()
    else if (this.isAvailable) this.follow(replica)
  }

  /** It can fetch again. */
  reconnect(broker: number): void {
    if (!this.isAvailable) return
    const isLeader = broker === this.leader
    for (const replica of isLeader ? this.followers : this.replicas) {
      if ((isLeader || replica.broker === broker) && this.reaches(replica)) this.follow(replica)
    }
  }

  /** Another setting may allow what was not allowed before. */
  electIfNobodyLeads(): void {
    if (this.leader === -1 && this.settings.unclean()) this.elect()
  }

  /** A replica in sync leads on; else one that is not, if that is allowed; else nobody. */
  private elect(): void {
    const { cluster, partition, replicas, isr, settings } = this
    const living = replicas.filter(({ broker }) => cluster.isUp(broker))
    const inSync = living.find(({ broker }) => isr.includes(broker))
    const next = inSync ?? (settings.unclean() ? living[0] : undefined)
    if (!next) {
      if (this.leader !== -1) {
        cluster.sim.emit(partition, DURABLE_FACTS.leaderLost, -1, this.leader)
      }
      return
    }
    const election: Election = {
      broker: next.broker,
      epoch: this.epoch + 1,
      clean: inSync !== undefined,
      end: next.broker === this.leader ? partition.end : next.end,
      highWatermark: Math.min(this.highWatermark, next.end),
      isr: inSync ? isr.filter((broker) => cluster.isUp(broker)) : [next.broker],
    }
    this.tellLost(election.end)
    cluster.sim.emit(partition, DURABLE_FACTS.leaderElected, -1, cluster.sim.records.row(election))
    for (const replica of this.followers) if (this.reaches(replica)) this.follow(replica)
    this.advance()
    this.hooks.advanced()
    this.hooks.elected()
  }

  /** Every record that the next leader does not have. */
  private tellLost(end: number): void {
    const { partition, cluster } = this
    for (let offset = Math.max(end, partition.start); offset < partition.end; offset++) {
      const message = partition.messageAt(offset)
      if (message !== -1) cluster.sim.emit(partition, DURABLE_FACTS.recordLost, message, offset)
    }
  }

  /** It cuts off what the leader does not have, and fetches from there (OffsetForLeaderEpoch). */
  private follow(replica: Replica): void {
    const { cluster, partition, settings } = this
    const end = this.epochs.commonEnd(replica.path, replica.end, this.path, partition.end)
    if (end < replica.end) cluster.sim.emit(replica, DURABLE_FACTS.truncated, -1, end)
    cluster.sim.after(settings.fetchUs >> 1, replica, TIMER.fetch, replica.round)
  }

  // ——— state ———

  apply(kind: number, aux: number): void {
    switch (kind) {
      case DURABLE_FACTS.watermarkAdvanced:
        this.highWatermark = aux
        break
      case DURABLE_FACTS.isrShrunk:
        this.isr.splice(this.isr.indexOf(aux), 1)
        break
      case DURABLE_FACTS.isrExpanded:
        this.isr.push(aux)
        break
      case DURABLE_FACTS.leaderLost:
        this.leader = -1
        break
      case DURABLE_FACTS.leaderElected:
        this.applyElection(this.cluster.sim.records.rowAt<Election>(aux))
        break
    }
  }

  /** A record is written by the leader: who had all until now has caught up until now. */
  applyWritten(offset: number): void {
    const { nowUs } = this.cluster.sim
    this.entries++
    for (const replica of this.replicas) {
      if (replica.broker === this.leader) replica.end = offset + 1
      else if (replica.known >= offset) replica.caughtUpUs = nowUs
    }
  }

  /** What is on the way to or from a broker is lost. */
  forgetRounds(broker: number): void {
    for (const replica of this.replicas) {
      if (replica.broker === broker || broker === this.leader) replica.forgetRound()
    }
  }

  archive(io: Archive): void {
    this.epochs.archive(io)
    io.list(this.path)
    io.list(this.isr)
    this.leader = io.int(this.leader)
    this.epoch = io.int(this.epoch)
    this.highWatermark = io.int(this.highWatermark)
    this.entries = io.int(this.entries)
    for (const replica of this.replicas) replica.archive(io)
  }

  private applyElection({ broker, epoch, end, highWatermark, isr }: Election): void {
    const { cluster, replicas } = this
    const next = this.replicaOn(broker)
    const path = broker === this.leader ? this.path : (next?.path ?? this.path)
    this.leader = broker
    this.epoch = epoch
    this.path = [...this.epochs.cutPath(path, end), this.epochs.count]
    this.epochs.begin(end, this.entries)
    this.highWatermark = highWatermark
    this.isr.splice(0, this.isr.length, ...isr)
    if (next) {
      next.end = end
      next.path = [...this.path]
    }
    for (const replica of replicas) {
      replica.forgetRound()
      // The new leader knows of nobody, until it is asked for records.
      replica.known = 0
      replica.caughtUpUs = cluster.sim.nowUs
    }
  }
}
