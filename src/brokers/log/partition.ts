/**
 * One partition: records in the order of their arrival, each with an offset of its own that never
 * changes. Reading takes nothing away. What a topic with settings has besides (replicas, retention,
 * compaction, transactions) is its `keeping`; without one, what is appended can be read at once.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Part, Simulation } from '../../engine/simulation.ts'
import { LOG_FACTS } from './facts.ts'
import type { Keeping } from './keeping.ts'
import type { Topic } from './topic.ts'

export class Partition implements Part {
  /** The first offset that is still there, and the one that the next record gets. */
  start = 0
  end = 0
  keeping: Keeping | null = null
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

  /** Records that were ever written. Control records have offsets too, and lost offsets are given again. */
  get written(): number {
    return this.keeping ? this.keeping.written : this.end
  }

  /** The message at an offset below `end`; -1 for a control record. */
  messageAt(offset: number): number {
    return this.messages.get(this.keeping ? this.keeping.entryOf(offset) : offset)
  }

  /** The first offset that readers may not have yet, by their isolation level; -1 while there is no leader. */
  readEnd(committedOnly: boolean): number {
    const { keeping } = this
    if (keeping === null) return this.end
    return committedOnly ? keeping.lastStable : keeping.highWatermark
  }

  /** Whether readers get what is at an offset: no control record, not compacted away, not of an aborted transaction. */
  isReadable(offset: number, committedOnly: boolean): boolean {
    const { keeping } = this
    if (keeping === null) return true
    return keeping.isRecord(offset) && !(committedOnly && keeping.isAborted(offset))
  }

  /** Writes a record at the end, if it has a leader to do so. */
  append(message: number): void {
    if (this.keeping) this.keeping.append(message)
    else this.write(this.end, LOG_FACTS.appended, message)
  }

  /** Writes down an entry, and the fact that it is there; -1 stands for no message. */
  write(entry: number, kind: number, message: number): void {
    this.messages.put(entry, message)
    this.sim.emit(this, kind, message, this.end)
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
    this.keeping?.apply(kind, message, aux)
  }

  due(kind: number, arg: number): void {
    this.keeping?.due(kind, arg)
  }

  archive(io: Archive): void {
    this.start = io.int(this.start)
    this.end = io.int(this.end)
    this.keeping?.archive(io)
  }
}
