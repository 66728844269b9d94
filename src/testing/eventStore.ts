/** An event store of its own, without a world, for tests of its rules. */
import { EventStore } from '../brokers/eventstore/store.ts'
import type { Delivery } from '../brokers/eventstore/subscription.ts'
import { Loader, Saver } from '../engine/archive.ts'
import { Records } from '../engine/records.ts'
import { type Part, Simulation } from '../engine/simulation.ts'

interface Subscriber {
  channel: number
  got: Delivery[]
}

export class StoreBench {
  readonly records: Records
  readonly sim: Simulation
  readonly store: EventStore
  readonly subscribers: Subscriber[] = []

  constructor(records = new Records()) {
    this.records = records
    this.sim = new Simulation(records, 1)
    this.store = new EventStore(this.sim, 0)
  }

  /** Makes events of these types, not yet appended: their ids are the messages returned. */
  events(...types: string[]): number[] {
    const { messages, strings } = this.records
    return types.map((type) =>
      messages.add(0, {
        template: strings.id(`{"made":${messages.count}}`),
        ordinal: messages.count + 1,
        key: strings.id(type),
        props: -1,
        parent: -1,
        source: -1,
      }),
    )
  }

  /** Types of the events at these positions. */
  types(positions: readonly number[]): string[] {
    return positions.map((position) => this.store.log.event(position).type)
  }

  /** Attaches a subscriber and returns its channel with what it will have got. */
  subscriber(): Subscriber {
    const got: Delivery[] = []
    const subscriber = { channel: this.store.attach((delivery) => got.push(delivery)), got }
    this.subscribers.push(subscriber)
    return subscriber
  }

  /** A second store that only folds the facts so far. */
  folded(channels = 0): StoreBench {
    const twin = new StoreBench(this.records)
    for (let i = 0; i < channels; i++) twin.subscriber()
    for (let i = 0; i < this.records.facts.count; i++) twin.sim.applyFact(i)
    return twin
  }

  /** A third one, restored from this one's checkpoint. */
  restored(channels = 0): StoreBench {
    const twin = new StoreBench(this.records)
    for (let i = 0; i < channels; i++) twin.subscriber()
    const loader = new Loader(saved(this.store))
    twin.store.archive(loader)
    loader.finish()
    return twin
  }
}

/** The checkpoint of a part. */
export function saved(part: Part): Uint8Array {
  const saver = new Saver()
  part.archive(saver)
  return saver.done()
}
