/** Every recorded case that the project keeps passes, and a wrong family would be noticed. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { must } from '../../base/assert.ts'
import { runTrace } from './run.ts'
import { readTrace, type Trace } from './trace.ts'

const folder = new URL('../amqp/traces/', import.meta.url)
const cases = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.json'))
  .map((name) => readTrace(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))) as Trace)

describe('the amqp family against traces of RabbitMQ 3.10.8', () => {
  test.for(cases)('$name: $teaches', (trace) => {
    expect(runTrace(trace)).toEqual({ outcome: 'passed' })
  })
})

describe('given a trace', () => {
  const trace = must(
    cases.find((one) => one.name === 'wq-hello-orders'),
    'the article’s case',
  )

  test('when an expectation is wrong, then the first differing step is named', () => {
    const steps = trace.steps.map((step) =>
      step.op === 'publish' ? { ...step, expect: { queues: {} } } : step,
    )
    const verdict = runTrace({ ...trace, steps })
    expect(verdict).toMatchObject({ outcome: 'failed', op: 'publish' })
  })

  test('when an operation is unknown, then the case fails instead of being skipped', () => {
    const steps = [{ op: 'teleport', expect: {} }, ...trace.steps]
    expect(runTrace({ ...trace, steps })).toMatchObject({ outcome: 'failed', step: 0 })
  })

  test('when no family models the broker, then the case fails', () => {
    expect(runTrace({ ...trace, broker: 'ibm-mq' })).toMatchObject({ outcome: 'failed' })
  })

  test.for([
    [null, 'a trace is a JSON object'],
    [{ format: 'eventarium-trace/9' }, 'format is "eventarium-trace/9"'],
    [{ format: 'eventarium-trace/1', name: 'x', broker: 'rabbitmq' }, 'steps must be a list'],
  ] as const)('when a file is no trace, then one sentence says so (%o)', ([value, sentence]) => {
    expect(readTrace(value)).toContain(sentence)
  })
})
