/**
 * The fold of a prefix of events, for any length of prefix: `after(n)` is the state after the first n.
 * It keeps a copy of the state every so often; as a fold is a pure function, that changes nothing but time.
 */
import { BATCH_EVENTS } from './eventLog.ts'

/** How many events lie between two copies: as many as are read at once. */
const SPACING = BATCH_EVENTS

export interface FoldRules<State, Event> {
  initialState(): State
  /**
   * May change `state` in place if `copy` makes a true copy. The event is lent: the next ones take its place, so
   * that what is to be known of it later goes into the state.
   */
  evolve(state: State, event: Event): State
  /** A copy that `evolve` will not touch. */
  copy(state: State): State
}

/** The events from `from` up to, not including, `to`; at most `BATCH_EVENTS`. `lent` may be filled with them anew. */
export type ReadEvents<Event> = (from: number, to: number, lent?: Event[]) => readonly Event[]

export class PrefixFold<State, Event> {
  /** State after `i * SPACING` events. */
  private readonly copies: State[] = []
  /** The fold that was asked for last, to go on from. */
  private count = 0
  private state: State
  private readonly rules: FoldRules<State, Event>
  private readonly read: ReadEvents<Event>
  /** Events of the last batch, filled anew with those of the next: a long history makes no garbage. */
  private readonly lent: Event[] = []

  constructor(rules: FoldRules<State, Event>, read: ReadEvents<Event>) {
    this.rules = rules
    this.read = read
    this.state = rules.initialState()
    this.copies.push(rules.copy(this.state))
  }

  /** The state after the first `count` events. Read it before the next call, and do not change it. */
  after(count: number): State {
    const copy = Math.min(Math.floor(count / SPACING), this.copies.length - 1)
    if (count < this.count || copy * SPACING > this.count) this.goTo(copy)
    while (this.count < count) {
      this.forward(Math.min(count, (Math.floor(this.count / SPACING) + 1) * SPACING))
    }
    return this.state
  }

  private goTo(copy: number): void {
    this.count = copy * SPACING
    this.state = this.rules.copy(this.copies[copy] as State)
  }

  private forward(to: number): void {
    const { rules } = this
    const events = this.read(this.count, to, this.lent)
    const count = to - this.count
    let { state } = this
    for (let i = 0; i < count; i++) state = rules.evolve(state, events[i] as Event)
    this.state = state
    this.count = to
    if (to === this.copies.length * SPACING) this.copies.push(this.rules.copy(this.state))
  }
}
