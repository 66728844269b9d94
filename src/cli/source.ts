/**
 * What a command runs: an example, a scenario document, or what the page saved with its branches. Files
 * are read by the page's own format, so that both refuse the same with the same sentences.
 */
import { readFileSync } from 'node:fs'
import type { Scenario, Script } from '../scenario/document.ts'
import { EXAMPLES, findExample } from '../scenario/examples/index.ts'
import { type SharedBranch, unpackMoment } from '../scenario/share/moment.ts'
import { parseScenario } from '../scenario/validate.ts'

/** Input that cannot be used; the message is the sentence to print. */
export class Unusable extends Error {}

export interface Source {
  scenario: Scenario
  script: Script
  seed: number
  /** Name of the branch; null where there is one only. */
  branch: string | null
}

/** What `name` says, an example or a file; of several branches the one asked for, else the one that was seen. */
export function readSource(name: string, branch: string | null): Source {
  const example = findExample(name)
  if (example) return alone(example.scenario, name, branch)
  const value = readJson(name)
  const isMoment = value !== null && typeof value === 'object' && Object.hasOwn(value, 'v')
  if (!isMoment) return alone(taken(parseScenario(value), name).scenario, name, branch)
  const { scenario, branches, branchId } = taken(unpackMoment(value), name).moment
  const chosen = branchCalled(branches, branch ?? branchId, name)
  const { script, seed } = chosen
  return { scenario, script, seed, branch: branches.length > 1 ? chosen.name : null }
}

function alone(scenario: Scenario, name: string, branch: string | null): Source {
  if (branch !== null) {
    throw new Unusable(`${name} is a scenario without branches; leave --branch out.`)
  }
  return { scenario, script: [], seed: scenario.seed, branch: null }
}

/** By its id, else by the name that a person gave it. */
function branchCalled(
  branches: readonly SharedBranch[],
  wanted: string,
  source: string,
): SharedBranch {
  const byId = branches.find(({ id }) => id === wanted)
  const named = byId ? [byId] : branches.filter(({ name }) => name === wanted)
  const [first, second] = named
  if (first && !second) return first
  const those = branches.map(({ id, name }) => `${id} (${name})`).join(', ')
  const why = second ? `has several branches called ${wanted}` : `has no branch ${wanted}`
  throw new Unusable(`${source} ${why}; its branches: ${those}.`)
}

function readJson(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    const ids = EXAMPLES.map(({ id }) => id).join(', ')
    throw new Unusable(
      `${path} is neither a file that can be read nor an example; examples: ${ids}.`,
    )
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Unusable(`${path} is not JSON: ${reason}.`)
  }
}

function taken<Read extends { ok: true } | { ok: false; path: string; sentence: string }>(
  read: Read,
  path: string,
): Extract<Read, { ok: true }> {
  if (read.ok) return read as Extract<Read, { ok: true }>
  const where = read.path === '' ? path : `${path}: ${read.path}`
  throw new Unusable(`${where}: ${read.sentence}`)
}
