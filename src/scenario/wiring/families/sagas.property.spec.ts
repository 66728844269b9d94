/** Sagas at rest: after any single fault no order has money without goods, or goods without money. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldOfStream } from '../../../brokers/eventstore/folds.ts'
import type { EventStore } from '../../../brokers/eventstore/store.ts'
import type { Decider } from '../../../clients/commandHandler/decider.ts'
import { inventory } from '../../../clients/commandHandler/domains/inventory.ts'
import { payments } from '../../../clients/commandHandler/domains/payments.ts'
import { PROCESS_MANAGER_FACTS } from '../../../clients/processManager/facts.ts'
import type { ProcessManager } from '../../../clients/processManager/processManager.ts'
import type { Action, Scenario } from '../../document.ts'
import { exampleCalled } from '../../examples/index.ts'
import { World } from '../../world.ts'

const SAGAS = [exampleCalled('order-saga').scenario, exampleCalled('order-choreography').scenario]

/** What may break: the saga, those who decide, and the links between them and the store. */
function placesOf({ nodes, links }: Scenario) {
  const ours = nodes.filter(({ kind }) => kind === 'processManager' || kind === 'commandHandler')
  const ids = new Set([...ours.map(({ id }) => id), 'events'])
  return {
    clients: ours.map(({ id }) => id),
    cut: links.filter(({ from, to }) => ids.has(from) && ids.has(to)).map(({ id }) => id),
  }
}

/** One fault, and its end a little later. */
function fault(scenario: Scenario): fc.Arbitrary<Action[]> {
  const { clients, cut } = placesOf(scenario)
  const atUs = fc.integer({ min: 3_900_000, max: 27_000_000 })
  const forUs = fc.integer({ min: 1, max: 2_000_000 })
  return fc.oneof(
    fc.tuple(atUs, forUs, fc.constantFrom(...clients)).map(([at, long, node]): Action[] => [
      { atUs: at, do: 'crash', node },
      { atUs: at + long, do: 'restart', node },
    ]),
    fc.tuple(atUs, forUs, fc.constantFrom(...cut)).map(([at, long, link]): Action[] => [
      { atUs: at, do: 'cut', link },
      { atUs: at + long, do: 'mend', link },
    ]),
    fc.tuple(atUs, forUs, fc.constantFrom(...clients)).map(([at, long, node]): Action[] => [
      { atUs: at, do: 'slow', node, factor: 4 },
      { atUs: at + long, do: 'slow', node, factor: 1 },
    ]),
  )
}

function ended(scenario: Scenario, script: Action[]) {
  const world = new World(scenario)
  world.start(script)
  while (!world.isOver) world.run(world.endUs)
  const store = world.part('events') as EventStore
  const events = store.readAll(0, 10_000).map((position) => store.log.event(position))
  const state = <State>(stream: string, { initialState, evolve }: Decider<State>): State => {
    const index = store.indexOf(stream)
    if (index === -1) return initialState()
    const rules = { initialState, evolve, copy: (same: State) => same }
    return foldOfStream(store.log, index, rules).after(store.version(stream) + 1)
  }
  return { world, events, state }
}

describe.each(SAGAS.map((scenario) => [scenario.title, scenario] as const))(
  'given %s',
  (_title, scenario) => {
    test('when nothing fails, then the first order is carried out and the second is given back in the end', () => {
      const { events, state } = ended(scenario, [])
      const of = (order: string) =>
        events
          .filter(({ data }) => (data as { order?: string }).order === order)
          .map(({ type }) => type)
      expect(of('o1').at(-1)).toBe('OrderConfirmed')
      expect(of('o2')).toEqual(
        expect.arrayContaining(['ShipmentRefused', 'RefundRefused', 'OrderRefunded']),
      )
      expect(of('o2').at(-1)).toBe('OrderCancelled')
      expect(state('account-acc1', payments)?.balance).toBe(60)
    })

    test('when any single fault comes at any moment, then at rest each order has money and goods, or neither', () => {
      fc.assert(
        fc.property(fault(scenario), (script) => {
          const { world, events, state } = ended(scenario, script)
          const { reserved, shipped } = state('stock-book', inventory)
          const paid = state('account-acc1', payments)?.paid ?? {}
          const placed = events.filter(({ type }) => type === 'OrderPlaced')
          for (const { data } of placed) {
            const { order, total } = data as { order: string; total: number }
            const types = events
              .filter((event) => (event.data as { order?: string }).order === order)
              .map(({ type }) => type)
            const isConfirmed = types.includes('OrderConfirmed')
            expect(isConfirmed || types.includes('OrderCancelled'), `${order}: ${types}`).toBe(true)
            expect(isConfirmed && types.includes('OrderCancelled')).toBe(false)
            expect(paid[order] ?? 0).toBe(isConfirmed ? total : 0)
            expect((shipped[order] ?? 0) > 0).toBe(isConfirmed)
            expect(reserved[order] ?? 0).toBe(0)
          }
          for (const { id, kind } of scenario.nodes) {
            if (kind !== 'processManager') continue
            const { waiting } = world.part(id) as ProcessManager
            expect([waiting.numbers().length, waiting.stuck.length]).toEqual([0, 0])
          }
        }),
        { numRuns: 60 },
      )
    })
  },
)

test('given a saga without retries, when the refund is refused, then it is given up and a person must see to it', () => {
  const [saga] = SAGAS
  const scenario: Scenario = {
    ...(saga as Scenario),
    nodes: (saga as Scenario).nodes.map((node) =>
      node.kind === 'processManager' ? { ...node, retries: 0 } : node,
    ),
  }
  const { world } = ended(scenario, [])
  const { facts } = world.records
  const kinds = Array.from({ length: facts.count }, (_, at) => facts.kind(at))
  expect(kinds).toContain(PROCESS_MANAGER_FACTS.gaveUp)
  expect((world.part('saga') as ProcessManager).waiting.stuck).toHaveLength(1)
})

test('given a saga at rest, when it goes back to the beginning, then it knows no more than it did then, and sends every command again', () => {
  const [saga] = SAGAS
  const act = { what: 'rewind', to: 0 } as const
  const again = { atUs: 40_000_000, do: 'sourcing', node: 'saga', act } as const
  const sent = (run: ReturnType<typeof ended>) => (run.world.part('saga') as ProcessManager).sent
  const once = ended(saga as Scenario, [])
  const twice = ended(saga as Scenario, [again])
  expect(sent(twice)).toBeGreaterThanOrEqual(2 * sent(once))
  // The order that was carried out is paid once, however often it is asked for.
  const paid = ({ state }: typeof once) => state('account-acc1', payments)?.paid?.o1
  expect(paid(twice)).toBe(paid(once))
})
