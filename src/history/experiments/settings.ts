/**
 * Every number of a scenario that an experiment can vary, read from the schema of the document itself, so
 * that a new setting is there without a word here; and how many there are of a client that consumes, which is a
 * matter of nodes and not of a field.
 */
import type { LinkDoc, NodeDoc, NodeKind, Scenario } from '../../scenario/document.ts'
import { applyEdit, type Edited } from '../../scenario/edit.ts'
import { isConsuming } from '../../scenario/kinds.ts'
import { LIMITS } from '../../scenario/schema/limits.ts'
import { scenarioSchema } from '../../scenario/schema/scenario.ts'
import { checkScenario } from '../../scenario/validate.ts'
import { applies } from './applies.ts'

export interface Setting {
  /** `node/server/service/meanMs`: stays the same while the scenario has it. */
  id: string
  of: 'node' | 'link'
  /** Scenario id of the node or link. */
  owner: string
  /** Fields that lead to it; `['copies']` is how many nodes like this there are. */
  path: readonly string[]
  min: number
  max: number
  whole: boolean
  /** Its value now; null for a field that the document leaves out. */
  value: number | null
}

/** A schema of valibot, as far as it is looked into here. */
interface Shape {
  type: string
  entries?: Record<string, Shape>
  wrapped?: Shape
  key?: string
  options?: Shape[]
  literal?: unknown
  item?: Shape
  pipe?: { type: string; requirement?: number; item?: Shape }[]
}

/** Fields that are numbers and no matter of how the system behaves. */
const NO_SETTINGS = new Set(['position', 'firstNumber'])
/** Clients of which several may compete for a stream, or for a queue's attention. */
const IS_WRITING: ReadonlySet<NodeKind> = new Set(['producer', 'commandHandler'])
/** Most copies of a client. */
const COPIES_MAX = 32

/** All numbers that can be varied, node by node and then link by link. */
export function settingsOf(scenario: Scenario): Setting[] {
  const found: Setting[] = []
  for (const node of scenario.nodes) {
    if (isConsuming(node) || IS_WRITING.has(node.kind)) found.push(copiesOf(node))
    found.push(...walk(itemOf('nodes'), node, 'node', node.id, []))
  }
  for (const link of scenario.links) found.push(...walk(itemOf('links'), link, 'link', link.id, []))
  const known = new Map<string, boolean>()
  return found.filter((setting) => isVariable(scenario, setting, known))
}

/** Tried where a field is left out, besides its least value and the next. */
const TRIED = [10, 100, 1000]

/**
 * Whether there are values to choose from. A field that is left out may not go with the others of its node, such as a
 * delivery limit with a classic queue: what is alike in another place is tried once.
 */
function isVariable(scenario: Scenario, setting: Setting, known: Map<string, boolean>): boolean {
  const { of, owner, path, value, min, max } = setting
  if (path[0] === 'copies') return withSetting(scenario, setting, 2).ok
  const doc = of === 'node' ? scenario.nodes.find(({ id }) => id === owner) : undefined
  // An MQTT client that subscribes to nothing has no work.
  if (doc?.kind === 'mqttClient' && path[0] === 'service') return isConsuming(doc)
  if (value !== null) return true
  if (doc && !applies(scenario, doc, path[0] ?? '')) return false
  const key = JSON.stringify([path, placeOf(scenario, of, owner)])
  const before = known.get(key)
  if (before !== undefined) return before
  const values = [min, min + 1, ...TRIED].filter((tried) => tried >= min && tried <= max)
  const valid = [...new Set(values)].filter((tried) => withSetting(scenario, setting, tried).ok)
  known.set(key, valid.length > 1)
  return valid.length > 1
}

/** A node or link without what is its own alone, and the kinds of what it is linked to. */
function placeOf({ nodes, links }: Scenario, of: Setting['of'], owner: string): unknown {
  const kindOf = (id: string) => nodes.find((node) => node.id === id)?.kind
  if (of === 'link') {
    const link = links.find(({ id }) => id === owner)
    return link && { ...link, id: '', from: kindOf(link.from), to: kindOf(link.to) }
  }
  const ways = links.flatMap(({ from, to }) => {
    return from === owner ? [[kindOf(to)]] : to === owner ? [kindOf(from)] : []
  })
  const node = nodes.find(({ id }) => id === owner)
  return [{ ...node, id: '', name: '', position: null }, ways]
}

export function findSetting(scenario: Scenario, id: string): Setting | undefined {
  return settingsOf(scenario).find((setting) => setting.id === id)
}

