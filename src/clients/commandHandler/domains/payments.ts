/**
 * An account that pays orders: paid and refunded once each, however often it is asked. A refusal is an
 * event and not a rejection, because others go on from it; a frozen account takes no money back.
 */
import type { Command, Decision, Domain } from '../decider.ts'
import { account } from './account.ts'
import { happened, isAmount, isName, keyedBy, rejected } from './rules.ts'

/** The balance, what each order has paid, and whether money may move; null before it is opened. */
export type Wallet = {
  balance: number
  paid?: Record<string, number>
  frozen?: boolean
} | null

export const payments: Domain<Wallet> = {
  initialState: () => null,
  decide,
  evolve,
  ...keyedBy('account', 'account-'),
}

function decide(command: Command, state: Wallet): Decision {
  const { account: id, order, amount } = command
  if (!['Pay', 'Refund', 'Freeze', 'Unfreeze'].includes(command.type)) {
    if (state?.frozen) return rejected(`Account ${String(id)} is frozen.`)
    return account.decide(command, state)
  }
  if (!isName(id) || state === null) return rejected(`There is no account ${String(id)}.`)
  if (command.type === 'Freeze' || command.type === 'Unfreeze') {
    const frozen = command.type === 'Freeze'
    if ((state.frozen ?? false) === frozen) return { events: [] }
    return happened(frozen ? 'AccountFrozen' : 'AccountUnfrozen', { account: id })
  }
  if (!isName(order)) return rejected('The order must be a name, such as "o1".')
  return command.type === 'Pay' ? pay(id, order, amount, state) : refund(id, order, state)
}

function pay(id: string, order: string, amount: unknown, state: NonNullable<Wallet>): Decision {
  if (!isAmount(amount)) return rejected('The amount must be a whole number above 0.')
  if (state.paid?.[order] !== undefined) return { events: [] }
  const reason = state.frozen
    ? 'the account is frozen'
    : state.balance < amount && `the balance is ${state.balance}`
  if (reason) return happened('PaymentRefused', { account: id, order, amount, reason })
  return happened('OrderPaid', { account: id, order, amount })
}

function refund(id: string, order: string, state: NonNullable<Wallet>): Decision {
  const amount = state.paid?.[order] ?? 0
  if (amount === 0) return { events: [] }
  if (state.frozen) {
    return happened('RefundRefused', { account: id, order, reason: 'the account is frozen' })
  }
  return happened('OrderRefunded', { account: id, order, amount })
}

function evolve(state: Wallet, event: { type: string; data: unknown }): Wallet {
  const { order, amount } = (event.data ?? {}) as Record<string, unknown>
  switch (event.type) {
    case 'AccountFrozen':
      return state && { ...state, frozen: true }
    case 'AccountUnfrozen':
      return state && { ...state, frozen: false }
    case 'OrderPaid':
    case 'OrderRefunded': {
      if (!state || !isName(order) || !isAmount(amount)) return state
      const isPaid = event.type === 'OrderPaid'
      const balance = state.balance + (isPaid ? -amount : amount)
      return { ...state, balance, paid: { ...state.paid, [order]: isPaid ? amount : 0 } }
    }
    default: {
      const { balance } = account.evolve(state, event) ?? {}
      return balance === undefined ? state : { ...state, balance }
    }
  }
}
