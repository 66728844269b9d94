/** The door: good documents come through as they are; for bad ones it names the field and says what to do. */
import { describe, expect, it } from 'vitest'
import { EXAMPLES, exampleCalled } from './examples/index.ts'
import { LIMITS, parseScenario, parseScript } from './validate.ts'

const orders = exampleCalled('orders')

type Json = Record<string, unknown>

/** The `orders` document as JSON, after `change`. */
function ordersWith(change: (document: Json & { nodes: Json[]; links: Json[] }) => void): unknown {
  const document = structuredClone(orders.scenario) as unknown as Json & {
    nodes: Json[]
    links: Json[]
  }
  change(document)
  return document
}

function sentenceFor(input: unknown): string {
  const result = parseScenario(input)
  return result.ok ? 'accepted' : result.sentence
}

describe('a good document', () => {
  it.each(EXAMPLES.map((example) => [example.id, example] as const))(
    'given the example %s, then it comes through unchanged and as a copy',
    (_id, { scenario }) => {
      const result = parseScenario(JSON.parse(JSON.stringify(scenario)))
      expect(result).toEqual({ ok: true, scenario })
    },
  )
})

describe('a bad field', () => {
  it.each<[string, (document: Json & { nodes: Json[]; links: Json[] }) => void, string]>([
    [
      'a negative prefetch',
      (d) => {
        Object.assign(d.nodes[3] as Json, { prefetch: -1 })
      },
      'nodes[3].prefetch is -1; give a whole number from 0 to 65535.',
    ],
    [
      'an unknown field',
      (d) => {
        Object.assign(d.nodes[2] as Json, { colour: 'red' })
      },
      'nodes[2].colour is not a known field; remove it or check its spelling.',
    ],
    [
      'a missing field',
      (d) => {
        delete (d.nodes[3] as Json).ack
      },
      'nodes[3].ack is missing; add it.',
    ],
    [
      'an unknown kind',
      (d) => {
        Object.assign(d.nodes[2] as Json, { kind: 'que' })
      },
      'nodes[2].kind is "que"; give one of "producer", "exchange", "queue", "consumer", "sqsQueue", "pollingConsumer", "topic", "groupConsumer", "eventStore", "commandHandler", "projection", "relay", "processManager", "service", "cloudTopic", "cloudSubscription", "mqttBroker", "mqttClient", "natsServer", "natsStream", "natsConsumer", "natsSubscriber", "natsRequester", "redisServer", "redisSubscriber", "redisStream", "redisGroup", "redisConsumer", "redisReader".',
    ],
    [
      'an unknown word',
      (d) => {
        Object.assign(d.nodes[3] as Json, { ack: 'never' })
      },
      'nodes[3].ack is "never"; give "auto" or "manual" or "early".',
    ],
    [
      'a text for a number',
      (d) => {
        Object.assign(d, { seed: '1' })
      },
      'seed is "1"; give a whole number from 0 to 9007199254740991.',
    ],
    [
      'more than a day',
      (d) => {
        Object.assign(d, { durationMs: 86_400_001 })
      },
      'durationMs is 86400001; give a number from 1 to 86400000.',
    ],
    [
      'arrivals without a pause',
      (d) => {
        Object.assign(d.nodes[0] as Json, {
          arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 0 } },
        })
      },
      'nodes[0].arrivals.every is 0; give a pause of at least 0.001 ms, or bursts to publish several at once.',
    ],
    [
      'a uniform service upside down',
      (d) => {
        Object.assign(d.nodes[3] as Json, { service: { kind: 'uniform', minMs: 5, maxMs: 2 } })
      },
      'nodes[3].service.maxMs is 2, less than minMs; give at least 5.',
    ],
    [
      'a link to nowhere',
      (d) => {
        Object.assign(d.links[2] as Json, { to: 'nobody' })
      },
      `links[2].to is "nobody", which is no node; give a node's id.`,
    ],
    [
      'a link that cannot be',
      (d) => {
        Object.assign(d.links[2] as Json, { from: 'worker', to: 'shop' })
      },
      'links[2] cannot be: a consumer cannot be linked to a producer; link it to an exchange or a queue or an SQS queue or a topic or a NATS server or a Redis server or a Redis stream or a cloud topic.',
    ],
    [
      'a key of the default exchange',
      (d) => {
        Object.assign(d.links[1] as Json, { key: 'orders' })
      },
      'links[1].key has no meaning: the default exchange binds each queue by its own name; remove it.',
    ],
    [
      'an id twice',
      (d) => {
        Object.assign(d.nodes[1] as Json, { id: 'shop' })
      },
      'nodes[1].id is "shop", which is taken; give an id of its own.',
    ],
    [
      'two queues of one name',
      (d) => {
        d.nodes.push({ ...(d.nodes[2] as Json), id: 'again' })
      },
      'nodes[4].name is "orders", and the broker "rabbitmq" has a queue of that name; give another name.',
    ],
    [
      'a second default exchange',
      (d) => {
        d.nodes.push({ ...(d.nodes[1] as Json), id: 'again', name: 'again' })
      },
      'nodes[4] is a second default exchange of the broker "rabbitmq"; it has one only.',
    ],
    [
      'a link twice',
      (d) => {
        d.links.push({ ...(d.links[2] as Json), id: 'again' })
      },
      'links[3] cannot be: "orders" and "worker" are linked already; change that link.',
    ],
    [
      'a binding twice',
      (d) => {
        Object.assign(d.nodes[1] as Json, { type: 'direct' })
        d.links.push({ ...(d.links[1] as Json), id: 'again' })
      },
      'links[3].key repeats a binding between "default" and "orders"; give another key.',
    ],
    [
      'a key where there is no routing',
      (d) => {
        Object.assign(d.links[2] as Json, { key: 'orders' })
      },
      'links[2].key has no meaning on a link to a consumer; remove it.',
    ],
    [
      'a broker that is not there',
      (d) => {
        Object.assign(d.nodes[2] as Json, { broker: 'kafka' })
      },
      'nodes[2].broker is "kafka", which is not in brokers; add it there.',
    ],
    [
      'a broker of another family',
      (d) => {
        Object.assign(d, { brokers: [{ id: 'rabbitmq', family: 'log' }] })
      },
      'nodes[1].broker is "rabbitmq" of the family "log"; an exchange needs one of the family "amqp".',
    ],
    [
      'a newer format',
      (d) => {
        Object.assign(d, { format: 'eventarium-scenario/9' })
      },
      'format is "eventarium-scenario/9", of a newer Eventarium; open it there, or reload this page to update.',
    ],
    [
      'another format',
      (d) => {
        Object.assign(d, { format: 'excalidraw' })
      },
      'format is not that of a scenario; give "eventarium-scenario/1".',
    ],
  ])('given %s, then its sentence says what to do', (_what, change, sentence) => {
    expect(sentenceFor(ordersWith(change))).toBe(sentence)
  })

  it('given no object at all, then it asks for one', () => {
    expect(sentenceFor(null)).toBe('The document is null; give an object.')
    expect(sentenceFor('orders')).toBe('The document is "orders"; give an object.')
    expect(sentenceFor([])).toBe('The document is a list of 0; give an object.')
  })
})

