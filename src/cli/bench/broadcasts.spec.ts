/** Each topic of the bench does the work that it is named after. */
import { expect, test } from 'vitest'
import '../../history/everything.ts'
import { parseScenario } from '../../scenario/validate.ts'
import { BROADCASTS, broadcastOf } from './broadcasts.ts'
import { runBroadcast } from './eventarium.ts'

const systems = Object.keys(BROADCASTS) as (keyof typeof BROADCASTS)[]

test.each(systems)(
  'given %s, when it runs, then every subscriber processes every message',
  (system) => {
    const scenario = broadcastOf(system, 40, 10)
    expect(parseScenario(JSON.parse(JSON.stringify(scenario)))).toMatchObject({ ok: true })
    expect(runBroadcast(scenario).deliveries).toBe(400)
  },
)
