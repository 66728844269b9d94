/** Topics and members of groups at a playhead. */
import { describe, expect, test } from 'vitest'
import { actAt } from '../../scenario/document.ts'
import { groups } from '../../testing/groups.ts'
import type { GroupConsumerState, TopicState } from '../frame.ts'
import { History } from '../history.ts'

const MS = 1000
// Five records at 0 ms are in the topic at 10 ms and with the member at 40 ms; each takes 100 ms.
const scenario = groups({
  arrivals: { kind: 'bursts', size: 5, gapMs: 0, everyMs: 60_000, firstMs: 0 },
  members: { a: { effect: 'Sending email for: {body}' }, late: { group: 'search' } },
})
const script = [
  actAt(290 * MS, { do: 'crash', node: 'a' }),
  actAt(300 * MS, { do: 'restart', node: 'a' }),
]

function at(ms: number): { topic: TopicState; member: GroupConsumerState } {
  const history = new History(scenario, script)
  while (history.advance());
  history.seek({ atUs: ms * MS })
  const { nodes } = history.frame()
  return { topic: nodes[1] as TopicState, member: nodes[2] as GroupConsumerState }
}

describe('given a topic with a group', () => {
  test('when its member works, then records, positions and owner are seen', () => {
    const { topic } = at(200)
    expect(topic.partitions).toHaveLength(1)
    expect(topic.partitions[0]).toMatchObject({ start: 0, end: 5 })
    expect(topic.partitions[0]?.records.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4])
    expect(topic.groups.map(({ name }) => name)).toEqual(['email', 'search'])
    expect(topic.groups[0]?.partitions).toMatchObject([{ committed: -1, position: 5, member: 'a' }])
  })

  test('when nothing is created yet, then it is seen as empty', () => {
    const history = new History(scenario)
    expect(history.frame().nodes[1]).toMatchObject({ kind: 'topic', partitions: [], groups: [] })
  })

  test('when the member is done, then its commit is seen', () => {
    const { topic } = at(20_000)
    expect(topic.groups[0]?.partitions).toMatchObject([{ committed: 5, position: 5, member: 'a' }])
  })

  test('when the group prepares to rebalance, then the member that is gone is still its owner', () => {
    expect(at(2900).topic.groups[0]?.partitions).toMatchObject([
      { committed: -1, position: 5, member: 'a' },
    ])
  })

  test('when a new owner begins, then it reads from where the group has to', () => {
    expect(at(3011).topic.groups[0]?.partitions).toMatchObject([
      { committed: -1, position: 0, member: 'a' },
    ])
  })
})

describe('given a member of a group', () => {
  test('when it works on a batch, then one record is being worked on and the others wait', () => {
    const { member } = at(200)
    expect(member).toMatchObject({
      group: 'email',
      assigned: [0],
      jobCount: 4,
      processed: 1,
      lag: 0,
    })
    expect(member.jobs.map(({ state }) => state)).toEqual([
      'working',
      'waiting',
      'waiting',
      'waiting',
    ])
    const [working] = member.jobs
    expect((working?.endsUs ?? 0) - (working?.startedUs ?? 0)).toBe(100 * MS)
    expect(working?.startedUs).toBeLessThanOrEqual(200 * MS)
    expect(working?.endsUs).toBeGreaterThan(200 * MS)
    expect(member.effects.map(({ text }) => text)).toEqual(['Sending email for: User 1'])
  })

  test('when it crashed, then it holds nothing and its effects are still known', () => {
    const { member } = at(295)
    expect(member).toMatchObject({ crashed: true, jobs: [], jobCount: 0, assigned: [] })
    expect(member.effects).toHaveLength(2)
  })

  test('when records come again, then those that were done are marked and their effects counted', () => {
    const { member } = at(3200)
    expect(member.jobs.length + member.effects.length).toBe(7)
    const last = at(20_000).member
    expect(last.effects.map(({ times }) => times)).toEqual([1, 1, 2, 2, 1, 1, 1])
  })
})
