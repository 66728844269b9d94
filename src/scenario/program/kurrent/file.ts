/** A file for KurrentDB's client that is being written: what it imports, what it takes as given, and its blocks. */
import { type Line, line } from '../program.ts'

export class File {
  private readonly used = new Set(['KurrentDBClient'])
  private readonly deciders = new Set<string>()
  private readonly given = new Set<string>()
  private readonly types = new Set<string>()
  private readonly blocks: Line[][] = []
  private readonly done = new Set<string>()

  /** Names of the client's package. */
  use(...names: string[]): void {
    for (const name of names) this.used.add(name)
  }

  /** Functions of the program in memory. */
  decider(...names: string[]): void {
    for (const name of names) this.deciders.add(name)
  }

  type(text: string): void {
    this.types.add(text)
  }

  /** Where rows and places are kept: any database with transactions. */
  readModel(): void {
    this.given.add('readModel')
  }

  publisher(): void {
    this.given.add('publish')
  }

  react(): void {
    this.given.add('react')
  }

  /** Whether a reader can read an event. */
  canRead(reader: string): void {
    this.once('canRead', () =>
      this.add(
        line('function canRead(event: any): boolean {'),
        line('  try {'),
        line(`    return Boolean(${reader}(event))`),
        line('  } catch {'),
        line('    return false'),
        line('  }'),
        line('}'),
      ),
    )
  }

  once(name: string, write: () => void): void {
    if (this.done.has(name)) return
    this.done.add(name)
    write()
  }

  add(...lines: Line[]): void {
    if (lines.length > 0) this.blocks.push(lines)
  }

  get isEmpty(): boolean {
    return this.blocks.length === 0
  }

  lines(store: string): Line[] {
    const deciders = [
      ...this.deciders,
      ...(this.deciders.size > 0 ? ['type Command', 'type State'] : []),
    ]
    const isTyped = this.deciders.size > 0 || this.given.size > 0
    const own = [...deciders, ...(isTyped ? ['type Event'] : [])].toSorted(byName)
    return [
      line(
        '// For KurrentDB, with its client for Node.js. Compiled, not run here: there is no server.',
      ),
      line('import {'),
      ...[...this.used].toSorted(byName).map((name) => line(`  ${name},`)),
      line("} from '@kurrent/kurrentdb-client'"),
      ...(own.length > 0
        ? [line(`import { ${own.join(', ')} } from './decider.js' // as in the program in memory`)]
        : []),
      ...(this.given.size > 0
        ? [
            line(
              `import { ${[...this.given].toSorted(byName).join(', ')} } from './own.js' // your database, your broker, your rules`,
            ),
          ]
        : []),
      line(''),
      line(`const client = KurrentDBClient.connectionString\`${store}\``),
      ...[...this.types].map((text) => line(text)),
      ...this.blocks.flatMap((block) => [line(''), ...block]),
    ]
  }
}

function byName(a: string, b: string): number {
  const [x, y] = [a.replace('type ', ''), b.replace('type ', '')]
  return x < y ? -1 : 1
}