describe('ends that take one link only', () => {
  it.each([
    [
      'combined',
      { id: 'x', from: 'events-2', to: 'relay', latencyMs: 0 },
      'a relay reads one event store',
    ],
    [
      'combined',
      { id: 'x', from: 'events-2', to: 'balance', latencyMs: 0 },
      'a projection reads one event store',
    ],
    [
      'combined',
      { id: 'x', from: 'account', to: 'events-2', latencyMs: 0 },
      'a command handler appends to one event store',
    ],
    [
      'combined',
      { id: 'x', from: 'topic-2', to: 'statements', latencyMs: 0 },
      'a group consumer reads one topic',
    ],
  ])('given %s with %j, then %s', (id, link, sentence) => {
    const scenario = structuredClone(EXAMPLES.find((example) => example.id === id)?.scenario)
    const position = { x: 0, y: 0 }
    scenario?.brokers.push({ id: 'store-2', family: 'eventstore' })
    scenario?.nodes.push(
      { kind: 'eventStore', id: 'events-2', name: 'events-2', broker: 'store-2', position },
      { kind: 'topic', id: 'topic-2', name: 'topic-2', broker: 'kafka', partitions: 1, position },
    )
    scenario?.links.push(link)
    expect(sentenceFor(scenario)).toBe(
      `links[8] cannot be: ${sentence}; remove its other link first.`,
    )
  })

  it('given two stores on one broker, then the second is refused', () => {
    const scenario = structuredClone(EXAMPLES.find(({ id }) => id === 'account')?.scenario)
    const position = { x: 0, y: 0 }
    scenario?.nodes.push({ kind: 'eventStore', id: 'b', name: 'b', broker: 'store', position })
    expect(sentenceFor(scenario)).toBe(
      'nodes[4] is a second event store of the broker "store"; it has one only.',
    )
  })
})

