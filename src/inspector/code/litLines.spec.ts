/** The newest fact that a program can show lights its line. */
import { describe, expect, it } from 'vitest'
import type { Program } from '../../scenario/program/generate.ts'
import type { FactLine } from '../../session/session.ts'
import { DARK, lightingOf, litKinds, UNKNOWN } from './litLines.ts'

const program: Program = {
  title: 'orders.py',
  language: 'python',
  lines: [
    { text: 'channel.basic_publish(…)', lit: [{ node: 'shop', facts: ['published'] }] },
    { text: '' },
    { text: 'def on_order(…):', lit: [{ node: 'worker', facts: ['received', 'started'] }] },
    { text: '    print(…)', lit: [{ node: 'worker', facts: ['processed'] }] },
  ],
}
const fact = (node: string, kind: string) => ({ node, kind }) as FactLine

describe('the line of what just happened', () => {
  it('given several facts, then the newest lights its line', () => {
    const facts = [fact('shop', 'published'), fact('worker', 'started')]
    expect(lightingOf(program, facts, true)).toEqual({ lines: [3], fact: facts[1] })
  })
  it('given the newest is about a node of another program, then the one before it lights', () => {
    const facts = [fact('worker', 'processed'), fact('other', 'processed')]
    expect(lightingOf(program, facts, true).lines).toEqual([4])
  })
  it('given none of the program has happened, then no line is lit', () => {
    expect(lightingOf(program, [fact('other', 'published')], true)).toBe(DARK)
    expect(lightingOf(program, [], true)).toBe(DARK)
  })
  it('given more came before than was looked at, then it is not known whether a line has run', () => {
    expect(lightingOf(program, [fact('other', 'published')], false)).toBe(UNKNOWN)
  })
  it('given a program, then the engine is asked for the facts that it can show and no others', () => {
    expect(litKinds(program)).toEqual(['published', 'received', 'started', 'processed'])
  })
})
