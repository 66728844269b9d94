/** Redis streams in a scenario: who is given what, by whom it is claimed, and what trimming takes away. */
import { describe, expect, test } from 'vitest'
import type { Group } from '../../../brokers/log/redisStreams/group.ts'
import type { Stream } from '../../../brokers/log/redisStreams/stream.ts'
import type { RedisConsumer } from '../../../clients/redisConsumer/redisConsumer.ts'
import type { RedisReader } from '../../../clients/redisConsumer/redisReader.ts'
import { Loader, Saver } from '../../../engine/archive.ts'
import { type Action, actAt, type NodeOf, type Scenario } from '../../document.ts'
import type { RedisAct } from '../../redisActs.ts'
import { checkScenario } from '../../validate.ts'
import { World } from '../../world.ts'
import { takeParts } from '../family.ts'
import { parts } from './redisStreams.ts'

takeParts('redisStreams', parts)

type Consumer = Partial<Omit<NodeOf<'redisConsumer'>, 'kind' | 'id' | 'position'>>

interface Given {
  consumers?: Record<string, Consumer>
  reader?: Partial<NodeOf<'redisReader'>>
  stream?: Partial<NodeOf<'redisStream'>>
  start?: string
  group?: Partial<NodeOf<'redisGroup'>>
  count?: number
  latencyMs?: number
}

const position = { x: 0, y: 0 }

/** Orders at 1, 2, 3 … seconds into one stream, with one group. */
function scenarioOf(given: Given): Scenario {
  const { consumers = {}, reader, latencyMs = 0, count = 5 } = given
  const names = Object.keys(consumers)
  return {
    format: 'eventarium-scenario/1',
    title: 'Redis streams',
    seed: 1,
    durationMs: 60_000,
    brokers: [{ id: 'redis', family: 'redisStreams' }],
    nodes: [
      {
        kind: 'producer',
        id: 'shop',
        name: 'shop',
        position,
        arrivals: { kind: 'interval', every: { kind: 'fixed', ms: 1000 }, count },
        bodies: ['Order{n}'],
      },
      {
        kind: 'redisStream',
        id: 'orders',
        name: 'orders',
        position,
        broker: 'redis',
        ...given.stream,
      },
      { kind: 'redisStream', id: 'dead', name: 'dead', position, broker: 'redis' },
      {
        kind: 'redisGroup',
        id: 'packing',
        name: 'packing',
        position,
        broker: 'redis',
        start: given.start ?? '0',
        ...given.group,
      },
      ...names.map((id) => ({
        kind: 'redisConsumer' as const,
        id,
        name: id,
        position,
        service: { kind: 'fixed' as const, ms: 300 },
        count: 2,
        blockMs: 500,
        ack: 'after' as const,
        ...consumers[id],
      })),
      ...(reader
        ? [
            {
              kind: 'redisReader' as const,
              id: 'screen',
              name: 'screen',
              position,
              service: { kind: 'fixed' as const, ms: 100 },
              count: 10,
              blockMs: 500,
              from: '0',
              ...reader,
            },
          ]
        : []),
    ],
    links: [
      { id: 'add', from: 'shop', to: 'orders', latencyMs },
      { id: 'of', from: 'orders', to: 'packing', latencyMs: 0 },
      ...names.map((id) => ({ id: `read-${id}`, from: 'packing', to: id, latencyMs })),
      ...(reader ? [{ id: 'read-screen', from: 'orders', to: 'screen', latencyMs }] : []),
    ],
  }
}

class Run {
  readonly world: World

  constructor(given: Given, script: Action[] = [], untilMs = 60_000) {
    const scenario = scenarioOf(given)
    expect(checkScenario(scenario)).toMatchObject({ ok: true })
    this.world = new World(scenario)
    this.world.start(script)
    this.world.run(untilMs * 1000)
  }

