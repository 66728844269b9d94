/** A projection is the fold of a prefix whatever happens to it, unless its settings part what belongs together. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventStore } from '../../brokers/eventstore/store.ts'
import { Loader, Saver } from '../../engine/archive.ts'
import { ClientBench } from '../../testing/clientBench.ts'
import type { Rebuild } from './facts.ts'
import { PAGE_EVENTS, Projection } from './projection.ts'
import { ReadModel } from './readModel.ts'
import type { ProjectionSettings } from './settings.ts'

const MS = 1000

/** A projection on a real store without a link between them. */
function given(settings: Partial<ProjectionSettings> = {}) {
  const bench = new ClientBench()
  const { sim, store } = bench
  const projection = new Projection(sim, 1, 'balance', {
    view: 'balance',
    service: { kind: 'fixed', ms: 10 },
    checkpointMs: 5,
    ...settings,
  })
  connect(store, projection)
  projection.start()
  const write = (amount: number) => {
    if (store.count === 0) bench.article()
    store.append('account-acc1', -2, [
      bench.message(`{"account":"acc1","amount":${amount}}`, 'Deposited'),
    ])
  }
  const runTo = (ms: number) => {
    sim.runUntil(ms * MS)
    sim.nowUs = ms * MS
  }
  /** The fold of the first `count` events, by nobody but the view. */
  const plain = (count: number) => {
    return new ReadModel(projection.settings.view, (from, to) => store.log.events(from, to)).rows(
      count,
      99,
    )
  }
  return { bench, projection, write, runTo, plain }
}

function connect(store: EventStore, projection: Projection): void {
  const channel = store.attach((delivery) => projection.deliver(delivery))
  projection.connect({
    log: store.log,
    get keysDeleted() {
      return store.keysDeleted
    },
    subscribe: (from, token) =>
      store.subscribe({ channel, stream: null, from, token }, PAGE_EVENTS),
    next: () => store.next(channel, PAGE_EVENTS),
    hangUp: () => store.unsubscribe(channel),
  })
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ does: 'write' as const }) },
  fc.constantFrom({ does: 'crash' as const }, { does: 'restart' as const }),
  fc
    .constantFrom<Rebuild['how']>('inPlace', 'blueGreen')
    .map((how) => ({ does: 'rebuild' as const, how })),
  fc
    .constantFrom('beforeEffect' as const, 'afterEffect' as const)
    .map((point) => ({ does: 'arm' as const, point })),
)
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), step), { maxLength: 30 })

type Steps = typeof steps extends fc.Arbitrary<infer S> ? S : never

/** Plays the steps and calls `look` after each; at the end everything works again. */
function play(
  settings: Partial<ProjectionSettings>,
  all: Steps,
  look: (at: ReturnType<typeof given>) => void,
) {
  const run = given(settings)
  const { projection, write, runTo } = run
  for (const [ms, act] of [...all].sort((a, b) => a[0] - b[0])) {
    runTo(ms)
    look(run)
    if (act.does === 'write') write(ms + 1)
    else if (act.does === 'crash') projection.crash()
    else if (act.does === 'restart') projection.restart()
    else if (act.does === 'arm') projection.armCrash(act.point)
    else projection.rebuild({ how: act.how })
    look(run)
  }
  for (let ms = 600; ms <= 4000; ms += 200) {
    runTo(ms)
    projection.restart()
  }
  look(run)
  return run
}

