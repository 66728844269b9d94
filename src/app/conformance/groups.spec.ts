/** How the conformance page orders its cases. */
import { describe, expect, test } from 'vitest'
import type { CaseReport } from '../../worker/conformanceReport.ts'
import { byFeature, countsOf, matching } from './groups.ts'

function report(name: string, features: string[], outcome: 'passed' | 'failed'): CaseReport {
  const failed = {
    outcome: 'failed',
    step: 0,
    op: 'get',
    expected: {},
    seen: {},
    sentence: '',
  } as const
  return {
    name,
    broker: 'rabbitmq',
    version: '3.10.8',
    teaches: 'priorities',
    features,
    steps: 1,
    verdict: outcome === 'passed' ? { outcome } : failed,
  }
}

const cases = [
  report('b', ['ttl', 'dlx'], 'passed'),
  report('a', ['ack'], 'passed'),
  report('c', ['prefetch'], 'failed'),
]

describe('given cases of several features', () => {
  test('when they are grouped, then each is there once, and features with failures come first', () => {
    const groups = byFeature(cases).map(({ feature, reports }) => [feature, reports.length])
    expect(groups).toEqual([
      ['prefetch', 1],
      ['ack', 1],
      ['ttl', 1],
    ])
  })

  test('when they are counted and filtered, then by outcome and by any word', () => {
    expect(countsOf(cases)).toEqual({ passed: 2, failed: 1, skipped: 0 })
    expect(matching(cases, 'DLX rabbit').map(({ name }) => name)).toEqual(['b'])
    expect(matching(cases, 'failed').map(({ name }) => name)).toEqual(['c'])
    expect(matching(cases, ' ')).toBe(cases)
  })
})
