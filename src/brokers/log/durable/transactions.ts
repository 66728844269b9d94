/**
 * The transaction coordinator (KIP-98, kafka.apache.org/documentation/#semantics): gives producers their
 * ids and epochs, remembers which partitions and which offsets of groups a transaction takes in, and
 * ends it by a control record in each of them, which counts when all replicas in sync have it. A partition is
 * taken in by the first write to it (KIP-890). Left out: __transaction_state and its replication, the messages
 * between coordinator and leaders (control records are written at once, or as soon as the partition has a leader).
 * A producer is told when its transaction is over; in Kafka already when the decision is written down.
 */
import type { Archive } from '../../../engine/archive.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { LOG_ERRORS } from '../errors.ts'
import type { Partition } from '../partition.ts'
import type { Progress } from '../progress.ts'
import { DURABLE_FACTS, type Enlisted, type PendingOffset, type ProducerRow } from './facts.ts'

/** empty: no transaction; then open; then its control records are written one by one. */
const STATE = { empty: 0, open: 1, committing: 2, aborting: 3 } as const

/** A producer with an id, and its present transaction. */
interface Known {
  row: number
  epoch: number
  state: number
  /** When the transaction began, and which one of this producer it is. */
  sinceUs: number
  count: number
  /** Parts of the partitions that it writes to, and the offset of its control record in each, -1 for none yet. */
  partitions: number[]
  markers: number[]
  /** Progress and offset of each group's place that it moves, by twos. */
  offsets: number[]
}

/** What it asks of its broker. */
export interface TransactionContext {
  readonly sim: Simulation
  readonly node: number
  partition(part: number): Partition
  /** Whether all replicas in sync have a control record. */
  isReplicated(partition: Partition, offset: number): boolean
  /** Nothing is written while the partition has no leader. */
  writeMarker(partition: Partition, producer: number, epoch: number, commit: boolean): void
  moveOffset(progress: number, offset: number): void
  /** No transaction holds a group's offset up any more: who waits for it may read. */
  offsetSettled(progress: number): void
  emit(kind: number, aux: number): void
  /** A transaction is over: its producer is told. */
  ended(client: string, producer: number, epoch: number): void
  after(us: number, arg: number): void
}

/** Transactions of one producer that a timer can tell apart. */
const COUNTS = 1024

export class Transactions {
  private readonly known: Known[] = []
  private readonly context: TransactionContext

  constructor(context: TransactionContext) {
    this.context = context
  }

  /**
   * InitProducerId. A client with a transactional id gets its id back with the next epoch: whatever still
   * writes in the epoch before is fenced off, and its open transaction is aborted.
   */
  init(client: string, transactional: boolean): { id: number; epoch: number } {
    const { context } = this
    const before = transactional ? this.findClient(client) : -1
    const known = this.known[before]
    if (known?.state === STATE.open) this.end(before, false)
    const id = known ? before : this.known.length
    const row: ProducerRow = { id, epoch: known ? known.epoch + 1 : 0, client, transactional }
    context.emit(DURABLE_FACTS.producerIdGiven, context.sim.records.row(row))
    return { id, epoch: row.epoch }
  }

  /** The next epoch for a producer that begins to count anew (KIP-360). */
  bump(id: number): number {
    const known = this.known[id] as Known
    const { records } = this.context.sim
    const row: ProducerRow = { ...records.rowAt<ProducerRow>(known.row), epoch: known.epoch + 1 }
    this.context.emit(DURABLE_FACTS.producerIdGiven, records.row(row))
    return row.epoch
  }

  /** Whether a producer with this epoch may write in a transaction. */
  standing(id: number, epoch: number): number {
    const known = this.known[id]
    if (!known || epoch !== known.epoch) return LOG_ERRORS.invalidProducerEpoch
    return known.state === STATE.open || known.state === STATE.empty
      ? LOG_ERRORS.none
      : LOG_ERRORS.concurrentTransactions
  }

  /** A transaction writes to a partition. */
  enlist(id: number, partition: Partition, timeoutUs: number): void {
    const known = this.known[id] as Known
    if (known.state === STATE.open && known.partitions.includes(partition.node)) return
    const isFirst = known.state === STATE.empty
    const row: Enlisted = { producer: id, partition: partition.node }
    this.context.emit(DURABLE_FACTS.transactionEnlisted, this.context.sim.records.row(row))
    if (isFirst) this.context.after(timeoutUs, id * COUNTS + (known.count % COUNTS))
  }

  /** TxnOffsetCommit: the offset is moved when the transaction commits. It may be what begins the transaction. */
  addOffset(id: number, progress: number, offset: number, timeoutUs: number): void {
    const known = this.known[id] as Known
    const isFirst = known.state === STATE.empty
    const row: PendingOffset = { producer: id, progress, offset }
    this.context.emit(DURABLE_FACTS.offsetPending, this.context.sim.records.row(row))
    if (isFirst) this.context.after(timeoutUs, id * COUNTS + (known.count % COUNTS))
  }

  /** EndTxn. */
  end(id: number, commit: boolean): void {
    const known = this.known[id] as Known
    if (known.state !== STATE.open) {
      if (known.state === STATE.empty) this.tellEnded(id)
      return
    }
    const kind = commit ? DURABLE_FACTS.transactionCommitting : DURABLE_FACTS.transactionAborting
    this.context.emit(kind, id)
    this.writeMarkers(id)
  }

  /** The timer of a transaction (transaction.timeout.ms): it is aborted, and its producer fenced off. */
  due(arg: number): void {
    const id = Math.floor(arg / COUNTS)
    const known = this.known[id]
    if (!known || known.state !== STATE.open || known.count % COUNTS !== arg % COUNTS) return
    this.bump(id)
    this.end(id, false)
  }

