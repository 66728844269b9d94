/** Seats of a show: each is booked by one customer at most, however many ask at the same time. */
import type { Command, Decision, Domain } from '../decider.ts'
import { happened, isAmount, isName, keyedBy, notKnown, rejected } from './rules.ts'

/** How many seats there are, and who has which; null before the show is opened. */
export type Show = { seats: number; taken: Record<string, string> } | null

export const seats: Domain<Show> = {
  initialState: () => null,
  decide,
  evolve,
  ...keyedBy('show', 'show-'),
}

function decide(command: Command, state: Show): Decision {
  const { show, seat, customer } = command
  if (!isName(show)) return rejected('The show must be a name, such as "friday".')
  switch (command.type) {
    case 'OpenShow':
      if (state) return rejected(`Show ${show} is open already.`)
      if (!isAmount(command.seats)) return rejected('The seats must be a whole number above 0.')
      return happened('ShowOpened', { show, seats: command.seats })
    case 'BookSeat':
      if (state === null) return rejected(`There is no show ${show}. Open it first.`)
      if (!isName(customer)) return rejected('The customer must be a name, such as "Ann".')
      if (!isAmount(seat) || seat > state.seats) {
        return rejected(`Seats are numbered from 1 to ${state.seats}.`)
      }
      if (state.taken[seat] === customer) return { events: [] }
      if (state.taken[seat]) return rejected(`Seat ${seat} is taken by ${state.taken[seat]}.`)
      return happened('SeatBooked', { show, seat, customer })
    case 'CancelSeat':
      if (!state || !isAmount(seat) || !state.taken[seat]) {
        return rejected(`Seat ${String(seat)} is not booked.`)
      }
      return happened('SeatCancelled', { show, seat })
    default:
      return notKnown(command, 'a show', ['OpenShow', 'BookSeat', 'CancelSeat'])
  }
}

function evolve(state: Show, { type, data }: { type: string; data: unknown }): Show {
  const cells = (data ?? {}) as Record<string, unknown>
  if (type === 'ShowOpened') return { seats: Number(cells.seats), taken: {} }
  if (state === null || !isAmount(cells.seat)) return state
  const { [cells.seat]: _who, ...others } = state.taken
  if (type === 'SeatCancelled') return { ...state, taken: others }
  if (type !== 'SeatBooked' || !isName(cells.customer)) return state
  return { ...state, taken: { ...others, [cells.seat]: cells.customer } }
}
