/** What holds for Redis Streams whatever its clients do, and the rules that no recorded case shows. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Records } from '../../../engine/records.ts'
import { Simulation } from '../../../engine/simulation.ts'
import {
  archiveOf,
  foldedArchive,
  forgotten,
  restoredArchive,
  resumedArchive,
} from '../../../testing/folding.ts'
import { perform, type Reply, WAITING } from './command.ts'
import { RedisError } from './errors.ts'
import { REDIS_STREAM_FACTS as FACTS } from './facts.ts'
import { printId } from './id.ts'
import { RedisStreams } from './server.ts'

class Run {
  readonly records = new Records()
  readonly sim = new Simulation(this.records, 1)
  /** Replies that came later: client and how many entries, null when its time was up. */
  readonly later: [string, number | null | string][] = []
  readonly build = (into: Simulation) => [
    new RedisStreams(
      into,
      into.nextNode(),
      {
        answered: (client, slices) => {
          this.later.push([client, slices ? slices.flatMap((s) => s.positions).length : null])
        },
        refused: (client, { code }) => this.later.push([client, code]),
      },
      { epochMs: 0 },
    ),
  ]
  readonly server: RedisStreams

  constructor() {
    const [server] = this.build(this.sim)
    this.server = server as RedisStreams
  }

  /** The reply, or the code of the refusal. */
  send(text: string, client = 'C'): Reply | typeof WAITING {
    const body = this.records.strings.id('x')
    const message = () => this.records.messages.addRow(this.sim.nowUs, body, 1, -1, -1, -1, -1)
    try {
      return perform(this.server, text.split(' '), { client, message })
    } catch (error) {
      if (error instanceof RedisError) return error.code
      throw error
    }
  }

  waitMs(ms: number): void {
    const until = this.sim.nowUs + ms * 1000
    this.sim.runUntil(until)
    this.sim.nowUs = until
  }

  /** Parts that facts of a kind are about, with their messages. */
  facts(kind: number): string[] {
    const found: string[] = []
    const { facts } = this.records
    facts.each(0, facts.count, (_us, k, node, message) => {
      if (k === kind) found.push(`${node}:${message}`)
    })
    return found
  }
}

const key = fc.constantFrom('s', 't')
const group = fc.constantFrom('g', 'h')
const name = fc.constantFrom('alice', 'bob')
const id = fc.integer({ min: 0, max: 12 }).map(String)
const words = (...parts: (string | fc.Arbitrary<string>)[]) =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((all) => all.join(' '))
const add = words('XADD', key, '* body x')
const read = words(
  'XREADGROUP GROUP',
  group,
  name,
  'COUNT 2 STREAMS',
  key,
  fc.constantFrom('>', '0'),
)
const blocking = words('XREADGROUP GROUP', group, name, 'BLOCK 50 STREAMS', key, '>')
const acknowledge = words('XACK', key, group, id, id)
const settled = [add, add, read, read, blocking, acknowledge]
const anything = [
  ...settled,
  words('XADD', key, 'MAXLEN 3', id, 'body x'),
  words('XGROUP CREATE', key, group, fc.constantFrom('0', '$'), 'MKSTREAM'),
  words('XGROUP SETID', key, group, id),
  words('XGROUP', fc.constantFrom('CREATECONSUMER', 'DELCONSUMER'), key, group, name),
  words('XGROUP DESTROY', key, group),
  words('XCLAIM', key, group, name, '0', id, fc.constantFrom('FORCE', 'JUSTID', 'RETRYCOUNT 3')),
  words('XAUTOCLAIM', key, group, name, '0 0 COUNT 2'),
  words('XDEL', key, id),
  words('XTRIM', key, 'MINID', id),
  words('XSETID', key, id),
  words('DEL', key),
  fc.constant('wait'),
]

function play(commands: readonly string[]): Run {
  const run = new Run()
  for (const each of [
    'XGROUP CREATE s g 0 MKSTREAM',
    'XGROUP CREATE t h 0 MKSTREAM',
    ...commands,
  ]) {
    if (each === 'wait') run.waitMs(30)
    else run.send(each)
  }
  return run
}

