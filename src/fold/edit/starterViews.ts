/** The views of the house as a person would write them in JavaScript: the projections that one's own fold begins with. */

const change = `      const sign = { Withdrawn: -1, OrderPaid: -1, AccountCreated: 1, Deposited: 1, OrderRefunded: 1 }[event.type]
      if (!sign) return
      const { id, account = id, balance, amount = balance } = event.data`

/** Each by its view: the inside of \`name: { … }\`. */
export const STARTER_VIEWS: Readonly<Record<string, string>> = {
  balance: `    initialState: () => ({}),
    evolve(rows, event) {
${change}
      const before = rows[account] ? rows[account].balance : 0
      rows[account] = { account, balance: before + sign * amount }
    },
    rows: (rows) => Object.values(rows),`,
  statement: `    initialState: () => ({ lines: [], balances: {} }),
    evolve(state, event) {
      const sign = { Withdrawn: -1, OrderPaid: -1, AccountCreated: 1, Deposited: 1, OrderRefunded: 1 }[event.type] || 0
      const { id, account = id, balance, amount = balance } = event.data
      if (!account) return
      const change = sign === 0 ? 0 : sign * amount
      state.balances[account] = (state.balances[account] || 0) + change
      state.lines.push({ account, event: event.type, amount: change, balance: state.balances[account] })
    },
    rows: (state) => state.lines,`,
  counts: `    initialState: () => ({}),
    evolve(rows, event) {
      const { type } = event
      rows[type] = { type, events: (rows[type] ? rows[type].events : 0) + 1 }
    },
    rows: (rows) => Object.values(rows),`,
  months: `    initialState: () => ({}),
    evolve(rows, event) {
${change}
      if (!amount) return
      const month = 'month ' + (Math.floor(event.time / 10) + 1)
      const before = rows[month] || { month, in: 0, out: 0 }
      rows[month] = sign > 0 ? { ...before, in: before.in + amount } : { ...before, out: before.out + amount }
    },
    rows: (rows) => Object.values(rows),`,
  owners: `    initialState: () => ({}),
    evolve(rows, event) {
      if (event.type !== 'AccountCreated') return
      const { id, owner } = event.data
      rows[id] = { account: id, owner: owner || 'unreadable' }
    },
    rows: (rows) => Object.values(rows),`,
  seats: `    initialState: () => ({}),
    evolve(rows, event) {
      const { show, seat, customer } = event.data
      const name = show + '/' + seat
      if (event.type === 'SeatCancelled') delete rows[name]
      if (event.type === 'SeatBooked') rows[name] = { seat: name, customer }
    },
    rows: (rows) => Object.values(rows),`,
  stock: `    initialState: () => ({}),
    evolve(rows, event) {
      const { item, quantity } = event.data
      const row = rows[item] || { item, available: 0, reserved: 0 }
      const { available, reserved } = row
      if (event.type === 'StockReceived') rows[item] = { ...row, available: available + quantity }
      if (event.type === 'StockReserved') rows[item] = { item, available: available - quantity, reserved: reserved + quantity }
      if (event.type === 'StockReleased') rows[item] = { item, available: available + quantity, reserved: reserved - quantity }
      if (event.type === 'StockShipped') rows[item] = { ...row, reserved: reserved - quantity }
    },
    rows: (rows) => Object.values(rows),`,
  orders: `    initialState: () => ({}),
    evolve(rows, event) {
      const states = {
        ItemAdded: 'open', OrderPlaced: 'placed', StockReserved: 'reserved', StockRefused: 'no stock',
        OrderPaid: 'paid', PaymentRefused: 'not paid', StockShipped: 'shipped', ShipmentRefused: 'not shipped',
        OrderRefunded: 'refunded', RefundRefused: 'refund refused', StockReleased: 'released',
        OrderConfirmed: 'confirmed', OrderCancelled: 'cancelled',
      }
      const { order, amount, quantity } = event.data
      const status = states[event.type]
      if (!order || !status) return
      let { paid, shipped } = rows[order] || { paid: 0, shipped: 0 }
      if (event.type === 'OrderPaid') paid += amount
      if (event.type === 'OrderRefunded') paid -= amount
      if (event.type === 'StockShipped') shipped += quantity
      rows[order] = { order, status, paid, shipped }
    },
    rows: (rows) => Object.values(rows),`,
}
