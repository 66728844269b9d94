/**
 * Outcomes: what a run came to that a design wants to avoid, or at least to know: a message lost, an
 * effect that happened twice, an order that was not kept. Each names the one or two facts that make it,
 * so that a timeline can mark them; the same notion serves the exploration of many runs.
 */
import type { Records } from '../../engine/records.ts'
import type { World } from '../../scenario/world.ts'
import { labelOf, shorten } from '../looks.ts'
import { Scopes } from './scopes.ts'

/** Every kind of outcome, in the order in which they are listed: what it is called and what it means. */
export const OUTCOME_WORDS = {
  lost: {
    name: 'Lost',
    meaning: 'A message was taken over, and then it was gone without having had its effect.',
  },
  duplicated: {
    name: 'Duplicated effect',
    meaning: 'The effect of one message happened twice.',
  },
  outOfOrder: {
    name: 'Out of order',
    meaning: 'A message had its effect before one that its producer had published earlier.',
  },
  negativeBalance: {
    name: 'Negative balance',
    meaning: 'The events of an account add up to less than nothing.',
  },
  misfolded: {
    name: 'Not the fold of its events',
    meaning: 'A read model counted an event twice, or never.',
  },
  miscounted: {
    name: 'Copies do not add up',
    meaning: 'More copies left a queue than had arrived in it.',
  },
  overPrefetch: {
    name: 'Above the prefetch',
    meaning: 'A consumer holds more unacknowledged messages than its prefetch allows.',
  },
  dropped: {
    name: 'Dropped',
    meaning:
      'The broker let go of a message by a rule: no route, no room, or a nack without requeue.',
  },
  deadLettered: {
    name: 'Dead-lettered',
    meaning:
      'A message was given up on and set aside: rejected, too old, too many, or tried too often.',
  },
  conflict: {
    name: 'Version conflict',
    meaning: 'An append was refused because another writer had been faster.',
  },
  rejected: {
    name: 'Command turned down',
    meaning: 'A command was decided against, so that nothing was written.',
  },
  stuck: {
    name: 'Stuck',
    meaning:
      'Something waits to the end, and over the last quarter of the run nobody took any of it.',
  },
} as const

export type OutcomeKind = keyof typeof OUTCOME_WORDS
export const OUTCOME_KINDS = Object.keys(OUTCOME_WORDS) as OutcomeKind[]

export interface Outcome {
  kind: OutcomeKind
  /** The one or two facts that make it, in the order of time; the last one completes it. */
  factIndexes: readonly number[]
  /** When the last of them happened. */
  timeUs: number
  /** The message that it is about, if it is about one. */
  message?: number
  /** The key of an order, or the account of a balance. */
  key?: string
  /** Scenario id of the node or link where it is. */
  node: string
  /** What happened and why, in the present tense. */
  sentence: string
}

/** Looks for outcomes of one sort: at each fact once, in order, and at the end of the run. */
export interface Detector {
  read(
    index: number,
    timeUs: number,
    kind: number,
    part: number,
    message: number,
    aux: number,
  ): void
  /** What can only be said when nothing more will come. */
  end(): void
  /** Promises that were kept in all that was read, each with its figures. */
  held?(): string[]
}

/** What a detector works with. */
export class OutcomeContext {
  readonly world: World
  readonly records: Records
  readonly scopes: Scopes
  private readonly owners: string[] = []
  private readonly origins = new Map<string, number>()
  private readonly onFound: (outcome: Outcome) => void

  /** `world` is the run's own: its design and records are read, and of its parts only what never changes. */
  constructor(world: World, onFound: (outcome: Outcome) => void) {
    this.world = world
    this.records = world.records
    this.scopes = new Scopes(world.scenario)
    this.onFound = onFound
  }

  report(outcome: Omit<Outcome, 'timeUs'>): void {
    const factIndexes = [...outcome.factIndexes].sort((a, b) => a - b)
    const timeUs = this.records.facts.timeUs(factIndexes.at(-1) as number)
    this.onFound({ ...outcome, factIndexes, timeUs })
  }

  /** Scenario id of the node or link that a part belongs to. */
  nodeOf(part: number): string {
    const known = this.owners[part]
    if (known !== undefined) return known
    const owner = this.world.owner(part)
    if (owner !== '') this.owners[part] = owner
    return owner
  }

  /** Place of a node in the scenario, which is its part number; -1 if there is none. */
  placeOf(id: string): number {
    return this.world.scenario.nodes.findIndex((node) => node.id === id)
  }

  name(id: string): string {
    return this.world.scenario.nodes.find((node) => node.id === id)?.name ?? id
  }

  label(message: number): string {
    return shorten(labelOf(this.records, message), 40)
  }

  /**
   * The message that this one repeats: itself, or the first that came of the same message, at the same
   * place, with the same content. A copy that a broker moved on (a dead letter) stays what it was.
   */
  originOf(message: number): number {
    const { messages } = this.records
    const parent = messages.parent(message)
    if (parent === -1) return message
    const source = messages.source(message)
    const above = this.originOf(parent)
    if (this.scopes.isPart(source)) return above
    const id = `${this.scopes.of(source)}/${above}/${messages.template(message)}/${messages.key(message)}`
    const known = this.origins.get(id)
    if (known !== undefined) return known
    this.origins.set(id, message)
    return message
  }
}
