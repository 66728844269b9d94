/** Stock of one item with reservations: what is promised to an order cannot be promised to another. */
import type { Command, Decision, Domain } from '../decider.ts'
import { happened, isAmount, isName, keyedBy, notKnown, rejected } from './rules.ts'

/** What is free, and what is kept for or was shipped to each order. */
export interface Stock {
  available: number
  reserved: Record<string, number>
  shipped: Record<string, number>
}

export const inventory: Domain<Stock> = {
  initialState: () => ({ available: 0, reserved: {}, shipped: {} }),
  decide,
  evolve,
  ...keyedBy('item', 'stock-'),
}

const COMMANDS = ['ReceiveStock', 'ReserveStock', 'ReleaseStock', 'ShipStock', 'LoseStock']

function decide(command: Command, state: Stock): Decision {
  const { item, order, quantity } = command
  if (!isName(item)) return rejected('The item must be a name, such as "book".')
  if (command.type === 'ReceiveStock') {
    if (!isAmount(quantity)) return rejected('The quantity must be a whole number above 0.')
    return happened('StockReceived', { item, quantity })
  }
  if (!COMMANDS.includes(command.type)) return notKnown(command, 'an inventory', COMMANDS)
  if (!isName(order)) return rejected('The order must be a name, such as "o1".')
  const kept = state.reserved[order]
  switch (command.type) {
    case 'ReserveStock':
      return reserve(item, order, quantity, state)
    // That nothing was kept is an event, too: who asked waits for an answer.
    case 'ReleaseStock':
      return happened('StockReleased', { item, order, quantity: kept ?? 0 })
    case 'LoseStock':
      return kept ? happened('StockLost', { item, order, quantity: kept }) : { events: [] }
    // Asked twice, it ships once: a saga may repeat itself.
    default:
      if (state.shipped[order]) return { events: [] }
      return kept
        ? happened('StockShipped', { item, order, quantity: kept })
        : happened('ShipmentRefused', { item, order, reason: 'nothing is reserved' })
  }
}

function reserve(item: string, order: string, quantity: unknown, state: Stock): Decision {
  if (!isAmount(quantity)) return rejected('The quantity must be a whole number above 0.')
  if (state.reserved[order] || state.shipped[order]) return { events: [] }
  if (quantity > state.available) {
    const reason = `only ${state.available} of ${item} available`
    return happened('StockRefused', { item, order, quantity, reason })
  }
  return happened('StockReserved', { item, order, quantity })
}

function evolve(state: Stock, { type, data }: { type: string; data: unknown }): Stock {
  const { order, quantity } = (data ?? {}) as Record<string, unknown>
  if (!isAmount(quantity)) return state
  if (type === 'StockReceived') return { ...state, available: state.available + quantity }
  if (!isName(order)) return state
  const { [order]: kept = 0, ...others } = state.reserved
  switch (type) {
    case 'StockReserved':
      return {
        ...state,
        available: state.available - quantity,
        reserved: { ...state.reserved, [order]: quantity },
      }
    case 'StockLost':
      return { ...state, reserved: others }
    case 'StockReleased':
      return { ...state, available: state.available + kept, reserved: others }
    case 'StockShipped':
      return { ...state, reserved: others, shipped: { ...state.shipped, [order]: quantity } }
    default:
      return state
  }
}
