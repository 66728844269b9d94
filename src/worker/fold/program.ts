/**
 * A person's program as a fold: `initialState`, `evolve`, perhaps `decide` and `projections`, called inside
 * the sandbox. What goes in and what comes out is JSON text, so that nothing of the page ever gets there.
 */
import type { QuickJSHandle } from 'quickjs-emscripten-core'
import { DRIVER } from './driver.ts'
import type { Decided, Folding, FoldState, LoggedEvent } from './folding.ts'
import { SandboxRefusal } from './problem.ts'
import type { CellPlace } from './rows.ts'
import { PROGRAM_FILE, Sandbox } from './sandbox.ts'

/** What the driver hands out by name. */
const OPERATIONS = [
  'reset',
  'save',
  'load',
  'take',
  'cells',
  'state',
  'tables',
  'decide',
  'where',
] as const
type Operation = (typeof OPERATIONS)[number]

/** Reads what a program offers; it stands in a script of its own so that the program's lines stay its own. */
const READ = `({
  initialState: typeof initialState === 'undefined' ? undefined : initialState,
  evolve: typeof evolve === 'undefined' ? undefined : evolve,
  decide: typeof decide === 'undefined' ? undefined : decide,
  projections: typeof projections === 'undefined' ? undefined : projections,
})`

export class ProgramFolding implements Folding {
  readonly projections: readonly string[]
  readonly decides: boolean
  private readonly sandbox: Sandbox
  private readonly operations: Record<Operation, QuickJSHandle>

  private constructor(
    sandbox: Sandbox,
    operations: Record<Operation, QuickJSHandle>,
    offered: { projections: string[]; decides: boolean },
  ) {
    this.sandbox = sandbox
    this.operations = operations
    this.projections = offered.projections
    this.decides = offered.decides
  }

  /** Throws `SandboxRefusal` if the source is no program or lacks its parts. */
  static async open(source: string, wasm?: string): Promise<ProgramFolding> {
    const sandbox = await Sandbox.open(wasm)
    // The driver takes what it needs of the language before the person's code can change it.
    const drive = sandbox.run(DRIVER, 'driver.js')
    sandbox.run(source, PROGRAM_FILE).dispose()
    const program = sandbox.run(READ, 'read.js')
    const pick = sandbox.callWith(drive, program)
    const operations = Object.fromEntries(
      OPERATIONS.map((name) => [name, sandbox.operation(pick, name)]),
    ) as Record<Operation, QuickJSHandle>
    const offered = JSON.parse(sandbox.call(operations.reset, '')) as {
      projections: string[]
      decides: boolean
    }
    return new ProgramFolding(sandbox, operations, offered)
  }

  reset(): void {
    this.do('reset')
  }

  save(): string {
    return this.do('save')
  }

  load(saved: string): void {
    this.do('load', saved)
  }

  take(events: readonly LoggedEvent[]): FoldState[] {
    const states = this.read('take', JSON.stringify(events.map(given)))
    const isSo = Array.isArray(states) && states.length === events.length && states.every(isText)
    return isSo ? states : refuse()
  }

  cells(events: readonly LoggedEvent[], table: number, place: CellPlace): unknown[] {
    const ask = { events: events.map(given), table, place }
    const cells = this.read('cells', JSON.stringify(ask))
    return Array.isArray(cells) && cells.length === events.length ? cells : refuse()
  }

  state(stream: string): FoldState {
    return this.do('state', stream)
  }

  tables(): unknown[] {
    if (this.projections.length === 0) return []
    const tables = this.read('tables', '')
    return Array.isArray(tables) && tables.length === this.projections.length ? tables : refuse()
  }

  decide(command: unknown, state: FoldState): Decided {
    const decided = this.read('decide', JSON.stringify({ command, state }))
    return isDecided(decided) ? decided : refuse()
  }

  /** Which event of the last `take` it stood at. */
  where(): number {
    try {
      return Number(this.sandbox.call(this.operations.where, ''))
    } catch {
      return -1
    }
  }

  private do(name: Operation, text = ''): string {
    return this.sandbox.call(this.operations[name], text)
  }

  private read(name: Operation, text: string): unknown {
    try {
      return JSON.parse(this.do(name, text))
    } catch (error) {
      if (error instanceof SandboxRefusal) throw error
      return refuse()
    }
  }
}

/** What comes out of the sandbox is looked at before it is believed: a program may change how JSON is written. */
function refuse(): never {
  const sentence =
    'The program changes how JSON is written. Leave toJSON and the prototypes as they are.'
  throw new SandboxRefusal({ sentence, line: null })
}

/** An event as a program sees it. */
function given({ stream, type, data, version, position, timeUs }: LoggedEvent): object {
  return { type, data, stream, version, position, time: timeUs / 1e6 }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isDecided(value: unknown): value is Decided {
  if (typeof value !== 'object' || value === null) return false
  if ('rejected' in value) return isText(value.rejected)
  const { events } = value as { events?: unknown }
  if (!Array.isArray(events)) return false
  return events.every((event) => typeof event === 'object' && event !== null && isText(event.type))
}

export { SandboxRefusal }
