/**
 * Undo of everything that there is to change: each field of each kind of node, of links, brokers and the
 * scenario, each act, as the validator knows them, over the ready-made runs. A new field or act is tried by itself.
 */
import type * as v from 'valibot'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { AssertionError } from '../base/assert.ts'
import type { Action, ActionBody, NodeDoc, Scenario } from '../scenario/document.ts'
import { applyEdit, type Edit } from '../scenario/edit.ts'
import { EXAMPLES } from '../scenario/examples/index.ts'
import { actionSchema, scenarioSchema } from '../scenario/schema/scenario.ts'
import { FIXED_SETTINGS, SETTINGS, TOPIC_ENTRIES } from '../scenario/schema/settings.ts'
import { ALTERABLE } from '../scenario/topicConfigs.ts'
import { parseScript } from '../scenario/validate.ts'
import { type Texts, valuesOf } from '../testing/otherValues.ts'
import { createSession } from './create.ts'
import type { LiveSession } from './react.tsx'

beforeAll(() => {
  vi.stubGlobal('requestAnimationFrame', () => 1)
  vi.stubGlobal('cancelAnimationFrame', () => {})
})
afterAll(() => {
  vi.unstubAllGlobals()
})

type Entries = Record<string, v.GenericSchema>

/** Where the playhead stands as something is done, and how far the run is compared. */
const ACTED_US = 1_000_000
const HASHED_US = 1_500_000

const { nodes, links, brokers, ...ofScenario } = scenarioSchema.entries
const NODES = new Map(
  nodes.pipe[0].item.options.map(({ entries }) => [entries.kind.literal, entries as Entries]),
)
const LINK = links.pipe[0].item.entries as Entries
const BROKER = brokers.pipe[0].item.entries as Entries
/** What makes a part the one that it is. */
const IDENTITY = new Set(['id', 'kind', 'from', 'to', 'family', 'format', 'broker'])

/** The texts that may be a name of something in this scenario, and some that are keys, filters and times. */
function textsOf(scenario: Scenario): Texts {
  const named = scenario.nodes.flatMap((node) => [
    node.id,
    node.name,
    ...('group' in node && node.group ? [node.group] : []),
  ])
  const others = [
    'changed',
    'changed.by.hand',
    '#',
    '{"changed":["1"]}',
    'attributes:a',
    '14:00',
    '1-0',
  ]
  const known = [
    ...named,
    ...scenario.brokers.map(({ id }) => id),
    ...scenario.links.map(({ id }) => id),
  ]
  return [...new Set([...others, ...known])]
}

/** What can be done, under the name by which it is counted, and the ways to do it: the first that is accepted is done. */
interface Doing {
  name: string
  ways: Iterable<(session: LiveSession) => void>
}

const editing = (edit: Edit) => (session: LiveSession) => session.edit(edit)

/** Each field of a part of the document, with each other value that it may have. */
function fieldsOf(
  of: string,
  entries: Entries,
  present: object,
  texts: Texts,
  edit: (changes: Record<string, unknown>) => Edit,
): Doing[] {
  const fields = Object.entries(entries).filter(([field]) => !IDENTITY.has(field))
  return fields.map(([field, schema]) => {
    const now = JSON.stringify((present as Record<string, unknown>)[field])
    const values = [...valuesOf(schema, texts), undefined]
    const others = values.filter((value) => JSON.stringify(value) !== now)
    return {
      name: `${of}.${field}`,
      ways: others.map((value) => editing(edit({ [field]: value }))),
    }
  })
}

function editsOf(scenario: Scenario): Doing[] {
  const texts = textsOf(scenario)
  const replace = (changes: object): Edit => ({
    edit: 'replace',
    scenario: { ...scenario, ...changes },
  })
  const byHand = new Set(['title', 'about', 'seed', 'durationMs', 'beginsAt', 'code', 'fold'])
  const others = scenario.brokers.flatMap((broker, i) =>
    fieldsOf(`broker of ${broker.family}`, BROKER, broker, texts, (changes) =>
      replace({ brokers: scenario.brokers.with(i, { ...broker, ...changes }) }),
    ),
  )
  return [
    ...fieldsOf('scenario', ofScenario as Entries, scenario, texts, (changes) =>
      Object.keys(changes).every((field) => byHand.has(field))
        ? { edit: 'changeScenario', changes }
        : replace(changes),
    ),
    ...others,
    ...scenario.nodes.flatMap((node) => editsOfNode(node, texts)),
    ...scenario.links.flatMap(({ id, ...link }) => [
      ...fieldsOf('link', LINK, link, texts, (changes) => ({ edit: 'changeLink', id, changes })),
      { name: 'remove link', ways: [editing({ edit: 'removeLink', id })] },
    ]),
    { name: 'add link', ways: newLinks(scenario) },
  ]
}

function editsOfNode(node: NodeDoc, texts: Texts): Doing[] {
  const { kind, id } = node
  const twin = { ...node, id: 'another', name: 'another', position: { x: 1, y: 2 } }
  return [
    ...fieldsOf(kind, NODES.get(kind) ?? {}, node, texts, (changes) => ({
      edit: 'changeNode',
      id,
      changes,
    })),
    { name: `remove ${kind}`, ways: [editing({ edit: 'removeNode', id })] },
    {
      name: `add ${kind}`,
      ways: [twin, { ...twin, broker: 'another' } as NodeDoc].map((added) =>
        editing({ edit: 'addNode', node: added }),
      ),
    },
    {
      name: `move ${kind}`,
      ways: [editing({ edit: 'moveNodes', moves: [{ id, position: twin.position }] })],
    },
  ]
}

