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
