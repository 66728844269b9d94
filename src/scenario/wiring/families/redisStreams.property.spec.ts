/** What holds of Redis streams and their groups whatever happens to clients, links and the server. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { REDIS_STREAM_FACTS as FACTS } from '../../../brokers/log/redisStreams/facts.ts'
import type { Claim, Consumer, Group, Recovery } from '../../../brokers/log/redisStreams/group.ts'
import { compareIds } from '../../../brokers/log/redisStreams/id.ts'
import type { Stream } from '../../../brokers/log/redisStreams/stream.ts'
import type { World } from '../../../scenario/world.ts'
import { runs } from '../../../testing/arbitrary.ts'
import type { Scenario } from '../../document.ts'
import { whyNotLinked } from '../../schema/references.ts'
import { World as RunningWorld } from '../../world.ts'
import { takeParts } from '../family.ts'
import { parts } from './redisStreams.ts'

takeParts('redisStreams', parts)

const CAST = [
  'producer',
  'redisStream',
  'redisStream',
  'redisGroup',
  'redisGroup',
  'redisConsumer',
  'redisConsumer',
  'redisConsumer',
  'redisReader',
] as const
const WAYS = [
  [0, 1],
  [0, 2],
  [1, 3],
  [1, 4],
  [3, 5],
  [3, 6],
  [4, 7],
  [2, 8],
] as const

/** All linked on one server, under a script of everything that can be done. */
const systems = fc.constantFrom(0, 15, 200).chain((latencyMs) =>
  runs({ cast: CAST, durationMinMs: 6000, durationMaxMs: 15_000, messagesMax: 40 }).map((run) => ({
    ...run,
    scenario: linked(run.scenario, latencyMs),
  })),
)

function linked(scenario: Scenario, latencyMs: number): Scenario {
  const made: Scenario = { ...scenario, links: [...scenario.links] }
  for (const [i, j] of WAYS) {
    const [from, to] = [made.nodes[i], made.nodes[j]]
    if (!from || !to || whyNotLinked(made, from, to) !== null) continue
    made.links.push({ id: `way${i}${j}`, from: from.id, to: to.id, latencyMs })
  }
  return made
}

function ran(run: { scenario: Scenario; script: readonly never[] | object; seed: number }): World {
  const world = new RunningWorld(run.scenario, undefined, run.seed)
  world.start(run.script as never)
  world.run(world.endUs, 40_000)
  return world
}

/** What a group has done with each entry, by position: told from the facts alone. */
type State =
  | { what: 'pending'; owner: number; count: number }
  | { what: 'acked' | 'handed' | 'dropped' }

describe('given any run of Redis streams', () => {
  test('when entries are given out, then each is pending for one consumer, or settled, and counts never fall', () => {
    fc.assert(
      fc.property(systems, (run) => {
        const world = ran(run)
        const { records, sim } = world
        const groups = new Map<Group, Map<number, State>>()
        const of = (group: Group) => {
          const known = groups.get(group) ?? new Map<number, State>()
          groups.set(group, known)
          return known
        }
        const countOf = (state: State | undefined) => (state?.what === 'pending' ? state.count : 0)
        records.facts.each(0, records.facts.count, (_us, kind, part, _message, aux) => {
          const consumer = sim.parts[part] as Consumer
          const group = sim.parts[part] as Group
          switch (kind) {
            case FACTS.delivered:
              of(consumer.group).set(aux, { what: 'pending', owner: part, count: 1 })
              break
            case FACTS.handed:
              of(consumer.group).set(aux, { what: 'handed' })
              break
            case FACTS.redelivered: {
              const state = of(consumer.group).get(aux)
              expect(state).toMatchObject({ what: 'pending', owner: part })
              of(consumer.group).set(aux, {
                what: 'pending',
                owner: part,
                count: countOf(state) + 1,
              })
              break
            }
            case FACTS.claimed: {
              const { position, count } = records.rowAt<Claim>(aux)
              const before = of(consumer.group).get(position)
              expect(before?.what).toBe('pending')
              expect(count).toBeGreaterThan(countOf(before))
              of(consumer.group).set(position, { what: 'pending', owner: part, count })
              break
            }
            case FACTS.acked:
              expect(of(group).get(aux)?.what).toBe('pending')
              of(group).set(aux, { what: 'acked' })
              break
            case FACTS.pendingDropped:
              expect(of(group).get(aux)?.what).toBe('pending')
              of(group).set(aux, { what: 'dropped' })
              break
            case FACTS.recovered:
              for (const { position, count } of records.rowAt<Recovery>(aux).pendings) {
                const state = of(group).get(position)
                expect(state?.what).toBe('pending')
                expect(count).toBeLessThanOrEqual(countOf(state))
                if (state?.what === 'pending') of(group).set(position, { ...state, count })
              }
              break
            case FACTS.groupDestroyed:
              for (const [position, state] of of(group)) {
                if (state.what === 'pending') of(group).set(position, { what: 'dropped' })
              }
              break
            case FACTS.consumerDeleted: {
              const { group: its } = consumer
              let pending = 0
              for (const [position, state] of of(its)) {
                if (state.what !== 'pending' || state.owner !== part) continue
                of(its).set(position, { what: 'dropped' })
                pending++
              }
              expect(pending).toBe(aux)
              break
            }
          }
        })
        for (const [group, states] of groups) expectSame(group, states)
      }),
      { numRuns: 80 },
    )
  })

  test('when entries are added and trimmed, then ids only rise and a group stands within its stream', () => {
    fc.assert(
      fc.property(systems, (run) => {
        const world = ran(run)
        for (const node of world.scenario.nodes) {
          const part = world.part(node.id)
          if (node.kind === 'redisStream') {
            const stream = part as Stream
            for (let at = 1; at < stream.tail; at++) {
              expect(compareIds(stream.idAt(at - 1), stream.idAt(at))).toBeLessThan(0)
            }
            expect(stream.length).toBeLessThanOrEqual(stream.added)
            const { maxLength, approximate } = node
            if (maxLength !== undefined && !approximate) {
              expect(stream.length).toBeLessThanOrEqual(maxLength)
            }
          }
          if (node.kind === 'redisGroup' && part) {
            const group = part as Group
            for (const { position } of group.pendingFrom(0)) {
              expect(position).toBeLessThan(group.stream.tail)
            }
            const sum = group.consumers.reduce((total, { pending }) => total + pending, 0)
            expect(sum).toBe(group.pendingCount)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

function expectSame(group: Group, states: ReadonlyMap<number, State>): void {
  const told = [...states].flatMap(([position, state]) =>
    state.what === 'pending' ? [`${position} ${state.owner} ${state.count}`] : [],
  )
  const there = group
    .pendingFrom(0)
    .map(({ position, consumer, count }) => `${position} ${consumer.node} ${count}`)
  expect(told.sort()).toEqual(there.sort())
}
