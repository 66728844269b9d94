/** Undo: whatever was changed, undone fully gives the first document, redone the last. */
import { exampleCalled } from '../scenario/examples/index.ts'
import '../testing/seed.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { AssertionError } from '../base/assert.ts'
import type { ActionBody } from '../scenario/document.ts'
import { applyEdit, type Edit } from '../scenario/edit.ts'
import { changeOf } from './changes.ts'
import { createSession } from './create.ts'
import type { LiveSession } from './react.tsx'
import { Undo } from './undo.ts'

const orders = exampleCalled('orders')

/** Each look at the clock is ten seconds later: nothing follows closely on anything. */
let nowMs = 0

beforeAll(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => {
    nowMs += 10_000
    return nowMs
  })
  vi.stubGlobal('requestAnimationFrame', () => 1)
  vi.stubGlobal('cancelAnimationFrame', () => {})
})
afterAll(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const { scenario } = orders
const ids = scenario.nodes.map(({ id }) => id)
const links = scenario.links.map(({ id }) => id)

/** Something that a person does; `n` chooses among what is there. */
type Doing = (session: LiveSession, n: number) => void

const branchAt = (session: LiveSession, n: number) => {
  const { branches } = session.store.getState()
  return branches[n % branches.length]?.id ?? 'main'
}

/** Edits of what is gone by now are refused, as they are on the page. */
const tryEdit = (session: LiveSession, edit: Edit) => {
  try {
    session.edit(edit)
  } catch (error) {
    expect(error).not.toBeInstanceOf(AssertionError)
  }
}

const node = (n: number) => ids[n % ids.length] ?? ''
const acts: readonly ((n: number) => ActionBody)[] = [
  () => ({ do: 'crash', node: 'worker' }),
  () => ({ do: 'restart', node: 'worker' }),
  () => ({ do: 'publish', node: 'shop' }),
  (n) => ({ do: 'set', node: 'worker', name: 'prefetch', value: (n % 5) + 1 }),
  (n) => ({ do: 'latency', link: links[n % links.length] ?? '', ms: n }),
]

const doings: Readonly<Record<string, Doing>> = {
  act: (session, n) => {
    const body = acts[n % acts.length]?.(n)
    if (body) session.act(body)
  },
  actElsewhere: (session, n) => {
    const body = acts[n % acts.length]?.(n)
    if (body) session.act(body, branchAt(session, n >> 3))
  },
  seek: (session, n) => session.seek({ atUs: n * 40_000 }),
  rename: (session, n) => session.renameBranch(branchAt(session, n), `name ${n}`),
  delete: (session, n) => session.deleteBranch(branchAt(session, n)),
  rerun: (session, n) => session.rerunBranch(branchAt(session, n)),
  switch: (session, n) => session.switchBranch(branchAt(session, n)),
  move: (session, n) =>
    tryEdit(session, { edit: 'moveNodes', moves: [{ id: node(n), position: { x: n, y: -n } }] }),
  name: (session, n) =>
    tryEdit(session, { edit: 'changeNode', id: node(n), changes: { name: `name-${n}` } }),
  link: (session, n) =>
    tryEdit(session, {
      edit: 'changeLink',
      id: links[n % links.length] ?? '',
      changes: { latencyMs: n },
    }),
  remove: (session, n) => tryEdit(session, { edit: 'removeNode', id: node(n) }),
  unlink: (session, n) =>
    tryEdit(session, { edit: 'removeLink', id: links[n % links.length] ?? '' }),
  title: (session, n) =>
    tryEdit(session, { edit: 'changeScenario', changes: { title: `Title ${n}` } }),
  seed: (session, n) => tryEdit(session, { edit: 'changeScenario', changes: { seed: n } }),
  duration: (session, n) =>
    tryEdit(session, { edit: 'changeScenario', changes: { durationMs: 1_000 + n } }),
  ask: (session, n) => session.conditions.ask(n % 3 === 0 ? '' : `backlog(orders) > ${n}`),
  stop: (session, n) => session.conditions.stopWhenTrue(n % 2 === 0),
  watch: (session, n) => session.conditions.watch(`backlog(orders) + ${n % 5}`),
  unwatch: (session, n) => session.conditions.unwatch(`backlog(orders) + ${n % 3}`),
  moveWatch: (session) =>
    session.conditions.watchEarlier(session.store.getState().watches.at(-1) ?? ''),
  add: (session, n) => {
    const [first] = scenario.nodes
    if (!first) return
    const added = { ...first, id: `added-${n}`, name: `added ${n}` }
    tryEdit(session, { edit: 'addNode', node: added })
  },
  join: (session, n) => {
    const from = session.store.getState().scenario.nodes.findLast(({ kind }) => kind === 'producer')
    const to = scenario.nodes.find(({ kind }) => kind === 'exchange')
    const link = { id: `joined-${n}`, from: from?.id ?? '', to: to?.id ?? '', latencyMs: 5 }
    tryEdit(session, { edit: 'addLink', link })
  },
  service: (session, n) => {
    const service = { kind: 'fixed', ms: n + 1 }
    tryEdit(session, { edit: 'changeNode', id: 'worker', changes: { service } })
  },
  code: (session, n) => {
    const code = n % 2 === 0 ? ('python' as const) : ('typescript' as const)
    tryEdit(session, { edit: 'changeScenario', changes: { code } })
  },
  fold: (session, n) => {
    const fold = n % 3 === 0 ? undefined : `# ${n}`
    tryEdit(session, { edit: 'changeScenario', changes: { fold } })
  },
  replace: (session, n) => {
    const { scenario: present } = session.store.getState()
    tryEdit(session, { edit: 'replace', scenario: { ...present, about: `About ${n}` } })
  },
  select: (session, n) => session.select({ type: 'node', id: node(n) }),
}

/** All that can be undone. */
function documentOf({ store }: LiveSession): string {
  const { scenario: document, branches, condition, stopping, watches } = store.getState()
  return JSON.stringify({ document, branches, condition, stopping, watches })
}

test('given any sequence of changes, when all is undone, then each document is there again down to the first; redone, the last', () => {
  const changing = new Set<string>()
  const doing = fc.tuple(fc.constantFrom(...Object.keys(doings)), fc.nat(400))
  fc.assert(
    fc.property(fc.array(doing, { maxLength: 40, size: 'max' }), (steps) => {
      const session = createSession({ scenario, applyEdit })
      const first = documentOf(session)
      const passed = [first]
      for (const [name, n] of steps) {
        doings[name]?.(session, n)
        const now = documentOf(session)
        if (now === passed.at(-1)) continue
        passed.push(now)
        changing.add(name)
      }
      const seen = [passed.at(-1)]
      while (session.store.getState().undoes !== null) {
        session.undo()
        seen.unshift(documentOf(session))
      }
      expect(seen).toEqual(passed)
      while (session.store.getState().redoes !== null) session.redo()
      expect(documentOf(session)).toBe(passed.at(-1))
      session.close()
    }),
    { numRuns: 60 },
  )
  // To look elsewhere is not to change anything.
  const others = Object.keys(doings).filter((name) => !changing.has(name))
  expect(others).toEqual(['seek', 'switch', 'select'])
})

describe('given a session in which someone acted', () => {
  test('when that is undone, then it says what it takes back, and what redo brings', () => {
    const session = createSession({ scenario, applyEdit })
    session.act({ do: 'crash', node: 'worker' })
    expect(session.store.getState()).toMatchObject({ undoes: 'crash worker', redoes: null })
    session.undo()
    expect(session.store.getState()).toMatchObject({ undoes: null, redoes: 'crash worker' })
    session.edit({ edit: 'changeScenario', changes: { title: 'Mine' } })
    expect(session.store.getState()).toMatchObject({
      undoes: 'title of the scenario',
      redoes: null,
    })
    session.close()
  })

  test('when a node that was added and selected is undone away, then nothing is selected', () => {
    const session = createSession({ scenario, applyEdit })
    const [first] = scenario.nodes
    if (!first) throw new Error('no nodes')
    session.edit({ edit: 'addNode', node: { ...first, id: 'second', name: 'second' } })
    session.select({ type: 'node', id: 'second' })
    session.undo()
    expect(session.store.getState().selection).toBe(null)
    session.close()
  })

  test('when several things are done in one step, then they are undone and redone together, under its name', () => {
    const session = createSession({ scenario, applyEdit })
    const first = documentOf(session)
    session.inOneStep('scale the workers', () => {
      session.edit({ edit: 'changeScenario', changes: { title: 'Scaled' } })
      session.act({ do: 'crash', node: 'worker' })
      session.act({ do: 'pause', node: 'shop' })
    })
    const last = documentOf(session)
    expect(session.store.getState().undoes).toBe('scale the workers')
    session.undo()
    expect(documentOf(session)).toBe(first)
    expect(session.store.getState().undoes).toBe(null)
    session.redo()
    expect(documentOf(session)).toBe(last)
    // What fails half-way leaves what was done before it, which is undone as one too.
    session.undo()
    const failing = () => {
      session.edit({ edit: 'changeScenario', changes: { title: 'Half' } })
      session.edit({ edit: 'removeNode', id: 'nobody' })
    }
    expect(() => session.inOneStep('fail', failing)).toThrow()
    session.undo()
    expect(documentOf(session)).toBe(first)
    session.act({ do: 'crash', node: 'worker' })
    expect(session.store.getState().undoes).toBe('crash worker')
    session.close()
  })

  test('when an edit changes nothing, then there is nothing to undo', () => {
    const session = createSession({ scenario, applyEdit })
    session.edit({ edit: 'changeScenario', changes: { title: scenario.title } })
    expect(session.store.getState().undoes).toBe(null)
    session.close()
  })
})

describe('given changes of one field', () => {
  const change = changeOf({ edit: 'changeNode', id: 'worker', changes: { prefetch: 2 } }, scenario)

  test('when they follow closely, then they are one step; later, or of another, two', () => {
    const undo = new Undo<number>()
    undo.remember(1, change, 0)
    undo.remember(2, change, 500)
    undo.remember(3, change, 1_000)
    expect(undo.undo(4)).toBe(1)
    expect(undo.redo(1)).toBe(4)
    undo.remember(4, change, 1_100)
    expect(undo.undo(5)).toBe(4)
    undo.remember(4, { ...change, of: 'worker name' }, 1_200)
    undo.remember(5, { ...change, of: 'worker name' }, 9_000)
    expect(undo.undo(6)).toBe(5)
    expect(undo.undo(5)).toBe(4)
  })

  test('when it is named, then by the field and its node', () => {
    expect(change.does).toBe('prefetch of worker')
    const moves = [{ id: 'worker', position: { x: 0, y: 0 } }]
    expect(changeOf({ edit: 'moveNodes', moves }, scenario).does).toBe('move worker')
    expect(changeOf({ edit: 'removeLink', id: links[0] ?? '' }, scenario).does).toMatch(
      /^remove shop → /,
    )
  })
})
