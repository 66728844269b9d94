/**
 * Reads a run's facts backwards from one of them, for the rules that say what caused it: the latest fact before it
 * that something is true of, anywhere or in the same microsecond.
 */
import type { World } from '../../scenario/world.ts'
import { factKind } from '../vocabulary.ts'

/** A fact as rules see it. */
export interface Fact {
  index: number
  timeUs: number
  kind: number
  part: number
  message: number
  aux: number
}

/** An answer that others may interrupt: it gives way now and then. */
export type Steps<T> = Generator<undefined, T, undefined>

export type Match = (fact: Fact) => boolean

/** Facts read at once on the way back: small at first, as a cause is mostly near. */
const WINDOW_MIN = 64
const WINDOW_MAX = 16_384
/** A fault, a crash or the last thing at a place is looked for no further back than this. */
const RECENT_FACTS = 200_000

export class Trail {
  readonly world: World
  private readonly owners: string[] = []
  /** The set-up facts among the first `gathered`: there are few, and what is set up may lie far back. */
  private readonly setUp: number[] = []
  private gathered = 0

  constructor(world: World) {
    this.world = world
  }

  at(index: number): Fact {
    const { facts } = this.world.records
    return {
      index,
      timeUs: facts.timeUs(index),
      kind: facts.kind(index),
      part: facts.node(index),
      message: facts.message(index),
      aux: facts.aux(index),
    }
  }

  /** The latest fact before `index` that matches, or null. */
  latest(index: number, match: Match): Fact | null {
    return this.search(index, match, Number.NEGATIVE_INFINITY)
  }

  /** Reads on towards a fact for what was set up before it; returns whether there is more to read. */
  gather(index: number): boolean {
    const from = this.gathered
    const to = Math.min(index, from + WINDOW_MAX)
    if (from >= to) return false
    this.world.records.facts.each(from, to, (_timeUs, kind) => {
      if (isSetUp(kind)) this.setUp.push(this.gathered)
      this.gathered++
    })
    return to < index
  }

  /** The latest set-up fact before `index` that matches, or null. */
  latestSetUp(index: number, match: Match): Fact | null {
    while (this.gather(index)) {}
    for (let at = this.setUp.length - 1; at >= 0; at--) {
      const before = this.setUp[at] as number
      const fact = before < index ? this.at(before) : null
      if (fact !== null && match(fact)) return fact
    }
    return null
  }

  /** The same, of those that are not too far back to have anything to do with it. */
  recent(index: number, match: Match): Fact | null {
    return this.search(index, match, Number.NEGATIVE_INFINITY, Math.max(0, index - RECENT_FACTS))
  }

  /** The latest fact before `index` about a message: none is older than the message. */
  latestOf(message: number, index: number, match: Match): Fact | null {
    return this.search(
      index,
      (fact) => fact.message === message && match(fact),
      this.bornUs(message),
    )
  }

  /** The same, of those of the same microsecond. */
  atOnce(index: number, match: Match): Fact | null {
    return this.search(index, match, this.world.records.facts.timeUs(index))
  }

  /** Scenario id of the node or link that a part belongs to, '' for a broker and the world. */
  ownerOf(part: number): string {
    const known = this.owners[part]
    if (known !== undefined) return known
    const owner = this.world.owner(part)
    this.owners[part] = owner
    return owner
  }

  /** Whether what happens in one part can act on the other at once: the same node or link, or ends of one link. */
  isNear(a: number, b: number): boolean {
    const [x, y] = [this.ownerOf(a), this.ownerOf(b)]
    if (x === y || x === '' || y === '') return true
    const { links } = this.world.scenario
    return links.some(({ id, from, to }) => {
      const ends = [id, from, to]
      return ends.includes(x) && ends.includes(y)
    })
  }

  /** Whether the fact's `message` is a message: set-up facts keep a row there. */
  isAboutMessage({ kind, message }: Fact): boolean {
    return message >= 0 && !isSetUp(kind)
  }

  /** The latest fact before `index` about a message that is no row of a set-up. */
  latestAbout(message: number, index: number, match: Match = () => true): Fact | null {
    if (message < 0) return null
    return this.latestOf(message, index, (fact) => this.isAboutMessage(fact) && match(fact))
  }

  /** The same as `latestAbout` without a match, for who may have to go far: gives way now and then. */
  *latestAboutInSteps(message: number, index: number): Steps<Fact | null> {
    const matches = (fact: Fact) => fact.message === message && this.isAboutMessage(fact)
    return yield* this.windows(index, matches, this.bornUs(message), 0)
  }

  private bornUs(message: number): number {
    const { messages } = this.world.records
    return message >= 0 && message < messages.count ? messages.bornUs(message) : 0
  }

  private search(index: number, match: Match, sinceUs: number, first = 0): Fact | null {
    const windows = this.windows(index, match, sinceUs, first)
    for (;;) {
      const { done, value } = windows.next()
      if (done) return value
    }
  }

  /** Looks through one window of facts after another, the latest first. */
  private *windows(
    index: number,
    match: Match,
    sinceUs: number,
    first: number,
  ): Steps<Fact | null> {
    const { facts } = this.world.records
    const fact: Fact = { index: 0, timeUs: 0, kind: 0, part: 0, message: 0, aux: 0 }
    let end = index
    for (let size = WINDOW_MIN; end > first; size = Math.min(size * 4, WINDOW_MAX)) {
      const start = Math.max(first, end - size)
      let found = -1
      let at = start
      facts.each(start, end, (timeUs, kind, part, message, aux) => {
        fact.index = at++
        if (timeUs < sinceUs) return
        fact.timeUs = timeUs
        fact.kind = kind
        fact.part = part
        fact.message = message
        fact.aux = aux
        if (match(fact)) found = fact.index
      })
      if (found !== -1) return this.at(found)
      if (facts.timeUs(start) < sinceUs) return null
      end = start
      yield
    }
    return null
  }
}

function isSetUp(kind: number): boolean {
  return factKind(kind).tone === 'setup'
}
