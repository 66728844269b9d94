/** NATS against what a real nats-server 2.9.10 did, and its subjects against other readings of the rules. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NatsBench } from '../../../testing/natsBench.ts'
import { tracesIn } from '../../../testing/traces.ts'
import { wordsUpTo } from '../../../testing/words.ts'
import { runTrace } from '../../conformance/run.ts'
import { isSubsetOf, matchesSubject, overlaps } from './subjects.ts'

describe('NATS against traces of nats-server 2.9.10', () => {
  test.for(tracesIn(new URL('traces/', import.meta.url)))('$name: $teaches', (trace) => {
    expect(runTrace(trace)).toEqual({ outcome: 'passed' })
  })
})

/** Every subject of up to `length` tokens. */
function subjects(tokens: readonly string[], length: number): string[] {
  const letters = tokens.map((token) => `${token}.`)
  return wordsUpTo(letters, length)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, -1))
}

describe('given subjects and patterns', () => {
  const plain = subjects(['a', 'b', 'a*', ''], 4)
  const patterns = subjects(['a', 'b', '*', '>', 'a*'], 4)

  test('when every short pattern meets every short subject, then a regular expression agrees', () => {
    for (const pattern of patterns) {
      const oracle = asExpression(pattern)
      for (const subject of plain) {
        if (subject.split('.').includes('')) continue
        if (matchesSubject(pattern, subject) === oracle.test(subject)) continue
        expect.fail(`${pattern} and ${subject}: not as ${oracle}`)
      }
    }
  })

  test('when two short patterns are compared, then counting what they match agrees', () => {
    const short = subjects(['a', 'b', '*', '>'], 3).filter((p) => !/>\./.test(p))
    const all = subjects(['a', 'b', 'c'], 4)
    const matched = new Map(short.map((p) => [p, all.filter((s) => asExpression(p).test(s))]))
    for (const [a, ofA] of matched) {
      for (const [b, ofB] of matched) {
        const isSubset = ofA.every((subject) => ofB.includes(subject))
        const isCommon = ofA.some((subject) => ofB.includes(subject))
        if (isSubsetOf(a, b) !== isSubset) expect.fail(`${a} inside ${b}: ${isSubset}`)
        if (overlaps(a, b) !== isCommon) expect.fail(`${a} and ${b} overlap: ${isCommon}`)
      }
    }
  })
})

function asExpression(pattern: string): RegExp {
  const tokens = pattern.split('.')
  const sources = tokens.map((token, i) => {
    if (token === '*') return '[^.]+'
    if (token === '>' && i === tokens.length - 1) return '.+'
    return token.replace(/[*]/g, '\\*')
  })
  return new RegExp(`^${sources.join('\\.')}$`)
}

describe('given subscribers alone and in queue groups', () => {
  const subscriber = fc.record({
    pattern: fc.constantFrom('a', 'a.*', 'a.b', '>', '*'),
    queue: fc.constantFrom('', '', 'work', 'audit'),
  })
  const published = fc.array(fc.constantFrom('a', 'a.b', 'b.c'), { maxLength: 20 })

  test('then each message goes once to each of those alone and to exactly one member of each group', () => {
    fc.assert(
      fc.property(fc.array(subscriber, { maxLength: 12 }), published, (subscribers, messages) => {
        const bench = new NatsBench()
        const made = subscribers.map(({ pattern, queue }) =>
          bench.server.subscribe('A', pattern, queue),
        )
        for (const subject of messages) {
          const { got } = bench.publish(subject)
          const matching = made.filter((each) => matchesSubject(each.subject, subject))
          const groups = new Set(matching.map(({ queue }) => queue).filter((q) => q !== ''))
          const alone = matching.filter(({ queue }) => queue === '')
          expect(got.filter(({ queue }) => queue === '')).toEqual(alone)
          const members = got.filter(({ queue }) => queue !== '')
          expect(members).toHaveLength(groups.size)
          expect(new Set(members.map(({ queue }) => queue))).toEqual(groups)
        }
      }),
    )
  })

  test('when the run is repeated with the same seed, then the same members are picked', () => {
    const picks = () => {
      const bench = new NatsBench()
      for (let i = 0; i < 3; i++) bench.server.subscribe('A', 'jobs', 'work')
      return Array.from({ length: 30 }, () => bench.publish('jobs').got[0]?.node)
    }
    expect(picks()).toEqual(picks())
    expect(new Set(picks()).size).toBe(3)
  })
})
