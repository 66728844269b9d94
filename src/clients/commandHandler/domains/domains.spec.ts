/** The other domains, given/when/then: cart and order, inventory, seats, payments, and the account with a limit. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Command, Decision, Domain } from '../decider.ts'
import { DOMAINS } from '../domains.ts'
import '../furtherDomains.ts'
import { inventory } from './inventory.ts'
import { limited } from './limited.ts'
import { order } from './order.ts'
import { payments } from './payments.ts'
import { seats } from './seats.ts'

/** Decides one command after the other, each on what the ones before have made happen. */
function once<State>(domain: Domain<State>, ...commands: Command[]) {
  let state = domain.initialState()
  let last: Decision = { events: [] }
  for (const command of commands) {
    last = domain.decide(command, state)
    if ('events' in last) state = last.events.reduce(domain.evolve, state)
  }
  const types = 'events' in last ? last.events.map(({ type }) => type) : last.rejected
  return { state, last: types }
}

describe('given a cart', () => {
  const add: Command = { type: 'AddItem', order: 'o1', item: 'book', quantity: 2, price: 10 }
  const place: Command = { type: 'PlaceOrder', order: 'o1', account: 'acc1' }

  test('when items go in and out, then the total follows', () => {
    const remove: Command = {
      type: 'RemoveItem',
      order: 'o1',
      item: 'book',
      quantity: 1,
      price: 10,
    }
    expect(once(order, add, add, remove).state).toEqual({
      status: 'open',
      items: { book: 3 },
      total: 30,
    })
    expect(once(order, add, { ...remove, quantity: 3 }).last).toBe(
      'There are 2 of book in order o1.',
    )
  })

  test('when it is placed, then it cannot be changed, and ends once, however often that is asked', () => {
    expect(once(order, add, place).last).toEqual(['OrderPlaced'])
    expect(once(order, add, place, add).last).toBe('Order o1 is placed already.')
    const confirm: Command = { type: 'ConfirmOrder', order: 'o1' }
    expect(once(order, add, place, confirm).state?.status).toBe('confirmed')
    expect(once(order, add, place, confirm, confirm).last).toEqual([])
    const cancel: Command = { type: 'CancelOrder', order: 'o1' }
    expect(once(order, add, place, confirm, cancel).last).toBe('Order o1 is confirmed.')
  })

  test('when it is empty, then it cannot be placed', () => {
    expect(once(order, place).last).toBe('Order o1 is empty. Add an item first.')
  })
})

