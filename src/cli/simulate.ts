/**
 * `npm run simulate -- FILE|EXAMPLE [--branch NAME] [--seed N] [--until 60s] [--json]`: a scenario, or a branch of
 * what the page saved, run headless with the numbers of each node and the run's hash. Bad input: exit code 2 and one sentence.
 */
import { usFromMs } from '../base/time.ts'
import { MeasuredRun } from '../history/experiments/measuredRun.ts'
import type { RunNumbers } from '../history/metrics/numbers.ts'
import { hashOfRun } from '../history/runHash.ts'
import { EXAMPLES } from '../scenario/examples/index.ts'
import { report } from './report.ts'
import { readSource, type Source, Unusable } from './source.ts'

/** What a run came to. */
export interface Outcome extends Omit<RunNumbers, 'fromUs' | 'endUs'> {
  title: string
  /** The branch that was run; null where there is one only. */
  branch: string | null
  seed: number
  /** The run was computed, and is measured, from 0 to here. */
  untilMs: number
  /** Why the run stopped before its end, or null. */
  stopped: string | null
  hash: string
}

/** Most facts of a headless run: past this it stops with a sentence. */
const FACTS_MAX = 50_000_000
const US_IN_MS = 1000

interface Request extends Source {
  untilUs: number
  json: boolean
}

/** Runs the command; returns the exit code. */
export function simulate(
  args: readonly string[],
  print: (line: string) => void,
  complain: (line: string) => void,
): number {
  try {
    const request = readRequest(args)
    const outcome = run(request)
    if (request.json) print(JSON.stringify(outcome))
    else for (const line of report(outcome)) print(line)
    return 0
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    complain(error.message)
    return 2
  }
}

/** Runs a scenario to a simulated time and measures it. */
export function run({ scenario, script, branch, seed, untilUs }: Omit<Request, 'json'>): Outcome {
  const lasting = { ...scenario, durationMs: untilUs / US_IN_MS }
  const order = { script, seed, leftOutMs: 0, withOutcomes: false, factsMax: FACTS_MAX }
  const measured = new MeasuredRun({ scenario: lasting, ...order })
  const { fromUs: _, endUs, outcomes: __, ...numbers } = measured.result()
  const { records } = measured.history.live
  const untilMs = endUs / US_IN_MS
  return { title: scenario.title, branch, seed, untilMs, ...numbers, hash: hashOfRun(records) }
}

function readRequest(args: readonly string[]): Request {
  let name: string | null = null
  let branch: string | null = null
  let seed: number | null = null
  let untilUs: number | null = null
  let json = false
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (arg === '--json') json = true
    else if (arg === '--branch') branch = readName(args[++i])
    else if (arg === '--seed') seed = readSeed(args[++i])
    else if (arg === '--until') untilUs = readTime(args[++i])
    else if (arg.startsWith('--')) {
      throw new Unusable(
        `There is no option ${arg}; there are --branch, --seed, --until and --json.`,
      )
    } else if (name === null) name = arg
    else throw new Unusable(`One scenario at a time: ${name} or ${arg}.`)
  }
  if (name === null) {
    throw new Unusable(
      `Give a scenario file or an example: ${EXAMPLES.map((example) => example.id).join(', ')}.`,
    )
  }
  const source = readSource(name, branch)
  return {
    ...source,
    seed: seed ?? source.seed,
    untilUs: untilUs ?? usFromMs(source.scenario.durationMs),
    json,
  }
}

function readName(text: string | undefined): string {
  if (!text || text.startsWith('--')) {
    throw new Unusable(`--branch takes the id or name of a branch, not ${text || 'nothing'}.`)
  }
  return text
}

function readSeed(text: string | undefined): number {
  const seed = Number(text)
  if (text === undefined || text === '' || !Number.isSafeInteger(seed) || seed < 0) {
    throw new Unusable(`--seed takes a whole number from 0 to 2^53 - 1, not ${text ?? 'nothing'}.`)
  }
  return seed
}

const UNITS: Record<string, number> = { us: 1, ms: 1e3, s: 1e6, m: 60e6, h: 3600e6 }
const DAY_US = 24 * 3600e6

function readTime(text: string | undefined): number {
  const match = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/.exec(text ?? '')
  const us = match ? Math.round(Number(match[1]) * (UNITS[match[2] as string] as number)) : -1
  if (us <= 0 || us > DAY_US) {
    throw new Unusable(
      `--until takes a simulated time such as 60s, 1500ms or 2m, up to 24h, not ${text ?? 'nothing'}.`,
    )
  }
  return us
}