describe('given any interleaving of events, crashes and rebuilds', () => {
  const batches = fc.record({
    batch: fc.integer({ min: 1, max: 4 }),
    lagMs: fc.constantFrom(0, 40),
    view: fc.constantFrom('balance' as const, 'counts' as const, 'months' as const),
  })

  test('when position and rows are saved together, then at every moment the rows are the fold of the prefix at the position', () => {
    fc.assert(
      fc.property(batches, steps, (settings, all) => {
        const { projection, bench } = play(settings, all, ({ projection, plain }) => {
          expect(projection.rows(99)).toEqual(plain(projection.position))
        })
        expect(projection.position).toBe(bench.store.count)
        expect(projection.tables.building).toBe(-1)
      }),
      { numRuns: 150 },
    )
  })

  test('when the position is saved after the rows and rows know theirs, then the same holds of what they have reached', () => {
    fc.assert(
      fc.property(batches, steps, (settings, all) => {
        const rules = { ...settings, checkpoint: 'after', idempotent: true } as const
        const { projection, bench } = play(rules, all, ({ projection, plain }) => {
          const { tables } = projection
          expect(projection.rows(99)).toEqual(plain(tables.number(tables.serving, 'end')))
        })
        expect(projection.rows(99)).toEqual(
          new ReadModel(settings.view, (from, to) => bench.store.log.events(from, to)).rows(
            bench.store.count,
            99,
          ),
        )
        expect(projection.tables.number(projection.tables.serving, 'twice')).toBe(0)
      }),
      { numRuns: 150 },
    )
  })

  test('when it is written with the append, then it is never behind while it is there', () => {
    fc.assert(
      fc.property(steps, (all) => {
        play({ mode: 'inline' }, all, ({ projection, bench, plain }) => {
          if (projection.isCrashed || !projection.isLive) return
          expect(projection.rows(99)).toEqual(plain(bench.store.count))
        })
      }),
      { numRuns: 60 },
    )
  })

  test('then the fold of the facts is the projection, and a checkpoint restores it', () => {
    fc.assert(
      fc.property(
        batches,
        fc.constantFrom('with' as const, 'before' as const, 'after' as const),
        steps,
        (settings, checkpoint, all) => {
          const { bench, projection } = play({ ...settings, checkpoint }, all, () => {})
          const twin = new ClientBench(bench.records)
          const folded = new Projection(twin.sim, 1, 'balance', projection.settings)
          connect(twin.store, folded)
          for (let at = 0; at < bench.records.facts.count; at++) twin.sim.applyFact(at)
          expect(saved(folded)).toEqual(saved(projection))
          expect(folded.rows(99)).toEqual(projection.rows(99))
          const loader = new Loader(saved(projection))
          folded.archive(loader)
          loader.finish()
          expect(saved(folded)).toEqual(saved(projection))
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('given a crash between the two writes', () => {
  function crashed(settings: Partial<ProjectionSettings>, point: 'beforeEffect' | 'afterEffect') {
    const run = given(settings)
    run.write(7)
    // The first event opens the account: it may count twice and nobody sees it.
    run.runTo(16)
    run.projection.armCrash(point)
    run.runTo(300)
    run.projection.restart()
    run.runTo(900)
    const { tables } = run.projection
    const number = (field: 'twice' | 'missed') => tables.number(tables.serving, field)
    return { ...run, twice: number('twice'), missed: number('missed') }
  }

  test('when rows are written first, then an event is counted twice, unless rows know their position', () => {
    expect(crashed({ checkpoint: 'after' }, 'afterEffect')).toMatchObject({ twice: 1, missed: 0 })
    expect(crashed({ checkpoint: 'after', idempotent: true }, 'afterEffect').twice).toBe(0)
  })

  test('when the position is saved first, then an event is missed for good', () => {
    expect(crashed({ checkpoint: 'before' }, 'beforeEffect')).toMatchObject({ twice: 0, missed: 1 })
  })

  test('when the table is then folded anew, then it is right again', () => {
    const { projection, runTo, plain } = crashed({ checkpoint: 'after' }, 'afterEffect')
    expect(projection.rows(9)).not.toEqual(plain(4))
    projection.rebuild({ how: 'inPlace' })
    expect(projection.rows(9)).toEqual([])
    runTo(1500)
    expect(projection.rows(9)).toEqual(plain(4))
  })
})

describe('given a table that is built beside the one that is read', () => {
  test('when it is done, then they are swapped, and nobody has read an unfinished one', () => {
    const { projection, write, runTo, plain } = given()
    for (let i = 0; i < 10; i++) write(i + 1)
    runTo(500)
    const before = projection.rows(9)
    projection.rebuild({ how: 'blueGreen', view: 'counts' })
    runTo(550)
    expect(projection.rows(9)).toEqual(before)
    expect(projection.builtRows(9)?.length).toBeGreaterThan(0)
    write(1000)
    runTo(900)
    expect(projection.builtRows(9)).toBeNull()
    expect(projection.viewOf(projection.tables.serving)).toBe('counts')
    expect(plain(14)).not.toEqual(projection.rows(9))
    expect(projection.rows(9)).toContainEqual({ type: 'Deposited', events: 12 })
  })
})

describe('given somebody who asks for what they have just written', () => {
  test('when it answers at once, then the answer lacks what is not in the rows yet', () => {
    const { projection, write, runTo } = given()
    write(5)
    projection.queries.ask(3, 4)
    expect([projection.queries.fresh, projection.queries.stale]).toEqual([0, 1])
    runTo(200)
    projection.queries.ask(3, 4)
    expect([projection.queries.fresh, projection.queries.stale]).toEqual([1, 1])
  })

  test('when it answers when it is there, then nobody gets an old answer', () => {
    const { projection, write, runTo } = given({ answers: 'whenThere' })
    write(5)
    projection.queries.ask(3, 4)
    expect(projection.queries.waiting).toBe(1)
    runTo(39)
    expect(projection.queries.waiting).toBe(1)
    runTo(40)
    expect([projection.queries.waiting, projection.queries.fresh]).toEqual([0, 1])
  })

  test('when it dies meanwhile, then what was asked is forgotten', () => {
    const { projection, write } = given({ answers: 'whenThere' })
    write(5)
    projection.queries.ask(3, 4)
    projection.crash()
    projection.queries.ask(3, 4)
    expect(projection.queries.waiting).toBe(0)
  })
})

test('given an event that it cannot read, when it is strict, then it stops there, and goes on when it may leave it out', () => {
  const { projection, write, runTo } = given({ reads: 'strict' })
  write(5)
  runTo(200)
  expect([projection.isStopped, projection.position]).toEqual([true, 1])
  projection.set('onUnreadable', 'skip')
  runTo(400)
  expect([projection.isStopped, projection.position]).toEqual([false, 4])
})

test('given personal data, when the key is deleted, then rows that were written keep it until they are folded anew', () => {
  const { projection, bench, runTo } = given({ view: 'owners' })
  const { messages, strings } = bench.records
  const opened = messages.add(0, {
    template: strings.id('{"id":"acc1","owner":"Ann"}'),
    ordinal: 1,
    key: strings.id('AccountCreated'),
    props: bench.records.row({ person: 'Ann', personal: ['owner'] }),
    parent: -1,
    source: -1,
  })
  bench.store.append('account-acc1', -1, [opened])
  runTo(50)
  bench.store.deleteKey('Ann')
  expect(projection.rows(9)).toEqual([{ account: 'acc1', owner: 'Ann' }])
  projection.rebuild({ how: 'inPlace' })
  runTo(100)
  expect(projection.rows(9)).toEqual([{ account: 'acc1', owner: 'unreadable' }])
})

function saved(projection: Projection): Uint8Array {
  const saver = new Saver()
  projection.archive(saver)
  return saver.done()
}
