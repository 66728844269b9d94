/**
 * One partition: records in the order of their arrival, each with an offset of its own that never
 * changes and never is given twice. Reading takes nothing away. Left out: segments, bytes, timestamps,
 * replicas (leader epoch, high watermark): what is appended can be read at once.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { LOG_FACTS } from './facts.ts'
import type { Topic } from './topic.ts'

export class Partition implements Part {
  /** The first offset that is still there, and the one that the next record gets. */
  start = 0
  end = 0
  private readonly messages: IntColumn
  readonly node: number
  readonly index: number
  readonly topic: Topic
  private readonly sim: Simulation

  constructor(sim: Simulation, node: number, topic: Topic, index: number) {
    this.sim = sim
    this.node = node
    this.topic = topic
    this.index = index
    this.messages = sim.records.ints(node, 'message')
    sim.records.ints(node, 'name').put(0, sim.records.strings.id(this.name))
    sim.enlist(this)
  }

  /** As people write it: `notifications/0`. */
  get name(): string {
    return `${this.topic.name}/${this.index}`
  }

  /** The message at an offset below `end`. */
  messageAt(offset: number): number {
    return this.messages.get(offset)
  }

  /** Writes a record at the end. */
  append(message: number): void {
    this.messages.put(this.end, message)
    this.sim.emit(this, LOG_FACTS.appended, message, this.end)
  }

  apply(kind: number, message: number, aux: number): void {
    switch (kind) {
      case LOG_FACTS.appended: {
        this.end = aux + 1
        const { messages } = this.sim.records
        if (messages.key(message) === -1) {
          this.topic.sticky.count(messages.source(message), this.index, this.sim.nowUs)
        }
        break
      }
      case LOG_FACTS.trimmed:
        this.start = aux
        break
    }
  }

  archive(io: Archive): void {
    this.start = io.int(this.start)
    this.end = io.int(this.end)
  }
}
