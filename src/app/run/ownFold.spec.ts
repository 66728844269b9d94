/** What one's own fold begins as decides and folds as the house does, in the sandbox. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FoldedEvent } from '../../brokers/eventstore/eventLog.ts'
import type { Command, Domain } from '../../clients/commandHandler/decider.ts'
import { DOMAINS } from '../../clients/commandHandler/domains.ts'
import '../../clients/commandHandler/furtherDomains.ts'
import { type Applied, ReadModel } from '../../clients/projection/readModel.ts'
import type { ProjectionSettings } from '../../clients/projection/settings.ts'
import { starterFor } from '../../fold/edit/starter.ts'
import { STARTER_DECIDERS } from '../../fold/edit/starterDeciders.ts'
import { STARTER_VIEWS } from '../../fold/edit/starterViews.ts'
import type { LoggedEvent } from '../../worker/fold/folding.ts'
import { ProgramFolding } from '../../worker/fold/program.ts'

const name = (...names: string[]) => fc.constantFrom(...names)
const small = fc.integer({ min: 1, max: 5 })
const typed = (types: string[], fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ type: fc.constantFrom(...types), ...fields }) as fc.Arbitrary<Command>

/** Commands of each domain, sensible ones and others. */
const COMMANDS: Record<string, fc.Arbitrary<Command>> = {
  account: typed(['CreateAccount', 'Deposit', 'Withdraw', 'Dance'], {
    account: name('acc1'),
    amount: small,
  }),
  payments: typed(
    ['CreateAccount', 'Deposit', 'Withdraw', 'Pay', 'Pay', 'Refund', 'Freeze', 'Unfreeze'],
    { account: name('acc1'), amount: small, order: name('o1', 'o2') },
  ),
  order: typed(
    ['AddItem', 'AddItem', 'RemoveItem', 'PlaceOrder', 'ConfirmOrder', 'CancelOrder', 'Dance'],
    { order: name('o1'), item: name('book', 'pen'), quantity: small, price: fc.constant(3) },
  ),
  inventory: typed(
    ['ReceiveStock', 'ReserveStock', 'ReleaseStock', 'LoseStock', 'ShipStock', 'Dance'],
    {
      item: name('book'),
      order: name('o1', 'o2', 'o3'),
      quantity: small,
    },
  ),
  seats: typed(['OpenShow', 'BookSeat', 'BookSeat', 'CancelSeat', 'Dance'], {
    show: name('friday'),
    seat: small,
    seats: fc.constant(4),
    customer: name('Ann', 'Bob'),
  }),
}

const domains = Object.entries(DOMAINS) as [string, Domain][]
const views = Object.keys(STARTER_VIEWS).map((view) => ({ name: view, view }))

/** What the house decides and comes to, command by command. */
function ofTheHouse(domain: Domain, commands: readonly Command[]) {
  let state = domain.initialState()
  const events: LoggedEvent[] = []
  const decisions = commands.map((command) => {
    const decision = domain.decide(command, state)
    const before = state
    for (const { type, data } of 'events' in decision ? decision.events : []) {
      const at = { version: events.length, position: events.length }
      const timeUs = events.length * 3_000_000
      events.push({ stream: 's', type, data, ...at, timeUs, message: -1, factIndex: -1 })
      state = domain.evolve(state, { type, data, schemaVersion: 1 } as {
        type: string
        data: unknown
      })
    }
    return { command, decision, before, after: state }
  })
  return { decisions, events }
}

describe.each(domains)('given the starter of the domain %s', (id, domain) => {
  test('then there is one', () => {
    expect(STARTER_DECIDERS[id]).toBeDefined()
  })

  test('when it decides any commands, then as the house does, and its states are the same', async () => {
    const folding = await ProgramFolding.open(starterFor({ domain: id, types: [] }, []))
    const commands = fc.array(COMMANDS[id] ?? fc.constant({ type: 'Dance' }), { maxLength: 30 })
    fc.assert(
      fc.property(commands, (given) => {
        folding.reset()
        expect(JSON.parse(folding.state('s'))).toEqual(domain.initialState())
        for (const { command, decision, before, after } of ofTheHouse(domain, given).decisions) {
          const own = folding.decide(command, JSON.stringify(before))
          if ('rejected' in decision) expect(own).toEqual({ rejected: expect.any(String) })
          else {
            expect(own).toEqual({ events: decision.events })
            const at = { version: 0, position: 0, timeUs: 0, message: -1, factIndex: -1 }
            folding.take(decision.events.map((event) => ({ stream: 's', ...event, ...at })))
          }
          expect(JSON.parse(folding.state('s'))).toEqual(after)
        }
      }),
    )
  })

  test('when its views see the events of the house, then their rows are those of its projections', async () => {
    const folding = await ProgramFolding.open(starterFor({ domain: id, types: [] }, views))
    const commands = fc.array(COMMANDS[id] ?? fc.constant({ type: 'Dance' }), { maxLength: 30 })
    fc.assert(
      fc.property(commands, (given) => {
        const { events } = ofTheHouse(domain, given)
        folding.reset()
        folding.take(events)
        const recorded = events.map((event) => {
          return {
            ...event,
            recordedUs: event.timeUs,
            schemaVersion: 1,
          } as unknown as FoldedEvent
        })
        const tables = folding.tables()
        views.forEach(({ view }, i) => {
          const model = modelOf(view, (from, to) => recorded.slice(from, to))
          if (model) expect(tables[i]).toEqual(model.rows(events.length, 1_000))
        })
      }),
      { numRuns: 40 },
    )
  })
})

/** A view of the house, if it has one of that name. */
function modelOf(view: string, applied: Applied): ReadModel | null {
  try {
    const model = new ReadModel(view as ProjectionSettings['view'], applied)
    model.rows(0, 1)
    return model
  } catch {
    return null
  }
}

test('given a log of unknown events, then the starter folds them by their types', async () => {
  const source = starterFor({ domain: 'latest', types: ['Added', 'It\'s "gone"'] }, [])
  const folding = await ProgramFolding.open(source)
  const at = { stream: 's', version: 0, position: 0, timeUs: 0, message: -1, factIndex: -1 }
  expect(folding.take([{ ...at, type: 'Added', data: { a: 1 } }])).toEqual(['{"events":1,"a":1}'])
  expect(folding.tables()).toEqual([[{ type: 'Added', events: 1 }]])
})
