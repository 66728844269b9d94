/** A file being written: imports, then blocks in the order of a program's life, with a blank line between. */
import { type Line, line } from './program.ts'

const SECTIONS = [
  'connections',
  'topology',
  'definitions',
  'receiving',
  'actions',
  'loops',
  'end',
] as const
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
  private isCoroutine = false

  constructor(form: Form, confirms: boolean) {
    this.form = form
    this.confirms = confirms
  }

  /** Imports come first, each once, in alphabetical order. */
  import(statement: string): void {
    this.imports.add(statement)
  }

  /** The same for names of a module, which share a line. */
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

  /** Whether that was done. */
  has(name: string): boolean {
    return this.done.has(name)
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

  /** Python: all but its imports stands in a coroutine, because it awaits something. */
  inCoroutine(): void {
    this.isCoroutine = true
  }

  /** All lines; definitions stand `definitionGap` blank lines apart. */
  lines(definitionGap: number, isTypeScript = false): Line[] {
    const froms = [...this.froms].map(([module, names]) => {
      const all = [...names].sort(byLetters).join(', ')
      return isTypeScript ? `import { ${all} } from '${module}'` : `from ${module} import ${all}`
    })
    const imports = [...[...this.imports].sort(byLetters), ...froms.sort(byLetters)]
    const out: Line[] = imports.map((text) => line(text))
    return this.isCoroutine
      ? wrapped(out, this.body(1))
      : [...out, ...this.body(definitionGap, out)]
  }

  private body(definitionGap: number, before: readonly Line[] = []): Line[] {
    const out: Line[] = []
    let gap = 1
    for (const section of SECTIONS) {
      for (const block of this.blocks.get(section) ?? []) {
        if (section === 'definitions') gap = definitionGap
        const isFirst = before.length + out.length === 0
        for (let n = 0; n < gap && !isFirst; n++) out.push(line(''))
        out.push(...block)
        gap = section === 'definitions' ? definitionGap : 1
      }
    }
    return out
  }
}

/** Python's imports, and the rest in one coroutine that is run. */
function wrapped(imports: readonly Line[], body: readonly Line[]): Line[] {
  const inside = body.map((each) =>
    each.text === '' ? each : { ...each, text: `    ${each.text}` },
  )
  const isThere = imports.some(({ text }) => text === 'import asyncio')
  return [
    ...(isThere ? [] : [line('import asyncio')]),
    ...imports,
    line(''),
    line(''),
    line('async def main():'),
    ...inside,
    line(''),
    line(''),
    line('asyncio.run(main())'),
  ]
}

function byLetters(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
