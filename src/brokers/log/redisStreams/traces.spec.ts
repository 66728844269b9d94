/** Redis Streams against what a real Redis 7.0.15 did. */
import { describe, expect, test } from 'vitest'
import { tracesIn } from '../../../testing/traces.ts'
import { runTrace } from '../../conformance/run.ts'

describe('Redis Streams against traces of Redis 7.0.15', () => {
  test.for(tracesIn(new URL('traces/', import.meta.url)))('$name: $teaches', (trace) => {
    expect(runTrace(trace)).toEqual({ outcome: 'passed' })
  })
})
