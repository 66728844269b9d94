/** A client of an event store without links, for tests that answer in the store's place. */
import { NO_STREAM } from '../brokers/eventstore/expectedVersion.ts'
import { EventStore } from '../brokers/eventstore/store.ts'
import { Records } from '../engine/records.ts'
import { Simulation } from '../engine/simulation.ts'

export class ClientBench {
  readonly records: Records
  readonly sim: Simulation
  /** Part 0; the client under test is part 1. */
  readonly store: EventStore

  constructor(records = new Records()) {
    this.records = records
    this.sim = new Simulation(records, 1)
    this.store = new EventStore(this.sim, 0)
    this.sim.reserve(2)
  }

  /** Makes a message with this body. */
  message(body: string, type = ''): number {
    const { messages, strings } = this.records
    return messages.add(this.sim.nowUs, {
      template: strings.id(body),
      ordinal: messages.count + 1,
      key: strings.id(type),
      props: -1,
      parent: -1,
      source: -1,
    })
  }

  /** The three events of the article, in the stream `account-acc1`. */
  article(): [created: number, deposited: number, withdrawn: number] {
    const events: [number, number, number] = [
      this.message('{"id":"acc1","balance":0}', 'AccountCreated'),
      this.message('{"account":"acc1","amount":100}', 'Deposited'),
      this.message('{"account":"acc1","amount":50}', 'Withdrawn'),
    ]
    this.store.append('account-acc1', NO_STREAM, events)
    return events
  }
}
