/**
 * `npm run conformance -- DIR…`: runs the trace cases in those folders (default: the project's own
 * copies) against the broker families and names the first differing step of each case that fails.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runTrace } from '../brokers/conformance/run.ts'
import { readTrace } from '../brokers/conformance/trace.ts'

/** Where the project keeps the cases that its families cover. */
const OWN = ['src/brokers/amqp/traces']

/** Runs the command; returns the exit code. */
export function conformance(args: readonly string[], print: (line: string) => void): number {
  const folders = args.length > 0 ? args : OWN
  let passed = 0
  let failed = 0
  for (const file of folders.flatMap(jsonFilesIn)) {
    const problem = runFile(file)
    if (problem === null) passed++
    else {
      failed++
      print(problem)
    }
  }
  print(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

/** Null if the case passes, else what there is to say. */
function runFile(file: string): string | null {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return `${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
  const trace = readTrace(value)
  if (typeof trace === 'string') return `${file}: ${trace}`
  const verdict = runTrace(trace)
  if (verdict.passed) return null
  return [
    `${trace.name}: step ${verdict.step + 1} (${verdict.op}): ${verdict.sentence}`,
    `  expected ${JSON.stringify(verdict.expected)}`,
    `  seen     ${JSON.stringify(verdict.seen)}`,
  ].join('\n')
}

function jsonFilesIn(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })) return [path]
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const inside = join(path, name)
      return statSync(inside).isDirectory() || name.endsWith('.json') ? jsonFilesIn(inside) : []
    })
}
