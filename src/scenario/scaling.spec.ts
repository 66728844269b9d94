/** A group is brought to a number of members: first who is closed joins again, then new ones come. */
import { describe, expect, test } from 'vitest'
import { must } from '../base/assert.ts'
import { GroupsRun, groups } from '../testing/groups.ts'
import { membersOf, scalingTo, withMembers } from './scaling.ts'
import { checkScenario } from './validate.ts'

const at = (id: string, state: 'working' | 'closed' | 'crashed' = 'working') => ({
  id,
  closed: state === 'closed',
  crashed: state === 'crashed',
})

describe('given members of which some are closed', () => {
  const members = [at('a'), at('b', 'closed'), at('c', 'crashed'), at('d')]

  test('when more are wanted, then those that are closed join again before there are new ones', () => {
    expect(scalingTo(3, members)).toEqual({ join: ['b'], close: [], more: 0 })
    expect(scalingTo(5, members)).toEqual({ join: ['b'], close: [], more: 2 })
  })

  test('when fewer are wanted, then the last ones close', () => {
    expect(scalingTo(1, members)).toEqual({ join: [], close: ['d'], more: 0 })
    expect(scalingTo(0, members)).toEqual({ join: [], close: ['d', 'a'], more: 0 })
  })
})

describe('given a group of two', () => {
  const scenario = groups({
    partitions: 4,
    count: 40,
    members: { a: {}, 'b-1': { crashAtMs: 9000 }, other: { group: 'search' } },
  })
  const grown = withMembers(scenario, 'notifications', 'email', 2, 1500)

  test('when two are added, then they are linked as the last one is, start then, and do not die as it does', () => {
    expect(checkScenario(grown).ok).toBe(true)
    const members = membersOf(grown, 'notifications', 'email')
    expect(members.map(({ id }) => id)).toEqual(['a', 'b-1', 'b', 'b-2'])
    expect(members.slice(2).map(({ startAtMs, crashAtMs }) => [startAtMs, crashAtMs])).toEqual([
      [1500, undefined],
      [1500, undefined],
    ])
  })

  test('when it runs, then all was the same until they join, and each has a partition after that', () => {
    const [before, after] = [new GroupsRun(scenario), new GroupsRun(grown)]
    const until = (run: GroupsRun) => run.commits().filter(({ atMs }) => atMs <= 1500)
    expect(until(after)).toEqual(until(before))
    const owners = after.broker.members
      .filter(({ isAlive, owned }) => isAlive && owned.length > 0)
      .map(({ client }) => client)
    expect(owners).toContain('b')
    expect(owners).toContain('b-2')
  })

  test('when nobody is in the group, then there is nobody to be like', () => {
    expect(withMembers(scenario, 'notifications', 'nobody', 2, 0)).toBe(scenario)
    expect(must(membersOf(scenario, 'notifications', 'search')[0], 'other').id).toBe('other')
  })
})
