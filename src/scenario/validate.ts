/**
 * The door. Whatever comes from outside (a file, a link, another window, the command line) becomes a
 * scenario or a script here, or one sentence that says which field is wrong and what to do.
 */
import type { Action, Scenario, Script } from './document.ts'
import { migrateScenario } from './migrate.ts'
import { refuseUnlessPlain } from './schema/plain.ts'
import { conform, type Path, type Refused, refuse } from './schema/problem.ts'
import { refuseMisfit } from './schema/references.ts'
import { scenarioSchema, scriptSchema } from './schema/scenario.ts'
import { refuseAction } from './schema/script.ts'

export { LIMITS } from './schema/limits.ts'
export type { Refused } from './schema/problem.ts'

/** A scenario from outside: a typed copy, or the first thing that is wrong with it. */
export function parseScenario(input: unknown): { ok: true; scenario: Scenario } | Refused {
  const refused = refuseUnlessPlain(input)
  if (refused) return refused
  const migrated = migrateScenario(input)
  if (!migrated.ok) return migrated
  return checkScenario(migrated.value)
}

/** The same for something that is surely plain and of the present version, as after an edit. */
export function checkScenario(value: unknown): { ok: true; scenario: Scenario } | Refused {
  const result = conform(scenarioSchema, value)
  if (!result.ok) return result
  const scenario: Scenario = result.value
  return refuseMisfit(scenario) ?? { ok: true, scenario }
}

/** A script from outside, for this scenario. */
export function parseScript(
  input: unknown,
  scenario: Scenario,
  at: Path = [],
): { ok: true; script: Action[] } | Refused {
  const refused = refuseUnlessPlain(input)
  if (refused) return refused
  const result = conform(scriptSchema, input, at)
  if (!result.ok) return result
  const script = result.value as Action[]
  for (const [i, action] of script.entries()) {
    if (action.atUs < (script[i - 1]?.atUs ?? 0)) {
      return refuse(
        [...at, i, 'atUs'],
        'is before the action before it; give actions in order of time',
      )
    }
    const misfit = refuseAction(scenario, action, [...at, i])
    if (misfit) return misfit
  }
  return { ok: true, script }
}

/** The actions of a script that still make sense after the scenario was edited. */
export function fitScript(script: Script, scenario: Scenario): Action[] {
  return script.filter((action) => refuseAction(scenario, action, []) === null)
}
