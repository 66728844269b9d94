/**
 * Who has money by which events: a read model has what its rows say, a client with effects what the events come to
 * that its effects go back to. Each is read from the world that folds the facts, after each fact that is its own.
 */
import { CLIENT_FACTS, type Client } from '../../clients/client.ts'
import { PROJECTION_FACTS, type Rebuild } from '../../clients/projection/facts.ts'
import type { Projection } from '../../clients/projection/projection.ts'
import type { NodeDoc, NodeKind, Scenario } from '../../scenario/document.ts'
import type { World } from '../../scenario/world.ts'
import type { Worth } from './worth.ts'

/** The effects of an event at a place: by which messages, and the facts of them. */
export interface Booking {
  messages: number[]
  facts: number[]
}

export interface Holding {
  /** What it has now; NaN where it does not say money. */
  readonly amount: number
  /** By event, what it has had of it. */
  readonly booked: ReadonlyMap<number, Booking>
  /** A fact about it was applied. Returns whether it has something else now. */
  look(kind: number, message: number, aux: number, factIndex: number): boolean
  /** Takes back what facts from this one on have brought; the world is as it was before it already. */
  undo(factIndex: number): void
}

/** The effects of a client. */
export class EffectsHolding implements Holding {
  amount = 0
  readonly booked = new Map<number, Booking>()
  /** Events that were booked, oldest first. */
  private readonly events: number[] = []
  private seen = 0
  private readonly client: () => Client<object>
  private readonly worth: Worth

  constructor(client: () => Client<object>, worth: Worth) {
    this.client = client
    this.worth = worth
  }

  look(_kind: number, _message: number, _aux: number, factIndex: number): boolean {
    const { ledger } = this.client()
    const before = this.seen
    for (; this.seen < ledger.count; this.seen++) {
      const message = ledger.messageAt(this.seen)
      const event = this.worth.eventOf(message)
      if (event === -1) continue
      book(this.booked, event, message, factIndex)
      this.events.push(event)
      this.amount += this.worth.amountOf(event)
    }
    return this.seen > before
  }

  undo(factIndex: number): void {
    const { events } = this
    for (let event = events.at(-1); event !== undefined; event = events.at(-1)) {
      if (!unbook(this.booked, event, factIndex)) break
      events.pop()
      this.amount -= this.worth.amountOf(event)
    }
    this.seen = this.client().ledger.count
  }
}

/** The rows of a read model of balances. */
export class RowsHolding implements Holding {
  amount = 0
  booked = new Map<number, Booking>()
  private building = new Map<number, Booking>()
  /** Events that were booked and tables that were begun, oldest first. */
  private readonly steps: RowsStep[] = []
  private readonly projection: () => Projection
  private readonly world: World

  constructor(projection: () => Projection, world: World) {
    this.projection = projection
    this.world = world
  }

  look(kind: number, message: number, aux: number, factIndex: number): boolean {
    switch (kind) {
      case CLIENT_FACTS.processed:
        this.book(this.booked, message, factIndex)
        break
      case PROJECTION_FACTS.rebuilt:
        this.book(this.building, message, factIndex)
        return false
      case PROJECTION_FACTS.rebuilding:
        this.steps.push({ fact: factIndex, booked: this.booked, building: this.building })
        this.building = new Map()
        if (this.world.records.rowAt<Rebuild>(aux).how === 'inPlace') this.booked = new Map()
        break
      case PROJECTION_FACTS.swapped:
        this.steps.push({ fact: factIndex, booked: this.booked, building: this.building })
        this.booked = this.building
        break
      default:
        return false
    }
    this.amount = this.sum()
    return true
  }

  undo(factIndex: number): void {
    for (let step = this.steps.at(-1); step; step = this.steps.at(-1)) {
      if ('event' in step) {
        if (!unbook(step.into, step.event, factIndex)) break
      } else {
        if (step.fact < factIndex) break
        this.booked = step.booked
        this.building = step.building
      }
      this.steps.pop()
    }
    this.amount = this.sum()
  }

  private book(into: Map<number, Booking>, event: number, factIndex: number): void {
    book(into, event, event, factIndex)
    this.steps.push({ into, event })
  }

  private sum(): number {
    const projection = this.projection()
    if (projection.viewOf(projection.tables.serving) !== 'balance') return Number.NaN
    let sum = 0
    for (const { balance } of projection.rows(Number.POSITIVE_INFINITY)) sum += Number(balance)
    return sum
  }
}

type RowsStep =
  | { into: Map<number, Booking>; event: number }
  | { fact: number; booked: Map<number, Booking>; building: Map<number, Booking> }

/** Kinds that have effects of their own. */
const WITH_EFFECTS: ReadonlySet<NodeKind> = new Set<NodeKind>([
  'consumer',
  'pollingConsumer',
  'groupConsumer',
  'mqttClient',
  'natsSubscriber',
  'redisSubscriber',
  'redisConsumer',
  'redisReader',
])

/** Where a link leads on with commands: what comes of those are other events. */
const DECIDES: NodeKind = 'commandHandler'

/** The nodes that a store's events get to, in the order in which they do. */
export function downstream({ nodes, links }: Scenario, store: string): Set<string> {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]))
  const reached = new Set([store])
  for (const id of reached) {
    for (const { from, to } of links) {
      if (from === id && kinds.get(to) !== DECIDES) reached.add(to)
    }
  }
  reached.delete(store)
  return reached
}

/** What a node has of a store's events; null if it has no money to speak of. */
export function holdingOf(world: World, place: number, worth: Worth): Holding | null {
  const doc = world.scenario.nodes[place]
  const part = <P>() => world.sim.parts[place] as P
  if (!doc || !hasMoney(doc)) return null
  if (doc.kind === 'projection') return new RowsHolding(() => part<Projection>(), world)
  return new EffectsHolding(() => part<Client<object>>(), worth)
}

/** Whether a node that events get to can have money of them. */
export function hasMoney(doc: NodeDoc): boolean {
  if (doc.kind === 'projection') return doc.view === 'balance'
  if (doc.kind === 'processManager') return doc.process === 'mailer'
  return WITH_EFFECTS.has(doc.kind)
}

function book(into: Map<number, Booking>, event: number, message: number, fact: number): void {
  const known = into.get(event)
  if (known) {
    known.messages.push(message)
    known.facts.push(fact)
  } else into.set(event, { messages: [message], facts: [fact] })
}

/** Takes the latest booking of an event back if it is of this fact or a later one; returns whether it was. */
function unbook(from: Map<number, Booking>, event: number, factIndex: number): boolean {
  const booking = from.get(event)
  if (!booking || (booking.facts.at(-1) as number) < factIndex) return false
  booking.facts.pop()
  booking.messages.pop()
  if (booking.facts.length === 0) from.delete(event)
  return true
}
