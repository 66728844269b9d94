/** What an inbox lets pass: each event once, as long as it lies within the window. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MessageTable } from '../engine/messages.ts'
import { Inbox } from './inbox.ts'

/** Messages 0 to 9 are events, and 10 to 29 copies of them in turn. */
function given(window: number) {
  const messages = new MessageTable()
  const row = { template: 0, ordinal: 1, key: -1, props: -1, source: -1 }
  for (let i = 0; i < 30; i++) messages.add(0, { ...row, parent: i < 10 ? -1 : i % 10 })
  const inbox = new Inbox(messages, window)
  const effects: number[] = []
  const work = (message: number) => {
    if (inbox.has(message)) inbox.pass()
    if (inbox.take(message)) effects.push(message % 10)
  }
  return { effects, work }
}

test('given two copies of one event, when both come within the window, then there is one effect', () => {
  const { effects, work } = given(5)
  for (const message of [10, 20, 11, 21, 10]) work(message)
  expect(effects).toEqual([0, 1])
})

test('given a small window, when a copy comes too late, then its effect happens again', () => {
  const { effects, work } = given(2)
  for (const message of [10, 11, 12, 20]) work(message)
  expect(effects).toEqual([0, 1, 2, 0])
})

test('given any copies in any order and a window that holds them all, then each event has one effect', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 10, max: 29 })), (copies) => {
      const { effects, work } = given(10)
      for (const message of copies) work(message)
      expect(effects).toEqual([...new Set(copies.map((message) => message % 10))])
    }),
  )
})
