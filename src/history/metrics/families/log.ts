/** Numbers of topics and of the members of groups that read them. */
import { must } from '../../../base/assert.ts'
import { TimeColumn } from '../../../base/column.ts'
import { LOG_FACTS } from '../../../brokers/log/facts.ts'
import type { Group } from '../../../brokers/log/group.ts'
import type { Partition } from '../../../brokers/log/partition.ts'
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { GROUP_CONSUMER_FACTS } from '../../../clients/groupConsumer/facts.ts'
import { GroupConsumer } from '../../../clients/groupConsumer/groupConsumer.ts'
import type { NodeMeter } from '../nodeMeter.ts'
import type { Counter, CounterContext } from './counter.ts'

export class LogCounter implements Counter {
  /** When each record was written, by the part of its partition and its offset. */
  private readonly writtenUs: (TimeColumn | undefined)[] = []
  /** First record not yet deleted, by the part of its partition. */
  private readonly starts: number[] = []
  /** Place in the inbox of the last record that each member began: one begun again has waited before. */
  private readonly begun: number[] = []
  private readonly context: CounterContext

  constructor(context: CounterContext) {
    this.context = context
  }

  count(timeUs: number, kind: number, part: number, message: number, aux: number): void {
    switch (kind) {
      case LOG_FACTS.appended:
        this.meterOfPartition(part).count('appended')
        this.writtenTo(part).put(aux, timeUs)
        break
      case LOG_FACTS.trimmed:
        this.meterOfPartition(part).drop('trimmed', aux - (this.starts[part] ?? 0))
        this.starts[part] = aux
        break
      case LOG_FACTS.rebalanceStarted:
        for (const topic of this.topicsOf(this.part<Group>(part))) {
          this.meter(topic).count('rebalances')
        }
        break
      case LOG_FACTS.committed:
        this.meterOfMember(part).count('commits')
        break
      // By the broker, or by the client itself, which knows that its group has gone on without it.
      case GROUP_CONSUMER_FACTS.commitFailed:
        this.meter(part).count('commitsRefused')
        break
      case GROUP_CONSUMER_FACTS.batchReceived:
        this.meter(part).count('received', aux)
        break
      default: {
        const client = this.part(part)
        if (client instanceof GroupConsumer) this.countWork(timeUs, kind, client, message, aux)
      }
    }
  }

  private countWork(
    timeUs: number,
    kind: number,
    consumer: GroupConsumer,
    message: number,
    place: number,
  ): void {
    const { node } = consumer
    const meter = this.meter(node)
    switch (kind) {
      case CLIENT_FACTS.started:
        if (place <= (this.begun[node] ?? -1)) break
        this.begun[node] = place
        if (consumer.isRedelivered(place)) meter.count('redelivered')
        else meter.waiting.add(timeUs - this.writtenAtUs(consumer, place))
        break
      case CLIENT_FACTS.processed:
        meter.count('processed')
        meter.sojourn.add(timeUs - this.context.world.records.messages.bornUs(message))
        break
      case CLIENT_FACTS.failed:
        meter.count('failed')
        break
    }
  }

  /** When the record at a place of a member's inbox was written. */
  private writtenAtUs({ connection, node }: GroupConsumer, place: number): number {
    const { broker } = must(connection, 'connection of a group consumer that works')
    const { records } = this.context.world
    const { partition } = broker.progressAt(records.ints(node, 'progress').get(place))
    return this.writtenTo(partition.node).get(records.ints(node, 'offset').get(place))
  }

  /** Parts of the topics that members of a group are linked from. */
  private topicsOf({ name }: Group): number[] {
    const { nodes, links } = this.context.world.scenario
    return nodes.flatMap((topic, place) => {
      const readers = links.filter(({ from }) => from === topic.id).map(({ to }) => to)
      const reads = nodes.some(
        (node) => node.kind === 'groupConsumer' && node.group === name && readers.includes(node.id),
      )
      return topic.kind === 'topic' && reads ? [place] : []
    })
  }

  private meterOfPartition(part: number): NodeMeter {
    return this.meter(this.part<Partition>(part).topic.node)
  }

  /** A member's part belongs to the client that it is. */
  private meterOfMember(part: number): NodeMeter {
    const { world } = this.context
    const id = world.owner(part)
    return this.meter(world.scenario.nodes.findIndex((node) => node.id === id))
  }

  private meter(part: number): NodeMeter {
    return must(this.context.meters[part], 'meter of a part')
  }

  private part<P>(part: number): P {
    return this.context.world.sim.parts[part] as P
  }

  private writtenTo(partition: number): TimeColumn {
    const known = this.writtenUs[partition]
    if (known) return known
    const column = new TimeColumn()
    this.writtenUs[partition] = column
    return column
  }
}
