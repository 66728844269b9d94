/** Explorations find what they should, count it, and hand back runs that anyone can repeat. */
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { actAt, type NodeDoc, type Scenario } from '../../scenario/document.ts'
import { findExample } from '../../scenario/examples/index.ts'
import { parseScenario, parseScript } from '../../scenario/validate.ts'
import { World } from '../../scenario/world.ts'
import { outcomesOf } from '../outcomes/reader.ts'
import { completedAt } from '../outcomes/violations.ts'
import { hashOfRun } from '../runHash.ts'
import { factKind } from '../vocabulary.ts'
import { Exploration, type ExplorePlan, type OutcomeClass } from './explore.ts'
import { faultPoints, varied, withFault } from './faults.ts'
import { type ProbeOrder, ProbeRun } from './probe.ts'
import { computeAll } from './taskSource.ts'

const example = (id: string): Scenario => must(findExample(id), id).scenario

function explored(scenario: Scenario, changes: Partial<ExplorePlan> = {}): Exploration {
  const exploration = new Exploration({
    scenario,
    script: [],
    seed: scenario.seed,
    runs: 300,
    downMs: 2000,
    faults: ['crash', 'crashAt', 'cut', 'restartBroker'],
    faultsMax: 1,
    ...changes,
  })
  computeAll(exploration, (order) => new ProbeRun(order).result())
  expect(exploration.isDone).toBe(true)
  return exploration
}

function classOf(
  { classes }: Exploration,
  kind: OutcomeClass['kind'],
  node?: string,
): OutcomeClass {
  const found = [...classes.values()].find(
    (each) => each.kind === kind && (node === undefined || each.id === `${kind} ${node}`),
  )
  return must(found, kind)
}

/** Runs an example anew, from what a link would hold. */
function again({ example: { order } }: OutcomeClass): World {
  const parsed = parseScenario(JSON.parse(JSON.stringify(order.scenario)))
  if (!parsed.ok) throw new Error(parsed.sentence)
  const script = parseScript(JSON.parse(JSON.stringify(order.script)), parsed.scenario)
  if (!script.ok) throw new Error(script.sentence)
  const world = new World(parsed.scenario, undefined, order.seed)
  world.start(script.script)
  world.run(world.endUs)
  return world
}

describe('given orders that are acknowledged automatically', () => {
  const exploration = explored(example('orders'))

  test('when they are explored, then there is no chance in them and no more runs than points', () => {
    expect(exploration.isCertain).toBe(true)
    expect(exploration.done).toBe(exploration.total)
    expect(exploration.done).toBeLessThanOrEqual(300)
  })

  test('when the consumer can crash, then an order is lost, and one order and one action show it', () => {
    const lost = classOf(exploration, 'lost', 'worker')
    expect(lost.runs).toBeGreaterThan(0)
    expect(lost.unhurt).toBe(0)
    expect(lost.isShrunk).toBe(true)
    const { order, finding } = lost.example
    expect(order.script.map((action) => action.do)).toEqual(['crash'])
    expect(order.scenario.durationMs).toBeLessThan(60_000)
    expect(order.scenario.nodes[0]).toMatchObject({ arrivals: { count: 1 } })
    expect(finding.story).toBeLessThan(10)
  })

  test('when an acknowledged order is never sent again, then no effect happens twice', () => {
    const kinds = [...exploration.classes.values()].map(({ kind }) => kind)
    expect(kinds).not.toContain('duplicated')
  })
})

/** Of each family a run, and what can become of it. */
const RUNS: readonly [string, OutcomeClass['kind'][]][] = [
  ['retry', ['lost', 'duplicated']],
  ['sqs-jobs', ['lost', 'duplicated', 'outOfOrder']],
  ['commit-and-crash', ['lost', 'duplicated']],
  ['redis-claimed-twice', ['lost', 'duplicated', 'outOfOrder']],
  ['mqtt-qos', ['lost', 'duplicated']],
  ['nats-ack-wait', ['lost', 'duplicated', 'outOfOrder', 'deadLettered']],
  ['cloud-ack-deadline', ['lost', 'duplicated']],
  ['outbox', ['lost', 'duplicated', 'dropped']],
  ['account-two-writers', ['lost', 'rejected']],
]