  get group(): Group {
    return this.world.part('packing') as Group
  }
  stream(id = 'orders'): Stream {
    return this.world.part(id) as Stream
  }
  consumer(id: string): RedisConsumer {
    return this.world.part(id) as RedisConsumer
  }
  get reader(): RedisReader {
    return this.world.part('screen') as RedisReader
  }
  /** Bodies that a client has processed, in order. */
  done(id: string): string[] {
    const { ledger } = this.consumer(id)
    return Array.from({ length: ledger.count }, (_, i) =>
      this.world.records.body(ledger.messageAt(i)),
    )
  }
  /** What is pending: order, name, count. */
  get pending(): string[] {
    const { group } = this
    return group
      .pendingFrom(0)
      .map(
        ({ position: at, consumer, count }) =>
          `${this.world.records.body(group.stream.messageAt(at))} ${consumer.name} ${count}`,
      )
  }
}

const orders = (...numbers: number[]) => numbers.map((n) => `Order${n}`)

describe('given two consumers of one group', () => {
  test('when orders come, then each is given to one of them, and all are acknowledged', () => {
    const run = new Run({ consumers: { anna: {}, ben: {} } })
    expect([...run.done('anna'), ...run.done('ben')].sort()).toEqual(orders(1, 2, 3, 4, 5))
    expect(run.done('anna').length).toBeGreaterThan(0)
    expect(run.done('ben').length).toBeGreaterThan(0)
    expect(run.pending).toEqual([])
  })

  test('when one dies with an order in its hands, then nobody is ever given it', () => {
    const run = new Run({ consumers: { anna: { crashAtMs: 1100 }, ben: {} } })
    expect(run.pending).toEqual(['Order1 anna 1'])
    expect(run.done('ben')).toEqual(orders(2, 3, 4, 5))
  })

  test('when the other one claims what is idle, then it takes it over after the min-idle-time', () => {
    const claims = { claimEveryMs: 500, minIdleMs: 3000 }
    const given = { consumers: { anna: { crashAtMs: 1100 }, ben: claims } }
    expect(new Run(given, [], 3900).pending).toContain('Order1 anna 1')
    const run = new Run(given)
    expect(run.done('ben')).toContain('Order1')
    expect(run.pending).toEqual([])
  })

  test('when the min-idle-time is shorter than the work, then an order is done twice though nobody died', () => {
    const busy = { service: { kind: 'fixed' as const, ms: 2500 } }
    const run = new Run({
      consumers: { anna: busy, ben: { claimEveryMs: 200, minIdleMs: 1000, blockMs: 200 } },
      count: 1,
    })
    expect(run.done('anna')).toEqual(orders(1))
    expect(run.done('ben')).toEqual(orders(1))
  })
})

describe('given a consumer that dies and comes back', () => {
  const dies = { crashAtMs: 1100, restartAfterMs: 1500 }

  test('when it reads what is pending under its name first, then it gets its order once more', () => {
    const run = new Run({ consumers: { anna: { ...dies, readsPending: true } } })
    expect(run.done('anna')).toEqual(orders(1, 2, 3, 4, 5))
    expect(run.consumer('anna').redeliveredCount).toBe(1)
    expect(run.pending).toEqual([])
  })

  test('when it asks only for what is new, then the order stays pending under its name', () => {
    const run = new Run({ consumers: { anna: dies } })
    expect(run.done('anna')).toEqual(orders(2, 3, 4, 5))
    expect(run.pending).toEqual(['Order1 anna 1'])
  })

  test('when the stream was trimmed meanwhile, then it gets the id alone and acknowledges it', () => {
    const trim = actAt(2_000_000, {
      do: 'redisStreams',
      node: 'orders',
      act: { what: 'trim', maxLength: 0 },
    })
    const run = new Run({ consumers: { anna: { ...dies, readsPending: true } } }, [trim])
    expect(run.done('anna')).toEqual(orders(3, 4, 5))
    expect(run.consumer('anna').goneCount).toBe(1)
    expect(run.group.pendingGone).toBe(1)
    expect(run.group.unreadGone).toBe(1)
    expect(run.pending).toEqual([])
  })
})

