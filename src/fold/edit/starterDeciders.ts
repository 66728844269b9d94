/** The deciders of the house as a person would write them in JavaScript: what one's own fold begins as. */

const FIRST = '// What is known before the first event.'
const NEXT = '// What is known after one more event. All of history goes through here.'
const DECIDE = '// What happens, or why it does not: a list of events, or a sentence.'

const ACCOUNT_CASES = `    case 'CreateAccount':
      if (state) return 'Account ' + account + ' exists already.'
      return [{ type: 'AccountCreated', data: { id: account, balance: 0 } }]
    case 'Deposit':
      if (!state) return 'There is no account ' + account + '. Create it first.'
      return [{ type: 'Deposited', data: { account, amount } }]
    case 'Withdraw':
      if (!state) return 'There is no account ' + account + '. Create it first.'
      if (amount > state.balance) return 'The balance is ' + state.balance + ': ' + amount + ' cannot be withdrawn.'
      return [{ type: 'Withdrawn', data: { account, amount } }]
    default:
      return command.type + ' is not a command of an account.'`

const account = `${FIRST}
function initialState() {
  return null
}

${NEXT}
function evolve(state, event) {
  if (event.type === 'AccountCreated') return { balance: event.data.balance }
  if (!state) return state
  switch (event.type) {
    case 'Deposited':
      return { balance: state.balance + event.data.amount }
    case 'Withdrawn':
      return { balance: state.balance - event.data.amount }
    default:
      return state
  }
}

${DECIDE}
function decide(command, state) {
  const { account, amount } = command
  switch (command.type) {
${ACCOUNT_CASES}
  }
}
`

const payments = `${FIRST}
function initialState() {
  return null
}

${NEXT}
function evolve(state, event) {
  const { order, amount } = event.data
  if (event.type === 'AccountCreated') return { balance: event.data.balance }
  if (!state) return state
  switch (event.type) {
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

${DECIDE}
function decide(command, state) {
  const { account, order, amount } = command
  const paid = state && state.paid ? state.paid[order] : undefined
  switch (command.type) {
    case 'Pay': {
      if (!state) return 'There is no account ' + account + '.'
      if (paid !== undefined) return []
      const reason = state.frozen ? 'the account is frozen' : state.balance < amount && 'the balance is ' + state.balance
      if (reason) return [{ type: 'PaymentRefused', data: { account, order, amount, reason } }]
      return [{ type: 'OrderPaid', data: { account, order, amount } }]
    }
    case 'Refund':
      if (!state) return 'There is no account ' + account + '.'
      if (!paid) return []
      if (state.frozen) return [{ type: 'RefundRefused', data: { account, order, reason: 'the account is frozen' } }]
      return [{ type: 'OrderRefunded', data: { account, order, amount: paid } }]
    case 'Freeze':
    case 'Unfreeze': {
      if (!state) return 'There is no account ' + account + '.'
      const frozen = command.type === 'Freeze'
      if (Boolean(state.frozen) === frozen) return []
      return [{ type: frozen ? 'AccountFrozen' : 'AccountUnfrozen', data: { account } }]
    }
  }
  if (state && state.frozen) return 'Account ' + account + ' is frozen.'
  switch (command.type) {
${ACCOUNT_CASES}
  }
}
`

const order = `${FIRST}
function initialState() {
  return null
}

${NEXT}
function evolve(state, event) {
  const { item, quantity, price } = event.data
  const { status, items, total } = state || { status: 'open', items: {}, total: 0 }
  switch (event.type) {
    case 'ItemAdded':
      return { status, items: { ...items, [item]: (items[item] || 0) + quantity }, total: total + quantity * price }
    case 'ItemRemoved':
      return { status, items: { ...items, [item]: (items[item] || 0) - quantity }, total: total - quantity * price }
    case 'OrderPlaced':
      return { ...state, status: 'placed' }
    case 'OrderConfirmed':
      return { ...state, status: 'confirmed' }
    case 'OrderCancelled':
      return { ...state, status: 'cancelled' }
    default:
      return state
  }
}

${DECIDE}
function decide(command, state) {
  const { order, item, quantity, price, account } = command
  const isOpen = !state || state.status === 'open'
  switch (command.type) {
    case 'AddItem':
      if (!isOpen) return 'Order ' + order + ' is ' + state.status + ' already.'
      return [{ type: 'ItemAdded', data: { order, item, quantity, price } }]
    case 'RemoveItem': {
      if (!state || !isOpen) return 'Order ' + order + ' is not open.'
      const there = state.items[item] || 0
      if (quantity > there) return 'There are ' + there + ' of ' + item + ' in order ' + order + '.'
      return [{ type: 'ItemRemoved', data: { order, item, quantity, price } }]
    }
    case 'PlaceOrder': {
      if (!isOpen) return 'Order ' + order + ' is ' + state.status + ' already.'
      const first = Object.entries(state ? state.items : {}).find((entry) => entry[1] > 0)
      if (!first) return 'Order ' + order + ' is empty. Add an item first.'
      const who = account ? { account } : {}
      return [{ type: 'OrderPlaced', data: { order, ...who, item: first[0], quantity: first[1], total: state.total } }]
    }
    case 'ConfirmOrder':
      if (state && state.status === 'confirmed') return []
      if (!state || state.status !== 'placed') return 'Order ' + order + ' is ' + (state ? state.status : 'not there') + '.'
      return [{ type: 'OrderConfirmed', data: { order } }]
    case 'CancelOrder':
      if (state && state.status === 'cancelled') return []
      if (!state || state.status !== 'placed') return 'Order ' + order + ' is ' + (state ? state.status : 'not there') + '.'
      return [{ type: 'OrderCancelled', data: { order, reason: command.reason || 'cancelled' } }]
    default:
      return command.type + ' is not a command of an order.'
  }
}
`

