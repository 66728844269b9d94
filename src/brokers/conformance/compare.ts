/**
 * Compares what was seen with what a trace expects. Keys and the order of `closed` do not matter, and
 * error texts are the broker's own words, for information only: codes are compared.
 */
import { isRecord, type Observation } from './trace.ts'

/** Members of an observation whose order says nothing. */
const UNORDERED = new Set(['closed', 'confirms', 'cancelled', 'advisories'])

export function differs(expected: Observation, seen: Observation): boolean {
  return canonical(expected) !== canonical(seen)
}

/** Names the first member that differs. */
export function describeDifference(expected: Observation, seen: Observation): string {
  const members = new Set([...Object.keys(expected), ...Object.keys(seen)])
  for (const member of [...members].sort()) {
    const [a, b] = [normal(expected[member], member), normal(seen[member], member)]
    if (JSON.stringify(a) !== JSON.stringify(b)) {
      return `${member}: expected ${shown(expected[member])}, seen ${shown(seen[member])}`
    }
  }
  return 'no difference'
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function canonical(observation: Observation): string {
  return JSON.stringify(normal(observation, ''))
}

function normal(value: unknown, member: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => normal(item, ''))
    if (!UNORDERED.has(member)) return items
    return items.map((item) => JSON.stringify(item)).toSorted(byText)
  }
  if (!isRecord(value)) return value
  const sorted: Record<string, unknown> = {}
  for (const key of Object.keys(value).toSorted(byText)) {
    if (key !== 'text') sorted[key] = normal(value[key], key)
  }
  return sorted
}

/** By code unit, the same on every machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
