/**
 * The deciders of the further domains as TypeScript, with the rules of `clients/commandHandler/domains` for commands
 * that are well-formed: a spec holds both to the same decisions. Checks of what is sent are left out.
 */
import type { FurtherDomain } from '../domains.ts'

export const TS_DECIDERS: Record<FurtherDomain, string> = {
  order: `
function evolveOrder(state: any, { type, data }: Event): any {
  const { items, total } = state ?? { items: {}, total: 0 }
  const by = type === 'ItemAdded' ? data.quantity : type === 'ItemRemoved' ? -data.quantity : 0
  if (by !== 0) {
    const left = { ...items, [data.item]: (items[data.item] ?? 0) + by }
    return { status: state?.status ?? 'open', items: left, total: total + by * data.price }
  }
  if (type === 'OrderPlaced') return { ...state, status: 'placed' }
  if (type === 'OrderConfirmed') return { ...state, status: 'confirmed' }
  return type === 'OrderCancelled' ? { ...state, status: 'cancelled' } : state
}

function decideOrder(command: Command, state: any): Event[] {
  const { type, order, account, item, quantity, price, reason = 'cancelled' } = command
  const status = state?.status ?? 'empty'
  if (type === 'AddItem' && (status === 'empty' || status === 'open')) {
    return [{ type: 'ItemAdded', data: { order, item, quantity, price } }]
  }
  if (type === 'RemoveItem' && status === 'open' && quantity <= (state.items[item] ?? 0)) {
    return [{ type: 'ItemRemoved', data: { order, item, quantity, price } }]
  }
  if (type === 'PlaceOrder' && status === 'open') {
    const first = Object.entries(state.items).find(([, held]) => Number(held) > 0)
    const whose = account === undefined ? {} : { account }
    if (first) {
      const what = { item: first[0], quantity: first[1], total: state.total }
      return [{ type: 'OrderPlaced', data: { order, ...whose, ...what } }]
    }
  }
  if (type === 'ConfirmOrder' && status === 'placed') {
    return [{ type: 'OrderConfirmed', data: { order } }]
  }
  if (type === 'CancelOrder' && status === 'placed') {
    return [{ type: 'OrderCancelled', data: { order, reason } }]
  }
  // The same end again changes nothing: a saga may ask twice.
  if (type === 'ConfirmOrder' && status === 'confirmed') return []
  if (type === 'CancelOrder' && status === 'cancelled') return []
  throw new Error(\`\${type} is turned down: order \${order} is \${status}\`)
}`,
  inventory: `
function evolveInventory(state: any, { type, data }: Event): any {
  const { available, reserved, shipped } = state ?? { available: 0, reserved: {}, shipped: {} }
  const { order, quantity } = data
  const { [order]: kept = 0, ...others } = reserved
  switch (type) {
    case 'StockReceived':
      return { available: available + quantity, reserved, shipped }
    case 'StockReserved':
      return { available: available - quantity, reserved: { ...others, [order]: quantity }, shipped }
    case 'StockReleased':
      return { available: available + kept, reserved: others, shipped }
    case 'StockLost':
      return { available, reserved: others, shipped }
    case 'StockShipped':
      return { available, reserved: others, shipped: { ...shipped, [order]: quantity } }
    default:
      return state
  }
}

function decideInventory(command: Command, state: any): Event[] {
  const { type, item, order, quantity } = command
  const { available = 0, reserved = {}, shipped = {} } = state ?? {}
  const kept = reserved[order]
  switch (type) {
    case 'ReceiveStock':
      return [{ type: 'StockReceived', data: { item, quantity } }]
    case 'ReserveStock': {
      if (kept || shipped[order]) return []
      if (quantity <= available) {
        return [{ type: 'StockReserved', data: { item, order, quantity } }]
      }
      const reason = \`only \${available} of \${item} available\`
      return [{ type: 'StockRefused', data: { item, order, quantity, reason } }]
    }
    case 'ReleaseStock':
      return [{ type: 'StockReleased', data: { item, order, quantity: kept ?? 0 } }]
    case 'LoseStock':
      return kept ? [{ type: 'StockLost', data: { item, order, quantity: kept } }] : []
    case 'ShipStock':
      if (shipped[order]) return []
      if (kept) return [{ type: 'StockShipped', data: { item, order, quantity: kept } }]
      return [{ type: 'ShipmentRefused', data: { item, order, reason: 'nothing is reserved' } }]
    default:
      throw new Error(\`\${type} is no command of an inventory\`)
  }
}`,
  payments: `
function evolvePayments(state: any, { type, data }: Event): any {
  const { order, amount } = data
  switch (type) {
    case 'AccountCreated':
      return { balance: data.balance, paid: {}, frozen: false }
    case 'Deposited':
      return { ...state, balance: state.balance + amount }
    case 'Withdrawn':
      return { ...state, balance: state.balance - amount }
    case 'AccountFrozen':
      return { ...state, frozen: true }
    case 'AccountUnfrozen':
      return { ...state, frozen: false }
    case 'OrderPaid':
      return { ...state, balance: state.balance - amount, paid: { ...state.paid, [order]: amount } }
    case 'OrderRefunded':
      return { ...state, balance: state.balance + amount, paid: { ...state.paid, [order]: 0 } }
    default:
      return state
  }
}

function decidePayments(command: Command, state: any): Event[] {
  const { type, account, order, amount } = command
  const isOpen = state !== null && !state.frozen
  if (type === 'CreateAccount' && state === null) {
    return [{ type: 'AccountCreated', data: { id: account, balance: 0 } }]
  }
  if (type === 'Deposit' && isOpen) return [{ type: 'Deposited', data: { account, amount } }]
  if (type === 'Withdraw' && isOpen && amount <= state.balance) {
    return [{ type: 'Withdrawn', data: { account, amount } }]
  }
  if (state === null) throw new Error(\`\${type} is turned down: there is no account \${account}\`)
  const paid = state.paid[order]
  switch (type) {
    case 'Freeze':
      return state.frozen ? [] : [{ type: 'AccountFrozen', data: { account } }]
    case 'Unfreeze':
      return state.frozen ? [{ type: 'AccountUnfrozen', data: { account } }] : []
    case 'Pay': {
      if (paid !== undefined) return []
      if (isOpen && amount <= state.balance) {
        return [{ type: 'OrderPaid', data: { account, order, amount } }]
      }
      const reason = state.frozen ? 'the account is frozen' : \`the balance is \${state.balance}\`
      return [{ type: 'PaymentRefused', data: { account, order, amount, reason } }]
    }
    case 'Refund': {
      if (!paid) return []
      const reason = 'the account is frozen'
      if (state.frozen) return [{ type: 'RefundRefused', data: { account, order, reason } }]
      return [{ type: 'OrderRefunded', data: { account, order, amount: paid } }]
    }
    default:
      throw new Error(\`\${type} is turned down: the balance is \${state.balance}\`)
  }
}`,
  seats: `
function evolveSeats(state: any, { type, data }: Event): any {
  if (type === 'ShowOpened') return { seats: data.seats, taken: {} }
  const { [data.seat]: _who, ...others } = state?.taken ?? {}
  if (type === 'SeatCancelled') return { ...state, taken: others }
  if (type !== 'SeatBooked') return state
  return { ...state, taken: { ...others, [data.seat]: data.customer } }
}

function decideSeats(command: Command, state: any): Event[] {
  const { type, show, seat, customer, seats } = command
  if (type === 'OpenShow' && state === null) return [{ type: 'ShowOpened', data: { show, seats } }]
  const who = state?.taken[seat]
  if (type === 'BookSeat' && state !== null && seat <= state.seats) {
    if (who === customer) return []
    if (who === undefined) return [{ type: 'SeatBooked', data: { show, seat, customer } }]
  }
  if (type === 'CancelSeat' && who !== undefined) {
    return [{ type: 'SeatCancelled', data: { show, seat } }]
  }
  throw new Error(\`\${type} is turned down: seat \${seat} is taken by \${who ?? 'nobody'}\`)
}`,
}