describe('given an entry on which every handler throws', () => {
  const rules = { failOn: 'Order2', claimEveryMs: 300, minIdleMs: 500, blockMs: 300 }

  test('when there is a rule for it, then it is set aside after as many deliveries', () => {
    const run = new Run({
      consumers: { anna: { ...rules, maxDeliveries: 3, deadLetters: 'dead' }, ben: rules },
    })
    expect(run.pending).toEqual([])
    expect(run.stream('dead').length).toBe(1)
    expect(run.consumer('anna').failedCount + run.consumer('ben').failedCount).toBeGreaterThan(2)
  })

  test('when there is none, then its count goes up for ever', () => {
    const run = new Run({ consumers: { anna: rules } })
    expect(run.pending).toHaveLength(1)
    expect(Number(run.pending[0]?.split(' ')[2])).toBeGreaterThan(20)
  })
})

describe('given a stream with entries from before', () => {
  const stream = { contents: ['Old1', 'Old2'] }

  test('when a group starts with 0, then it gives them out; with $ it does not', () => {
    const done = (start: string) => new Run({ stream, start, consumers: { anna: {} } }).done('anna')
    expect(done('0')).toEqual(['Old1', 'Old2', ...orders(1, 2, 3, 4, 5)])
    expect(done('$')).toEqual(orders(1, 2, 3, 4, 5))
    expect(done('0-1')).toEqual(['Old2', ...orders(1, 2, 3, 4, 5)])
  })

  test('when readers come, then each gets all that it asks for, and nothing is pending', () => {
    const read = (from: string) => {
      const run = new Run({ stream, reader: { from } })
      return run.done('screen')
    }
    expect(read('0')).toEqual(['Old1', 'Old2', ...orders(1, 2, 3, 4, 5)])
    expect(read('$')).toEqual(orders(1, 2, 3, 4, 5))
  })

  test('when a reader dies, then it begins anew where it began before', () => {
    const run = new Run({ stream, reader: { from: '0', crashAtMs: 3500, restartAfterMs: 100 } })
    expect(run.done('screen').filter((body) => body === 'Old1')).toHaveLength(2)
  })
})

describe('given NOACK', () => {
  test('when the consumer dies, then what it had is gone', () => {
    const run = new Run({ consumers: { anna: { ack: 'noack', crashAtMs: 1100 }, ben: {} } })
    expect(run.pending).toEqual([])
    expect(run.done('ben')).toEqual(orders(2, 3, 4, 5))
  })
})

describe('given a person at the server', () => {
  const dead = { anna: { crashAtMs: 1100 }, ben: {} }
  const on = (atMs: number, node: string, act: object): Action =>
    actAt(atMs * 1000, { do: 'redisStreams', node, act } as never)

  test('when ben is to claim an order of anna, then he does so though his read blocks', () => {
    const claim = on(7000, 'packing', { what: 'claim', message: 0, by: 'ben' })
    const run = new Run({ consumers: { ...dead, ben: { blockMs: 0 } } }, [claim])
    expect(run.done('ben')).toContain('Order1')
    expect(run.pending).toEqual([])
  })

  test('when ben is to claim what is idle, then he takes over all of it', () => {
    const run = new Run({ consumers: dead }, [on(7000, 'ben', { what: 'autoClaim' })])
    expect(run.done('ben')).toContain('Order1')
  })

  test('when an order is acknowledged by hand, then it is pending no more and nobody ever does it', () => {
    const run = new Run({ consumers: dead }, [
      on(7000, 'packing', { what: 'acknowledge', message: 0 }),
    ])
    expect(run.pending).toEqual([])
    expect(run.done('ben')).not.toContain('Order1')
  })

  test('when the consumer anna is deleted, then what was pending under her name is not', () => {
    const run = new Run({ consumers: dead }, [
      on(7000, 'packing', { what: 'deleteConsumer', consumer: 'anna' }),
    ])
    expect(run.pending).toEqual([])
    expect(run.group.consumers.map(({ name }) => name)).toEqual(['ben'])
  })

  test('when the group is moved back to 0, then it gives out everything again', () => {
    const run = new Run({ consumers: { anna: {} } }, [
      on(7000, 'packing', { what: 'moveGroup', to: '0' }),
    ])
    expect(run.done('anna')).toEqual([...orders(1, 2, 3, 4, 5), ...orders(1, 2, 3, 4, 5)])
  })

  test('when an entry is added by hand, then it is given out as any other', () => {
    const add = actAt(7_000_000, { do: 'publish', node: 'orders', body: 'By hand' })
    expect(new Run({ consumers: { anna: {} } }, [add]).done('anna')).toContain('By hand')
  })

  test('when an entry is deleted before it is given out, then nobody gets it', () => {
    const run = new Run(
      { consumers: { anna: { service: { kind: 'fixed', ms: 5000 }, count: 1 } } },
      [on(3500, 'orders', { what: 'deleteEntry', message: 2 })],
    )
    expect(run.done('anna')).toEqual(orders(1, 2, 4, 5))
    expect(run.group.unreadGone).toBe(1)
  })
})