describe('given stock of three', () => {
  const receive: Command = { type: 'ReceiveStock', item: 'book', quantity: 3 }
  const of = (type: string, name: string, quantity?: number): Command => ({
    type,
    item: 'book',
    order: name,
    quantity,
  })

  test('when it is reserved, then that much less is available, once for each order', () => {
    const twice = once(inventory, receive, of('ReserveStock', 'o1', 2), of('ReserveStock', 'o1', 2))
    expect(twice.state).toMatchObject({ available: 1, reserved: { o1: 2 } })
    expect(twice.last).toEqual([])
  })

  test('when more is asked for than there is, then an event says so, as others must know', () => {
    expect(once(inventory, receive, of('ReserveStock', 'o1', 4)).last).toEqual(['StockRefused'])
  })

  test('when a reservation is released or shipped, then it is gone, and shipping twice ships once', () => {
    const reserve = of('ReserveStock', 'o1', 2)
    expect(once(inventory, receive, reserve, of('ReleaseStock', 'o1')).state).toMatchObject({
      available: 3,
      reserved: {},
    })
    const shipped = once(inventory, receive, reserve, of('ShipStock', 'o1'), of('ShipStock', 'o1'))
    expect(shipped).toMatchObject({ state: { available: 1, shipped: { o1: 2 } }, last: [] })
    expect(once(inventory, receive, of('ShipStock', 'o2')).last).toEqual(['ShipmentRefused'])
  })

  test('when anything is asked for in any order, then stock is neither made nor lost', () => {
    const command = fc.record({
      type: fc.constantFrom('ReserveStock', 'ReleaseStock', 'ShipStock'),
      name: fc.constantFrom('o1', 'o2'),
      quantity: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const all = commands.map(({ type, name, quantity }) => of(type, name, quantity))
        const { available, reserved, shipped } = once(inventory, receive, ...all).state
        const sum = (of: Record<string, number>) => Object.values(of).reduce((a, b) => a + b, 0)
        expect(available + sum(reserved) + sum(shipped)).toBe(3)
        expect(available).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('given a show with two seats', () => {
  const open: Command = { type: 'OpenShow', show: 'friday', seats: 2 }
  const book = (seat: number, customer: string): Command => ({
    type: 'BookSeat',
    show: 'friday',
    seat,
    customer,
  })

  test('when a seat is booked twice, then only the first has it', () => {
    expect(once(seats, open, book(1, 'Ann'), book(1, 'Bob')).last).toBe('Seat 1 is taken by Ann.')
    expect(once(seats, open, book(1, 'Ann'), book(1, 'Ann')).last).toEqual([])
    expect(once(seats, open, book(3, 'Ann')).last).toBe('Seats are numbered from 1 to 2.')
  })

  test('when it is cancelled, then another one may have it', () => {
    const cancel: Command = { type: 'CancelSeat', show: 'friday', seat: 1 }
    expect(once(seats, open, book(1, 'Ann'), cancel, book(1, 'Bob')).state?.taken).toEqual({
      1: 'Bob',
    })
  })
})

describe('given an account with 100', () => {
  const create: Command = { type: 'CreateAccount', account: 'acc1' }
  const deposit: Command = { type: 'Deposit', account: 'acc1', amount: 100 }
  const withdraw: Command = { type: 'Withdraw', account: 'acc1', amount: 60 }
  const pay: Command = { type: 'Pay', account: 'acc1', order: 'o1', amount: 60 }
  const refund: Command = { type: 'Refund', account: 'acc1', order: 'o1' }
  const freeze: Command = { type: 'Freeze', account: 'acc1' }

  test('when an order is paid and refunded twice, then money moves once each', () => {
    expect(once(payments, create, deposit, pay, pay).state?.balance).toBe(40)
    expect(once(payments, create, deposit, pay, refund, refund).state?.balance).toBe(100)
    expect(once(payments, create, deposit, { ...pay, amount: 101 }).last).toEqual([
      'PaymentRefused',
    ])
  })

  test('when it is frozen, then a refund is refused until it is not', () => {
    expect(once(payments, create, deposit, pay, freeze, refund).last).toEqual(['RefundRefused'])
    const thaw: Command = { type: 'Unfreeze', account: 'acc1' }
    const end = once(payments, create, deposit, pay, freeze, refund, thaw, refund)
    expect(end.state?.balance).toBe(100)
    expect(once(payments, create, freeze, deposit).last).toBe('Account acc1 is frozen.')
  })

  test('when the fold has a limit, then withdrawals add up to it', () => {
    expect(once(limited, create, deposit, deposit, withdraw, withdraw).last).toBe(
      'At most 100 may be withdrawn, and 60 was already.',
    )
  })
})

test('given any domain and any command, when it is decided, then there is a decision and never a throw', () => {
  const fields = fc.dictionary(
    fc.constantFrom('order', 'item', 'account', 'show', 'seat', 'quantity', 'amount', 'price'),
    fc.oneof(fc.constantFrom('a', 'b', ''), fc.integer({ min: -1, max: 3 }), fc.jsonValue()),
  )
  const types = fc.constantFrom(
    ...['AddItem', 'PlaceOrder', 'CancelOrder', 'ReserveStock', 'ShipStock', 'ReceiveStock'],
    ...['BookSeat', 'OpenShow', 'CancelSeat', 'Pay', 'Refund', 'Freeze', 'Deposit', 'toString'],
  )
  const commands = fc.array(fc.tuple(types, fields).map(([type, rest]) => ({ ...rest, type })))
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(DOMAINS)), commands, (domain, all) => {
      let state = domain.initialState()
      for (const command of all) {
        const full = domain.complete(command, domain.streamOf(command, `${domain.prefix}x`))
        const decision = domain.decide(full, state)
        if ('rejected' in decision) expect(decision.rejected).toMatch(/\.$/)
        else state = decision.events.reduce(domain.evolve, state)
      }
    }),
  )
})
