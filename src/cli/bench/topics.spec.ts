/** The topic of the bench does the work that it is named after. */
import { expect, test } from 'vitest'
import { GroupConsumer } from '../../clients/groupConsumer/groupConsumer.ts'
import { parseScenario } from '../../scenario/validate.ts'
import { runToEnd } from './eventarium.ts'
import { topicScenario } from './topics.ts'

test('given the topic of the bench, when it runs, then each of three groups processes every record', () => {
  const records = 400
  const scenario = topicScenario(records)
  expect(parseScenario(JSON.parse(JSON.stringify(scenario)))).toMatchObject({ ok: true })
  const history = runToEnd(scenario)
  const processed = new Map<string, number>()
  for (const part of history.live.sim.parts) {
    if (!(part instanceof GroupConsumer)) continue
    const { group } = part.settings
    processed.set(group, (processed.get(group) ?? 0) + part.processedCount)
  }
  expect([...processed.values()]).toEqual([records, records, records])
})
