/** Laws are drawn where they hold and nowhere else; where they are drawn, long runs agree with them. */
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { actAt, type NodeDoc, type Scenario } from '../../scenario/document.ts'
import { findExample } from '../../scenario/examples/index.ts'
import { closedFormOf } from './closedForms.ts'
import { MeasuredRun } from './measuredRun.ts'
import { type Measure, measuresOf, readMeasure } from './measures.ts'
import { mg1, mmc, mmck } from './queueLaws.ts'
import { findSetting, withSetting } from './settings.ts'
import { estimate } from './statistics.ts'

const mm1 = must(findExample('mm1'), 'mm1').scenario

function having(changes: Record<string, Record<string, unknown>>, scenario = mm1): Scenario {
  const nodes = scenario.nodes.map((node) => ({ ...node, ...changes[node.id] }) as NodeDoc)
  return { ...scenario, nodes }
}

function set(scenario: Scenario, id: string, value: number): Scenario {
  const changed = withSetting(scenario, must(findSetting(scenario, id), id), value)
  if (!changed.ok) throw new Error(changed.sentence)
  return changed.scenario
}

function measure(scenario: Scenario, id: string): Measure {
  return must(
    measuresOf(scenario).find((each) => each.id === id),
    id,
  )
}

function law(scenario: Scenario, id = 'line/waiting/meanMs') {
  const found = closedFormOf(scenario, [], measure(scenario, id))
  return found.ok ? { law: found.form.law, value: found.form.value } : found.why
}

describe('given the formulas', () => {
  test('when they are read at the textbook values, then these come out', () => {
    const { waiting, line, waitingQuantile, sojournQuantile } = must(mmc(0.8, 1, 1), 'M/M/1')
    expect([waiting, line]).toEqual([expect.closeTo(4, 9), expect.closeTo(3.2, 9)])
    expect(sojournQuantile?.(0.99)).toBeCloseTo(23.025851, 6)
    expect(waitingQuantile?.(0.1)).toBe(0)
    expect(mmc(3.2, 1, 4)?.waiting).toBeCloseTo(0.745541, 6)
    expect(mmc(3.2, 1, 4)?.line).toBeCloseTo(2.38573, 5)
    expect(mg1(0.8, 1, 0)?.waiting).toBeCloseTo(2, 9)
    expect(mg1(0.8, 1, 4)?.waiting).toBeCloseTo(10, 9)
    expect(mg1(0.75, 1.05, 1 / 1.05 ** 2)?.waiting).toBeCloseTo(3.710294, 6)
    const bounded = mmck(0.8, 1, 1, 5)
    expect(1 - bounded.admitted).toBeCloseTo(0.088819, 6)
    expect(bounded.waiting).toBeCloseTo(1.563065, 6)
  })

  test('when the load is 1 or more, then there is no steady state without a bound', () => {
    expect(mmc(1, 1, 1)).toBeNull()
    expect(mg1(1.2, 1, 0)).toBeNull()
    expect(mmck(1.2, 1, 1, 3000).admitted).toBeCloseTo(1 / 1.2, 6)
  })
})

describe('given a queue of which a law holds', () => {
  test('when its shape is read, then it is that law, in milliseconds', () => {
    expect(law(mm1)).toEqual({ law: 'M/M/1', value: expect.closeTo(4000, 6) })
    const slow = { server: { service: { kind: 'fixed', ms: 1000 } } }
    expect(law(having(slow))).toEqual({ law: 'M/D/1', value: expect.closeTo(2000, 6) })
    const long = { server: { service: { kind: 'lognormal', meanMs: 1000, cv: 2 } } }
    expect(law(having(long))).toEqual({ law: 'M/G/1', value: expect.closeTo(10_000, 6) })
    const four = set(
      set(mm1, 'node/customers/arrivals/every/meanMs', 312.5),
      'node/server/copies',
      4,
    )
    expect(law(four)).toEqual({ law: 'M/M/4', value: expect.closeTo(745.541, 2) })
    const pooled = having({ server: { concurrency: 4, prefetch: 4 } })
    expect(law(pooled)).toMatchObject({ law: 'M/M/4' })
    const narrow = having({ line: { maxLength: 4, overflow: 'reject-publish' } })
    expect(law(narrow)).toEqual({ law: 'M/M/1/5', value: expect.closeTo(1563.065, 2) })
    expect(law(mm1, 'server/sojourn/p99Ms')).toMatchObject({ value: expect.closeTo(23_025.85, 1) })
  })

  test('when it is overloaded, then the law holds and has no value', () => {
    expect(law(set(mm1, 'node/server/service/meanMs', 1300))).toEqual({ law: 'M/M/1', value: null })
  })
})

