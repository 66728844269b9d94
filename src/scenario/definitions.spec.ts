/** RabbitMQ's definitions, both ways. */
import { describe, expect, test } from 'vitest'
import { definitionsOf, isDefinitions, scenarioFromDefinitions } from './definitions.ts'
import type { Scenario } from './document.ts'
import { EXAMPLES } from './examples/index.ts'

const exported = {
  rabbit_version: '3.10.8',
  users: [{ name: 'guest' }],
  vhosts: [{ name: '/' }],
  policies: [{ name: 'ha' }],
  queues: [
    {
      name: 'orders',
      vhost: '/',
      durable: true,
      auto_delete: false,
      arguments: {
        'x-message-ttl': 5000,
        'x-dead-letter-exchange': 'dead',
        'x-queue-mode': 'lazy',
      },
    },
    { name: 'q', vhost: '/', durable: true, arguments: { 'x-queue-type': 'quorum' } },
  ],
  exchanges: [
    { name: 'dead', vhost: '/', type: 'fanout', durable: true, arguments: {} },
    { name: 'docs', vhost: '/', type: 'headers', durable: false, arguments: {} },
    { name: 'odd', vhost: '/', type: 'x-random', durable: true, arguments: {} },
  ],
  bindings: [
    {
      source: 'docs',
      vhost: '/',
      destination: 'orders',
      destination_type: 'queue',
      routing_key: '',
      arguments: { 'x-match': 'any', type: 'pdf' },
    },
    {
      source: 'docs',
      vhost: '/',
      destination: 'dead',
      destination_type: 'exchange',
      routing_key: '',
      arguments: {},
    },
  ],
}

describe('given definitions that a RabbitMQ exported', () => {
  test('when they are read, then exchanges, queues and bindings are nodes and links, and the rest is named', () => {
    expect(isDefinitions(exported)).toBe(true)
    const read = scenarioFromDefinitions(exported)
    if (!read.ok) throw new Error(read.sentence)
    const { nodes, links } = read.scenario
    expect(nodes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'exchange dead',
      'exchange docs',
      'queue orders',
      'queue q',
    ])
    expect(nodes).toContainEqual(
      expect.objectContaining({ name: 'orders', messageTtlMs: 5000, deadLetterExchange: 'dead' }),
    )
    expect(nodes).toContainEqual(expect.objectContaining({ name: 'q', type: 'quorum' }))
    expect(links[0]).toMatchObject({ from: 'docs', headers: { type: 'pdf' }, match: 'any' })
    expect(read.left).toEqual([
      'The argument x-queue-mode of the queue orders is left out.',
      'The exchange odd has the type x-random: it is left out.',
      'Its policies are left out.',
    ])
  })

  test('when there is nothing in them, then a sentence says so', () => {
    const read = scenarioFromDefinitions({ queues: [], exchanges: [] })
    expect(read).toMatchObject({ ok: false })
  })

  test('when a dead-letter exchange is not among them, as internal ones are not, then it is named and left out', () => {
    const dead = { 'x-dead-letter-exchange': 'inner', 'x-dead-letter-routing-key': 'dead' }
    const queues = [{ name: 'q', vhost: '/', durable: true, arguments: dead }]
    const read = scenarioFromDefinitions({ ...exported, exchanges: [], bindings: [], queues })
    if (!read.ok) throw new Error(read.sentence)
    expect(read.scenario.nodes[0]).not.toHaveProperty('deadLetterKey')
    expect(read.left).toContain('q names the exchange inner, which is not there.')
  })

  test('when several virtual hosts have queues, then / is read and the others are counted', () => {
    const elsewhere = ['a', 'b'].map((vhost) => ({ name: 'x', vhost, arguments: {} }))
    const read = scenarioFromDefinitions({
      ...exported,
      queues: [...elsewhere, ...exported.queues],
    })
    if (!read.ok) throw new Error(read.sentence)
    expect(read.scenario.nodes.map(({ name }) => name)).toContain('orders')
    expect(read.left).toContain('2 other virtual hosts are left out; only / is read.')
  })
})

describe.each(
  EXAMPLES.filter(({ scenario }) => scenario.brokers.some(({ family }) => family === 'amqp')),
)('given the example $id', ({ scenario }) => {
  test('when it is written as definitions and read again, then its broker is the same', () => {
    const broker = scenario.brokers.find(({ family }) => family === 'amqp')?.id ?? ''
    const written = definitionsOf(scenario, broker)
    const read = scenarioFromDefinitions(written)
    if (!read.ok) throw new Error(read.sentence)
    expect(read.left).toEqual([])
    expect(definitionsOf(read.scenario, 'rabbitmq')).toEqual(written)
    expect(partsOf(read.scenario)).toEqual(partsOf(scenario))
  })
})

function partsOf({ nodes }: Scenario): Set<string> {
  const parts = nodes
    .filter(
      (node) => node.kind === 'queue' || (node.kind === 'exchange' && node.type !== 'default'),
    )
    .map(({ kind, name }) => `${kind} ${name}`)
  return new Set(parts)
}
