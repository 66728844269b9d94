/**
 * The format `eventarium-trace/1`: operations sent to a real broker, each with all that was observed
 * until the broker went quiet. A family passes a case when it shows the same after each step.
 */

/** What was observed after a step; absent means that nothing of the kind happened. */
export type Observation = Readonly<Record<string, unknown>>

export interface TraceStep {
  op: string
  expect: Observation
  readonly [argument: string]: unknown
}

export interface Trace {
  format: 'eventarium-trace/1'
  name: string
  broker: string
  brokerVersion: string
  teaches: string
  features: string[]
  groups?: Record<string, string>
  steps: TraceStep[]
}

/** A trace from parsed JSON, or the sentence that says what is wrong with it. */
export function readTrace(value: unknown): Trace | string {
  if (!isRecord(value)) return 'a trace is a JSON object'
  if (value.format !== 'eventarium-trace/1') {
    return `format is ${JSON.stringify(value.format)}; "eventarium-trace/1" is what can be read`
  }
  for (const field of ['name', 'broker'] as const) {
    if (typeof value[field] !== 'string') return `${field} must be a text`
  }
  if (!Array.isArray(value.steps)) return 'steps must be a list'
  for (const [i, step] of value.steps.entries()) {
    if (!isRecord(step) || typeof step.op !== 'string') return `steps[${i}].op must be a text`
    if (!isRecord(step.expect)) return `steps[${i}].expect must be an object`
  }
  return value as unknown as Trace
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
