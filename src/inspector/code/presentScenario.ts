/** The scenario as it holds at a moment: the document with the settings that acts have changed since. */
import type { Frame } from '../../history/frame.ts'
import type { NodeDoc, Scenario } from '../../scenario/document.ts'

/** The text where no act has changed anything. */
export const NO_CHANGES = '[]'

/** What acts have changed up to a frame, by node; the same text as long as it is the same. */
export function changesText(frame: Frame | null): string {
  const changed = (frame?.nodes ?? [])
    .filter((node) => Object.keys(node.changed).length > 0)
    .map((node) => [node.id, node.changed])
  return JSON.stringify(changed)
}

/** The document with these changes on top: what code written at this moment would say. */
export function presentScenario(scenario: Scenario, changes: string): Scenario {
  if (changes === NO_CHANGES) return scenario
  const changed = new Map(JSON.parse(changes) as [string, Record<string, unknown>][])
  const nodes = scenario.nodes.map(
    (node) => ({ ...node, ...withoutNulls(changed.get(node.id) ?? {}) }) as NodeDoc,
  )
  return { ...scenario, nodes }
}

/** Settings that acts have changed; one that was taken away is null there, and not there here. */
export function withoutNulls(changed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(changed).map(([name, value]) => [name, value ?? undefined]),
  )
}