const inventory = `${FIRST}
function initialState() {
  return { available: 0, reserved: {}, shipped: {} }
}

${NEXT}
function evolve(state, event) {
  const { order, quantity } = event.data
  const { [order]: kept = 0, ...others } = state.reserved
  switch (event.type) {
    case 'StockReceived':
      return { ...state, available: state.available + quantity }
    case 'StockReserved':
      return { ...state, available: state.available - quantity, reserved: { ...state.reserved, [order]: quantity } }
    case 'StockReleased':
      return { ...state, available: state.available + kept, reserved: others }
    case 'StockLost':
      return { ...state, reserved: others }
    case 'StockShipped':
      return { ...state, reserved: others, shipped: { ...state.shipped, [order]: quantity } }
    default:
      return state
  }
}

${DECIDE}
function decide(command, state) {
  const { item, order, quantity } = command
  const kept = state.reserved[order]
  switch (command.type) {
    case 'ReceiveStock':
      return [{ type: 'StockReceived', data: { item, quantity } }]
    case 'ReserveStock':
      if (kept || state.shipped[order]) return []
      if (quantity > state.available) {
        const reason = 'only ' + state.available + ' of ' + item + ' available'
        return [{ type: 'StockRefused', data: { item, order, quantity, reason } }]
      }
      return [{ type: 'StockReserved', data: { item, order, quantity } }]
    case 'ReleaseStock':
      return [{ type: 'StockReleased', data: { item, order, quantity: kept || 0 } }]
    case 'LoseStock':
      return kept ? [{ type: 'StockLost', data: { item, order, quantity: kept } }] : []
    case 'ShipStock':
      if (state.shipped[order]) return []
      if (!kept) return [{ type: 'ShipmentRefused', data: { item, order, reason: 'nothing is reserved' } }]
      return [{ type: 'StockShipped', data: { item, order, quantity: kept } }]
    default:
      return command.type + ' is not a command of an inventory.'
  }
}
`

const seats = `${FIRST}
function initialState() {
  return null
}

${NEXT}
function evolve(state, event) {
  const { seat, customer } = event.data
  if (event.type === 'ShowOpened') return { seats: event.data.seats, taken: {} }
  if (!state) return state
  const { [seat]: before, ...others } = state.taken
  if (event.type === 'SeatCancelled') return { ...state, taken: others }
  if (event.type === 'SeatBooked') return { ...state, taken: { ...others, [seat]: customer } }
  return state
}

${DECIDE}
function decide(command, state) {
  const { show, seat, customer } = command
  switch (command.type) {
    case 'OpenShow':
      if (state) return 'Show ' + show + ' is open already.'
      return [{ type: 'ShowOpened', data: { show, seats: command.seats } }]
    case 'BookSeat':
      if (!state) return 'There is no show ' + show + '. Open it first.'
      if (seat > state.seats) return 'Seats are numbered from 1 to ' + state.seats + '.'
      if (state.taken[seat] === customer) return []
      if (state.taken[seat]) return 'Seat ' + seat + ' is taken by ' + state.taken[seat] + '.'
      return [{ type: 'SeatBooked', data: { show, seat, customer } }]
    case 'CancelSeat':
      if (!state || !state.taken[seat]) return 'Seat ' + seat + ' is not booked.'
      return [{ type: 'SeatCancelled', data: { show, seat } }]
    default:
      return command.type + ' is not a command of a show.'
  }
}
`

/** By domain. One that is not here begins with the types of its events. */
export const STARTER_DECIDERS: Readonly<Record<string, string>> = {
  account,
  payments,
  order,
  inventory,
  seats,
}
