/** The language of conditions: what is read how, and what is said of what cannot be read. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { EXAMPLES, exampleCalled } from '../../scenario/examples/index.ts'
import { History } from '../history.ts'
import { RunMeter } from '../metrics/runMeter.ts'
import { completionsAt, examplesOf } from './complete.ts'
import { namesOfRun } from './runNames.ts'
import { catalogOf, openNumber, openScan } from './scan.ts'
import { vocabularyOf } from './words.ts'

const account = exampleCalled('account')
const notifications = exampleCalled('notifications')
const ordersWorkers = exampleCalled('orders-workers')

function computed(example: { scenario: ConstructorParameters<typeof History>[0] }): History {
  const history = new History(example.scenario, [])
  while (history.advance()) {}
  return history
}

const orders = computed(ordersWorkers)
const topic = computed(notifications)
const bank = computed(account)

function problem(text: string, history = orders): { at: string; sentence: string } {
  const opened = openScan(history.live, text)
  if (opened.ok) throw new Error(`${text} is a condition`)
  const { from, to, sentence } = opened.problem
  return { at: text.slice(from, to), sentence }
}

function spansOf(text: string, history = orders) {
  const opened = openScan(history.live, text)
  if (!opened.ok) throw new Error(opened.problem.sentence)
  opened.value.read()
  const { spans } = opened.value
  return Array.from({ length: spans.count }, (_, i) => spans.at(i))
}

function verdicts(text: string, history = orders) {
  const opened = openScan(history.live, text)
  if (!opened.ok) throw new Error(opened.problem.sentence)
  opened.value.read()
  return opened.value.verdicts(true).map(({ holds }) => holds)
}

describe('given conditions as people write them', () => {
  test.each([
    ['backlog(orders) > 50', orders],
    ['duplicates(worker-1) > 0 or dup > 0', orders],
    ['order violated by key', orders],
    ['order violated at worker-1 by all', orders],
    ['not (unacked(orders) >= 3) and ready(orders) ≠ 0', orders],
    ['rate(published, shop, 10s) * 2 > 30/s', orders],
    ['utilisation("worker-1") > 90%', orders],
    ['wait.p95(orders) > 1.5 s ∧ ¬ crashed(worker-1)', orders],
    ['n(acked) - n(delivered) = -1', orders],
    ['backlog(orders) + 3 rises', orders],
    ['lag(email) > 2s and lag(email) > 2', topic],
    ['lag(notifications) >= 3', topic],
    ['balance < 0 or balance(acc1) = 50', bank],
    ['time > 10 s and time < 1 min', bank],
    ['cost > 3s', orders],
    ['always backlog(orders) < 100 and never lost > 0 and at end: backlog(orders) = 0', orders],
    ['within 10s after crashed(worker-1): backlog(orders) = 0', orders],
  ])('when %s is read, then it is one', (text, history) => {
    expect(openScan(history.live, text)).toMatchObject({ ok: true })
  })

  test('when signs of mathematics are used, then they mean the same', () => {
    expect(spansOf('ready(orders) ≥ 1 ∧ ¬(unacked(orders) = 0)')).toEqual(
      spansOf('ready(orders) >= 1 and not (unacked(orders) = 0)'),
    )
  })

  test('when a number rises, then it is true at that fact alone', () => {
    const published = spansOf('published(shop) rises')
    expect(published.length).toBeGreaterThan(3)
    expect(published.every(({ from, to }) => from === to)).toBe(true)
  })

  test('when a number is not there yet, then no comparison with it is true', () => {
    expect(spansOf('balance < 1000000', bank)[0]?.from).toBeGreaterThan(0)
    expect(spansOf('not (balance < 1000000)', bank)).toEqual([])
    expect(verdicts('always balance >= 0', bank)).toEqual([true])
  })
})

describe('given goals', () => {
  test('when they are judged over a whole run, then each has its verdict', () => {
    expect(
      verdicts('eventually published(shop) > 2 and never published(shop) > 2 and at end time > 0s'),
    ).toEqual([true, false, true])
    expect(verdicts('at 0s published(shop) = 0; always time >= 0s')).toEqual([true, true])
    expect(verdicts('within 1 h after published(shop) rises: processed(worker-1) > 0')).toEqual([
      true,
    ])
    expect(verdicts('within 1us after published(shop) rises: processed(worker-1) > 9')).toEqual([
      false,
    ])
  })
})

describe('given what is no condition', () => {
  test.each([
    ['', '', /Write a condition/],
    ['backlog(orders) >', '', /ends too early/],
    ['backlog(orders', '(', /not closed/],
    ['backlog(ordres) > 5', 'ordres', /no node called ordres. Did you mean orders\?/],
    ['baklog(orders) > 5', 'baklog', /Did you mean backlog\?/],
    ['backlog(orders)', 'backlog(orders)', /is a number, not yet a condition/],
    ['backlog() > 5', 'backlog', /needs a node, as in backlog\(orders\)/],
    ['orders > 5', 'orders', /is a node: say what of it/],
    ['wait.p95(orders) > 50', 'wait.p95(orders) > 50', /with its unit, as 50ms/],
    ['backlog(orders) > 2s', 'backlog(orders) > 2s', /A time is compared with a number/],
    ['time > 5 parsecs', 'parsecs', /Here a comparison/],
    ['time > 5parsecs', 'parsecs', /is no unit/],
    ['n(publishd) > 1', 'publishd', /No fact is called publishd. Did you mean published\?/],
    ['1 < 2 < 3', '<', /two numbers at a time/],
    ['unacked(shop) > 1', 'shop', /shop has no unacked. It can be asked of orders/],
    ['order violated by kye', 'kye', /Did you mean key\?/],
    ['backlog("orders) > 1', '"', /not closed/],
    ['backlog(orders) > 1 § 2', '§', /means nothing here/],
    ['always 1 < 2 and 2 < 3 and', '', /ends too early/],
    ['within 10s crashed(worker-1)', 'crashed', /"after" is expected/],
    ['not backlog(orders)', 'backlog(orders)', /not yet a condition/],
    ['(1 < 2) + 1 > 0', '(1 < 2)', /a number is expected/],
    ['time + 1 > 2s', 'time + 1', /nothing that can be measured/],
    ['lag(orders) > 1', 'lag', /Nothing|no number called lag|orders has no lag/],
  ])('when it is "%s", then the place and what is expected are said', (text, at, sentence) => {
    const found = problem(text)
    expect(found.sentence).toMatch(sentence)
    if (!text.startsWith('lag')) expect(found.at).toBe(at)
  })

  test('when brackets are nested without end, then it is refused in one sentence', () => {
    expect(problem(`${'('.repeat(5000)}1 < 2${')'.repeat(5000)}`).sentence).toMatch(
      /nested too deeply/,
    )
  })
})

describe('given an expression for a watch', () => {
  test('when it is a number, then its unit is known', () => {
    const opened = openNumber(orders.live, 'wait.mean(orders) / 2')
    expect(opened).toMatchObject({ ok: true, value: { unit: 'duration' } })
  })
})

describe('given the page about the language', () => {
  test('when a word is added, then the page tells what it is', () => {
    const page = readFileSync(new URL('../../../docs/conditions.md', import.meta.url), 'utf8')
    for (const history of [orders, topic, bank]) {
      for (const word of vocabularyOf(catalogOf(history.live)).keys()) {
        expect(page).toMatch(new RegExp(`\`${word.replace('.', '\\.')}[\`(]`))
      }
    }
  })
})

describe('given a caret in a text', () => {
  const at = (text: string, history = orders) =>
    completionsAt(
      catalogOf(history.live),
      text,
      text.length,
      namesOfRun(catalogOf(history.live), history.live),
    ).map(({ insert }) => insert)

  test('when a word is begun, then words that the scenario has numbers for are offered', () => {
    expect(at('bac')).toEqual(['backlog('])
    expect(at('bal')).toEqual([])
    expect(at('bal', bank)).toEqual(['balance'])
    expect(at('relay')).toEqual([])
    expect(at('')).toContain('order violated by key ')
  })

  test('when a bracket is open, then names that fit are offered, quoted where they must be', () => {
    expect(at('backlog(')).toEqual(['orders) ', 'worker-1) ', 'worker-2) '])
    expect(at('n(publishe')).toContain('published) ')
    expect(at('n(published, sh')).toEqual(['shop) '])
    expect(at('lag(an', topic)).toEqual(['analytics) '])
  })

  test('when names are wanted that only the run knows, then its kinds of facts, accounts and keys are offered', () => {
    expect(at('n(').slice(0, 2)).toEqual(['channelOpened) ', 'exchangeDeclared) '])
    expect(at('n(').indexOf('arrived) ')).toBeGreaterThan(at('n(').indexOf('acked) '))
    expect(at('balance(', bank)).toEqual(['acc1) '])
    expect(at('state(balance, ', bank)).toEqual(['acc1) '])
  })

  test('when an operand is complete, then comparisons and joins are offered', () => {
    expect(at('backlog(orders) ')).toContain('> ')
    expect(at('backlog(orders) > 5 a')).toEqual(['and '])
    expect(at('backlog(orders) > 5 and re')).toContain('ready(')
  })

  test('when examples are asked for, then each of them is a condition', () => {
    for (const history of [orders, topic, bank]) {
      const examples = examplesOf(catalogOf(history.live))
      expect(examples.length).toBeGreaterThan(2)
      for (const text of examples) expect(openScan(history.live, text)).toMatchObject({ ok: true })
    }
  })
})

describe('given a run of any family', () => {
  test.each(EXAMPLES)(
    'when conditions on $id are completed, then whatever is offered can be read',
    (example) => {
      const history = new History(example.scenario, [])
      const { live } = history
      const catalog = catalogOf(live)
      const texts: string[] = []
      for (const word of completionsAt(catalog, '', 0)) {
        if (!word.insert.endsWith('(')) continue
        const args = completionsAt(catalog, word.insert, word.insert.length)
        for (const { insert } of args) {
          const text = `${word.insert}${insert}`
          // A kind of fact takes a node besides, or a time.
          if (insert.endsWith(')') || insert.endsWith(') ')) texts.push(text)
        }
      }
      expect(texts.length).toBeGreaterThan(0)
      for (const text of texts) expect([text, openNumber(live, text).ok]).toEqual([text, true])
      const examples = examplesOf(catalog)
      expect(examples.length).toBeGreaterThan(1)
      for (const text of examples) expect(openScan(live, text)).toMatchObject({ ok: true })
    },
  )

  test.each(EXAMPLES)(
    'when times of work on $id are asked where they are offered, then they are there once work was done',
    (example) => {
      const history = computed(example)
      const meter = new RunMeter(history.live)
      meter.read()
      const { nodes } = meter.numbers(history.live.endUs)
      const words = vocabularyOf(catalogOf(history.live))
      for (const [name, measured] of [
        ['wait.p50', 'waiting'],
        ['e2e.p50', 'sojourn'],
      ] as const) {
        for (const place of words.get(name)?.nodes?.(catalogOf(history.live)) ?? []) {
          const numbers = must(nodes[place], `numbers of ${place}`)
          const isUsed = numbers.throughputPerS > 0
          if (isUsed) expect([name, numbers.node, numbers[measured]]).not.toContain(null)
        }
      }
    },
  )

  test('when it is asked who is down and what consumers cost, then clients of every family are known', () => {
    const redis = computed(exampleCalled('redis-dead-consumer'))
    expect(spansOf('crashed(anna)', redis)).toHaveLength(1)
    for (const id of ['sqs-jobs', 'mqtt-session', 'nats-work-queue', 'redis-history'] as const) {
      expect(spansOf('cost > 10s', computed(exampleCalled(id)))).toHaveLength(1)
    }
  })

  test('when its runs are asked for a first condition, then it is about something that it has', () => {
    const first = (id: string) => {
      const { scenario } = must(
        EXAMPLES.find((example) => example.id === id),
        id,
      )
      return examplesOf(catalogOf(new History(scenario, []).live))[0]
    }
    expect(first('sqs-jobs')).toBe('backlog(jobs) > 3')
    expect(first('mqtt-session')).toMatch(/^backlog\(.*\) > 3$/)
    expect(first('nats-ack-wait')).toMatch(/^backlog\(.*\) > 3$/)
    expect(first('redis-dead-consumer')).toMatch(/^backlog\(.*\) > 3$/)
    expect(first('cloud-ordering')).toMatch(/^backlog\(.*\) > 3$/)
    expect(first('redis-fire-and-forget')).toMatch(/^missed\(.*\) > 0$/)
  })
})