describe.each(RUNS)('given %s', (id, kinds) => {
  test('when it is explored, then each outcome has a run that stands where it is seen, before its end, and that anyone can repeat', () => {
    const exploration = explored(example(id))
    const classes = [...exploration.classes.values()]
    expect(classes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds))
    for (const found of classes) {
      const { order, finding } = found.example
      const world = again(found)
      expect(outcomesOf(world)).toContainEqual(finding.outcome)
      expect(hashOfRun(world.records, completedAt(finding.outcome))).toBe(finding.hash)
      expect(finding.outcome.timeUs).toBeLessThan(order.scenario.durationMs * 1000)
    }
  })
})

test('given two writers who do not look at the version, when they are explored, then the balance falls below zero in a run that stands there', () => {
  const { nodes, ...rest } = example('account-two-writers')
  const careless = nodes.map((node) =>
    node.kind === 'commandHandler' ? { ...node, expects: 'any' as const } : node,
  )
  const found = classOf(explored({ ...rest, nodes: careless }), 'negativeBalance')
  const { order, finding } = found.example
  expect(outcomesOf(again(found))).toContainEqual(finding.outcome)
  expect(finding.outcome.timeUs).toBeLessThan(order.scenario.durationMs * 1000)
})

test('given messages that are lost wherever their link is cut, then the first of them is shown, and not one that nobody mends any more', () => {
  const lost = classOf(
    explored(example('outbox'), { faults: ['cut'] }),
    'lost',
    'shop-orders-service',
  )
  expect(lost.example.finding.outcome.timeUs).toBeLessThan(5_000_000)
})

describe('given two workers that acknowledge after the work', () => {
  const exploration = explored(example('orders-workers'), { runs: 1000 })

  test('when one crashes between effect and acknowledgement, then the effect happens twice, in a run of one order', () => {
    const twice = classOf(exploration, 'duplicated')
    const { order, finding } = twice.example
    expect(order.script.map((action) => action.do)).toEqual(['crashAt'])
    expect(order.scenario.nodes[0]).toMatchObject({ arrivals: { count: 1 } })
    expect(finding.story).toBeLessThan(15)
  })

  test('when they overtake each other, then that needs no fault', () => {
    const { runs, unhurt, example: shown } = classOf(exploration, 'outOfOrder')
    expect(unhurt).toBe(2)
    expect(runs).toBeGreaterThan(100)
    expect(shown.order.script).toEqual([])
  })

  test('when an example is opened from its link, then its run shows the same outcome at the same fact', () => {
    for (const one of exploration.classes.values()) {
      const { outcome, hash } = one.example.finding
      const world = again(one)
      expect(outcomesOf(world)).toContainEqual(outcome)
      expect(hashOfRun(world.records, completedAt(outcome))).toBe(hash)
    }
  })

  test('when a broker restarts, then the restart is counted beside what happened to the order', () => {
    const one = classOf(exploration, 'lost', 'orders')
    const { order, finding } = one.example
    expect(order.script.map((action) => action.do)).toEqual(['restartBroker'])
    const { facts } = again(one).records
    let ofTheOrder = 0
    facts.each(0, completedAt(finding.outcome), (_timeUs, kind, _part, message) => {
      const { tone } = factKind(kind)
      if (message === finding.outcome.message && tone !== 'setup' && tone !== 'link') ofTheOrder++
    })
    expect(finding.story).toBe(ofTheOrder + 1)
  })
})

describe('given a scenario with chance in it', () => {
  const random: Scenario = {
    ...example('orders'),
    nodes: example('orders').nodes.map((node) =>
      node.id === 'worker'
        ? ({ ...node, ack: 'manual', prefetch: 1, failureRate: 0.2, onFailure: 'drop' } as NodeDoc)
        : node,
    ),
  }
  const plan: Partial<ExplorePlan> = { runs: 200, faults: ['crash', 'cut'] }
  const exploration = explored(random, plan)

  test('when it is explored, then many seeds are run as they are, and each is hurt', () => {
    expect(exploration.isCertain).toBe(false)
    expect([exploration.done, exploration.total]).toEqual([200, 200])
    const dropped = classOf(exploration, 'dropped')
    expect(dropped.unhurt).toBeGreaterThan(10)
    expect(dropped.example.order.script).toEqual([])
    expect(new Set([dropped.example.order.seed]).size).toBe(1)
  })

  test('when it is explored twice, then it comes to the same', () => {
    const other = explored(random, plan)
    expect([...other.classes]).toEqual([...exploration.classes])
  })
})

