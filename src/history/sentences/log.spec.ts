/** What is said about logs and groups, in the words of a whole run. */
import { describe, expect, test } from 'vitest'
import { LOG_FACTS } from '../../brokers/log/facts.ts'
import { GROUP_CONSUMER_FACTS } from '../../clients/groupConsumer/facts.ts'
import { actAt, type Script } from '../../scenario/document.ts'
import { type GroupsOptions, groups } from '../../testing/groups.ts'
import { History } from '../history.ts'
import { lineOf } from '../lines.ts'
import { factKind } from '../vocabulary.ts'

const MS = 1000

function told(options: GroupsOptions, script: Script = []): string[] {
  const history = new History(groups(options), script)
  while (history.advance());
  return Array.from({ length: history.factCount }, (_, at) => lineOf(history, at).sentence)
}

describe('given every kind of fact of logs and group consumers', () => {
  test.each([...Object.entries(LOG_FACTS), ...Object.entries(GROUP_CONSUMER_FACTS)])(
    'when %s is told, then there is a sentence for it',
    (_name, kind) => {
      expect(factKind(kind).name).not.toBe('')
    },
  )
})

describe('given a group of one member', () => {
  const lines = told({ count: 2, everyMs: 1000 })
  test.each([
    'Topic notifications is created with 1 partition.',
    'Group email reads notifications from now on.',
    'a is assigned notifications/0 in group email.',
    'Group email has no valid offset in notifications/0: it begins at offset 0.',
    'a reads notifications/0 in generation 1.',
    'User 1 is appended to notifications/0 at offset 0.',
    'a fetches offset 0 of notifications/0.',
    'a gets User 1.',
    'a commits offset 1 of notifications/0.',
  ])('when it reads, then it is told: %s', (sentence) => {
    expect(lines).toContain(sentence)
  })
})

describe('given a group with troubles', () => {
  const lines = told(
    { count: 20, members: { a: { maxPollIntervalMs: 3000 }, b: { maxPollIntervalMs: 3000 } } },
    [
      actAt(500 * MS, { do: 'slow', node: 'a', factor: 60 }),
      actAt(9000 * MS, { do: 'slow', node: 'a', factor: 1 }),
      actAt(12_000 * MS, { do: 'crash', node: 'b' }),
      actAt(18_000 * MS, {
        do: 'seek',
        topic: 'notifications',
        group: 'email',
        to: 'beginning',
      }),
    ],
  )
  test.each([
    'b gets no partition in generation 1: there are more members than partitions.',
    'a has not polled for longer than max.poll.interval.ms and leaves its group.',
    'a leaves its group.',
    'Group email begins to rebalance: a member left.',
    'b hears that its group rebalances.',
    'Group email goes on in notifications/0 at its committed offset 3.',
    'a cannot commit: it is no longer a member of its group. Someone else does this work again.',
    'Group email begins to rebalance: its offsets were moved.',
    'Group email is moved to offset 0 of notifications/0.',
    'The session of b times out: its group goes on without it.',
  ])('when they happen, then it is told: %s', (sentence) => {
    expect(lines).toContain(sentence)
  })
})
