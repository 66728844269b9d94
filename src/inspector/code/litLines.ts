/** Which lines of a program correspond to what just happened. */
import { linesLitBy, type Program } from '../../scenario/program/generate.ts'
import type { FactLine } from '../../session/session.ts'

export interface Lighting {
  lines: number[]
  /** The fact that lights them; null when none of the program's has happened yet, undefined when that is not known. */
  fact: FactLine | null | undefined
}

export const DARK: Lighting = { lines: [], fact: null }
export const UNKNOWN: Lighting = { lines: [], fact: undefined }

/** Names of all facts that light any line: what there is to ask the engine for. */
export function litKinds({ lines }: Program): string[] {
  return [...new Set(lines.flatMap(({ lit = [] }) => lit.flatMap(({ facts }) => facts)))]
}

/** The newest of these facts (oldest first, all of them past) that lights a line; `isAll` when none came before them. */
export function lightingOf(program: Program, facts: readonly FactLine[], isAll: boolean): Lighting {
  for (let place = facts.length - 1; place >= 0; place -= 1) {
    const fact = facts[place]
    const lines = fact ? linesLitBy(program, fact) : []
    if (fact && lines.length > 0) return { lines, fact }
  }
  return isAll ? DARK : UNKNOWN
}
