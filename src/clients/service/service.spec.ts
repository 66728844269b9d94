/** Two writes and a crash between them; an outbox, and what a relay promises. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Loader, Saver } from '../../engine/archive.ts'
import { Records } from '../../engine/records.ts'
import { Simulation } from '../../engine/simulation.ts'
import { CRASH_POINTS, type CrashPoint } from '../client.ts'
import { Service } from './service.ts'
import type { ServiceSettings } from './settings.ts'

const MS = 1000

/** A service that works 10 ms a command, with 10 ms between its writes; what it publishes is written down. */
function given(settings: Partial<ServiceSettings> = {}, records = new Records()) {
  const sim = new Simulation(records, 1)
  sim.reserve(1)
  const service = new Service(sim, 0, 'orders', {
    service: { kind: 'fixed', ms: 10 },
    writes: 'databaseFirst',
    writeMs: 10,
    pollMs: 30,
    markMs: 10,
    ...settings,
  })
  const told: string[] = []
  service.outlets = [{ pipe: -1, send: (message) => told.push(records.body(message)) }]
  service.start()
  const command = (body: string) => {
    const { messages, strings } = records
    const row = { ordinal: 1, key: -1, props: -1, parent: -1, source: -1 }
    service.receive(messages.add(sim.nowUs, { template: strings.id(body), ...row }))
  }
  const runTo = (ms: number) => {
    sim.runUntil(ms * MS)
    sim.nowUs = ms * MS
  }
  const rows = () =>
    Array.from({ length: service.rows }, (_, row) => records.body(service.rowCommands.get(row)))
  return { sim, service, told, command, runTo, rows }
}

describe('given a service that writes to its database first', () => {
  test('when a command comes, then there is a row after its work, and a message after the second write', () => {
    const { command, runTo, rows, told } = given()
    command('a')
    runTo(10)
    expect([rows(), told]).toEqual([['a'], []])
    runTo(20)
    expect(told).toEqual(['a'])
  })

  test.each<[CrashPoint, string[], string[], object]>([
    ['beforeEffect', [], [], { missing: 0, ghosts: 0 }],
    ['afterEffect', ['a'], [], { missing: 1, ghosts: 0 }],
    ['afterAck', ['a'], ['a'], { missing: 0, ghosts: 0 }],
  ])(
    'when it crashes %s, then rows and messages are as the crash left them',
    (point, rows, told, wrong) => {
      const { service, command, runTo, ...seen } = given()
      service.armCrash(point)
      command('a')
      runTo(50)
      expect([seen.rows(), seen.told]).toEqual([rows, told])
      expect(service.mismatches()).toMatchObject(wrong)
      expect(service.isCrashed).toBe(true)
    },
  )
})

test('given a service that writes to the broker first, when it crashes between the writes, then others know of a row that is not there', () => {
  const { service, command, runTo, rows, told } = given({ writes: 'brokerFirst' })
  service.armCrash('afterEffect')
  command('a')
  runTo(50)
  expect([rows(), told]).toEqual([[], ['a']])
  expect(service.mismatches()).toEqual({ missing: 0, ghosts: 1, twice: 0 })
})

