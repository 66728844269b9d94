/** How a fact becomes one plain sentence. Each room has a file beside this one with its kinds. */
import type { Records } from '../../engine/records.ts'

/** A fact with what is needed to speak of it. */
export interface FactContext {
  index: number
  timeUs: number
  kind: number
  node: number
  message: number
  aux: number
  records: Records
  /** Name of the scenario's node or link that a part belongs to: `orders`. */
  name(part: number): string
  /** The same for a scenario id, as actions hold it. */
  nameOfId(id: string): string
  /** Scenario id of the same. */
  owner(part: number): string
  /** The way that a parcel goes on a link: from the link's first end to its second, or back. */
  way(part: number): string
  /** A position as its node counts them: `position 3`, or `event 3 of $ce-account`. */
  place(position: number): string
  /** What a message is called: `Order123`; `a message` for -1. */
  label(message: number): string
}

/** What there is to say about one kind of fact. */
export interface FactKind {
  /** `published`, `delivered` … unique; filters and the code tab go by it. */
  name: string
  sentence: (fact: FactContext) => string
  /** `setup` and `link` are left out of the log unless everything is asked for. */
  tone: 'normal' | 'fault' | 'action' | 'setup' | 'link'
}

export type FactKinds = Readonly<Record<number, FactKind>>
