/**
 * The money that should be there against the money that is, over a run: at each place down the stream of a store what
 * the store's events come to, what the place has of them, and which facts make the difference.
 */
import { EVENTSTORE_FACTS } from '../../brokers/eventstore/facts.ts'
import type { EventStore } from '../../brokers/eventstore/store.ts'
import { World } from '../../scenario/world.ts'
import { Pyramid } from '../watch/pyramid.ts'
import { AskedMoney } from './asked.ts'
import { type Booking, downstream, type Holding, holdingOf } from './holdings.ts'
import { Worth } from './worth.ts'

/** What makes a difference: an event (or, at the store, a command) that is missing, or was counted again. */
export interface MoneyDifference {
  message: number
  /** What there is too much of, or, below zero, too little. */
  amount: number
  /** How often it was counted; 0 = it is missing. */
  times: number
  /** The fact of the last counting, -1 where it is missing. */
  factIndex: number
  /** It was counted again because this node had made two messages of it; '' if one message came again. */
  madeBy: string
}

export interface MoneyPlace {
  /** Scenario id: the store itself, or who has its events from it. */
  node: string
  is: number
  should: number
  /** The latest ones, newest first. */
  differences: MoneyDifference[]
  differenceCount: number
  /** What of the difference no single event explains: amounts that were read as others. */
  otherwise: number
  course: { is: Float64Array; should: Float64Array }
}

interface Place {
  id: string
  holding: Holding
  course: Pyramid
}

const LISTED_MAX = 12
/** Every so many facts the world is saved, so that it can go back. */
const SPACING = 16_384
const CENT = 1_000_000

export class MoneyTrail {
  /** Facts taken in so far. */
  seen = 0
  private readonly world: World
  private readonly worth: Worth
  private readonly asked: AskedMoney
  private readonly store: number
  private readonly places: (Place | undefined)[] = []
  private readonly should: Pyramid
  private readonly wanted: Pyramid
  /** The world after each `spacing` facts. */
  private readonly spacing: number
  private readonly saved: { state: Uint8Array; nowUs: number }[] = []

  constructor(run: World, store: string, spacing = SPACING) {
    this.spacing = spacing
    const world = new World(run.scenario, run.records, run.sim.seed)
    this.world = world
    this.store = run.scenario.nodes.findIndex(({ id }) => id === store)
    this.worth = new Worth(run.records.messages)
    this.asked = new AskedMoney(world, store)
    const pyramid = () => new Pyramid(world.endUs)
    this.should = pyramid()
    this.wanted = pyramid()
    const reached = downstream(run.scenario, store)
    run.scenario.nodes.forEach(({ id }, place) => {
      const holding = reached.has(id) ? holdingOf(world, place, this.worth) : null
      if (holding) this.places[place] = { id, holding, course: pyramid() }
    })
    this.draw(0)
  }

  /** Takes in at most `max` facts more, up to `until`; returns whether there are more before it. */
  read(until: number, max: number): boolean {
    const { world, places, asked } = this
    const end = Math.min(until, this.seen + max)
    world.records.facts.each(this.seen, end, (timeUs, kind, part, message, aux) => {
      if (this.seen % this.spacing === 0) this.save(this.seen / this.spacing)
      world.sim.applyOne(timeUs, kind, part, message, aux)
      if (part === this.store && kind === EVENTSTORE_FACTS.appended) this.append(timeUs)
      else if (asked.look(kind, message, aux, this.seen)) this.draw(timeUs)
      const place = places[part]
      if (place?.holding.look(kind, message, aux, this.seen)) {
        place.course.set(place.holding.amount, timeUs)
      }
      this.seen++
    })
    return end < until
  }

  /**
   * Goes back to fewer facts: what the later ones have brought is taken back, and the world is that of the last save
   * before, with the facts since. A course that was drawn further stays so: it is of use only where nobody goes back.
   */
  goBack(until: number): void {
    if (until >= this.seen) return
    const { world } = this
    const at = Math.floor(until / this.spacing)
    const saved = this.saved[at] as (typeof this.saved)[number]
    world.restore(saved.state)
    world.sim.nowUs = saved.nowUs
    world.records.facts.each(at * this.spacing, until, (...fact) => world.sim.applyOne(...fact))
    this.seen = until
    for (const place of this.places) place?.holding.undo(until)
    this.asked.undo(until)
    this.worth.undo(until)
  }

