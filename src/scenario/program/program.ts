/** What a generated program is: lines of text, each with the facts of the run that it stands for. */

export type Language = 'python' | 'typescript'

/** Facts (by the names that the fact log gives them) about one node. */
export interface Lit {
  node: string
  facts: readonly string[]
}

export interface Line {
  text: string
  /** The line is lit when one of these just happened. */
  lit?: readonly Lit[]
}

export interface Program {
  /** Name of the file. */
  title: string
  language: Language
  lines: readonly Line[]
}

/** A line, and what lights it. */
export function line(text: string, ...lit: readonly Lit[]): Line {
  return lit.length === 0 ? { text } : { text, lit }
}

/** The same facts about each of several nodes. */
export function on(nodes: readonly { id: string }[], ...facts: readonly string[]): Lit[] {
  return nodes.map(({ id }) => ({ node: id, facts }))
}

/** Numbers (from 1) of the lines that a fact lights. */
export function linesLitBy(program: Program, fact: { node: string; kind: string }): number[] {
  return program.lines.flatMap(({ lit }, i) =>
    lit?.some(({ node, facts }) => node === fact.node && facts.includes(fact.kind)) ? [i + 1] : [],
  )
}

/** The whole text, as it is copied. */
export function textOf(program: Program): string {
  return program.lines.map(({ text }) => `${text}\n`).join('')
}