describe('given a service with an outbox', () => {
  test('when a command comes, then the relay publishes it at its next look and marks it', () => {
    const { service, command, runTo, rows, told } = given({ writes: 'outbox' })
    command('a')
    runTo(29)
    expect([rows(), told]).toEqual([['a'], []])
    runTo(30)
    expect([told, service.relays.marked]).toEqual([['a'], 0])
    runTo(40)
    expect(service.relays.marked).toBe(1)
  })

  test('when it crashes before it marks what it has published, then that is published once more', () => {
    const { service, command, runTo, told } = given({ writes: 'outbox' })
    service.armCrash('beforeMark')
    command('a')
    runTo(60)
    service.relays.restart(0)
    runTo(120)
    expect(told).toEqual(['a', 'a'])
    expect(service.mismatches()).toEqual({ missing: 0, ghosts: 0, twice: 1 })
  })

  test.each<[CrashPoint, string[], string[]]>([
    ['beforePublish', [], ['a', 'b', 'c']],
    ['midBatch', ['a'], ['a', 'a', 'b', 'c']],
    ['beforeMark', ['a', 'b'], ['a', 'b', 'a', 'b', 'c']],
    ['afterMark', ['a', 'b'], ['a', 'b', 'c']],
  ])(
    'when its relay alone dies %s, then the service goes on, and what was not marked is published once more',
    (point, before, after) => {
      const { service, command, runTo, rows, told } = given({ writes: 'outbox' })
      service.armCrash(point)
      command('a')
      command('b')
      runTo(45)
      expect([told, service.relays.all[0]?.isDown, service.isCrashed]).toEqual([
        before,
        true,
        false,
      ])
      command('c')
      runTo(100)
      expect([rows(), told]).toEqual([['a', 'b', 'c'], before])
      service.relays.restart(0)
      runTo(200)
      expect(told).toEqual(after)
    },
  )

  test('when the whole machine restarts, then its relay is up again', () => {
    const { service, command, runTo, told } = given({ writes: 'cdc' })
    service.relays.crash(0)
    command('a')
    runTo(20)
    service.crash()
    service.restart()
    runTo(100)
    expect([service.relays.all[0]?.isDown, told]).toEqual([false, ['{"op":"insert","after":"a"}']])
  })

  test('when it reads the database’s log, then it publishes at once, as a change of a row', () => {
    const { command, runTo, told } = given({ writes: 'cdc' })
    command('{"n":1}')
    runTo(10)
    expect(told).toEqual(['{"op":"insert","after":{"n":1}}'])
  })

  test('when commands come while it is down, then they are lost, and nothing was promised for them', () => {
    const { service, command, runTo, rows } = given({ writes: 'outbox' })
    command('a')
    service.crash()
    command('b')
    service.restart()
    runTo(100)
    expect([rows(), service.received, service.finished]).toEqual([[], 1, 1])
  })
})

/** Two relays: the first looks at 0, 40, 80 … ms, the second at 20, 60 … ms; marking takes longer than that. */
describe('given a service with two relays on one outbox', () => {
  const rules = { writes: 'outbox', relays: 2, pollMs: 40, markMs: 30 } as const

  test('when they claim nothing, then the second publishes what the first has not marked yet', () => {
    const { service, command, runTo, told } = given(rules)
    runTo(25)
    command('a')
    runTo(200)
    expect(told).toEqual(['a', 'a'])
    expect(service.mismatches()).toEqual({ missing: 0, ghosts: 0, twice: 1 })
  })

  test.each(['lock', 'lease'] as const)(
    'when they claim rows by a %s, then each row is published once',
    (claims) => {
      const { command, runTo, told } = given({ ...rules, claims })
      runTo(25)
      command('a')
      runTo(45)
      command('b')
      runTo(300)
      expect(told).toEqual(['a', 'b'])
    },
  )

  test('when the first dies before it publishes, then its locks are gone, and the second publishes', () => {
    const { service, command, runTo, told } = given({ ...rules, claims: 'lock' })
    service.armCrash('beforePublish')
    runTo(25)
    command('a')
    runTo(59)
    expect([service.relays.all.map(({ isDown }) => isDown), told]).toEqual([[true, false], []])
    runTo(60)
    expect(told).toEqual(['a'])
  })

  test('when the first dies with a lease, then the second waits until that runs out, and later rows go first', () => {
    const { service, command, runTo, told } = given({ ...rules, claims: 'lease', leaseMs: 100 })
    service.armCrash('beforePublish')
    runTo(25)
    command('a')
    runTo(45)
    command('b')
    runTo(139)
    expect([service.relays.leasesOf(0), told]).toEqual([{ rows: [0], untilUs: 140 * MS }, ['b']])
    runTo(140)
    expect(told).toEqual(['b', 'a'])
  })

  test('when a lease is shorter than marking takes, then a row is published twice though nobody has died', () => {
    const { service, command, runTo, told } = given({ ...rules, claims: 'lease', leaseMs: 10 })
    runTo(25)
    command('a')
    runTo(200)
    expect(told).toEqual(['a', 'a'])
    expect(service.relays.marked).toBe(1)
  })

  test('when they read the log of the database, then one reads and the other stands by until that dies', () => {
    const { service, command, runTo, told } = given({ ...rules, writes: 'cdc' })
    command('a')
    runTo(35)
    expect(told).toHaveLength(1)
    service.relays.crash(0)
    command('b')
    runTo(200)
    expect(told.map((each) => JSON.parse(each).after)).toEqual(['a', 'a', 'b'])
  })

  test('when one that is down is made to die, or one that is up to start, then nothing happens', () => {
    const { service, sim } = given(rules)
    service.relays.restart(1)
    service.relays.crash(1)
    const { count } = sim.records.facts
    service.relays.crash(1)
    expect(sim.records.facts.count).toBe(count)
  })
})

