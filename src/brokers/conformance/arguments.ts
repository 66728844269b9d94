/** Operations and arguments that a driver knows: anything else fails the case instead of being overlooked. */
import { Unknown } from './runner.ts'
import type { TraceStep } from './trace.ts'

export function checkArguments(
  step: TraceStep,
  operations: Readonly<Record<string, readonly string[]>>,
): void {
  const known = operations[step.op]
  if (!known) throw new Unknown(`operation ${step.op} is not known`)
  for (const name of Object.keys(step)) {
    if (name !== 'op' && name !== 'expect' && !known.includes(name)) {
      throw new Unknown(`argument ${name} of ${step.op} is not known`)
    }
  }
}
