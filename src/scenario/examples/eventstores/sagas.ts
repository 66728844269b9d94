/** Runs on orders that take several steps: a saga with a centre, the same without one, and seats that two want. */
import type { Position, ProcessManagerDoc } from '../../document.ts'
import type { ExampleBody, Unplaced } from '../example.ts'
import { create, deposit, handler, link, run, sender, store, view } from './sourcingParts.ts'

function order(id: string): string[] {
  return [
    JSON.stringify({ type: 'AddItem', order: id, item: 'book', quantity: 1, price: 40 }),
    JSON.stringify({ type: 'PlaceOrder', order: id, account: 'acc1' }),
  ]
}

const FREEZE = '{"type":"Freeze","account":"acc1"}'
const THAW = '{"type":"Unfreeze","account":"acc1"}'
/** The reserved goods are lost, so that nothing can be shipped. */
const SPOIL = '{"type":"LoseStock","item":"book","order":"o2"}'

function process(id: string, name: ProcessManagerDoc['process']): Unplaced {
  const service = { kind: 'fixed', ms: 200 } as const
  return { kind: 'processManager', id, name: id, process: name, service, timeoutMs: 3000 }
}

const CUSTOMERS: Unplaced[] = [
  sender('customer', [4000, 4500, 16_000, 16_500], [...order('o1'), ...order('o2')]),
  sender('bank', [500, 1500, 19_800, 30_000], [create(), deposit(100), FREEZE, THAW]),
  sender(
    'warehouse',
    [1000, 18_700],
    ['{"type":"ReceiveStock","item":"book","quantity":5}', SPOIL],
  ),
]

const HANDLERS: Unplaced[] = [
  handler('orders', { domain: 'order', stream: 'order-o1', service: { kind: 'fixed', ms: 100 } }),
  handler('payments', {
    domain: 'payments',
    stream: 'account-acc1',
    service: { kind: 'fixed', ms: 700 },
  }),
  handler('stock', {
    domain: 'inventory',
    stream: 'stock-book',
    service: { kind: 'fixed', ms: 100 },
  }),
]

const ENTRIES = [
  link('customer', 'orders', 200),
  link('bank', 'payments', 200),
  link('warehouse', 'stock', 200),
  link('orders', 'events', 150),
  link('payments', 'events', 150),
  link('stock', 'events', 150),
]

export const saga: ExampleBody = run(
  'The first order goes through: reserve, pay, ship. For the second the goods are gone when they should be shipped, so the money must go back, but the account is frozen: the refund is refused and asked for again until it works. Try: crash the saga in the middle and restart it. Then go back and give it no retries: the money never comes back.',
  60_000,
  [
    CUSTOMERS,
    HANDLERS,
    [store()],
    [process('saga', 'orderSaga'), view('orders-view', 'orders', 100, { name: 'orders' })],
  ],
  [
    ...ENTRIES,
    link('events', 'saga', 200),
    link('events', 'orders-view', 200),
    link('saga', 'orders', 300),
    link('saga', 'payments', 300),
    link('saga', 'stock', 300),
  ],
  [],
  [
    [
      ['customer', 'orders'],
      ['bank', 'payments'],
      ['warehouse', 'stock'],
    ],
    [['events'], ['saga', 'orders-view']],
  ],
)

/** Four policies above those who decide, and the store below both: so no link goes behind a node. */
const CHOREOGRAPHY_PLACES: Record<string, Position> = {
  ...{ 'stock-policy': { x: -28, y: 0 }, 'shipping-policy': { x: 248, y: 0 } },
  ...{ 'payment-policy': { x: 524, y: 0 }, 'order-policy': { x: 800, y: 0 } },
  ...{ stock: { x: -40, y: 206 }, payments: { x: 380, y: 206 }, orders: { x: 800, y: 206 } },
  ...{ warehouse: { x: 30, y: 408 }, events: { x: 250, y: 408 } },
  ...{ bank: { x: 744, y: 408 }, customer: { x: 904, y: 408 } },
}

const choreographed: ExampleBody = run(
  'The same orders without a centre: four policies, each with its own rule, and no place where the whole can be read. Try: crash the payment policy for a while. Nobody notices but the order, which waits.',
  60_000,
  [
    CUSTOMERS,
    HANDLERS,
    [store()],
    [
      process('stock-policy', 'stockPolicy'),
      process('payment-policy', 'paymentPolicy'),
      process('shipping-policy', 'shippingPolicy'),
      process('order-policy', 'orderPolicy'),
    ],
  ],
  [
    ...ENTRIES,
    link('events', 'stock-policy', 200),
    link('events', 'payment-policy', 200),
    link('events', 'shipping-policy', 200),
    link('events', 'order-policy', 200),
    link('stock-policy', 'stock', 300),
    link('payment-policy', 'payments', 300),
    link('shipping-policy', 'stock', 300),
    link('order-policy', 'orders', 300),
  ],
)

export const choreography: ExampleBody = {
  ...choreographed,
  scenario: {
    ...choreographed.scenario,
    nodes: choreographed.scenario.nodes.map((node) => ({
      ...node,
      position: CHOREOGRAPHY_PLACES[node.id] ?? node.position,
    })),
  },
}

function book(seat: number, customer: string): string {
  return JSON.stringify({ type: 'BookSeat', show: 'friday', seat, customer })
}

export const seats: ExampleBody = run(
  'Two booking offices want the same seat at the same moment. The store lets one in; the other reads again, and now decides differently: the seat is taken. Try: let both expect any version. The seat is booked twice.',
  40_000,
  [
    [
      sender(
        'ann',
        [1000, 6000, 16_000],
        ['{"type":"OpenShow","show":"friday","seats":3}', book(1, 'Ann'), book(2, 'Ann')],
      ),
      sender('bob', [6000, 16_000], [book(1, 'Bob'), book(3, 'Bob')]),
    ],
    [
      handler('north', {
        domain: 'seats',
        stream: 'show-friday',
        service: { kind: 'fixed', ms: 500 },
        backoffMs: 300,
      }),
      handler('south', {
        domain: 'seats',
        stream: 'show-friday',
        service: { kind: 'fixed', ms: 600 },
        backoffMs: 300,
      }),
    ],
    [store()],
    [view('plan', 'seats', 300)],
  ],
  [
    link('ann', 'north', 300),
    link('bob', 'south', 300),
    link('north', 'events', 400),
    link('south', 'events', 400),
    link('events', 'plan', 400),
  ],
)
