/** Whether a family is all there in its facts and in its checkpoints, whatever was done to it. */
import { Loader, Saver } from '../engine/archive.ts'
import type { Records } from '../engine/records.ts'
import { type Part, Simulation } from '../engine/simulation.ts'

/** Builds a family without having anything done to it. */
export type Build = (sim: Simulation) => readonly Part[]

export function archiveOf(parts: readonly Part[]): number[] {
  const saver = new Saver()
  for (const part of parts) part.archive(saver)
  return [...saver.done()]
}

/** The archive of a family that has only been shown the facts. */
export function foldedArchive(build: Build, records: Records): number[] {
  const sim = new Simulation(records, 1)
  const parts = build(sim)
  sim.applyFacts(0, records.facts.count)
  return archiveOf(parts)
}

/** The archive of a family that was restored from a checkpoint, and read all of it. */
export function restoredArchive(build: Build, records: Records, archive: readonly number[]) {
  const sim = new Simulation(records, 1)
  const parts = build(sim)
  const loader = new Loader(Uint8Array.from(archive))
  for (const part of parts) part.archive(loader)
  loader.finish()
  return archiveOf(parts)
}

/** The archive of a family restored half way and shown the rest of the facts. */
export function resumedArchive(
  build: Build,
  records: Records,
  checkpoint: readonly number[],
  facts: number,
): number[] {
  const sim = new Simulation(records, 1)
  const parts = build(sim)
  const loader = new Loader(Uint8Array.from(checkpoint))
  for (const part of parts) part.archive(loader)
  sim.applyFacts(facts, records.facts.count)
  return archiveOf(parts)
}

/** Kept for speed and made anew when needed: no state. */
const CACHES = new Set(['subjects', 'latestId', 'listeners'])

/**
 * What a checkpoint forgets: numbers, texts, lists and tables of any part that are not the same once the
 * family is restored from its archive. An archive that leaves a field out agrees with itself, this does not.
 */
export function forgotten(build: Build, sim: Simulation, parts: readonly Part[]): string[] {
  const saver = new Saver()
  for (const part of parts) part.archive(saver)
  const twin = new Simulation(sim.records, 1)
  twin.nowUs = sim.nowUs
  const loader = new Loader(saver.done())
  for (const part of build(twin)) part.archive(loader)
  const found: string[] = []
  for (const [node, part] of sim.parts.entries()) {
    const [before, after] = [fieldsOf(part), fieldsOf(twin.parts[node])]
    for (const [name, value] of before) {
      if (after.get(name) !== value)
        found.push(`${node}.${name}: ${value} became ${after.get(name)}`)
    }
  }
  return found
}

/** Fields of a part that hold plain values, as texts. */
function fieldsOf(part: Part | undefined): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of Object.entries(part ?? {})) {
    const plain = plainOf(value)
    if (!CACHES.has(name) && plain !== undefined) fields.set(name, JSON.stringify(plain))
  }
  return fields
}

function plainOf(value: unknown): unknown {
  if (value instanceof Map) return plainOf([...value])
  if (Array.isArray(value)) {
    const items = value.map(plainOf)
    return items.includes(undefined) ? undefined : items
  }
  if (typeof value === 'object' && value !== null) {
    if ('node' in value && 'apply' in value) return `part ${value.node}`
    if (Object.getPrototypeOf(value) !== Object.prototype) return undefined
    return Object.entries(value).map(([name, each]) => [name, plainOf(each) ?? null])
  }
  return typeof value === 'function' || value === undefined ? undefined : value
}
