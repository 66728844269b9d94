/** What a person's own fold begins as: the decider and a projection of the domain at hand, to be changed. */
import type { LogSummary } from '../../session/folds.ts'

const ACCOUNT = `// What is known before the first event.
function initialState() {
  return { balance: 0 }
}

// What is known after one more event. All of history goes through here.
function evolve(state, event) {
  switch (event.type) {
    case 'Deposited':
      return { balance: state.balance + event.data.amount }
    case 'Withdrawn':
      return { balance: state.balance - event.data.amount }
    default:
      return state
  }
}

// What happens, or why it does not: a list of events, or a sentence.
function decide(command, state) {
  const { account, amount } = command
  switch (command.type) {
    case 'CreateAccount':
      return [{ type: 'AccountCreated', data: { id: account, balance: 0 } }]
    case 'Deposit':
      return [{ type: 'Deposited', data: { account, amount } }]
    case 'Withdraw':
      if (amount > state.balance) return \`The balance is \${state.balance}.\`
      return [{ type: 'Withdrawn', data: { account, amount } }]
  }
}

// Tables beside the stream. Add one: it is filled from the first event on.
const projections = {
  turnover: {
    initialState: () => ({ in: 0, out: 0 }),
    evolve(rows, event) {
      if (event.type === 'Deposited') rows.in += event.data.amount
      if (event.type === 'Withdrawn') rows.out += event.data.amount
    },
  },
}
`

export function starterFor(summary: LogSummary | null): string {
  if (summary === null || summary.domain === 'account') return ACCOUNT
  return generalStarter(summary.types.slice(0, 12))
}

/** For events that are known by their types alone. */
function generalStarter(types: readonly string[]): string {
  const cases = types.map((type) => `    case ${JSON.stringify(type)}:\n`).join('')
  return `// What is known before the first event.
function initialState() {
  return { events: 0 }
}

// What is known after one more event. All of history goes through here.
function evolve(state, event) {
  switch (event.type) {
${cases}      return { ...state, ...event.data, events: state.events + 1 }
    default:
      return state
  }
}

// Tables beside the stream. Add one: it is filled from the first event on.
const projections = {
  types: {
    initialState: () => ({}),
    evolve(rows, event) {
      rows[event.type] = (rows[event.type] || 0) + 1
    },
  },
}
`
}