  /** How it stands after the facts taken in, with the course so far in a power of two of columns. */
  result(columns: number): MoneyPlace[] {
    const nowUs = this.world.sim.nowUs
    const course = (of: Pyramid) => {
      of.reach(nowUs)
      return of.columns(columns).last
    }
    const should = course(this.should)
    const found = this.places.flatMap((place): MoneyPlace[] => {
      if (!place || Number.isNaN(place.holding.amount)) return []
      const differences = this.differencesAt(place.holding)
      const is = place.holding.amount
      return [
        placed(place.id, is, this.worth.total, differences, { is: course(place.course), should }),
      ]
    })
    return this.worth.total === 0 && this.asked.amount === 0 && found.every(({ is }) => is === 0)
      ? []
      : [this.storePlace({ is: should, should: course(this.wanted) }), ...found]
  }

  private storePlace(course: MoneyPlace['course']): MoneyPlace {
    const { worth, asked, world, store } = this
    const open = [...asked.open].sort(([one], [other]) => one - other)
    const missing = open.map(([command, amount]) => ({
      ...{ message: command, amount: -amount, times: 0, factIndex: -1, madeBy: '' },
    }))
    const id = world.scenario.nodes[store]?.id ?? ''
    return placed(id, worth.total, worth.total + asked.amount, missing, course)
  }

  private append(timeUs: number): void {
    const { log, count } = this.world.sim.parts[this.store] as EventStore
    this.worth.take(log.event(count - 1), this.seen)
    this.asked.appended(log, count - 1, this.seen)
    this.draw(timeUs)
  }

  private save(number: number): void {
    const { world } = this
    this.saved[number] ??= { state: world.save(), nowUs: world.sim.nowUs }
  }

  private draw(timeUs: number): void {
    this.should.set(this.worth.total, timeUs)
    this.wanted.set(this.worth.total + this.asked.amount, timeUs)
    if (timeUs === 0) for (const place of this.places) place?.course.set(0, 0)
  }

  private differencesAt({ booked }: Holding): MoneyDifference[] {
    const differences: MoneyDifference[] = []
    for (const [event, amount] of this.worth.moving()) {
      const booking = booked.get(event)
      const times = booking?.messages.length ?? 0
      if (times === 1) continue
      differences.push({
        message: event,
        amount: amount * (times - 1),
        times,
        factIndex: booking?.facts.at(-1) ?? -1,
        madeBy: booking ? this.madeBy(booking, event) : '',
      })
    }
    return differences
  }

  /** Who made two messages of one event: the first step at which their ways from the event part. */
  private madeBy({ messages }: Booking, event: number): string {
    const { messages: table } = this.world.records
    const wayOf = (message: number) => {
      const way: number[] = []
      for (let at = message; at !== event && at >= 0; at = table.parent(at)) way.unshift(at)
      return way
    }
    const first = wayOf(messages[0] as number)
    const last = wayOf(messages.at(-1) as number)
    const parting = last.find((message, step) => first[step] !== message)
    return parting === undefined ? '' : this.world.owner(table.source(parting))
  }
}

function placed(
  node: string,
  is: number,
  should: number,
  differences: MoneyDifference[],
  course: MoneyPlace['course'],
): MoneyPlace {
  const explained = differences.reduce((sum, { amount }) => sum + amount, 0)
  return {
    node,
    is: rounded(is),
    should: rounded(should),
    differences: differences.slice(-LISTED_MAX).reverse(),
    differenceCount: differences.length,
    otherwise: rounded(is - should - explained),
    course,
  }
}

/** Sums of amounts in cents and the like are not whole in binary. */
function rounded(amount: number): number {
  return Math.round(amount * CENT) / CENT
}
