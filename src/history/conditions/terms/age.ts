/** How long what waits has been waiting: the age of the oldest, per kind of node that something can wait in. */
import { TimeColumn } from '../../../base/column.ts'
import { AMQP_FACTS } from '../../../brokers/amqp/facts.ts'
import type { Queue } from '../../../brokers/amqp/queue.ts'
import { EVENTSTORE_FACTS } from '../../../brokers/eventstore/facts.ts'
import type { EventStore } from '../../../brokers/eventstore/store.ts'
import type { LogBroker } from '../../../brokers/log/broker.ts'
import { LOG_FACTS } from '../../../brokers/log/facts.ts'
import type { Group as RedisGroup } from '../../../brokers/log/redisStreams/group.ts'
import type { Topic } from '../../../brokers/log/topic.ts'
import type { NodeDoc, NodeOf } from '../../../scenario/document.ts'
import { sourceOf } from '../../metrics/levels.ts'
import type { Term, TermContext } from '../term.ts'
import { PlaceAge } from './placeAge.ts'

/** Age of the ready message that a queue delivers next, from when the queue stored it. */
export class QueueAge extends PlaceAge {
  readonly kinds = [AMQP_FACTS.enqueued]
  private readonly storedUs = new TimeColumn()

  take(timeUs: number, _kind: number, part: number): void {
    if (part !== this.place) return
    const queue = this.context.part<Queue>(part)
    if (queue) this.storedUs.put(queue.tail - 1, timeUs)
  }

  read(nowUs: number): number {
    const queue = this.context.part<Queue>(this.place)
    return !queue || queue.readyCount === 0 ? 0 : nowUs - this.storedUs.get(queue.head())
  }
}

/** Age of the oldest record of a topic that a group has not committed, over all partitions. */
export class GroupAge implements Term {
  readonly kinds = [LOG_FACTS.appended]
  readonly timed = true
  private readonly writtenUs: (TimeColumn | undefined)[] = []
  private readonly context: TermContext
  private readonly topics: readonly number[]
  private readonly groups: readonly string[]

  constructor(context: TermContext, topics: readonly number[], groups: readonly string[]) {
    this.context = context
    this.topics = topics
    this.groups = groups
  }

  take(timeUs: number, _kind: number, part: number, _message: number, offset: number): void {
    const written = this.writtenUs[part] ?? new TimeColumn()
    this.writtenUs[part] = written
    written.put(offset, timeUs)
  }

  read(nowUs: number): number {
    let oldestUs = nowUs
    for (const place of this.topics) {
      const topic = this.context.part<Topic>(place)
      if (!topic) continue
      for (const group of this.groups) {
        oldestUs = Math.min(oldestUs, this.oldestOf(topic, place, group, nowUs))
      }
    }
    return nowUs - oldestUs
  }

  private oldestOf(topic: Topic, place: number, name: string, nowUs: number): number {
    const { world } = this.context
    const doc = world.scenario.nodes[place] as NodeOf<'topic'>
    const broker = world.broker<LogBroker>(doc.broker)
    const group = broker.group(name)
    let oldestUs = nowUs
    for (const partition of topic.partitions) {
      const committed = (group && broker.progress(group, partition)?.committed) ?? -1
      const first = Math.max(partition.start, committed)
      if (first >= partition.end) continue
      oldestUs = Math.min(oldestUs, this.writtenUs[partition.node]?.get(first) ?? nowUs)
    }
    return oldestUs
  }
}

/** Age of the oldest entry of a Redis stream that a group was not given: its id says when it was added. */
export class EntryAge extends PlaceAge {
  read(nowUs: number): number {
    const group = this.context.part<RedisGroup>(this.place)
    if (!group) return 0
    const { stream, nextPosition } = group
    for (let at = Math.max(stream.first, nextPosition); at < stream.tail; at++) {
      if (stream.isThere(at)) return Math.max(0, nowUs - stream.idAt(at).ms * 1000)
    }
    return 0
  }
}

/** Age of the oldest event of a store that a projection or relay has not got through. */
export class ReaderAge implements Term {
  readonly kinds = [EVENTSTORE_FACTS.appended]
  readonly timed = true
  private readonly writtenUs = new TimeColumn()
  private readonly context: TermContext
  private readonly store: number
  private readonly place: number
  private readonly doc: NodeDoc | undefined

  constructor(context: TermContext, store: number, place: number) {
    this.context = context
    this.store = store
    this.place = place
    this.doc = context.world.scenario.nodes[place]
  }

  take(timeUs: number, _kind: number, part: number): void {
    if (part !== this.store) return
    const store = this.context.part<EventStore>(part)
    if (store) this.writtenUs.put(store.count - 1, timeUs)
  }

  read(nowUs: number): number {
    const store = this.context.part<EventStore>(this.store)
    const reader = this.context.part<{ position: number }>(this.place)
    if (!store || !reader) return 0
    const source = sourceOf(store, this.doc)
    if (source.behind(reader.position) === 0) return 0
    const next = Math.max(reader.position, source.first)
    return nowUs - this.writtenUs.get(source.positionAt(next))
  }
}
