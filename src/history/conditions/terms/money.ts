/** `money(node)`: what a store's events come to, or what a node further down has of them. */
import { EVENTSTORE_FACTS } from '../../../brokers/eventstore/facts.ts'
import type { EventStore } from '../../../brokers/eventstore/store.ts'
import { type Holding, holdingOf } from '../../money/holdings.ts'
import { Worth } from '../../money/worth.ts'
import type { Term, TermContext } from '../term.ts'

export class Money implements Term {
  readonly everyFact = true
  private readonly worth: Worth
  private readonly holding: Holding | null
  private readonly context: TermContext
  private readonly place: number
  private readonly isStore: boolean

  constructor(context: TermContext, place: number) {
    const { world } = context
    this.context = context
    this.place = place
    this.worth = new Worth(world.records.messages)
    this.isStore = world.scenario.nodes[place]?.kind === 'eventStore'
    this.holding = this.isStore ? null : holdingOf(world, place, this.worth)
  }

  take(_timeUs: number, kind: number, part: number, message: number, aux: number): boolean {
    if (kind === EVENTSTORE_FACTS.appended && (!this.isStore || part === this.place)) {
      const store = this.context.part<EventStore>(part)
      if (store) this.worth.take(store.log.event(store.count - 1))
      return this.isStore
    }
    return part === this.place && (this.holding?.look(kind, message, aux, -1) ?? false)
  }

  read(): number {
    return this.isStore ? this.worth.total : (this.holding?.amount ?? Number.NaN)
  }
}
