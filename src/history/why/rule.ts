/**
 * The rules by which the cause of a fact is found among the facts before it. Every kind of fact has one; most are one
 * word of this file. A rule looks at facts alone: nothing was written down about causes while the run was computed.
 */
import { WORLD_FACTS } from '../../scenario/world.ts'
import type { Fact, Trail } from './trail.ts'

export interface Cause {
  /** The fact that caused it. */
  index: number
  /** How, in a few words: `this freed a place`. */
  because: string
}

/** The causes of a fact, the main one first; none: it is where a chain begins. */
export type Rule = (trail: Trail, fact: Fact) => Cause[]

/** A rule for each kind of a family's facts: the compiler names the one that is missing. */
export type RulesOf<Facts extends Readonly<Record<string, number>>> = Readonly<
  Record<Facts[keyof Facts], Rule>
>

/** Here a chain begins: an arrival, an act, the set-up. */
export const begins: Rule = () => []

/** What happened to the same message before; of some kinds only, where they are named. */
export function message(because: string, ...kinds: number[]): Rule {
  return (trail, fact) => {
    const before = trail.latestAbout(
      fact.message,
      fact.index,
      ({ kind }) => kinds.length === 0 || kinds.includes(kind),
    )
    return causes(before, because)
  }
}

/** What happened at the same microsecond before it, at the same place or the other end of a link. */
export function atOnce(because: string, ...kinds: number[]): Rule {
  return (trail, fact) => {
    const before = trail.atOnce(
      fact.index,
      (other) =>
        (kinds.length === 0 || kinds.includes(other.kind)) && trail.isNear(other.part, fact.part),
    )
    return causes(before, because)
  }
}

/** The latest fact of these kinds at the same node or link; of any kind where none is named. */
export function here(because: string, ...kinds: number[]): Rule {
  return (trail, fact) => {
    const owner = trail.ownerOf(fact.part)
    const before = trail.recent(
      fact.index,
      (other) =>
        (kinds.length === 0 || kinds.includes(other.kind)) &&
        (other.part === fact.part || (owner !== '' && trail.ownerOf(other.part) === owner)),
    )
    return causes(before, because)
  }
}

/** The latest fact of these kinds anywhere near: at the same node, or at the other end of a link. */
export function near(because: string, ...kinds: number[]): Rule {
  return (trail, fact) => {
    const before = trail.recent(
      fact.index,
      (other) => kinds.includes(other.kind) && trail.isNear(other.part, fact.part),
    )
    return causes(before, because)
  }
}

/** The latest fact of these kinds, wherever it was: of what is about a whole cluster. */
export function anywhere(because: string, ...kinds: number[]): Rule {
  return (trail, fact) =>
    causes(
      trail.recent(fact.index, (other) => kinds.includes(other.kind)),
      because,
    )
}

/** What a person did at this moment. */
export const acted: Rule = atOnce('you did this', WORLD_FACTS.acted)

/** The first rule that finds something. */
export function either(...rules: Rule[]): Rule {
  return (trail, fact) => {
    for (const rule of rules) {
      const found = rule(trail, fact)
      if (found.length > 0) return found
    }
    return []
  }
}

/** What each of several rules finds, the main cause first. */
export function all(...rules: Rule[]): Rule {
  return (trail, fact) => {
    const found: Cause[] = []
    for (const rule of rules) {
      for (const cause of rule(trail, fact)) {
        if (!found.some(({ index }) => index === cause.index)) found.push(cause)
      }
    }
    return found
  }
}

/** Of what follows at once from something near, or else goes on from what was before at the same place. */
export const follows: Rule = either(atOnce('this led to it at once'), here('it goes on from this'))

/** What is set up: at the start it begins a chain, later something asked for it. */
export const setUp: Rule = (trail, fact) =>
  fact.timeUs === 0 ? [] : either(acted, atOnce('this asked for it'))(trail, fact)

export function causes(before: Fact | null, because: string): Cause[] {
  return before === null ? [] : [{ index: before.index, because }]
}
