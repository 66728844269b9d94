/** The money that should be there against the money that is: what a run from a deposit to an e-mail comes to. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import '../everything.ts'
import type { Action, NodeDoc, Scenario } from '../../scenario/document.ts'
import { exampleCalled } from '../../scenario/examples/index.ts'
import { World } from '../../scenario/world.ts'
import { openWatch } from '../watch/watch.ts'
import { type MoneyPlace, MoneyTrail } from './moneyTrail.ts'

const { scenario } = exampleCalled('money-trail')

function played(changes: Record<string, object> = {}, script: Action[] = []): World {
  const nodes = scenario.nodes.map((node) => ({ ...node, ...changes[node.id] }) as NodeDoc)
  const world = new World({ ...scenario, nodes } as Scenario)
  world.start(script)
  while (!world.isOver) world.run(world.endUs)
  return world
}

function money(world: World, untilUs = world.endUs): Map<string, MoneyPlace> {
  const { facts } = world.records
  let until = 0
  while (until < facts.count && facts.timeUs(until) <= untilUs) until++
  const trail = new MoneyTrail(world, 'events')
  while (trail.read(until, 777)) {}
  return new Map(trail.result(8).map((place) => [place.node, place]))
}

const sums = (world: World) => [...money(world).values()].map(({ node, is }) => [node, is])
const UNBROKEN = { bank: { crashAtMs: undefined }, mailer: { crashAtMs: undefined } }

describe('given a deposit that becomes an event, a record, a booking and an e-mail', () => {
  test('when nothing fails, then every place has at rest what the events come to', () => {
    expect(sums(played(UNBROKEN))).toEqual([
      ['events', 800],
      ['balance', 800],
      ['bank', 800],
      ['mailer', 800],
    ])
  })

  test('when the bank dies before it commits, then it books again, and each booking is named with what it comes to', () => {
    const { bank, mailer } = Object.fromEntries(money(played()))
    expect(bank).toMatchObject({ is: 940, should: 800, differenceCount: 2, otherwise: 0 })
    expect(bank?.differences.map(({ amount, times, madeBy }) => [amount, times, madeBy])).toEqual([
      [40, 2, ''],
      [100, 2, ''],
    ])
    // The mailer gets a message for each booking: the bank has made two of one event.
    const twice = mailer?.differences.filter(({ times }) => times === 2)
    expect(twice?.map(({ madeBy }) => madeBy)).toEqual(['bank', 'bank'])
  })

  test('when the bank has an inbox, then it books once, and nothing comes of a duplicate', () => {
    const world = played({ bank: { inbox: 20 }, mailer: UNBROKEN.mailer })
    expect(money(world).get('bank')?.differences).toEqual([])
    expect(money(world).get('mailer')?.differences).toEqual([])
  })

  test('when the mailer acknowledges after its work, then no e-mail is lost', () => {
    const world = played({ bank: UNBROKEN.bank, mailer: { ack: 'manual' } })
    const missing = money(world)
      .get('mailer')
      ?.differences.filter(({ times }) => times === 0)
    expect(missing).toEqual([])
  })

  test('when commands are lost with their handler, then the store has less than was asked for', () => {
    const script = [
      { atUs: 4_400_000, do: 'crash', node: 'account' },
      { atUs: 9_000_000, do: 'restart', node: 'account' },
    ] as Action[]
    const { events } = Object.fromEntries(money(played(UNBROKEN, script)))
    expect(events).toMatchObject({ should: 800, otherwise: 0 })
    expect(events?.is).not.toBe(800)
    expect(events?.differenceCount).toBeGreaterThan(1)
  })
})

const crashesOf = (nodes: string[], minLength: number) =>
  fc.array(
    fc.tuple(
      fc.constantFrom(...nodes),
      fc.integer({ min: 0, max: 40_000_000 }),
      fc.integer({ min: 1, max: 4_000_000 }),
    ),
    { minLength, maxLength: 6 },
  )
const crashes = crashesOf(['account', 'balance', 'relay', 'bank', 'mailer'], 0)
const scripted = (of: [string, number, number][]): Action[] =>
  of.flatMap(([node, atUs, us]) => [
    { atUs, do: 'crash', node } as Action,
    { atUs: atUs + us, do: 'restart', node } as Action,
  ])

test('given any crashes, then at every moment the differences that are named are the whole difference', () => {
  fc.assert(
    fc.property(crashes, fc.integer({ min: 0, max: 60_000_000 }), (of, atUs) => {
      for (const place of money(played({}, scripted(of)), atUs).values()) {
        expect(place.otherwise).toBe(0)
        if (place.differenceCount > place.differences.length) continue
        const sum = place.differences.reduce((total, { amount }) => total + amount, 0)
        expect(place.is - place.should).toBe(sum)
      }
    }),
    { numRuns: 25 },
  )
})

test('given any crashes and rebuilds, when a reading goes forwards and back, then it says what one from the start says', () => {
  const rebuilds = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 50_000_000 }), fc.constantFrom('inPlace', 'blueGreen')),
    { maxLength: 3 },
  )
  const moments = fc.array(fc.nat(), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(crashes, rebuilds, moments, (of, rebuilt, asked) => {
      const acts = rebuilt.map(([atUs, how]) => {
        return { atUs, do: 'sourcing', node: 'balance', act: { what: 'rebuild', how } } as Action
      })
      const world = played({}, [...scripted(of), ...acts])
      const { facts } = world.records
      const trail = new MoneyTrail(world, 'events', 100)
      for (const moment of asked) {
        const until = moment % (facts.count + 1)
        trail.goBack(until)
        while (trail.read(until, 333)) {}
        const fresh = new MoneyTrail(world, 'events')
        while (fresh.read(until, 5000)) {}
        const said = (of: MoneyTrail) => of.result(1).map(({ course: _, ...place }) => place)
        expect(said(trail)).toEqual(said(fresh))
      }
    }),
    { numRuns: 25 },
  )
})

test('given any crashes and two members of one group that share an inbox, then the bank books each event once at most', () => {
  const second = { ...scenario.nodes.find(({ id }) => id === 'bank'), id: 'bank2', name: 'bank2' }
  const both: Scenario = {
    ...scenario,
    nodes: [...scenario.nodes, second as NodeDoc].map((node) =>
      node.kind === 'groupConsumer' ? { ...node, inbox: 30 } : node,
    ),
    links: [
      ...scenario.links,
      { id: 'to-bank2', from: 'movements', to: 'bank2', latencyMs: 300 },
      { id: 'of-bank2', from: 'bank2', to: 'mails', latencyMs: 300 },
    ],
  }
  fc.assert(
    fc.property(crashesOf(['relay', 'bank', 'bank2'], 4), (of) => {
      const world = new World(both)
      world.start(scripted(of))
      while (!world.isOver) world.run(world.endUs)
      const booked = ['bank', 'bank2'].flatMap((id) => {
        const { ledger } = world.part(id) as unknown as {
          ledger: { count: number; messageAt(at: number): number }
        }
        return Array.from({ length: ledger.count }, (_, at) => {
          return world.records.messages.parent(ledger.messageAt(at))
        })
      })
      expect(new Set(booked).size).toBe(booked.length)
    }),
    { numRuns: 25 },
  )
})

test('given a chart of the money of a place, then it ends with what is there', () => {
  const world = played()
  const opened = openWatch(world, 'money(bank) - money(events)')
  if (!opened.ok) throw new Error(opened.problem.sentence)
  while (opened.watch.read(5000)) {}
  expect(opened.watch.columns(8, world.endUs).last.at(-1)).toBe(140)
})