describe('given two workers that stay down once they crash', () => {
  const workers = example('orders-workers')
  const plan: Partial<ExplorePlan> = { runs: 600, faults: ['crash'], downMs: 600_000 }

  test('when one may crash, then the other goes on; when two faults may be, then everything can be stuck', () => {
    const once = explored(workers, plan)
    expect([...once.classes.values()].map(({ kind }) => kind)).not.toContain('stuck')
    for (const faultsMax of [2, 3]) {
      const more = explored(workers, { ...plan, faultsMax })
      const { faults, unhurt, runs, example: shown } = classOf(more, 'stuck')
      expect([faults, unhurt]).toEqual([2, 0])
      expect(runs).toBeLessThan(more.done)
      const crashes = shown.order.script.map((action) => action.do === 'crash' && action.node)
      expect(crashes.toSorted()).toEqual(['worker-1', 'worker-2'])
      expect(more.done).toBe(more.total)
      expect(more.done).toBeLessThanOrEqual(600)
    }
  })

  test('when runs are done in another order, then the same runs are tried', () => {
    const scripts = (reverse: boolean) => {
      const exploration = new Exploration({
        scenario: example('orders'),
        script: [],
        seed: 1,
        runs: 80,
        downMs: 2000,
        faults: ['crash', 'cut'],
        faultsMax: 3,
      })
      const tried: string[] = []
      const asked: ProbeOrder[] = []
      do {
        while (asked.length < 5) {
          const next = exploration.next()
          if (next === null) break
          asked.push(next)
        }
        const order = reverse ? asked.pop() : asked.shift()
        if (!order) break
        exploration.take(order, new ProbeRun(order).result())
        tried.push(JSON.stringify(order.script))
      } while (exploration.done < exploration.total)
      return new Set(tried)
    }
    expect(scripts(true)).toEqual(scripts(false))
  })
})

describe('given something beside the orders that has nothing to do with them', () => {
  test('when an example is made smaller, then it goes, and so does a worker that nobody needs', () => {
    const workers = example('orders-workers')
    const [shop] = workers.nodes
    const beside = {
      ...workers,
      nodes: [...workers.nodes, { ...must(shop, 'shop'), id: 'other', name: 'other' }],
    }
    const { example: shown } = classOf(explored(beside, { runs: 400 }), 'lost', 'orders')
    const { nodes, links } = shown.order.scenario
    const ids = nodes.map(({ id }) => id)
    expect(ids).not.toContain('other')
    expect(ids).toContain('orders')
    expect(ids).not.toContain('worker-1')
    expect(links.every(({ from, to }) => ids.includes(from) && ids.includes(to))).toBe(true)
  })
})

describe('given a script', () => {
  test('when half of it has nothing to do with the outcome, then that half goes', () => {
    const script = [
      actAt(500_000, { do: 'slow', node: 'worker', factor: 1 }),
      actAt(3_500_000, { do: 'crash', node: 'worker' }),
      actAt(4_000_000, { do: 'restart', node: 'worker' }),
      actAt(30_000_000, { do: 'publish', node: 'shop' }),
    ]
    const lost = classOf(
      explored(example('orders'), { script, runs: 5, faults: [] }),
      'lost',
      'worker',
    )
    expect(lost.example.order.script.map((action) => action.do)).toEqual(['crash'])
  })
})

describe('given a run', () => {
  const world = new World(example('orders-workers'))
  world.start()
  world.run(world.endUs)
  const points = faultPoints(world)

  test('when its points are listed, then they are in time, each client at each of its facts and each link under each parcel', () => {
    const times = points.map(({ atUs }) => atUs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const sorts = new Set(points.map(({ sort }) => sort))
    expect(sorts).toContain('crash worker-1 started')
    expect(sorts).toContain('crash worker-2 processed')
    expect([...sorts].filter((sort) => sort.startsWith('cut consume-1 1 '))).not.toEqual([])
  })

  test('when they are varied, then each is there once, and the first are all of different sorts', () => {
    const order = varied(points, 3, () => 0)
    expect(new Set(order).size).toBe(points.length)
    const count = new Set(points.map(({ sort }) => sort)).size
    expect(new Set(order.slice(0, count).map(({ sort }) => sort)).size).toBe(count)
  })

  test('when a fault would end after the run, then it does not end', () => {
    const last = must(points.at(-1), 'point')
    const { scenario } = world
    expect(withFault([], last, 1e9, scenario)).toHaveLength(1)
    const [begin, end] = withFault([], must(points[0], 'point'), 10, scenario)
    expect((end?.atUs ?? 0) - (begin?.atUs ?? 0)).toBe(10_000)
  })
})
