/** What is unfinished about each node, as the badge on it, its toolbar and its description say. */
import { diagnose } from '../scenario/diagnostics.ts'
import type { Scenario } from '../scenario/document.ts'

export const NO_NOTES: readonly string[] = []

const known = new WeakMap<Scenario, ReadonlyMap<string, readonly string[]>>()

/** Sentences by node; nodes that are in order have none. One and the same document is looked through once. */
export function notesOf(scenario: Scenario): ReadonlyMap<string, readonly string[]> {
  const before = known.get(scenario)
  if (before) return before
  const notes = new Map<string, string[]>()
  for (const { node, sentence } of diagnose(scenario)) {
    notes.set(node, [...(notes.get(node) ?? []), sentence])
  }
  known.set(scenario, notes)
  return notes
}