describe('a hostile document', () => {
  it('given a key that reaches into prototypes, then it is refused and nothing is polluted', () => {
    const text = JSON.stringify(orders.scenario).replace(
      '"seed"',
      '"__proto__":{"polluted":true},"seed"',
    )
    expect(sentenceFor(JSON.parse(text))).toBe('__proto__ is a forbidden name; remove it.')
    expect(({} as Json).polluted).toBeUndefined()
  })

  it('given an id that is a name in prototypes, then it is an id like any other', () => {
    const result = parseScenario(
      ordersWith((d) => Object.assign(d.links[0] as Json, { id: 'toString' })),
    )
    expect(result.ok).toBe(true)
  })

  it('given endless nesting, then it stops at the limit', () => {
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i++) deep = [deep]
    expect(sentenceFor(ordersWith((d) => Object.assign(d, { about: deep })))).toContain(
      `is nested more than ${LIMITS.depth} deep; make it flatter.`,
    )
  })

  it('given a cycle, then it stops at the limit', () => {
    const cycle: Json = {}
    cycle.self = cycle
    expect(sentenceFor(cycle)).toContain('nested more than')
  })

  it('given a huge list, then it is refused before it is looked through', () => {
    const nodes = new Array(5_000_000)
    expect(sentenceFor(ordersWith((d) => Object.assign(d, { nodes })))).toBe(
      'nodes is a list of 5000000; make it shorter.',
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('given %s, then it is refused', (value) => {
    expect(sentenceFor(ordersWith((d) => Object.assign(d, { durationMs: value })))).toBe(
      `durationMs is ${value}; give a number that JSON can hold.`,
    )
  })

  it('given functions, classes or computed fields, then they are refused unread', () => {
    expect(sentenceFor({ format: () => 1 })).toBe('format is a function; give plain JSON.')
    expect(sentenceFor(new Map())).toBe('The document is not a plain object; give plain JSON.')
    const computed = Object.defineProperty({}, 'format', {
      enumerable: true,
      get() {
        throw new Error('was read')
      },
    })
    expect(sentenceFor(computed)).toBe('format is computed; give plain JSON.')
  })

  it('given too many nodes, then the limit is named', () => {
    const nodes = Array.from({ length: LIMITS.nodes + 1 }, (_, i) => ({
      kind: 'queue',
      id: `q${i}`,
      name: `q${i}`,
      broker: 'rabbitmq',
      position: { x: 0, y: 0 },
    }))
    expect(sentenceFor({ ...orders.scenario, nodes, links: [] })).toBe(
      'nodes is a list of 201; give a list of at most 200 entries.',
    )
  })
})

describe('a script', () => {
  const at = (action: Json) => parseScript([{ atUs: 5, ...action }], orders.scenario)

  it('given actions on what is there, then it comes through', () => {
    const script = [
      { atUs: 0, do: 'publish', node: 'shop', body: 'Order999' },
      { atUs: 5, do: 'set', node: 'worker', name: 'prefetch', value: 3 },
      { atUs: 5, do: 'crash', node: 'worker' },
      { atUs: 9, do: 'latency', link: 'bind', ms: 10 },
    ]
    expect(parseScript(script, orders.scenario)).toEqual({ ok: true, script })
  })

  it.each([
    [{ do: 'publish', node: 'worker' }, '[0].node is "worker", a consumer; give a producer.'],
    [{ do: 'crash', node: 'nobody' }, `[0].node is "nobody", which is no node; give a node's id.`],
    [
      { do: 'crash', node: 'orders' },
      '[0].node is "orders", a queue; give a client (it is part of a broker).',
    ],
    [
      { do: 'set', node: 'worker', name: 'prefetch', value: -1 },
      '[0].value is -1; give a whole number from 0 to 65535.',
    ],
    [
      { do: 'set', node: 'worker', name: 'constructor', value: 1 },
      '[0].name is "constructor", which a consumer does not have; give one of service, ack, prefetch, concurrency, failureRate, failOn, onFailure, crashAtMs, restartAfterMs, prefetchScope, priority, exclusive, offset, reply, inbox, effect, output.',
    ],
    [
      { do: 'set', node: 'shop', name: 'arrivals', value: { kind: 'trace', atMs: [5, 2] } },
      '[0].value.atMs[1] is before the one before it; give the moments in order.',
    ],
    [{ do: 'cut', link: 'shop' }, `[0].link is "shop", which is no link; give a link's id.`],
    [
      { do: 'slow', node: 'worker', factor: 0 },
      '[0].factor is 0; give a number from 0.001 to 1000.',
    ],
  ])('given %j, then it is refused with a sentence', (action, sentence) => {
    expect(at(action)).toMatchObject({ ok: false, sentence })
  })

  it('given actions out of order, then it is refused', () => {
    const script = [
      { atUs: 9, do: 'crash', node: 'worker' },
      { atUs: 5, do: 'restart', node: 'worker' },
    ]
    expect(parseScript(script, orders.scenario)).toMatchObject({
      ok: false,
      sentence: '[1].atUs is before the action before it; give actions in order of time.',
    })
  })
})
