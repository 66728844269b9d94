/** The bank account of the article, given/when/then. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Command, readCommand } from '../decider.ts'
import { type Account, type AccountEvent, account } from './account.ts'

const created: AccountEvent = { type: 'AccountCreated', data: { id: 'acc1', balance: 0 } }
const deposited: AccountEvent = { type: 'Deposited', data: { account: 'acc1', amount: 100 } }
const withdrawn: AccountEvent = { type: 'Withdrawn', data: { account: 'acc1', amount: 50 } }

function fold(events: readonly AccountEvent[]): Account {
  return events.reduce(account.evolve, account.initialState())
}

function decide(given: readonly AccountEvent[], type: string, fields: object = {}) {
  return account.decide({ type, account: 'acc1', ...fields } as Command, fold(given))
}

describe('given the events of the article', () => {
  test('when they are folded one by one, then the balance is 0, 100, 50', () => {
    const events = [created, deposited, withdrawn]
    const balances = events.map((_, i) => fold(events.slice(0, i + 1))?.balance)
    expect(balances).toEqual([0, 100, 50])
  })

  test('when an event is of another kind or lacks its number, then the balance stays', () => {
    const state = fold([created, deposited])
    expect(account.evolve(state, { type: 'Renamed', data: null })).toEqual(state)
    expect(account.evolve(state, { type: 'Deposited', data: null })).toEqual(state)
    expect(account.evolve(null, { type: 'Deposited', data: { amount: 1 } })).toBeNull()
  })
})

describe('given no account', () => {
  test('when it is created, then it is there with a balance of 0', () => {
    expect(decide([], 'CreateAccount')).toEqual({ events: [created] })
  })

  test.each(['Deposit', 'Withdraw'])('when %s comes, then it is rejected', (type) => {
    expect(decide([], type, { amount: 1 })).toEqual({
      rejected: 'There is no account acc1. Create it first.',
    })
  })
})

describe('given an account with 100', () => {
  const given = [created, deposited]

  test('when it is created again, then that is rejected', () => {
    expect(decide(given, 'CreateAccount')).toEqual({ rejected: 'Account acc1 exists already.' })
  })

  test('when 50 are withdrawn, then they are', () => {
    expect(decide(given, 'Withdraw', { amount: 50 })).toEqual({ events: [withdrawn] })
  })

  test('when all of it is withdrawn, then that is fine', () => {
    expect(decide(given, 'Withdraw', { amount: 100 })).toHaveProperty('events')
  })

  test('when more than there is is withdrawn, then that is rejected with the balance', () => {
    expect(decide(given, 'Withdraw', { amount: 101 })).toEqual({
      rejected: 'The balance is 100: 101 cannot be withdrawn.',
    })
  })

  test.each([0, -5, 1.5, '10', null, undefined, Number.NaN, [], {}])(
    'when the amount is %s, then the command is rejected',
    (amount) => {
      expect(decide(given, 'Deposit', { amount })).toHaveProperty('rejected')
      expect(decide(given, 'Withdraw', { amount })).toHaveProperty('rejected')
    },
  )

  test('when a deposit would be more than can be counted exactly, then it is rejected', () => {
    const amount = Number.MAX_SAFE_INTEGER
    expect(decide(given, 'Deposit', { amount })).toHaveProperty('rejected')
  })

  test('when the command is of another kind, then the sentence names those there are', () => {
    expect(decide(given, 'Close')).toEqual({
      rejected: 'Close is not a command of an account. Send CreateAccount, Deposit or Withdraw.',
    })
  })
})

describe('given commands that leave something out', () => {
  test('when the account is missing, then it is the one of the stream', () => {
    const command = { type: 'Deposit', amount: 1 }
    expect(account.streamOf(command, 'account-acc1')).toBe('account-acc1')
    expect(account.complete(command, 'account-acc1')).toEqual({ ...command, account: 'acc1' })
    expect(account.complete(command, 'savings')).toEqual({ ...command, account: 'savings' })
  })

  test('when the account is given, then it decides the stream', () => {
    expect(account.streamOf({ type: 'Deposit', account: 'acc2' }, 'account-acc1')).toBe(
      'account-acc2',
    )
  })

  test.each(['', 'Order123', '[1]', 'null', '7', '{"amount":1}', '{"type":""}', '{"type":3}'])(
    'when the body is %s, then it is no command and the sentence says why',
    (body) => {
      const read = readCommand(body)
      expect('rejected' in read && read.rejected).toMatch(/^The command .*\.$/)
    },
  )
})

test('given any text as a command, when it is decided, then there is a decision and never a throw', () => {
  const states = fc.constantFrom(null, fold([created]), fold([created, deposited]))
  const types = fc.constantFrom('CreateAccount', 'Deposit', 'Withdraw', 'toString')
  const fields = fc.dictionary(fc.constantFrom('account', 'amount', 'id'), fc.jsonValue())
  const bodies = fc.oneof(
    fc.string(),
    fc.json(),
    fc.tuple(types, fields).map(([type, rest]) => JSON.stringify({ type, ...rest })),
  )
  fc.assert(
    fc.property(bodies, states, (body, state) => {
      const read = readCommand(body)
      if ('rejected' in read) return
      const stream = account.streamOf(read.command, 'account-acc1')
      const decision = account.decide(account.complete(read.command, stream), state)
      if ('rejected' in decision) expect(decision.rejected).toMatch(/\.$/)
      else {
        const after = decision.events.reduce(account.evolve, state)
        expect(after?.balance).toBeGreaterThanOrEqual(0)
      }
    }),
  )
})