/** The scenario with a setting at a value, or a sentence that says why not. */
export function withSetting(scenario: Scenario, setting: Setting, value: number): Edited {
  const [field = ''] = setting.path
  if (field === 'copies') return withCopies(scenario, setting.owner, value)
  const items: readonly (NodeDoc | LinkDoc)[] =
    setting.of === 'node' ? scenario.nodes : scenario.links
  const item = items.find(({ id }) => id === setting.owner)
  const changed = changedAt(item, setting.path, value) as Record<string, unknown>
  const changes = { [field]: changed[field] }
  return setting.of === 'node'
    ? applyEdit(scenario, { edit: 'changeNode', id: setting.owner, changes })
    : applyEdit(scenario, { edit: 'changeLink', id: setting.owner, changes })
}

function copiesOf(node: NodeDoc): Setting {
  return {
    id: `node/${node.id}/copies`,
    of: 'node',
    owner: node.id,
    path: ['copies'],
    min: 1,
    max: COPIES_MAX,
    whole: true,
    value: 1,
  }
}

function itemOf(list: 'nodes' | 'links'): Shape {
  const { entries } = scenarioSchema as unknown as { entries: Record<string, Shape> }
  const piped = entries[list]?.pipe?.find(({ item }) => item !== undefined)
  return piped?.item ?? { type: 'never' }
}

function walk(
  shape: Shape,
  value: unknown,
  of: Setting['of'],
  owner: string,
  path: readonly string[],
): Setting[] {
  if (shape.type === 'exact_optional' && shape.wrapped) {
    return walk(shape.wrapped, value, of, owner, path)
  }
  if (shape.type === 'number') return [numberAt(shape, value, of, owner, path)]
  if (typeof value !== 'object' || value === null) return []
  const fields = value as Record<string, unknown>
  if (shape.type === 'variant') {
    const key = shape.key ?? ''
    const chosen = shape.options?.find(({ entries }) => entries?.[key]?.literal === fields[key])
    return chosen ? walk(chosen, value, of, owner, path) : []
  }
  if (!shape.entries) return []
  return Object.entries(shape.entries).flatMap(([name, inner]) =>
    NO_SETTINGS.has(name) ? [] : walk(inner, fields[name], of, owner, [...path, name]),
  )
}

function numberAt(
  shape: Shape,
  value: unknown,
  of: Setting['of'],
  owner: string,
  path: readonly string[],
): Setting {
  const bound = (type: string) => shape.pipe?.find((step) => step.type === type)?.requirement
  return {
    id: [of, owner, ...path].join('/'),
    of,
    owner,
    path,
    min: bound('min_value') ?? 0,
    max: bound('max_value') ?? Number.MAX_SAFE_INTEGER,
    whole: shape.pipe?.some(({ type }) => type === 'integer') ?? false,
    value: typeof value === 'number' ? value : null,
  }
}

/** A copy of plain data with one number in it changed. */
function changedAt(value: unknown, path: readonly string[], to: number): unknown {
  const [field, ...rest] = path
  if (field === undefined) return to
  const fields = (value ?? {}) as Record<string, unknown>
  return { ...fields, [field]: changedAt(fields[field], rest, to) }
}

/** As many clients like this one, each with links like its own. */
function withCopies(scenario: Scenario, id: string, count: number): Edited {
  const node = scenario.nodes.find((each) => each.id === id)
  if (!node) {
    return { ok: false, path: '', sentence: `There is no node "${id}" any more; choose another.` }
  }
  const copied = [node, ...ownSenders(scenario, node)]
  const taken = new Set([...scenario.nodes, ...scenario.links].map((each) => each.id))
  const free = (wanted: string) => {
    let name = wanted.slice(0, LIMITS.idChars)
    for (let n = 1; taken.has(name); n++) name = `${wanted.slice(0, LIMITS.idChars - 4)}_${n}`
    taken.add(name)
    return name
  }
  const nodes = [...scenario.nodes]
  const links = [...scenario.links]
  for (let copy = 2; copy <= count; copy++) {
    const twins = new Map(copied.map((each) => [each.id, free(`${each.id}-${copy}`)]))
    for (const each of copied) {
      const { x, y } = each.position
      const name = `${each.name} ${copy}`.slice(0, LIMITS.nameChars)
      const position = { x, y: y + (copy - 1) * 120 }
      nodes.push({ ...each, id: twins.get(each.id) ?? each.id, name, position })
    }
    for (const link of scenario.links) {
      const from = twins.get(link.from) ?? link.from
      const to = twins.get(link.to) ?? link.to
      if (from === link.from && to === link.to) continue
      links.push({ ...link, id: free(`${link.id}-${copy}`), from, to })
    }
  }
  return checkScenario({ ...scenario, nodes, links })
}

/** A command handler comes with those who send their commands to it alone: without them it has nothing to do. */
function ownSenders({ nodes, links }: Scenario, node: NodeDoc): NodeDoc[] {
  if (node.kind !== 'commandHandler') return []
  return nodes.filter(({ kind, id }) => {
    const to = links.filter(({ from }) => from === id).map((link) => link.to)
    return kind === 'producer' && to.length > 0 && to.every((each) => each === node.id)
  })
}
