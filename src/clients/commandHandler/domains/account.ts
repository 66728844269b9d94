/** The bank account: an account is opened, money goes in and comes out, and the balance is never negative. */
import type { Command, Decision, Domain, DomainEvent } from '../decider.ts'
import { isAmount, isName, keyedBy } from './rules.ts'

/** What the events say about an account; null before it is opened. */
export type Account = { balance: number } | null

export type AccountEvent =
  | { type: 'AccountCreated'; data: { id: string; balance: number } }
  | { type: 'Deposited'; data: { account: string; amount: number } }
  | { type: 'Withdrawn'; data: { account: string; amount: number } }

export const account: Domain<Account> = {
  initialState: () => null,
  decide,
  evolve,
  ...keyedBy('account', 'account-'),
}

function decide(command: Command, state: Account): Decision {
  if (!isName(command.account)) return { rejected: 'The account must be a name, such as "acc1".' }
  switch (command.type) {
    case 'CreateAccount':
      return create(command.account, state)
    case 'Deposit':
      return deposit(command.account, command.amount, state)
    case 'Withdraw':
      return withdraw(command.account, command.amount, state)
    default:
      return {
        rejected: `${command.type} is not a command of an account. Send CreateAccount, Deposit or Withdraw.`,
      }
  }
}

function create(id: string, state: Account): Decision {
  if (state !== null) return { rejected: `Account ${id} exists already.` }
  return happened({ type: 'AccountCreated', data: { id, balance: 0 } })
}

function deposit(id: string, amount: unknown, state: Account): Decision {
  if (state === null) return noAccount(id)
  if (!isAmount(amount)) return badAmount(amount)
  if (!Number.isSafeInteger(state.balance + amount)) {
    return { rejected: `A balance cannot be greater than ${Number.MAX_SAFE_INTEGER}.` }
  }
  return happened({ type: 'Deposited', data: { account: id, amount } })
}

function withdraw(id: string, amount: unknown, state: Account): Decision {
  if (state === null) return noAccount(id)
  if (!isAmount(amount)) return badAmount(amount)
  if (amount > state.balance) {
    return { rejected: `The balance is ${state.balance}: ${amount} cannot be withdrawn.` }
  }
  return happened({ type: 'Withdrawn', data: { account: id, amount } })
}

function evolve(state: Account, event: { type: string; data: unknown }): Account {
  const data = (event.data ?? {}) as { balance?: unknown; amount?: unknown }
  switch (event.type) {
    case 'AccountCreated':
      return { balance: numberOf(data.balance) }
    case 'Deposited':
      return state && { balance: state.balance + numberOf(data.amount) }
    case 'Withdrawn':
      return state && { balance: state.balance - numberOf(data.amount) }
    default:
      return state
  }
}

/** Events written by someone else may lack a number: they then move nothing. */
function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

function happened(event: AccountEvent): { events: DomainEvent[] } {
  return { events: [event] }
}

function noAccount(id: string): Decision {
  return { rejected: `There is no account ${id}. Create it first.` }
}

function badAmount(amount: unknown): Decision {
  const said = amount === undefined ? 'missing' : (JSON.stringify(amount) ?? 'missing')
  return { rejected: `The amount is ${said}: it must be a whole number above 0.` }
}
