/**
 * The article's program for a scenario: the code that a person would write to do for real what the
 * scenario simulates, with the same names, keys, prefetch and acknowledgements.
 */
import type { Scenario } from '../document.ts'
import { mainName, mergeProcesses, type Process, planProcesses } from './plan.ts'
import { type Language, type Line, line, type Program } from './program.ts'
import { loopsOf, pythonLines } from './python/python.ts'
import { typescriptLines } from './typescript/typescript.ts'
import { wordsOf } from './words.ts'

export { type Language, linesLitBy, type Program, textOf } from './program.ts'

const EXTENSION: Record<Language, string> = { python: 'py', typescript: 'ts' }

/**
 * The program of the whole scenario, or of one node: a client's own program, or what declares a part.
 * Programs that could only run one after the other stand in one listing as a file each.
 */
export function generateProgram(
  scenario: Scenario,
  nodeId: string | null,
  language: Language,
): Program {
  const processes = planProcesses(scenario, nodeId)
  const write = language === 'python' ? pythonLines : typescriptLines
  const file = (name: string) => fileName(name, language)
  const [only] = processes
  if (only && processes.length === 1) {
    return {
      title: file(nodeId === null ? mainName(scenario) : only.name),
      language,
      lines: write(scenario, only, nodeId === null ? 'overview' : 'own'),
    }
  }
  const name = mainName(scenario)
  const merged = mergeProcesses(name, processes)
  if (language === 'typescript' || loopsOf(merged) <= 1) {
    return { title: file(name), language, lines: write(scenario, merged, 'overview') }
  }
  const lines = separate(
    processes,
    (process) => file(process.name),
    (p) => write(scenario, p, 'overview'),
  )
  return { title: `${processes.length} programs`, language, lines }
}

function separate(
  processes: readonly Process[],
  fileOf: (process: Process) => string,
  write: (process: Process) => Line[],
): Line[] {
  const lines = [line(`# ${processes.length} programs: run each in a terminal of its own.`)]
  for (const process of processes) {
    lines.push(line(''), line(`# ---- ${fileOf(process)} ----`), ...write(process))
  }
  return lines
}

function fileName(name: string, language: Language): string {
  const stem = wordsOf(name).join('_').toLowerCase() || 'program'
  const taken = language === 'python' && PYTHON_MODULES.has(stem)
  return `${stem}${taken ? '_program' : ''}.${EXTENSION[language]}`
}

/** A program of such a name would be imported in the place of the module that its libraries mean. */
const PYTHON_MODULES: ReadonlySet<string> = new Set(
  'abc array ast asyncio base64 bisect boto3 botocore calendar code codecs collections concurrent contextlib copy csv datetime decimal email enum errno functools gc getpass glob google grpc hashlib heapq hmac html http imp inspect io itertools json kafka keyword locale logging mailbox math nats numbers operator os paho pathlib pickle pika pipes platform pprint profile psycopg queue random re redis resource sched secrets select selectors shelve shutil signal site socket ssl stat statistics string struct subprocess symbol sys tempfile test textwrap this threading time token trace traceback types typing unittest urllib uuid warnings weakref xml zipfile zlib'.split(
    ' ',
  ),
)
