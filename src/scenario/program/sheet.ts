/** A file being written: imports, then blocks in the order of a program's life, with a blank line between. */
import { type Line, line } from './program.ts'

const SECTIONS = ['connections', 'topology', 'definitions', 'actions', 'loops'] as const
export type Section = (typeof SECTIONS)[number]

/**
 * `overview`: the article's listing of everything, with the first messages and the rhythm in a comment.
 * `own`: one client's program, which keeps the run's schedule.
 */
export type Form = 'overview' | 'own'

export class Sheet {
  readonly form: Form
  /** Whether somebody in this file publishes with confirms. */
  readonly confirms: boolean
  private readonly imports = new Set<string>()
  /** Names imported from each module. */
  private readonly froms = new Map<string, Set<string>>()
  private readonly blocks = new Map<Section, Line[][]>(SECTIONS.map((name) => [name, []]))
  private readonly done = new Set<string>()
  private readonly names = new Set<string>()
  private readonly nodeNames = new Map<string, string>()

  constructor(form: Form, confirms: boolean) {
    this.form = form
    this.confirms = confirms
  }

  /** Imports come first, each once, in alphabetical order. */
  import(statement: string): void {
    this.imports.add(statement)
  }

  /** The same for Python's `from module import name`; the names of a module share a line. */
  importFrom(module: string, name: string): void {
    this.froms.set(module, (this.froms.get(module) ?? new Set()).add(name))
  }

  /** Adds lines that stand together. */
  add(section: Section, ...lines: readonly Line[]): void {
    if (lines.length > 0) this.blocks.get(section)?.push([...lines])
  }

  /** Does something the first time that it is asked for under this name. */
  once(name: string, write: () => void): void {
    if (this.done.has(name)) return
    this.done.add(name)
    write()
  }

  /** `wished`, or with a number behind it if the file has that name already. */
  name(wished: string): string {
    let name = wished
    for (let n = 2; this.names.has(name); n++) name = `${wished}${n}`
    this.names.add(name)
    return name
  }

  /** The identifier of a node in this file: always the same one, and nobody else's. */
  nameOf(node: { id: string }, wished: string): string {
    const known = this.nodeNames.get(node.id)
    if (known !== undefined) return known
    const name = this.name(wished)
    this.nodeNames.set(node.id, name)
    return name
  }

  /** All lines; definitions stand `definitionGap` blank lines apart. */
  lines(definitionGap: number): Line[] {
    const froms = [...this.froms].map(
      ([module, names]) => `from ${module} import ${[...names].sort(byLetters).join(', ')}`,
    )
    const imports = [...[...this.imports].sort(byLetters), ...froms.sort(byLetters)]
    const out: Line[] = imports.map((text) => line(text))
    let gap = 1
    for (const section of SECTIONS) {
      for (const block of this.blocks.get(section) ?? []) {
        if (section === 'definitions') gap = definitionGap
        for (let n = 0; n < gap && out.length > 0; n++) out.push(line(''))
        out.push(...block)
        gap = section === 'definitions' ? definitionGap : 1
      }
    }
    return out
  }
}

function byLetters(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
