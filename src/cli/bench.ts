/**
 * `npm run bench`: how fast the built engine is with its full history on, and what that takes up, beside a peer
 * in the same run. `bundle.mjs` has measured the same in a browser before and hands the report over.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { eventSourcingTable, measureEventSourcing } from './bench/eventSourcing.ts'
import { type Painted, paintedTable } from './bench/painted.ts'
import {
  FULL,
  linesOfBroadcast,
  measure,
  measureBroadcasts,
  QUICK,
  type Report,
  tableOf,
} from './bench/report.ts'
import type { Place } from './bench/rounds.ts'
import { findSimJs } from './bench/simjs.ts'

/** Processor time of the whole process, so that work of others on the machine does not count. */
const NODE: Place = {
  name: `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}`,
  clock: 'processor time',
  nowMs() {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
  // Beside the report, which goes to standard output.
  say: (line) => console.error(`bench, Node: ${line}`),
}

/** Runs the bench; returns the process's exit code. */
export async function bench(args: readonly string[]): Promise<number> {
  const known = (arg: string) =>
    ['--json', '--quick', '--events', '--broadcasts'].includes(arg) || arg.startsWith(BROWSER)
  const unknown = args.find((arg) => !known(arg))
  if (unknown !== undefined) {
    console.error(
      `bench: ${unknown} is not known; it takes --json, --quick, --events and --broadcasts.`,
    )
    return 2
  }
  if (args.includes('--events')) {
    const quick = args.includes('--quick')
    const report = measureEventSourcing(NODE, quick ? 100_000 : 1_000_000, 5, 1000)
    console.log(
      args.includes('--json') ? JSON.stringify(report, null, 2) : eventSourcingTable(report),
    )
    return 0
  }
  if (args.includes('--broadcasts')) {
    const report = measureBroadcasts(NODE, args.includes('--quick') ? QUICK : FULL)
    console.log(
      args.includes('--json')
        ? JSON.stringify(report, null, 2)
        : report.flatMap(linesOfBroadcast).join('\n'),
    )
    return 0
  }
  const simjs = await findSimJs(() => createRequire(import.meta.url)('simjs'))
  const node = measure(NODE, simjs, args.includes('--quick') ? QUICK : FULL)
  const browser = browserReport(args.find((arg) => arg.startsWith(BROWSER))?.slice(BROWSER.length))
  if (args.includes('--json')) console.log(JSON.stringify({ node, browser }, null, 2))
  else {
    console.log(tableOf(node))
    console.log(`\n${'skipped' in browser ? browser.skipped : tableOf(browser)}`)
    if ('painted' in browser) console.log(`\n${paintedTable(browser.painted)}`)
  }
  return 0
}

const BROWSER = '--browser='

function browserReport(
  file: string | undefined,
): (Report & { painted: Painted }) | { skipped: string } {
  if (file === undefined) return { skipped: 'No browser was measured.' }
  return JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof browserReport>
}
