/**
 * The second version of the account's fold: it also adds up what was withdrawn, since there is a limit now.
 * A state that the first version has folded lacks this number, and so does a snapshot of it.
 */
import type { Command, Decision, Domain } from '../decider.ts'
import { type Account, account } from './account.ts'
import { isAmount, rejected } from './rules.ts'

/** Most that may be withdrawn from an account altogether. */
export const WITHDRAWAL_LIMIT = 100

type Limited = (NonNullable<Account> & { withdrawn?: number }) | null

export const limited: Domain<Limited> = {
  ...account,
  initialState: () => null,

  decide(command: Command, state: Limited): Decision {
    const { type, amount } = command
    const before = state?.withdrawn ?? 0
    if (type === 'Withdraw' && isAmount(amount) && before + amount > WITHDRAWAL_LIMIT) {
      return rejected(`At most ${WITHDRAWAL_LIMIT} may be withdrawn, and ${before} was already.`)
    }
    return account.decide(command, state)
  },

  evolve(state: Limited, event): Limited {
    const next = account.evolve(state, event)
    if (next === null) return null
    const before = state?.withdrawn ?? 0
    const taken = event.type === 'Withdrawn' && state ? state.balance - next.balance : 0
    return { ...next, withdrawn: before + taken }
  },
}
