/** The numbers of a run for a terminal: a block of lines for each node, only with what means something for its kind. */
import type { NodeNumbers } from '../history/metrics/numbers.ts'
import type { Outcome } from './simulate.ts'

/** Names of lines stand in a column as wide as the widest of them. */
const GAP = 2

export function report(outcome: Outcome): string[] {
  const { title, branch, seed, untilMs, facts, messages, stopped, nodes, lostOnLinks, hash } =
    outcome
  const lines = [
    `${title}${branch === null ? '' : ` · branch ${branch}`} · seed ${seed} · ${untilMs / 1000} s simulated · ${messages} messages · ${facts} facts`,
  ]
  if (stopped !== null) lines.push(stopped)
  for (const node of nodes) lines.push('', ...block(node))
  const lost = Object.entries(lostOnLinks)
  if (lost.length > 0) lines.push('', `lost on links  ${listed(lost)}`)
  lines.push('', `hash ${hash}`)
  return lines
}

function block(numbers: NodeNumbers): string[] {
  const { node, name, kind, counts, dropped, levels, waiting, sojourn } = numbers
  const rows: [string, string][] = [['counts', listed(Object.entries(counts))]]
  if (Object.keys(dropped).length > 0) rows.push(['dropped', listed(Object.entries(dropped))])
  for (const [level, { now, max, mean }] of Object.entries(levels)) {
    rows.push([level, `now ${now}, max ${max}, mean ${mean.toFixed(3)}`])
  }
  if (waiting) rows.push(['waiting', spread(waiting)])
  if (sojourn) rows.push(['sojourn', spread(sojourn)])
  if (numbers.utilisation !== null) {
    rows.push(['utilisation', `${(numbers.utilisation * 100).toFixed(2)} %`])
  }
  rows.push(['throughput', `${numbers.throughputPerS.toFixed(3)} /s`])
  const width = Math.max(...rows.map(([what]) => what.length)) + GAP
  const named = name === node || name === '' ? node : `${node} (${name})`
  return [`${named}: ${kind}`, ...rows.map(([what, said]) => `  ${what.padEnd(width)}${said}`)]
}

function listed(entries: [string, number][]): string {
  return entries.map(([what, count]) => `${what} ${count}`).join(', ')
}

function spread(times: NonNullable<NodeNumbers['waiting']>): string {
  const { meanMs, p50Ms, p95Ms, p99Ms } = times
  const said = { mean: meanMs, p50: p50Ms, p95: p95Ms, p99: p99Ms }
  return `${Object.entries(said)
    .map(([what, ms]) => `${what} ${ms.toFixed(1)}`)
    .join(', ')} ms`
}
