/** Redis Pub/Sub: its traces, its patterns against another reading of the rules, and its facts. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Records } from '../../../engine/records.ts'
import { Simulation } from '../../../engine/simulation.ts'
import { archiveOf, foldedArchive, forgotten, restoredArchive } from '../../../testing/folding.ts'
import { tracesIn } from '../../../testing/traces.ts'
import { wordsUpTo } from '../../../testing/words.ts'
import { runTrace } from '../../conformance/run.ts'
import { matchesGlob } from './glob.ts'
import { RedisPubSub } from './server.ts'

describe('Redis Pub/Sub against traces of Redis 7.0.15', () => {
  test.for(tracesIn(new URL('traces/', import.meta.url)))('$name: $teaches', (trace) => {
    expect(runTrace(trace)).toEqual({ outcome: 'passed' })
  })
})

describe('given glob patterns', () => {
  test('when every short pattern meets every short channel, then a regular expression agrees', () => {
    const channels = wordsUpTo(['a', 'b', '.', '-', ']'], 3).filter((channel) => channel !== '')
    for (const pattern of wordsUpTo(['a', 'b', '.', '*', '?', '[', ']', '^', '-', '\\'], 4)) {
      const oracle = asExpression(pattern)
      for (const channel of channels) {
        if (matchesGlob(pattern, channel) === oracle.test(channel)) continue
        expect.fail(`${pattern} and ${channel}: not as ${oracle}`)
      }
    }
  })

  test('when a character has two bytes, then two of ? match it and a range compares bytes, as in Redis', () => {
    expect(matchesGlob('caf?', 'café')).toBe(false)
    expect(matchesGlob('caf??', 'café')).toBe(true)
    expect(matchesGlob('caf*', 'café')).toBe(true)
    expect(matchesGlob('café', 'café')).toBe(true)
    expect(matchesGlob('[é]', 'é')).toBe(false)
  })

  test('when the channel is empty, then only the empty pattern matches, as in Redis', () => {
    expect(matchesGlob('', '')).toBe(true)
    expect(matchesGlob('*', '')).toBe(false)
  })
})

/** The same rules as a regular expression; an unclosed set ends with the pattern, an empty one matches nothing. */
function asExpression(pattern: string): RegExp {
  const literal = (character: string) => character.replace(/[.*+?^${}()|[\]\\/-]/, '\\$&')
  let source = ''
  for (let rest = pattern; rest !== ''; ) {
    const set = /^\[(\^?)((?:\\.|[^\]]-.|[^\]])*)\]?/.exec(rest)
    if (set) {
      const inside = (set[2] ?? '').replace(/\\(.)|(.)-(.)|(.)/g, (_, escaped, a, b, one) => {
        if (a === undefined) return literal(escaped ?? one)
        const [low, high] = [a, b].sort()
        return `${literal(low)}-${literal(high)}`
      })
      if (set[1] === '^') source += inside === '' ? '.' : `[^${inside}]`
      else source += inside === '' ? '(?!)' : `[${inside}]`
      rest = rest.slice(set[0].length)
    } else if (rest.startsWith('\\') && rest.length > 1) {
      source += literal(rest.charAt(1))
      rest = rest.slice(2)
    } else {
      source += rest.startsWith('*') ? '.*' : rest.startsWith('?') ? '.' : literal(rest.charAt(0))
      rest = rest.slice(1)
    }
  }
  return new RegExp(`^${source}$`)
}

const client = fc.constantFrom('A', 'B', 'C')
const name = fc.constantFrom('news', 'news.x', 'news.*', 'n?ws.x', '*')
const step = fc.record({
  does: fc.constantFrom('subscribe', 'unsubscribe', 'publish', 'publish', 'disconnect', 'restart'),
  client,
  name,
  isPattern: fc.boolean(),
})

describe('given clients that come, go and publish in any order', () => {
  test('then each copy goes to a subscription that matches, none twice, and the facts hold all of it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const records = new Records()
        const sim = new Simulation(records, 1)
        const got: string[] = []
        const build = (into: Simulation) => [
          new RedisPubSub(into, into.nextNode(), {
            deliver: ({ client, name, isPattern }) => got.push(`${client} ${name} ${isPattern}`),
          }),
        ]
        const [server] = build(sim) as [RedisPubSub]
        const there = new Set<string>()
        for (const { does, client, name, isPattern } of steps) {
          const key = `${client} ${name} ${isPattern}`
          got.length = 0
          if (does === 'subscribe') {
            server.subscribe(client, name, isPattern)
            there.add(key)
          } else if (does === 'unsubscribe') {
            server.unsubscribe(client, name, isPattern)
            there.delete(key)
          } else if (does === 'publish') {
            const message = records.messages.addRow(0, 0, 1, -1, -1, -1, -1)
            const copies = server.publish(name, message)
            const expected = [...there].filter((one) => {
              const [, other = '', pattern] = one.split(' ')
              return pattern === 'true' ? asExpression(other).test(name) : other === name
            })
            expect(new Set(got)).toEqual(new Set(expected))
            expect(got).toHaveLength(expected.length)
            expect(copies).toBe(expected.length)
          } else {
            if (does === 'disconnect') server.disconnect(client)
            else server.restart()
            for (const one of there) {
              if (does === 'restart' || one.startsWith(`${client} `)) there.delete(one)
            }
          }
        }
        const state = archiveOf([server])
        expect(foldedArchive(build, records)).toEqual(state)
        expect(restoredArchive(build, records, state)).toEqual(state)
        expect(forgotten(build, sim, [server])).toEqual([])
      }),
    )
  })
})
