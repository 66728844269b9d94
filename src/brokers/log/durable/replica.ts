/** One copy of a partition on one broker of the cluster: how far it is, and what its leader knows of that. */
import type { IntColumn, TimeColumn } from '../../../base/column.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Part, Simulation } from '../../../engine/simulation.ts'
import type { Partition } from '../partition.ts'
import { DURABLE_FACTS } from './facts.ts'

/** What a replica asks of the partition that it is one of. */
interface ReplicaKeeper {
  /** The path of the leader's log, which it takes over as it copies. */
  readonly path: readonly number[]
  replicaDue(replica: Replica, kind: number): void
}

export class Replica implements Part {
  /** End of its log, and the high watermark that it was told. Of the leader's own replica the partition says both. */
  end = 0
  highWatermark = 0
  /** The leader epochs that its log consists of. */
  path: number[] = [0]
  /** What the leader knows: the offset of its last fetch, and when it had everything. */
  known = 0
  caughtUpUs = 0
  /** Whether something is on the way between it and the leader. */
  isBusy = false
  /** Raised when what is on the way is lost, so that timers set for it are ignored. */
  round = 0
  /** Answers of the leader so far: end and high watermark in each, and when it left. */
  serves = 0
  private readonly servedEnds: IntColumn
  private readonly servedMarks: IntColumn
  private readonly servedUs: TimeColumn
  readonly node: number
  readonly broker: number
  readonly partition: Partition
  private readonly sim: Simulation
  private readonly keeper: ReplicaKeeper

  constructor(
    sim: Simulation,
    node: number,
    broker: number,
    partition: Partition,
    keeper: ReplicaKeeper,
  ) {
    this.sim = sim
    this.node = node
    this.broker = broker
    this.partition = partition
    this.keeper = keeper
    this.servedEnds = sim.records.ints(node, 'servedEnd')
    this.servedMarks = sim.records.ints(node, 'servedMark')
    this.servedUs = sim.records.times(node, 'servedUs')
    sim.records.ints(node, 'partition').put(0, partition.node)
    sim.records.ints(node, 'broker').put(0, broker)
    sim.enlist(this)
  }

  /** The high watermark that the leader told it last. */
  get toldMark(): number {
    return this.serves === 0 ? 0 : this.servedMarks.get(this.serves - 1)
  }

  /** The leader answers its fetch. */
  serve(end: number, highWatermark: number): void {
    this.servedEnds.put(this.serves, end)
    this.servedMarks.put(this.serves, highWatermark)
    this.servedUs.put(this.serves, this.sim.nowUs)
    this.sim.emit(this, DURABLE_FACTS.served, -1, end)
  }

  /** What the leader's last answer held has come. */
  take(): void {
    this.sim.emit(this, DURABLE_FACTS.replicated, -1, this.servedEnds.get(this.serves - 1))
  }

  /** What is on the way is lost: the process or the connection is. */
  forgetRound(): void {
    this.isBusy = false
    this.round++
  }

  due(kind: number, round: number): void {
    if (round === this.round) this.keeper.replicaDue(this, kind)
  }

  apply(kind: number, _message: number, aux: number): void {
    switch (kind) {
      case DURABLE_FACTS.served:
        this.serves++
        this.isBusy = true
        break
      case DURABLE_FACTS.replicated:
        this.end = aux
        this.highWatermark = Math.min(aux, this.servedMarks.get(this.serves - 1))
        this.path = [...this.keeper.path]
        break
      case DURABLE_FACTS.acknowledged:
        this.acknowledge(aux)
        break
      case DURABLE_FACTS.truncated:
        this.end = aux
        this.highWatermark = Math.min(this.highWatermark, aux)
        break
    }
  }

  archive(io: Archive): void {
    this.end = io.int(this.end)
    this.highWatermark = io.int(this.highWatermark)
    this.known = io.int(this.known)
    this.caughtUpUs = io.int(this.caughtUpUs)
    this.isBusy = io.flag(this.isBusy)
    this.round = io.int(this.round)
    this.serves = io.int(this.serves)
    io.list(this.path)
  }

  /**
   * Kafka's rule (Replica.updateFetchState): it has caught up now if it has all, and at the moment of the
   * fetch before if it has what there was then.
   */
  private acknowledge(known: number): void {
    this.known = known
    this.isBusy = false
    if (known >= this.partition.end) this.caughtUpUs = this.sim.nowUs
    else if (this.serves > 0 && known >= this.servedEnds.get(this.serves - 1)) {
      this.caughtUpUs = Math.max(this.caughtUpUs, this.servedUs.get(this.serves - 1))
    }
  }
}
