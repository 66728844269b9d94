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
      lines: write(scenario, only),
    }
  }
  const name = mainName(scenario)
  const merged = mergeProcesses(name, processes)
  if (language === 'typescript' || loopsOf(merged) <= 1) {
    return { title: file(name), language, lines: write(scenario, merged) }
  }
  const lines = separate(
    processes,
    (process) => file(process.name),
    (p) => write(scenario, p),
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
  return `${stem}.${EXTENSION[language]}`
}