describe('given a queue of which none holds', () => {
  const refusals: [string, Scenario][] = [
    ['fails now and then', having({ server: { failureRate: 0.1 } })],
    [
      'does not publish at random',
      having({ customers: { arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 1250 } } } }),
    ],
    [
      'stops after 9 messages',
      having({
        customers: {
          arrivals: { kind: 'interval', every: { kind: 'exponential', meanMs: 1250 }, count: 9 },
        },
      }),
    ],
    [
      'holds messages that another could take',
      set(having({ server: { prefetch: 5 } }), 'node/server/copies', 2),
    ],
    ['bounded in a way', having({ line: { maxLength: 4 } })],
    ['list of service times', having({ server: { service: { kind: 'trace', ms: [1000] } } })],
    [
      'closed form only for exponential',
      set(having({ server: { service: { kind: 'fixed', ms: 900 } } }), 'node/server/copies', 2),
    ],
    ['setting that the laws do not know: ttlMs', having({ line: { ttlMs: 5 } })],
  ]
  test.each(refusals)('when %s, then it says so', (why, scenario) => {
    expect(law(scenario)).toContain(why)
  })

  test('when something was done in the run, then no law is drawn', () => {
    const script = [actAt(1, { do: 'crash', node: 'server' })]
    expect(closedFormOf(mm1, script, measure(mm1, 'line/waiting/meanMs'))).toMatchObject({
      ok: false,
    })
  })

  test('when the measure is of the broker’s bookkeeping, then no law is drawn', () => {
    expect(law(mm1, 'line/counts/requeued')).toContain('no closed form for this measure')
    expect(law(mm1, 'customers/throughputPerS')).toContain('laws for queues')
  })
})

/** Eight seeds of five simulated hours at moderate load: the interval must hold the law's value, and be narrow. */
function expectAgreement(scenario: Scenario, ids: readonly string[]): void {
  const seeds = Array.from({ length: 8 }, (_, i) => i + 1)
  const results = seeds.map((seed) =>
    new MeasuredRun({
      scenario: { ...scenario, durationMs: 20_000_000 },
      script: [],
      seed,
      leftOutMs: 1_000_000,
      withOutcomes: false,
      factsMax: 4_000_000,
    }).result(),
  )
  for (const id of ids) {
    const one = measure(scenario, id)
    const found = closedFormOf(scenario, [], one)
    const value = found.ok ? must(found.form.value, id) : Number.NaN
    const { mean, halfWidth } = must(estimate(results.map((r) => readMeasure(one, r))), id)
    expect((halfWidth ?? 1) / value, `${id}: half-width as a share`).toBeLessThan(0.15)
    // Several measures are held against one experiment: wider than one interval, far narrower than an error.
    expect(Math.abs(mean - value), `${id}: ${mean} ± ${halfWidth} against ${value}`).toBeLessThan(
      2 * (halfWidth ?? 0),
    )
  }
}

const TIMES = ['line/waiting/meanMs', 'line/sojourn/meanMs']
const ALL = [...TIMES, 'line/levels/ready/mean', 'server/utilisation', 'line/throughputPerS']

describe('given long runs', () => {
  test('when one server works, then waiting, quantiles, load and line agree with M/M/1', () => {
    const scenario = set(mm1, 'node/server/service/meanMs', 800)
    expectAgreement(scenario, [
      ...ALL,
      'line/waiting/p95Ms',
      'line/sojourn/p95Ms',
      'server/sojourn/meanMs',
    ])
  })
  test('when three compete, then they agree with M/M/3', () => {
    const busy = set(mm1, 'node/customers/arrivals/every/meanMs', 500)
    expectAgreement(set(busy, 'node/server/copies', 3), [...ALL, 'server/throughputPerS'])
  })
  test('when deliveries and acknowledgements travel, then they agree with M/G/1 with the way in the service', () => {
    const near = { ...mm1, links: mm1.links.map((link) => ({ ...link, latencyMs: 100 })) }
    expectAgreement(set(near, 'node/server/service/meanMs', 600), [...ALL, 'server/sojourn/meanMs'])
  })
  test('when the consumer takes all there is into its hands, then waiting is that of M/D/1 and the way', () => {
    const near = { ...mm1, links: mm1.links.map((link) => ({ ...link, latencyMs: 200 })) }
    const eager = { server: { ack: 'auto', prefetch: 0, service: { kind: 'fixed', ms: 900 } } }
    expectAgreement(having(eager, near), [...TIMES, 'server/utilisation'])
  })
  test('when the queue is short, then waiting and throughput agree with M/M/1/K', () => {
    expectAgreement(having({ line: { maxLength: 3, overflow: 'reject-publish' } }), ALL)
  })
  test('when a service publishes to a second queue, then that one is a station of its own (Burke)', () => {
    const scenario: Scenario = {
      ...mm1,
      nodes: [
        ...mm1.nodes,
        { ...must(mm1.nodes[1], 'line'), id: 'line2', name: 'line2' },
        { ...must(mm1.nodes[2], 'server'), id: 'server2', name: 'server2' },
      ],
      links: [
        ...mm1.links,
        { id: 'on', from: 'server', to: 'line2', latencyMs: 50 },
        { id: 'serve2', from: 'line2', to: 'server2', latencyMs: 0 },
      ],
    }
    const calm = set(
      set(scenario, 'node/server/service/meanMs', 700),
      'node/server2/service/meanMs',
      800,
    )
    expectAgreement(calm, ['line2/waiting/meanMs', 'server2/utilisation', 'server2/sojourn/meanMs'])
  })
})
