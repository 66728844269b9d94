/** The shared moment: everything that is needed to see on another machine what is seen here now. */
import * as v from 'valibot'
import type { Action, Scenario } from '../document.ts'
import { type Migrations, migrateFrom } from '../migrate.ts'
import { amount, id, list, text, whole } from '../schema/fields.ts'
import { LIMITS } from '../schema/limits.ts'
import { refuseUnlessPlain } from '../schema/plain.ts'
import { conform, type Refused, refuse } from '../schema/problem.ts'
import { parseScenario } from '../validate.ts'
import { BRANCHES_MAX, growBranches, pruneBranches } from './branches.ts'

/** A branch of history, as the session keeps it. */
export interface SharedBranch {
  id: string
  name: string
  parent: string | null
  forkUs: number
  seed: number
  script: Action[]
}

/** The middle of what was seen, in flow coordinates, and how large. */
export interface SharedView {
  x: number
  y: number
  zoom: number
}

/** A view by its name: one that is not known where it is opened is not shown. */
export interface SharedStage {
  view: string
  parameter: string | null
}

export interface SharedMoment {
  /** Version of the application that made it: when the hash differs, this says why. */
  app: string
  scenario: Scenario
  /** The example that it began as, or null. The scenario is in the link all the same: examples change, links do not. */
  exampleId: string | null
  branches: SharedBranch[]
  branchId: string
  timeUs: number
  factIndex: number
  selection:
    | { type: 'node'; id: string }
    | { type: 'link'; id: string }
    | { type: 'message'; id: number }
    | null
  view: SharedView | null
  /** What stood in the canvas's place, with what it looked at; null for the canvas. */
  stage: SharedStage | null
  /** What was asked of the history: a condition that is marked on the timeline; '' if nothing was. */
  condition: string
  /** Numbers that were watched under the timeline, as they are written. */
  watches: string[]
  /** Hash of the run up to the moment, checked when it is opened; '' if it was not known yet. */
  hash: string
  /** Beginnings of the hashes at seven moments before (`trail.ts`); '' if they were not known. */
  trail: string
}

/** The version of what is written now. */
export const MOMENT_VERSION = 2

/** Step `n` turns a payload of version `n + 1` into one of version `n + 2`. */
const MIGRATIONS: Migrations = [
  // Version 1 knew the canvas alone, watched nothing, and had one hash.
  (older) => ({ ...older, stage: null, condition: '', watches: [], trail: '', v: 2 }),
]

/** What is written into links and files: plain JSON, with what branches share said once. */
export function packMoment(moment: SharedMoment): Record<string, unknown> {
  return { v: MOMENT_VERSION, ...moment, branches: pruneBranches(moment.branches) }
}

/** The moment behind a payload from outside, or the first thing that is wrong with it. */
export function unpackMoment(input: unknown): { ok: true; moment: SharedMoment } | Refused {
  const refused = refuseUnlessPlain(input)
  if (refused) return refused
  const payload = migrate(input)
  if (!payload.ok) return payload
  const shape = conform(momentSchema, payload.value)
  if (!shape.ok) return shape
  const parsed = parseScenario(shape.value.scenario)
  if (!parsed.ok) return refuse(['scenario'], `is not valid: ${parsed.sentence.slice(0, -1)}`)
  const { scenario } = parsed
  const grown = growBranches(shape.value.branches, scenario)
  if (!grown.ok) return grown
  const { branches } = grown
  if (!branches.some((branch) => branch.id === shape.value.branchId)) {
    return refuse(['branchId'], `is "${shape.value.branchId}", which is not among the branches`)
  }
  const { v: _version, ...rest } = shape.value
  return { ok: true, moment: { ...rest, scenario, branches } }
}

function migrate(input: unknown): { ok: true; value: unknown } | Refused {
  if (input === null || typeof input !== 'object') return refuse([], 'is not a shared moment')
  const payload = input as Record<string, unknown>
  const version = payload.v
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return refuse(['v'], 'is not the version of a shared moment')
  }
  if (version > MOMENT_VERSION) {
    return refuse(['v'], `is ${version}, of a newer Eventarium; reload this page to update`)
  }
  return { ok: true, value: migrateFrom(payload, version, MIGRATIONS) }
}

const PARAMETER_CHARS_MAX = 2_000
const WATCH_CHARS_MAX = 500
const WATCHES_MAX = 50

const timeUs = whole(0, LIMITS.durationMs * 1000)
const count = whole(0, Number.MAX_SAFE_INTEGER)
const coordinate = amount(-LIMITS.coordinate * 10, LIMITS.coordinate * 10)

const branch = v.strictObject({
  id,
  name: text(0, LIMITS.nameChars),
  parent: v.nullable(id),
  forkUs: timeUs,
  seed: count,
  shared: whole(0, LIMITS.actions),
  script: v.array(v.unknown(), 'give a list'),
})

const momentSchema = v.strictObject({
  v: v.literal(MOMENT_VERSION),
  app: text(0, 40),
  scenario: v.unknown(),
  exampleId: v.nullable(text(1, LIMITS.idChars)),
  branches: list(branch, 1, BRANCHES_MAX),
  branchId: id,
  timeUs,
  factIndex: count,
  selection: v.nullable(
    v.variant('type', [
      v.strictObject({ type: v.literal('node'), id }),
      v.strictObject({ type: v.literal('link'), id }),
      v.strictObject({ type: v.literal('message'), id: count }),
    ]),
  ),
  view: v.nullable(v.strictObject({ x: coordinate, y: coordinate, zoom: amount(0.01, 100) })),
  stage: v.nullable(
    v.strictObject({
      view: text(1, LIMITS.idChars),
      parameter: v.nullable(text(0, PARAMETER_CHARS_MAX)),
    }),
  ),
  condition: v.optional(text(0, WATCH_CHARS_MAX), ''),
  watches: list(text(1, WATCH_CHARS_MAX), 0, WATCHES_MAX),
  hash: text(0, 64),
  trail: text(0, 64),
})