describe('given a link that is cut while a read blocks', () => {
  test('when an order comes meanwhile, then it is pending for one who never got it', () => {
    const script = [
      actAt(500_000, { do: 'cut', link: 'read-anna' }),
      actAt(1_500_000, { do: 'mend', link: 'read-anna' }),
    ]
    const run = new Run({ consumers: { anna: { blockMs: 0 } }, latencyMs: 10 }, script)
    expect(run.pending).toEqual(['Order1 anna 1'])
    expect(run.done('anna')).toEqual(orders(2, 3, 4, 5))
  })

  test('when the server restarts, then all is there and who waited asks again', () => {
    const restart = actAt(2_500_000, { do: 'restartBroker', broker: 'redis' })
    const run = new Run({ consumers: { anna: { blockMs: 0 } }, latencyMs: 10 }, [restart])
    expect(run.done('anna')).toEqual(orders(1, 2, 3, 4, 5))
  })
})

describe('given a group that comes and goes', () => {
  const consumers = { anna: { blockMs: 0 } }
  const onGroup = (atMs: number, act: RedisAct) =>
    actAt(atMs * 1000, { do: 'redisStreams', node: 'packing', act })

  test('when it is made late after 0, then it gets the past; after $, only what comes from then on', () => {
    const whole = new Run({ consumers, group: { createdAtMs: 2500 } })
    expect(whole.done('anna')).toEqual(orders(1, 2, 3, 4, 5))
    const rest = new Run({ consumers, group: { createdAtMs: 2500, start: '$' } })
    expect(rest.done('anna')).toEqual(orders(3, 4, 5))
  })

  test('when it is not there yet, then who reads is refused and asks again every second', () => {
    const run = new Run({ consumers, group: { createdAtMs: 2500 } }, [], 2400)
    expect(run.consumer('anna').phase).toBe('refused')
    expect(run.consumer('anna').refusedCount).toBe(3)
  })

  test('when it is destroyed while a read blocks, then the read is refused and what was pending is forgotten', () => {
    const slow = { anna: { blockMs: 0, service: { kind: 'fixed' as const, ms: 10_000 } } }
    const busy = new Run({ consumers: slow }, [onGroup(1500, { what: 'destroyGroup' })], 1600)
    expect(busy.pending).toEqual([])
    expect(busy.group.alive).toBe(false)
    const run = new Run({ consumers }, [onGroup(2500, { what: 'destroyGroup' })])
    expect(run.done('anna')).toEqual(orders(1, 2))
    expect(run.consumer('anna').phase).toBe('refused')
  })

  test('when it is made again with $, then it goes on with what comes; with 0, it gives out everything again', () => {
    const again = (start: string) =>
      new Run({ consumers }, [
        onGroup(2500, { what: 'destroyGroup' }),
        onGroup(3500, { what: 'createGroup', start }),
      ]).done('anna')
    expect(again('$')).toEqual(orders(1, 2, 4, 5))
    expect(again('0')).toEqual(orders(1, 2, 1, 2, 3, 4, 5))
  })

  test('when a consumer starts late, then it asks for nothing before', () => {
    const late = { anna: { startAtMs: 3500 } }
    expect(new Run({ consumers: late }, [], 3000).group.consumers).toEqual([])
    expect(new Run({ consumers: late }).done('anna')).toEqual(orders(1, 2, 3, 4, 5))
    const paused = new Run({ consumers: late }, [
      actAt(3_000_000, { do: 'pause', node: 'anna' }),
      actAt(4_000_000, { do: 'resume', node: 'anna' }),
    ])
    expect(paused.done('anna')).toEqual(orders(1, 2, 3, 4, 5))
  })
})

