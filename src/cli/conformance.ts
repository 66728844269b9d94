/**
 * `npm run conformance -- DIR…`: runs the trace cases in those folders (default: the project's own
 * copies) against the broker families and names the first differing step of each case that fails.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { kafkaCases } from '../brokers/conformance/kafka.ts'
import { runTrace, type Verdict } from '../brokers/conformance/run.ts'
import { readTrace } from '../brokers/conformance/trace.ts'

/** Where the project keeps the cases that its families cover. */
const OWN = [
  'src/brokers/amqp/traces',
  'src/brokers/log/redisStreams/traces',
  'src/brokers/log/vectors',
  'src/brokers/pubsub/mqtt/traces',
  'src/brokers/pubsub/nats/traces',
  'src/brokers/pubsub/redis/traces',
]

/** Runs the command; returns the exit code: 0 if something passed and nothing failed. */
export function conformance(args: readonly string[], print: (line: string) => void): number {
  const folders = args.length > 0 ? args : OWN
  const count = { passed: 0, failed: 0, skipped: 0 }
  for (const file of folders.flatMap(jsonFilesIn)) {
    for (const { outcome, line } of runFile(file)) {
      count[outcome]++
      if (line) print(line)
    }
  }
  print(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
  return count.failed === 0 && count.passed > 0 ? 0 : 1
}

interface Outcome {
  outcome: Verdict['outcome']
  /** What there is to say about it. */
  line?: string
}

/** How the cases of one file fare: a trace is one, facts that are no traces have many. */
function runFile(file: string): Outcome[] {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [{ outcome: 'failed', line: `${file}: cannot be read: ${why}` }]
  }
  const cases = kafkaCases(value)
  if (!cases) return [runTraceOf(file, value)]
  return cases.map(({ name, problem }) =>
    problem === null ? { outcome: 'passed' } : { outcome: 'failed', line: `${name}: ${problem}` },
  )
}

function runTraceOf(file: string, value: unknown): Outcome {
  const trace = readTrace(value)
  if (typeof trace === 'string') return { outcome: 'failed', line: `${file}: ${trace}` }
  const verdict = runTrace(trace)
  if (verdict.outcome === 'passed') return verdict
  if (verdict.outcome === 'skipped') {
    return { outcome: 'skipped', line: `${trace.name}: skipped: ${verdict.reason}` }
  }
  const line = [
    `${trace.name}: step ${verdict.step + 1} (${verdict.op}): ${verdict.sentence}`,
    `  expected ${JSON.stringify(verdict.expected)}`,
    `  seen     ${JSON.stringify(verdict.seen)}`,
  ].join('\n')
  return { outcome: 'failed', line }
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
