/** A shopping cart that becomes an order: filled, placed, then confirmed or cancelled, once. */
import type { Command, Decision, Domain } from '../decider.ts'
import { happened, isAmount, isName, keyedBy, notKnown, rejected } from './rules.ts'

type Status = 'open' | 'placed' | 'confirmed' | 'cancelled'

/** What the events say about an order; null before anything is put in. */
export type Order = { status: Status; items: Record<string, number>; total: number } | null

export const order: Domain<Order> = {
  initialState: () => null,
  decide,
  evolve,
  ...keyedBy('order', 'order-'),
}

const COMMANDS = ['AddItem', 'RemoveItem', 'PlaceOrder', 'ConfirmOrder', 'CancelOrder']

function decide(command: Command, state: Order): Decision {
  const { order: id } = command
  if (!isName(id)) return rejected('The order must be a name, such as "o1".')
  switch (command.type) {
    case 'AddItem':
      return addItem(id, command, state)
    case 'RemoveItem':
      return removeItem(id, command, state)
    case 'PlaceOrder':
      return place(id, command, state)
    case 'ConfirmOrder':
      return end(id, 'confirmed', state, { type: 'OrderConfirmed', data: { order: id } })
    case 'CancelOrder': {
      const reason = typeof command.reason === 'string' ? command.reason : 'cancelled'
      return end(id, 'cancelled', state, { type: 'OrderCancelled', data: { order: id, reason } })
    }
    default:
      return notKnown(command, 'an order', COMMANDS)
  }
}

function addItem(id: string, { item, quantity, price }: Command, state: Order): Decision {
  if (state && state.status !== 'open') return rejected(`Order ${id} is ${state.status} already.`)
  if (!isName(item)) return rejected('The item must be a name, such as "book".')
  if (!isAmount(quantity) || !isAmount(price)) {
    return rejected('The quantity and the price must be whole numbers above 0.')
  }
  return happened('ItemAdded', { order: id, item, quantity, price })
}

function removeItem(id: string, { item, quantity, price }: Command, state: Order): Decision {
  const there = state && isName(item) ? (state.items[item] ?? 0) : 0
  if (state?.status !== 'open') return rejected(`Order ${id} is not open.`)
  if (!isAmount(quantity) || !isAmount(price) || quantity > there) {
    return rejected(`There are ${there} of ${String(item)} in order ${id}.`)
  }
  return happened('ItemRemoved', { order: id, item, quantity, price })
}

function place(id: string, command: Command, state: Order): Decision {
  if (state === null) return rejected(`Order ${id} is empty. Add an item first.`)
  if (state.status !== 'open') return rejected(`Order ${id} is ${state.status} already.`)
  const items = Object.entries(state.items).filter(([, quantity]) => quantity > 0)
  const [first] = items
  if (!first) return rejected(`Order ${id} is empty. Add an item first.`)
  const { account } = command
  const [item, quantity] = first
  const who = isName(account) ? { account } : {}
  return happened('OrderPlaced', { order: id, ...who, item, quantity, total: state.total })
}

/** Ends a placed order; the same end again changes nothing, so that a saga may ask twice. */
function end(
  id: string,
  status: 'confirmed' | 'cancelled',
  state: Order,
  event: { type: string; data: Record<string, unknown> },
): Decision {
  if (state?.status === status) return { events: [] }
  if (state?.status !== 'placed') return rejected(`Order ${id} is ${state?.status ?? 'not there'}.`)
  return { events: [event] }
}

const ENDS: Record<string, Status> = {
  OrderPlaced: 'placed',
  OrderConfirmed: 'confirmed',
  OrderCancelled: 'cancelled',
}

function evolve(state: Order, { type, data }: { type: string; data: unknown }): Order {
  const { item, quantity, price } = (data ?? {}) as Record<string, unknown>
  const status = ENDS[type]
  if (status) return state && { ...state, status }
  if (type !== 'ItemAdded' && type !== 'ItemRemoved') return state
  if (!isName(item) || !isAmount(quantity) || !isAmount(price)) return state
  const by = type === 'ItemAdded' ? quantity : -quantity
  const { items, total } = state ?? { items: {} as Record<string, number>, total: 0 }
  return {
    status: state?.status ?? 'open',
    items: { ...items, [item]: (items[item] ?? 0) + by },
    total: total + by * price,
  }
}