  /** More of a partition is on all replicas in sync: that may be what a transaction waits for. */
  advanced(partition: Partition): void {
    this.known.forEach(({ partitions, state }, id) => {
      if (state >= STATE.committing && partitions.includes(partition.node)) this.endIfWritten(id)
    })
  }

  /** A partition has a leader again: what is to be written to it, or was lost with the one before, is written. */
  ledAgain(partition: Partition): void {
    this.known.forEach(({ partitions, state }, id) => {
      if (state >= STATE.committing && partitions.includes(partition.node)) this.writeMarkers(id)
    })
  }

  private writeMarkers(id: number): void {
    const { context } = this
    const { epoch, partitions, markers, state } = this.known[id] as Known
    const missing = partitions.filter((_, i) => markers[i] === -1)
    for (const part of missing) {
      context.writeMarker(context.partition(part), id, epoch, state === STATE.committing)
    }
    this.endIfWritten(id)
  }

  /** It is over when its control records are safe: the rest waits for a leader, or for replicas. */
  private endIfWritten(id: number): void {
    const { context } = this
    const known = this.known[id] as Known
    const { partitions, markers, state } = known
    const isWritten = partitions.every((part, i) => {
      const offset = markers[i] as number
      return offset !== -1 && context.isReplicated(context.partition(part), offset)
    })
    if (state < STATE.committing || !isWritten) return
    if (state === STATE.committing) {
      for (let at = 0; at < known.offsets.length; at += 2) {
        context.moveOffset(known.offsets[at] as number, known.offsets[at + 1] as number)
      }
    }
    const settled = known.offsets.filter((_, at) => at % 2 === 0)
    context.emit(DURABLE_FACTS.transactionEnded, id)
    for (const progress of settled) context.offsetSettled(progress)
    this.tellEnded(id)
  }

  private tellEnded(id: number): void {
    const { row, epoch } = this.known[id] as Known
    const { client } = this.context.sim.records.rowAt<ProducerRow>(row)
    this.context.ended(client, id, epoch)
  }

  private findClient(client: string): number {
    const { records } = this.context.sim
    return this.known.findIndex(({ row }) => {
      const known = records.rowAt<ProducerRow>(row)
      return known.transactional && known.client === client
    })
  }

  // ——— state ———

  apply(kind: number, aux: number): void {
    const { records, nowUs } = this.context.sim
    switch (kind) {
      case DURABLE_FACTS.producerIdGiven: {
        const { id, epoch } = records.rowAt<ProducerRow>(aux)
        const known = this.known[id]
        if (known) {
          known.epoch = epoch
          known.row = aux
        } else this.known.push(fresh(aux, epoch))
        break
      }
      case DURABLE_FACTS.transactionEnlisted: {
        const { producer, partition } = records.rowAt<Enlisted>(aux)
        const known = this.known[producer] as Known
        open(known, nowUs)
        known.partitions.push(partition)
        known.markers.push(-1)
        break
      }
      case DURABLE_FACTS.offsetPending: {
        const { producer, progress, offset } = records.rowAt<PendingOffset>(aux)
        const known = this.known[producer] as Known
        open(known, nowUs)
        known.offsets.push(progress, offset)
        this.progressAt(progress).pending = offset
        break
      }
      case DURABLE_FACTS.transactionCommitting:
        ;(this.known[aux] as Known).state = STATE.committing
        break
      case DURABLE_FACTS.transactionAborting:
        ;(this.known[aux] as Known).state = STATE.aborting
        break
      case DURABLE_FACTS.transactionEnded: {
        const known = this.known[aux] as Known
        known.state = STATE.empty
        known.count++
        known.partitions.length = 0
        known.markers.length = 0
        for (let at = 0; at < known.offsets.length; at += 2) {
          this.progressAt(known.offsets[at] as number).pending = -1
        }
        known.offsets.length = 0
        break
      }
    }
  }

  private progressAt(part: number): Progress {
    return this.context.sim.parts[part] as Progress
  }

  /** A control record is written. */
  applyMarker(producer: number, partition: Partition, offset: number): void {
    const known = this.known[producer]
    const at = known?.partitions.indexOf(partition.node) ?? -1
    if (known && at !== -1) known.markers[at] = offset
  }

  /** What a partition had from here on is lost: control records there have to be written again. */
  applyLost(partition: Partition, end: number): void {
    for (const { partitions, markers } of this.known) {
      const at = partitions.indexOf(partition.node)
      if (at !== -1 && (markers[at] as number) >= end) markers[at] = -1
    }
  }

  archive(io: Archive): void {
    const count = io.int(this.known.length)
    if (io.loading) this.known.length = Math.min(this.known.length, count)
    for (let id = 0; id < count; id++) {
      const known = this.known[id] ?? fresh(0, 0)
      this.known[id] = known
      known.row = io.int(known.row)
      known.epoch = io.int(known.epoch)
      known.state = io.int(known.state)
      known.sinceUs = io.int(known.sinceUs)
      known.count = io.int(known.count)
      io.list(known.partitions)
      io.list(known.markers)
      io.list(known.offsets)
    }
  }
}

/** A transaction begins with the first that it takes in. */
function open(known: Known, nowUs: number): void {
  if (known.state !== STATE.empty) return
  known.state = STATE.open
  known.sinceUs = nowUs
}

function fresh(row: number, epoch: number): Known {
  return {
    row,
    epoch,
    state: STATE.empty,
    sinceUs: 0,
    count: 0,
    partitions: [],
    markers: [],
    offsets: [],
  }
}
