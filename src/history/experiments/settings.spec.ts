/** What can be varied in a scenario, and that the varied scenario is a valid one. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { EVENTSTORE_FACTS } from '../../brokers/eventstore/facts.ts'
import { EXAMPLES, exampleCalled, findExample } from '../../scenario/examples/index.ts'
import { checkScenario } from '../../scenario/validate.ts'
import { scenarios } from '../../testing/arbitrary.ts'
import { History } from '../history.ts'
import { MeasuredRun } from './measuredRun.ts'
import { findSetting, settingsOf, withSetting } from './settings.ts'

const mm1 = must(findExample('mm1'), 'mm1').scenario

describe('given the textbook queue', () => {
  test('when its settings are listed, then all numbers of nodes and links are there, with their bounds', () => {
    const ids = settingsOf(mm1).map(({ id }) => id)
    for (const id of [
      'node/customers/arrivals/every/meanMs',
      'node/customers/arrivals/count',
      'node/line/maxLength',
      'node/server/service/meanMs',
      'node/server/prefetch',
      'node/server/concurrency',
      'node/server/failureRate',
      'node/server/copies',
      'link/serve/latencyMs',
    ]) {
      expect(ids).toContain(id)
    }
    expect(ids.filter((id) => /position|firstNumber/.test(id))).toEqual([])
    const prefetch = findSetting(mm1, 'node/server/prefetch')
    expect(prefetch).toMatchObject({ min: 0, max: 65_535, whole: true, value: 1 })
    expect(findSetting(mm1, 'node/line/maxLength')).toMatchObject({ min: 1, value: null })
  })

  test('when the mean service time is set, then only it changes', () => {
    const changed = withSetting(mm1, must(findSetting(mm1, 'node/server/service/meanMs'), 's'), 700)
    expect(changed).toEqual({
      ok: true,
      scenario: {
        ...mm1,
        nodes: mm1.nodes.map((node) =>
          node.id === 'server' ? { ...node, service: { kind: 'exponential', meanMs: 700 } } : node,
        ),
      },
    })
  })

  test('when there are to be three servers, then each has a link of its own from the queue', () => {
    const changed = withSetting(mm1, must(findSetting(mm1, 'node/server/copies'), 'copies'), 3)
    if (!changed.ok) throw new Error(changed.sentence)
    const { nodes, links } = changed.scenario
    expect(nodes.map(({ id }) => id)).toEqual([
      'customers',
      'line',
      'server',
      'server-2',
      'server-3',
    ])
    expect(links.filter(({ from }) => from === 'line').map(({ to }) => to)).toEqual([
      'server',
      'server-2',
      'server-3',
    ])
  })

  test('when there are to be three writers, then each has commands of its own, and what two decide at once conflicts more and more', () => {
    const { scenario } = exampleCalled('account-two-writers')
    const writers = must(findSetting(scenario, 'node/web-shop/copies'), 'copies')
    const conflicts = [1, 2, 4].map((count) => {
      const changed = withSetting(scenario, writers, count)
      if (!changed.ok) throw new Error(changed.sentence)
      const { nodes, links } = changed.scenario
      expect(nodes.filter(({ kind }) => kind === 'commandHandler')).toHaveLength(1 + count)
      expect(nodes.filter(({ kind }) => kind === 'producer')).toHaveLength(1 + count)
      expect(links.filter(({ to }) => to === 'events')).toHaveLength(1 + count)
      const history = new History(changed.scenario, [])
      while (history.advance()) {}
      const { facts } = history.live.records
      return Array.from({ length: history.factCount }, (_, i) => facts.kind(i)).filter(
        (kind) => kind === EVENTSTORE_FACTS.conflicted,
      ).length
    })
    expect(conflicts[0]).toBeGreaterThan(0)
    expect(conflicts[1]).toBeGreaterThan(conflicts[0] as number)
    expect(conflicts[2]).toBeGreaterThan(conflicts[1] as number)
  })

  test('when a value cannot be, then a sentence says what can', () => {
    const refused = withSetting(mm1, must(findSetting(mm1, 'node/server/failureRate'), 's'), 2)
    expect(refused).toMatchObject({ ok: false })
    expect(!refused.ok && refused.sentence).toMatch(/from 0 to 1/)
  })
})

describe('given any scenario', () => {
  test('when a setting is set to its own value, then nothing changes; to a bound, then it is valid or refused', () => {
    fc.assert(
      fc.property(scenarios(), (scenario) => {
        for (const setting of settingsOf(scenario)) {
          const { path, value, min } = setting
          if (value !== null) {
            expect(withSetting(scenario, setting, value)).toEqual({ ok: true, scenario })
          }
          if (path[0] === 'copies') continue
          const changed = withSetting(scenario, setting, min)
          if (changed.ok) expect(checkScenario(changed.scenario).ok).toBe(true)
        }
      }),
      { numRuns: 50 },
    )
  })

  test.each([
    'orders-workers',
    'sqs-jobs',
    'rolling-deploy',
    'share-queue',
    'redis-poison',
    'nats-work-queue',
    'mqtt-shared',
    'cloud-ack-deadline',
    'order-saga',
    'outbox',
  ])(
    'when settings of %s are offered, then each can be varied, and a run under another value comes to its end',
    (id) => {
      const { scenario } = must(findExample(id), id)
      const short = { ...scenario, durationMs: Math.min(scenario.durationMs, 6_000) }
      for (const setting of settingsOf(scenario)) {
        const { value, min, max, whole } = setting
        const wanted = [value === null ? min : value * 2, min, min + 1, 10, 100, 1000]
        const changed = [...new Set(wanted)]
          .map((each) => (whole ? Math.round(each) : each))
          .filter((each) => each >= min && each <= max && each !== value)
          .map((each) => withSetting(short, setting, each))
          .filter(({ ok }) => ok)
        expect([setting.id, changed.length]).not.toContain(0)
        const [first] = changed
        if (!first?.ok) continue
        const run = new MeasuredRun({
          ...{ scenario: first.scenario, script: [], seed: 1, leftOutMs: 0 },
          ...{ withOutcomes: true, factsMax: 20_000 },
        })
        expect(run.result().facts).toBeGreaterThan(0)
      }
    },
  )

  test('when a field does nothing where it is, then it is not offered', () => {
    const ids = (id: string) =>
      settingsOf(must(findExample(id), id).scenario).map((each) => each.id)
    expect(ids('orders')).not.toContain('node/orders/deliveryLimit')
    expect(ids('orders').join()).not.toMatch(/linger|lossRate|partition|transaction/)
    expect(ids('acks-and-replicas').join()).toMatch(/shop\/lingerMs.*orders\/minInsyncReplicas/)
    expect(ids('redis-poison')).toContain('node/anna/copies')
  })

  test('when it is an example, then every node that has a number has a setting', () => {
    for (const { scenario } of EXAMPLES) {
      const owners = new Set(settingsOf(scenario).map(({ owner }) => owner))
      for (const { id } of scenario.links) expect(owners).toContain(id)
    }
  })
})
