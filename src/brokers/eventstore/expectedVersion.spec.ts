/** The decision of an append, by itself: what is written, what repeats itself, what is in conflict. */
import { expect, test } from 'vitest'
import { ANY, judge, NO_STREAM, STREAM_EXISTS } from './expectedVersion.ts'

/** A stream with the events 10, 11 and 12; behind its end an earlier course of the run has left the event 13. */
const present = {
  version: 2,
  versionOf: (id: number) => [10, 11, 12].indexOf(id),
  idAt: (version: number) => 10 + version,
}

test.each([
  ['the present version', 2, [20], 'append'],
  ['the present version, and an event that is there', 2, [12], 'append'],
  ['an earlier version, and what follows on it', 0, [11, 12], 'repeat'],
  ['an earlier version, and the first of what follows on it', 0, [11], 'repeat'],
  ['an earlier version, and something else', 0, [20], 'conflict'],
  ['an earlier version, and what follows on it in part', 0, [11, 20], 'conflict'],
  ['an earlier version, and more than there is', 1, [12, 13], 'conflict'],
  ['a later version', 3, [20], 'conflict'],
  ['no stream', NO_STREAM, [20], 'conflict'],
  ['no stream, and how it begins', NO_STREAM, [10, 11], 'repeat'],
  ['any version', ANY, [20, 21], 'append'],
  ['any version, and events that are there', ANY, [12, 10], 'repeat'],
  ['any version, and some that are there', ANY, [12, 20], 'conflict'],
  ['that the stream exists', STREAM_EXISTS, [20], 'append'],
] as const)(
  'given three events, when a writer expects %s, then the verdict on %j is %s',
  (...row) => {
    const [, expected, ids, verdict] = row
    expect(judge(expected, ids, present)).toBe(verdict)
  },
)

test('given a stream that is not there, or was deleted softly, then only who expects that it exists is refused', () => {
  const none = { version: -1, versionOf: () => -1, idAt: () => -1 }
  const deleted = { ...present, isDeleted: true, versionOf: () => -1 }
  for (const there of [none, deleted]) {
    expect(judge(STREAM_EXISTS, [20], there)).toBe('conflict')
    expect(judge(NO_STREAM, [20], there)).toBe('append')
    expect(judge(ANY, [20], there)).toBe('append')
  }
})