/** A thousand runs: commands at random moments, crashes at random moments and points, restarts, and then rest. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ does: 'command' as const }) },
  fc.constant({ does: 'crash' as const }),
  fc.integer({ min: 0, max: 2 }).map((relay) => ({ does: 'crashRelay' as const, relay })),
  fc.constantFrom(...CRASH_POINTS).map((point) => ({ does: 'arm' as const, point })),
  fc.constant({ does: 'restart' as const }),
)
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), step), { maxLength: 25 })

function play(
  settings: Partial<ServiceSettings>,
  all: readonly (readonly [number, { does: string; point?: CrashPoint; relay?: number }])[],
) {
  const bench = given(settings)
  const { service, command, runTo } = bench
  const { all: relays } = service.relays
  for (const [ms, { does, point, relay = 0 }] of [...all].sort((a, b) => a[0] - b[0])) {
    runTo(ms)
    if (does === 'command') command(`c${ms}`)
    else if (does === 'crash') service.crash()
    else if (does === 'crashRelay') service.relays.crash(relay % relays.length)
    else if (does === 'restart') service.restart()
    else if (point) service.armCrash(point)
  }
  // What is armed goes off, and then nothing more happens to it.
  for (let ms = 500; ms <= 2500; ms += 100) {
    runTo(ms)
    service.restart()
    for (const number of relays.keys()) service.relays.restart(number)
  }
  return bench
}

/** Every way to publish what one transaction has written. */
const outboxes = fc.record({
  writes: fc.constantFrom('outbox' as const, 'cdc' as const),
  batch: fc.integer({ min: 1, max: 3 }),
  relays: fc.integer({ min: 1, max: 3 }),
  claims: fc.constantFrom('none' as const, 'lock' as const, 'lease' as const),
  leaseMs: fc.constantFrom(5, 50, 400),
})

test('given 1,000 runs with random crashes, then with an outbox or the database’s log no event is missing and none is a ghost', () => {
  fc.assert(
    fc.property(outboxes, steps, (settings, all) => {
      const { service } = play(settings, all)
      expect(service.mismatches()).toMatchObject({ missing: 0, ghosts: 0 })
      expect(service.relays.marked).toBe(service.rows)
      expect(service.finished).toBe(service.received)
    }),
    { numRuns: 1000 },
  )
})

test('given the same crashes and two writes, then there are runs with missing events and runs with ghosts', () => {
  let missing = 0
  let ghosts = 0
  for (const all of fc.sample(steps, { numRuns: 200, seed: 1 })) {
    missing += play({ writes: 'databaseFirst' }, all).service.mismatches().missing
    ghosts += play({ writes: 'brokerFirst' }, all).service.mismatches().ghosts
  }
  expect(missing).toBeGreaterThan(0)
  expect(ghosts).toBeGreaterThan(0)
})

test('given any run, when its facts are folded anew, then the service is the same, and a checkpoint restores it', () => {
  fc.assert(
    fc.property(
      fc.oneof(outboxes, fc.constant({ writes: 'brokerFirst' as const })),
      steps,
      (settings, all) => {
        const { service, sim } = play({ ...settings, crashEvery: 3 }, all)
        const twin = given(settings, sim.records)
        const before = sim.records.facts.count
        const folded = new Simulation(sim.records, 1)
        folded.reserve(1)
        const again = new Service(folded, 0, 'orders', twin.service.settings)
        for (let at = 0; at < before; at++) folded.applyFact(at)
        expect(saved(again)).toEqual(saved(service))
        const loader = new Loader(saved(service))
        again.archive(loader)
        loader.finish()
        expect(saved(again)).toEqual(saved(service))
      },
    ),
    { numRuns: 50 },
  )
})

function saved(service: Service): Uint8Array {
  const saver = new Saver()
  service.archive(saver)
  return saver.done()
}
