/** Produce requests with acks=all that wait until all replicas in sync have what they wrote (Kafka's purgatory). */
import type { IntColumn } from '../../../base/column.ts'
import type { Archive } from '../../../engine/archive.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { Partition } from '../partition.ts'
import { DURABLE_FACTS } from './facts.ts'

type Answer = (client: number, tag: number, message: number) => void

export class Waits {
  /** Requests that ever waited, and those that wait no longer: the oldest are answered first. */
  private count = 0
  private settled = 0
  private readonly clients: IntColumn
  private readonly tags: IntColumn
  private readonly messages: IntColumn
  private readonly ends: IntColumn
  private readonly sim: Simulation
  private readonly partition: Partition

  constructor(sim: Simulation, partition: Partition) {
    this.sim = sim
    this.partition = partition
    this.clients = sim.records.ints(partition.node, 'waitClient')
    this.tags = sim.records.ints(partition.node, 'waitTag')
    this.messages = sim.records.ints(partition.node, 'waitMessage')
    this.ends = sim.records.ints(partition.node, 'waitEnd')
  }

  /** A request waits for everything that is written now. */
  add(client: number, tag: number, message: number): void {
    const at = this.count
    this.clients.put(at, client)
    this.tags.put(at, tag)
    this.messages.put(at, message)
    this.ends.put(at, this.partition.end)
    this.sim.emit(this.partition, DURABLE_FACTS.writeWaits, message, at)
  }

  /** Everything below the watermark is on all replicas in sync. */
  settle(highWatermark: number, answer: Answer): void {
    while (this.settled < this.count && this.ends.get(this.settled) <= highWatermark) {
      const at = this.settled
      const message = this.messages.get(at)
      this.sim.emit(this.partition, DURABLE_FACTS.writeReplicated, message, at)
      answer(this.clients.get(at), this.tags.get(at), message)
    }
  }

  /** Nobody is there any more who would answer. */
  drop(answer: Answer): void {
    const from = this.settled
    const to = this.count
    if (from === to) return
    this.sim.emit(this.partition, DURABLE_FACTS.waitsDropped, -1, to - from)
    for (let at = from; at < to; at++) {
      answer(this.clients.get(at), this.tags.get(at), this.messages.get(at))
    }
  }

  apply(kind: number): void {
    if (kind === DURABLE_FACTS.writeWaits) this.count++
    else if (kind === DURABLE_FACTS.writeReplicated) this.settled++
    else if (kind === DURABLE_FACTS.waitsDropped) this.settled = this.count
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
    this.settled = io.int(this.settled)
  }
}