describe('given consumers with an inbox', () => {
  test('when an order is claimed from one that works on it, then its effect happens once', () => {
    const busy = { service: { kind: 'fixed' as const, ms: 2500 }, inbox: 10 }
    const claims = { claimEveryMs: 200, minIdleMs: 1000, blockMs: 200, inbox: 10 }
    const run = new Run({ consumers: { anna: busy, ben: claims }, count: 1 })
    expect([...run.done('anna'), ...run.done('ben')]).toEqual(orders(1))
    expect(run.consumer('anna').processedCount + run.consumer('ben').processedCount).toBe(2)
  })

  test('when a reader begins again at 0, then what it had has no effect again', () => {
    const dies = { crashAtMs: 3500, restartAfterMs: 100 }
    const effects = (inbox: number) => new Run({ reader: { ...dies, inbox } }).reader.ledger.count
    expect([effects(0), effects(10)]).toEqual([8, 5])
  })
})

describe('given a stream that is trimmed by hand', () => {
  const onStream = (act: RedisAct) => actAt(4_500_000, { do: 'redisStreams', node: 'orders', act })
  const left = (act: RedisAct) => new Run({}, [onStream(act)], 4600).stream().length

  test('when it is exact, then it is as short as was asked; approximately, it stays: it is one node', () => {
    expect(left({ what: 'trim', maxLength: 1 })).toBe(1)
    expect(left({ what: 'trim', maxLength: 1, approximate: true })).toBe(4)
  })

  test('when it is trimmed before an id, then that entry is the first', () => {
    expect(left({ what: 'trimBefore', minId: '3000-0' })).toBe(2)
    expect(left({ what: 'trimBefore', minId: '$' })).toBe(1)
    expect(left({ what: 'trimBefore', minId: '3000-0', approximate: true })).toBe(4)
  })
})

describe('given a checkpoint in the middle of it all', () => {
  test('when a run goes on from it, then its facts are those of the run that was never stopped', () => {
    const given: Given = {
      consumers: {
        anna: { readsPending: true, crashAtMs: 2200, restartAfterMs: 700 },
        ben: {
          claimEveryMs: 400,
          minIdleMs: 600,
          failOn: 'Order3',
          maxDeliveries: 2,
          deadLetters: 'dead',
        },
      },
      stream: { maxLength: 3 },
      latencyMs: 40,
    }
    const whole = new Run(given)
    const half = new Run(given, [], 2600)
    const resumed = new World(scenarioOf(given), half.world.records)
    resumed.resume(half.world.save(), half.world.saveClock())
    resumed.run(60_000_000)
    const list = ({ records: { facts } }: World) => {
      const all: string[] = []
      facts.each(0, facts.count, (...fact) => all.push(fact.join(' ')))
      return all
    }
    expect(list(resumed)).toEqual(list(whole.world))
    const saver = new Saver()
    resumed.archive(saver)
    const state = saver.done()
    const other = new World(scenarioOf(given), resumed.records)
    other.archive(new Loader(state))
    expect(other.save()).toEqual(state)
  })
})
