/** Edits: each gives the next valid document and leaves the old one as it was, or one sentence. */
import { describe, expect, it } from 'vitest'
import { must } from '../base/assert.ts'
import type { NodeKind, Scenario } from './document.ts'
import { applyEdit, type Edit } from './edit.ts'
import { EXAMPLES, exampleCalled } from './examples/index.ts'
import { NODE_KINDS } from './kinds.ts'
import { newLink, newNode } from './placement.ts'
import { nodeSize } from './shapes.ts'
import { parseScenario } from './validate.ts'

const combined = exampleCalled('combined')
const orders = exampleCalled('orders')

const EMPTY: Scenario = { ...orders.scenario, brokers: [], nodes: [], links: [] }

function edited(scenario: Scenario, edit: Edit): Scenario {
  const frozen = deepFreeze(structuredClone(scenario))
  const result = applyEdit(frozen, edit)
  if (!result.ok) throw new Error(result.sentence)
  return result.scenario
}

function deepFreeze<T>(value: T): T {
  if (value && typeof value === 'object') Object.values(Object.freeze(value)).forEach(deepFreeze)
  return value
}

function added(kind: NodeKind, scenario: Scenario): Scenario {
  return edited(scenario, { edit: 'addNode', node: newNode(kind, scenario) })
}

describe('adding nodes', () => {
  it.each(NODE_KINDS)('given nothing, when %s is added, then the document is valid', (kind) => {
    const scenario = added(kind, EMPTY)
    expect(scenario.nodes).toHaveLength(1)
    expect(scenario.brokers).toHaveLength('broker' in must(scenario.nodes[0], 'node') ? 1 : 0)
    expect(parseScenario(scenario).ok).toBe(true)
  })

  it('given each example, when each kind is added thrice, then nothing overlaps', () => {
    for (const { scenario } of EXAMPLES) {
      let grown = scenario
      for (const kind of [...NODE_KINDS, ...NODE_KINDS, ...NODE_KINDS]) grown = added(kind, grown)
      const boxes = grown.nodes.map((node) => ({ ...node.position, ...nodeSize(node, grown) }))
      for (const [i, a] of boxes.entries()) {
        for (const b of boxes.slice(i + 1)) {
          const apart =
            a.x + a.width <= b.x ||
            b.x + b.width <= a.x ||
            a.y + a.height <= b.y ||
            b.y + b.height <= a.y
          expect(apart, JSON.stringify([a, b])).toBe(true)
        }
      }
    }
  })

  it('given a wished place that is taken, then the node stands below what is there', () => {
    const shop = must(orders.scenario.nodes[0], 'shop')
    const node = newNode('queue', orders.scenario, shop.position)
    expect(Math.abs(node.position.x - shop.position.x)).toBeLessThanOrEqual(10)
    expect(node.position.y).toBeGreaterThan(shop.position.y)
  })
})

describe('removing nodes', () => {
  it('given the queue, when it is removed, then its links go and its broker stays', () => {
    const scenario = edited(orders.scenario, { edit: 'removeNode', id: 'orders' })
    expect(scenario.links.map(({ id }) => id)).toEqual(['publish'])
    expect(scenario.brokers).toHaveLength(1)
  })

  it('given the last part of a broker, when it is removed, then its broker goes', () => {
    const scenario = edited(combined.scenario, { edit: 'removeNode', id: 'account-events' })
    expect(scenario.brokers.map(({ id }) => id)).toEqual(['store', 'rabbitmq'])
  })
})

describe('changing nodes', () => {
  it('given a parameter, when it is changed, then the other nodes are the same objects', () => {
    const scenario = orders.scenario
    const result = applyEdit(scenario, {
      edit: 'changeNode',
      id: 'worker',
      changes: { prefetch: 4, effect: undefined },
    })
    const next = result.ok ? result.scenario : EMPTY
    expect(next.nodes[3]).toMatchObject({ prefetch: 4 })
    expect(next.nodes[3]).not.toHaveProperty('effect')
    expect(next.nodes[0]).toBe(scenario.nodes[0])
    expect(next.links).toBe(scenario.links)
  })

  it('given an exchange, when its type changes to direct and back, then the bindings keep their meaning', () => {
    const type = (value: string): Edit => ({
      edit: 'changeNode',
      id: 'default',
      changes: { type: value },
    })
    const direct = edited(orders.scenario, type('direct'))
    expect(direct.links[1]).toMatchObject({ key: 'orders' })
    expect(edited(direct, type('default'))).toEqual(orders.scenario)
  })

  it('when nodes are moved, then only they move', () => {
    const moves = [{ id: 'shop', position: { x: -40, y: 60 } }]
    const scenario = edited(orders.scenario, { edit: 'moveNodes', moves })
    expect(scenario.nodes[0]?.position).toEqual({ x: -40, y: 60 })
    expect(scenario.nodes.slice(1)).toEqual(orders.scenario.nodes.slice(1))
  })
})

describe('links and the scenario itself', () => {
  it('given a producer and the default exchange, when they are linked, then the key is the queue’s name', () => {
    const without = edited(orders.scenario, { edit: 'removeLink', id: 'publish' })
    const result = newLink('shop', 'default', without)
    expect(result).toEqual({
      ok: true,
      link: { id: 'shop-default', from: 'shop', to: 'default', latencyMs: 400, key: 'orders' },
    })
    if (!result.ok) return
    expect(edited(without, { edit: 'addLink', link: result.link }).links).toHaveLength(3)
  })

  it('given two nodes that cannot be linked, then it says what can', () => {
    expect(newLink('worker', 'shop', orders.scenario)).toEqual({
      ok: false,
      sentence:
        'A consumer cannot be linked to a producer; link it to an exchange or a queue or an SQS queue or a topic or a NATS server or a Redis server or a Redis stream or a cloud topic.',
    })
    expect(newLink('shop', 'default', orders.scenario)).toEqual({
      ok: false,
      sentence: '"shop" and "(default)" are linked already; change that link.',
    })
  })

  it('when a link or the title is changed, then the document says so', () => {
    const slower = edited(orders.scenario, {
      edit: 'changeLink',
      id: 'bind',
      changes: { latencyMs: 900 },
    })
    expect(slower.links[1]?.latencyMs).toBe(900)
    const named = edited(slower, { edit: 'changeScenario', changes: { title: 'Mine', seed: 7 } })
    expect(named).toMatchObject({ title: 'Mine', seed: 7 })
  })
})

describe('refused edits', () => {
  it.each<[Edit, string]>([
    [
      { edit: 'changeNode', id: 'worker', changes: { prefetch: 1.5 } },
      'worker: prefetch is 1.5; give a whole number from 0 to 65535.',
    ],
    [
      { edit: 'changeNode', id: 'worker', changes: { kind: 'queue' } },
      'kind of a node stays as it is; remove the node and add another.',
    ],
    [{ edit: 'removeNode', id: 'gone' }, 'There is no node "gone" any more; select another.'],
    [
      { edit: 'changeLink', id: 'bind', changes: { to: 'shop' } },
      'default → shop: cannot be: an exchange cannot be linked to a producer; link it to a queue or an exchange.',
    ],
    [
      { edit: 'changeScenario', changes: { title: '' } },
      'title is ""; give a text of 1 to 120 characters.',
    ],
    [
      { edit: 'replace', scenario: { format: 'x' } as unknown as Scenario },
      'format is not that of a scenario; give "eventarium-scenario/1".',
    ],
  ])('given %j, then it says %s', (edit, sentence) => {
    expect(applyEdit(orders.scenario, edit)).toMatchObject({ ok: false, sentence })
  })
})
