/**
 * Old documents are brought to the present version one step at a time, and newer ones are refused with
 * a sentence. The same few lines serve the scenario and the shared moment.
 */
import { SCENARIO_FORMAT } from './document.ts'
import { type Refused, refuse } from './schema/problem.ts'

/** Step `n` turns a document of version `n + 1` into one of version `n + 2`. */
export type Migrations = readonly ((document: Record<string, unknown>) => Record<string, unknown>)[]

/** Steps of the scenario document. There has been one version so far. */
export const SCENARIO_MIGRATIONS: Migrations = []

/** Takes `document` from `version` through the steps that follow it; the last version has no step. */
export function migrateFrom(
  document: Record<string, unknown>,
  version: number,
  migrations: Migrations,
): Record<string, unknown> {
  return migrations.slice(version - 1).reduce((older, step) => step(older), document)
}

/** A scenario document of any version, known or not, as one of the present version. */
export function migrateScenario(value: unknown): { ok: true; value: unknown } | Refused {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { ok: true, value }
  const document = value as Record<string, unknown>
  const version = /^eventarium-scenario\/([1-9]\d{0,5})$/.exec(String(document.format))?.[1]
  const present = SCENARIO_MIGRATIONS.length + 1
  if (version === undefined) {
    return refuse(['format'], `is not that of a scenario; give "${SCENARIO_FORMAT}"`)
  }
  if (Number(version) > present) {
    return refuse(
      ['format'],
      `is "eventarium-scenario/${version}", of a newer Eventarium; open it there, or reload this page to update`,
    )
  }
  return { ok: true, value: migrateFrom(document, Number(version), SCENARIO_MIGRATIONS) }
}