describe('given clients that send commands in any order', () => {
  test('then the fold of the facts, and what a checkpoint restores, are the server itself', () => {
    const commands = fc.array(fc.oneof(...anything), { maxLength: 50 })
    fc.assert(
      fc.property(commands, commands, (before, after) => {
        const run = play(before)
        const { records, build, server } = run
        const checkpoint = archiveOf([server])
        const facts = records.facts.count
        for (const each of after) if (each !== 'wait') run.send(each)
        const state = archiveOf([server])
        expect(foldedArchive(build, records)).toEqual(state)
        expect(restoredArchive(build, records, state)).toEqual(state)
        expect(forgotten(build, run.sim, [server])).toEqual([])
        expect(resumedArchive(build, records, checkpoint, facts)).toEqual(state)
      }),
    )
  })

  test('then a group that nobody moves hands each entry to one consumer once, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(...settled), { maxLength: 60 }), (commands) => {
        const run = play(commands)
        const delivered = run.facts(FACTS.delivered).map((fact) => Number(fact.split(':')[1]))
        expect(new Set(delivered).size).toBe(delivered.length)
        for (const stream of run.server.streams) {
          const ids = stream
            .range({ ms: 0, seq: 0 }, stream.last, 1000)
            .map((at) => stream.idAt(at))
          expect(ids.map(printId)).toEqual([...new Set(ids.map(printId))])
          for (const { consumers, pendingCount } of run.server.groupsOf(stream)) {
            const sum = consumers.reduce((total, { pending }) => total + pending, 0)
            expect(sum).toBe(pendingCount)
          }
        }
      }),
    )
  })
})

describe('given a client that waits for new entries', () => {
  test('when its time is up, then it gets nothing', () => {
    const run = play(['XADD s 1-0 body x'])
    expect(run.send('XREAD BLOCK 200 STREAMS s $')).toBe(WAITING)
    run.waitMs(199)
    expect(run.later).toEqual([])
    run.waitMs(1)
    expect(run.later).toEqual([['C', null]])
  })

  test('when its connection ends, then the entry goes to the next one', () => {
    const run = play([])
    run.send('XREADGROUP GROUP g alice BLOCK 0 STREAMS s >', 'A')
    run.send('XREADGROUP GROUP g bob BLOCK 0 STREAMS s >', 'B')
    run.server.disconnect('A')
    run.send('XADD s 1-0 body x')
    expect(run.later).toEqual([['B', 1]])
  })

  test('when its group or its stream goes, then it is told so', () => {
    const run = play([])
    run.send('XREADGROUP GROUP g alice BLOCK 0 STREAMS s >', 'A')
    run.send('XREADGROUP GROUP h bob BLOCK 0 STREAMS t >', 'B')
    run.send('XGROUP DESTROY s g')
    run.send('DEL t')
    expect(run.later).toEqual([
      ['A', 'NOGROUP'],
      ['B', 'UNBLOCKED'],
    ])
  })
})

describe('given 250 entries in nodes of a hundred', () => {
  test('when it is trimmed to about 60, then only whole nodes go', () => {
    const run = play(Array.from({ length: 250 }, (_, i) => `XADD s ${i + 1}-0 body x`))
    expect(run.send('XTRIM s MAXLEN ~ 60')).toBe(100)
    expect(run.send('XTRIM s MAXLEN ~ 50')).toBe(100)
    expect(run.send('XTRIM s MAXLEN 60')).toBe(0)
    expect(run.send('XLEN s')).toBe(50)
  })
})

describe('given a group that has read two of three entries', () => {
  const commands = ['1', '2', '3'].map((ms) => `XADD s ${ms}-0 body x`)
  const half = [...commands, 'XREADGROUP GROUP g alice COUNT 2 STREAMS s >']
  const lag = (run: Run) => {
    const [info] = run.send('XINFO GROUPS s') as Reply[][]
    return info?.at(-1)
  }

  test('when nothing was deleted, then its lag is one', () => {
    expect(lag(play(half))).toBe(1)
  })

  test('when an entry ahead of it is deleted, then its lag cannot be known', () => {
    expect(lag(play([...half, 'XADD s 4-0 body x', 'XDEL s 3-0']))).toBeNull()
  })
})
