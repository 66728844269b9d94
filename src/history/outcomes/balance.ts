/** Balances below zero: the events of an account's stream, added up in the order in which the store holds them. */
import { EVENTSTORE_FACTS } from '../../brokers/eventstore/facts.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

interface Account {
  balance: number
  /** The fact of the last withdrawal. */
  withdrawn: number
}

export class BalanceDetector implements Detector {
  private readonly accounts = new Map<string, Account>()
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(index: number, _timeUs: number, kind: number, part: number, message: number, aux: number) {
    if (kind !== EVENTSTORE_FACTS.appended) return
    const { context } = this
    const amount = this.change(message)
    if (amount === 0) return
    const account = this.account(`${part}/${aux}`)
    account.balance += amount
    const before = account.withdrawn
    if (amount < 0) account.withdrawn = index
    if (amount > 0 || account.balance >= 0) return
    const key = this.nameOf(message)
    context.report({
      kind: 'negativeBalance',
      factIndexes: before === -1 ? [index] : [before, index],
      message,
      key,
      node: context.nodeOf(part),
      sentence: `${context.label(message)} takes the balance of ${key || 'the account'} to ${account.balance}.`,
    })
  }

  end(): void {}

  /** What an event adds to its account. */
  private change(message: number): number {
    const type = this.context.records.key(message)
    const sign = type === 'Deposited' ? 1 : type === 'Withdrawn' ? -1 : 0
    const { amount } = sign === 0 ? {} : this.data(message)
    return typeof amount === 'number' ? sign * amount : 0
  }

  private nameOf(message: number): string {
    const { account } = this.data(message)
    return typeof account === 'string' ? account : ''
  }

  private data(message: number): { account?: unknown; amount?: unknown } {
    const data: unknown = JSON.parse(this.context.records.body(message))
    return typeof data === 'object' && data !== null ? data : {}
  }

  private account(id: string): Account {
    const known = this.accounts.get(id)
    if (known) return known
    const account = { balance: 0, withdrawn: -1 }
    this.accounts.set(id, account)
    return account
  }
}
