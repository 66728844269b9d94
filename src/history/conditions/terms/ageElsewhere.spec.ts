/** The age of what waits in queues of a service, in subscriptions, consumers and sessions, told from the facts alone. */
import { describe, expect, test } from 'vitest'
import { must } from '../../../base/assert.ts'
import { CLOUD_FACTS } from '../../../brokers/pubsub/cloud/facts.ts'
import { MQTT_FACTS } from '../../../brokers/pubsub/mqtt/facts.ts'
import { NATS_FACTS } from '../../../brokers/pubsub/nats/facts.ts'
import { SQS_FACTS } from '../../../brokers/sqs/facts.ts'
import { exampleCalled } from '../../../scenario/examples/index.ts'
import type { NodeState } from '../../frame.ts'
import { History } from '../../history.ts'
import { openNumber } from '../scan.ts'

/** Which messages wait, as the frame lists them; null where it only says whether any does. */
function waiting(state: NodeState): number[] | null {
  if (state.kind === 'sqsQueue') return state.available.map(({ message }) => message)
  if (state.kind === 'natsConsumer') return state.next.map(({ message }) => message)
  if (state.kind === 'cloudSubscription' && state.delayedCount === 0) {
    return [...state.available, ...state.inFlight].map(({ message }) => message)
  }
  return null
}

function isAnyWaiting(state: NodeState): boolean {
  if (state.kind === 'cloudSubscription' && state.delayedCount > 0) return true
  if (state.kind !== 'mqttBroker') return (waiting(state) ?? []).length > 0
  return state.sessions.some((session) => session.waiting > 0)
}

describe('given a run in which something waits', () => {
  test.each([
    ['sqs-jobs', 'sqsQueue', SQS_FACTS.sent],
    ['cloud-ack-deadline', 'cloudSubscription', CLOUD_FACTS.arrived],
    ['nats-ack-wait', 'natsConsumer', NATS_FACTS.stored],
    ['mqtt-session', 'mqttBroker', MQTT_FACTS.queued],
  ] as const)(
    'of %s, when its age is read after each fact, then it is that of the oldest',
    (id, kind, stored) => {
      const { scenario } = exampleCalled(id)
      const history = new History(scenario, [])
      while (history.advance()) {}
      const { facts } = history.live.records
      const place = scenario.nodes.findIndex((node) => node.kind === kind)
      const opened = openNumber(history.live, `age("${scenario.nodes[place]?.id}")`)
      if (!opened.ok) throw new Error(opened.problem.sentence)
      const { follower } = opened.value
      const read = must(follower.reads[0], 'a number')
      const storedUs = new Map<number, number>()
      const seen = { waiting: 0, empty: 0 }
      for (let i = 0; i < facts.count; i++) {
        if (facts.kind(i) === stored) storedUs.set(facts.message(i), facts.timeUs(i))
        follower.follow(1, () => {})
        const age = read(follower.nowUs)
        history.seek({ factIndex: i + 1 })
        const state = history.frame().nodes[place] as NodeState
        const nowUs = facts.timeUs(i)
        seen[isAnyWaiting(state) ? 'waiting' : 'empty']++
        const since = waiting(state)?.map((message) => storedUs.get(message) ?? Number.NaN)
        if (!isAnyWaiting(state)) expect(age).toBe(0)
        else if (since) expect(age).toBe(nowUs - Math.min(...since))
        else expect([...storedUs.values()]).toContain(nowUs - age)
      }
      expect(Math.min(seen.waiting, seen.empty)).toBeGreaterThan(0)
    },
  )
})
