/** What is told of a store is what happened there: its events, what became of commands, and who read when. */
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import type { EventStore } from '../brokers/eventstore/store.ts'
import type { CommandHandler } from '../clients/commandHandler/commandHandler.ts'
import { actAt } from '../scenario/document.ts'
import { findExample } from '../scenario/examples/index.ts'
import { History } from './history.ts'
import { StoreLogReader } from './storeLog.ts'

const { scenario } = must(findExample('account-two-writers'), 'account-two-writers')

/** The run with two writers; `steps` facts are read at a time. */
function read(steps: number, history = new History(scenario)) {
  while (history.advance()) {}
  const reader = new StoreLogReader(history, 'events')
  for (let at = steps; reader.seen < history.factCount; at += steps) {
    reader.read(Math.min(at, history.factCount))
  }
  return { history, reader }
}

describe('given two writers on one account', () => {
  test('then its events are those of the store, each at the fact that appended it', () => {
    const { history, reader } = read(1_000)
    const store = history.live.part('events') as unknown as EventStore
    expect(reader.events).toHaveLength(store.count)
    for (const [position, event] of reader.events.entries()) {
      expect(event).toMatchObject({ position, message: store.log.messageAt(position) })
      expect(history.live.records.facts.message(event.factIndex)).toBe(event.message)
      expect(event.correlation).toBe(event.causation)
    }
  })

  test('then a conflict names both writers and what each expected', () => {
    const { reader } = read(1_000)
    const [conflict] = reader.commands.filter(({ outcome }) => outcome === 'conflicted')
    expect(conflict).toMatchObject({
      handler: 'web-shop',
      stream: 'account-acc1',
      expected: 0,
      actual: 1,
      seen: 1,
      winner: { node: 'cash-desk', expected: 0 },
    })
  })

  test('then a rejected command says why, and what it was decided on', () => {
    const { history, reader } = read(1_000)
    const rejected = reader.commands.filter(({ outcome }) => outcome === 'rejected')
    expect(rejected).toMatchObject([
      {
        reason: 'The balance is 70: 90 cannot be withdrawn.',
        body: { type: 'Withdraw', account: 'acc1', amount: 90 },
        seen: 4,
      },
    ])
    for (const id of ['cash-desk', 'web-shop']) {
      const handler = history.live.part(id) as unknown as CommandHandler
      const accepted = reader.commands.filter((mark) => {
        return mark.handler === id && mark.outcome === 'accepted'
      })
      expect(accepted).toHaveLength(handler.accepted)
    }
  })

  test('then the projection is done with each event once, after it was appended', () => {
    const { reader } = read(1_000)
    expect(reader.reads.map(({ message }) => message)).toEqual(
      reader.events.map(({ message }) => message),
    )
    for (const [i, mark] of reader.reads.entries()) {
      expect(mark.factIndex).toBeGreaterThan(must(reader.events[i], 'event').factIndex)
    }
  })

  test('when it is read bit by bit, then it is the same', () => {
    const { commands, events, reads } = read(1).reader
    const whole = read(1_000).reader
    expect({ commands, events, reads }).toEqual({
      commands: whole.commands,
      events: whole.events,
      reads: whole.reads,
    })
  })
})

test('given a command that cannot be read after one that could, then it is about no stream', () => {
  const publish = { do: 'publish', node: 'cash', body: 'nonsense' } as const
  const { reader } = read(1_000, new History(scenario, [actAt(20_000_000, publish)]))
  expect(reader.commands.at(-1)).toMatchObject({
    outcome: 'rejected',
    stream: '',
    seen: 0,
    body: 'nonsense',
  })
})
