/** `npm run bench`: how fast the built engine is with its full history on, beside a peer in the same run. */
import { cpus } from 'node:os'
import { must } from '../base/assert.ts'
import {
  measureSeeks,
  measureSizes,
  runAndClose,
  type Seeks,
  type Sizes,
} from './bench/eventarium.ts'
import { interleave, median, medianRatio } from './bench/rounds.ts'
import { findSimJs, runSimJs, type SimJs } from './bench/simjs.ts'
import { scenarioOf, WORKLOADS, type Workload } from './bench/workloads.ts'

const SEEK_FACTS = 1_000_000
/** Published, enqueued, delivered, started, processed, acked. */
const FACTS_PER_MESSAGE = 6

interface Options {
  messages: number
  rounds: number
  seeks: number
}

const FULL: Options = { messages: 500_000, rounds: 5, seeks: 3_000 }
const QUICK: Options = { messages: 100_000, rounds: 5, seeks: 1_000 }

interface Speed {
  workload: string
  what: string
  messagesPerSecond: number
  factsPerSecond: number
  factsPerMessage: number
  /** Null where SIM.JS is not installed. */
  simjs: { messagesPerSecond: number; ratio: number; ratios: number[] } | null
}

interface Report extends Sizes {
  node: string
  cpu: string
  rounds: number
  messagesPerRound: number
  speeds: Speed[]
  seek: Seeks
}

function compare(workload: Workload, simjs: SimJs | null, options: Options): Speed {
  const { messages, rounds } = options
  const scenario = scenarioOf(workload, messages)
  let facts = 0
  const contenders = [
    () => {
      const run = runAndClose(scenario, 1)
      facts = run.facts
      return run.acked
    },
  ]
  if (simjs) contenders.push(() => runSimJs(simjs, workload, messages, 1))
  const [ours, theirs] = interleave(rounds, contenders)
  const rates = must(ours, 'our rates')
  const messagesPerSecond = median(rates)
  return {
    workload: workload.name,
    what: workload.what,
    messagesPerSecond,
    factsPerSecond: (messagesPerSecond * facts) / messages,
    factsPerMessage: facts / messages,
    simjs: theirs
      ? {
          messagesPerSecond: median(theirs),
          ratio: medianRatio(rates, theirs),
          ratios: rates.map((rate, i) => rate / (theirs[i] ?? Number.NaN)),
        }
      : null,
  }
}

function measure(options: Options): Report {
  // First, while nothing else has left buffers behind that are freed during the run.
  const messages = Math.ceil(SEEK_FACTS / FACTS_PER_MESSAGE)
  const { history, sizes } = measureSizes(scenarioOf(WORKLOADS.competing, messages))
  const seek = measureSeeks(history, options.seeks)
  const simjs = findSimJs()
  const speeds = Object.values(WORKLOADS).map((workload) => compare(workload, simjs, options))
  return {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    rounds: options.rounds,
    messagesPerRound: options.messages,
    speeds,
    ...sizes,
    seek,
  }
}

const thousands = (value: number) => `${Math.round(value / 1000)} k`

function table(report: Report): string {
  const lines = [
    `Node ${report.node}, ${report.cpu}, full history on; seconds of processor time, medians of`,
    `${report.rounds} interleaved rounds of ${report.messagesPerRound} messages`,
    '',
  ]
  for (const { what, messagesPerSecond, factsPerSecond, factsPerMessage, simjs } of report.speeds) {
    lines.push(what)
    lines.push(
      `  Eventarium ${thousands(messagesPerSecond)} messages/s, ${thousands(factsPerSecond)} facts/s (${factsPerMessage.toFixed(2)} facts a message)`,
    )
    lines.push(
      simjs
        ? `  simjs      ${thousands(simjs.messagesPerSecond)} messages/s; Eventarium is ${simjs.ratio.toFixed(2)} times as fast (${simjs.ratios.map((r) => r.toFixed(2)).join(', ')})`
        : '  simjs      is not installed and was skipped: npm install simjs@2.0.3',
    )
  }
  const { seek } = report
  lines.push(
    '',
    `Facts        ${report.bytesPerFact.toFixed(1)} bytes each, ${report.bytesPerFactInAll.toFixed(1)} with messages, columns and checkpoints`,
    `Checkpoints  ${Math.round(report.checkpointBytes)} bytes each, ${Math.round(report.checkpointsPerMillionFacts)} in a million facts`,
    `Seek         p50 ${seek.p50Ms.toFixed(3)} ms, p99 ${seek.p99Ms.toFixed(3)} ms, max ${seek.maxMs.toFixed(3)} ms, at ${seek.facts} facts`,
  )
  return lines.join('\n')
}

/** Runs the bench; returns the process's exit code. */
export function bench(args: readonly string[]): number {
  const unknown = args.find((arg) => arg !== '--json' && arg !== '--quick')
  if (unknown !== undefined) {
    console.error(`bench: ${unknown} is not known; it takes --json and --quick.`)
    return 2
  }
  const report = measure(args.includes('--quick') ? QUICK : FULL)
  console.log(args.includes('--json') ? JSON.stringify(report, null, 2) : table(report))
  return 0
}