function newLinks({ nodes }: Scenario) {
  return nodes.flatMap((from) =>
    nodes.map((to) =>
      editing({
        edit: 'addLink',
        link: { id: 'another', from: from.id, to: to.id, latencyMs: 5, key: 'k' },
      }),
    ),
  )
}

function actsOf(scenario: Scenario): Doing[] {
  const texts = textsOf(scenario)
  return actionSchema.options.flatMap(({ entries }): Doing[] => {
    const { atUs: _, do: verb, ...fields } = entries as unknown as Entries & { do: Literal }
    const name = verb.literal
    if (name === 'set' || name === 'alterTopic') return settingsOf(scenario, name, texts)
    const acts = (fields.act as unknown as { options: Variant[] } | undefined)?.options ?? [null]
    return acts.map((act) => ({
      name: act ? `${name} ${act.entries.what.literal}` : name,
      ways: waysOf(scenario, { do: name }, { ...fields, ...(act && { act }) } as Entries, texts),
    }))
  })
}

interface Literal {
  literal: ActionBody['do']
}
type Variant = { entries: { what: { literal: string } } }

/** Every action with these fields that makes sense: each text for a name, the first few of what else is wanted. */
function* waysOf(
  scenario: Scenario,
  action: object,
  fields: Entries,
  texts: Texts,
): Generator<(session: LiveSession) => void> {
  const next = Object.entries(fields).find(
    ([field, { type }]) => !(field in action) && (type as string) !== 'exact_optional',
  )
  if (next === undefined) {
    const read = parseScript([{ ...action, atUs: ACTED_US }], scenario)
    const [accepted] = read.ok ? read.script : []
    if (accepted) yield (session) => session.act(bodyOf(accepted))
    return
  }
  const [field, schema] = next
  for (const value of valuesOf(schema, texts)) {
    yield* waysOf(scenario, { ...action, [field]: value }, fields, texts)
  }
}

function bodyOf({ atUs: _, ...body }: Action): ActionBody {
  return body as ActionBody
}

/** A setting of a running client, or of a topic, is another one from now on. */
function settingsOf(scenario: Scenario, verb: 'set' | 'alterTopic', texts: Texts): Doing[] {
  const isChanging = (name: string) =>
    verb === 'set' ? !FIXED_SETTINGS.has(name) : (ALTERABLE as readonly string[]).includes(name)
  const settings: Partial<Record<string, Entries>> =
    verb === 'set' ? (SETTINGS as unknown as Record<string, Entries>) : { topic: TOPIC_ENTRIES }
  const target = verb === 'set' ? 'node' : 'topic'
  return scenario.nodes.flatMap(({ kind, id }) =>
    Object.entries(settings[kind] ?? {})
      .filter(([name]) => isChanging(name))
      .map(([name, schema]) => ({
        name: `${verb} ${kind}.${name}`,
        ways: waysOf(scenario, { do: verb, [target]: id, name }, { value: needed(schema) }, texts),
      })),
  )
}

/** The same, but it may not be left out. */
function needed(schema: v.GenericSchema): v.GenericSchema {
  const { wrapped } = schema as { wrapped?: v.GenericSchema }
  return (schema.type as string) === 'exact_optional' && wrapped ? wrapped : schema
}

/** All that can be undone, and what runs by it. */
async function seen(session: LiveSession) {
  const { scenario, branches, branchId, condition, stopping, watches } = session.store.getState()
  const document = JSON.stringify({ scenario, branches, branchId, condition, stopping, watches })
  return { document, hash: await session.ask('hash', { atUs: HASHED_US }) }
}

/** Whether a way of doing it was accepted, done, undone and redone. */
async function isTried(session: LiveSession, ways: Doing['ways'], before: Seen): Promise<boolean> {
  for (const way of ways) {
    try {
      way(session)
    } catch (refused) {
      expect(refused).not.toBeInstanceOf(AssertionError)
      continue
    }
    if (session.store.getState().undoes === null) continue
    const after = await seen(session)
    session.undo()
    expect(await seen(session)).toEqual(before)
    session.redo()
    expect(await seen(session)).toEqual(after)
    session.undo()
    expect(await seen(session)).toEqual(before)
    return true
  }
  return false
}
type Seen = Awaited<ReturnType<typeof seen>>

test('given each ready-made run, when what there is to change is changed, undone and redone, then document and run are as before, and as changed', async () => {
  const all = new Set<string>()
  const tried = new Set<string>()
  for (const { scenario } of EXAMPLES) {
    const session = createSession({ scenario, applyEdit })
    session.seek({ atUs: ACTED_US })
    const before = await seen(session)
    for (const { name, ways } of [...editsOf(scenario), ...actsOf(scenario)]) {
      all.add(name)
      if (!tried.has(name) && (await isTried(session, ways, before))) tried.add(name)
    }
    session.close()
  }
  expect([...all].filter((name) => !tried.has(name))).toEqual([])
}, 300_000)
