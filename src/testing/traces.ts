/** The recorded traces that a family keeps, for the spec that holds it to them. */
import { readdirSync, readFileSync } from 'node:fs'
import { assert } from '../base/assert.ts'
import { readTrace, type Trace } from '../brokers/conformance/trace.ts'

/** All cases of a folder. */
export function tracesIn(folder: URL): Trace[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.map((name) => {
    const trace = readTrace(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
    assert(typeof trace !== 'string', `${name}: ${trace}`)
    return trace
  })
}
