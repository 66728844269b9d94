/** What QoS 1 and 2 promise, over lossy links, cuts, and clients that go and come back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MQTT_CLIENT_FACTS } from '../../../clients/mqttClient/facts.ts'
import { MqttRun } from '../../../testing/mqttRun.ts'
import { type Action, actAt, type Script } from '../../document.ts'

const CLIENTS = ['pub', 'one', 'two']
const COUNT = 25
const TROUBLE_MS = 20_000

const trouble = fc.record({
  atMs: fc.nat(TROUBLE_MS),
  forMs: fc.nat(6000),
  who: fc.constantFrom(...CLIENTS),
  what: fc.constantFrom('offline' as const, 'cut' as const, 'lose' as const, 'loseBack' as const),
})
const setting = fc.record({
  seed: fc.nat(),
  latencyMs: fc.constantFrom(0, 5, 120),
  lossRate: fc.constantFrom(0, 0.02, 0.06),
  keepAliveMs: fc.constantFrom(0, 800),
  receiveMaximum: fc.constantFrom(1, 3, 20),
  serviceMs: fc.constantFrom(0, 300),
  troubles: fc.array(trouble, { maxLength: 8 }),
})
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never

/** Each trouble ends; at last all is well but for the losses by chance. */
function scriptOf({ troubles }: Setting): Script {
  const actions = troubles.flatMap(({ atMs, forMs, who, what }): Action[] => {
    const [fromUs, toUs] = [atMs * 1000, (atMs + forMs) * 1000]
    const link = `${who}-link`
    if (what === 'lose') return [actAt(fromUs, { do: 'loseNext', link, way: 'with' })]
    if (what === 'loseBack') return [actAt(fromUs, { do: 'loseNext', link, way: 'back' })]
    if (what === 'cut') {
      return [actAt(fromUs, { do: 'cut', link }), actAt(toUs, { do: 'mend', link })]
    }
    return [
      actAt(fromUs, { do: 'goOffline', node: who }),
      actAt(toUs, { do: 'comeBack', node: who }),
    ]
  })
  const lastUs = (TROUBLE_MS + 7000) * 1000
  for (const who of CLIENTS) {
    actions.push(actAt(lastUs, { do: 'mend', link: `${who}-link` }))
    actions.push(actAt(lastUs, { do: 'comeBack', node: who }))
  }
  return actions
}

function runOf(given: Setting): MqttRun {
  const { seed, latencyMs, lossRate, keepAliveMs, receiveMaximum, serviceMs } = given
  const kept = {
    cleanStart: false,
    sessionExpiryMs: 900_000,
    keepAliveMs,
    receiveMaximum,
    reconnectMs: 300,
  }
  const every = { kind: 'fixed' as const, ms: 600 }
  const subscriber = (qos: 1 | 2) => ({
    ...kept,
    service: { kind: 'fixed' as const, ms: serviceMs },
    subscriptions: [{ filter: 'news', qos }],
  })
  return new MqttRun(
    {
      seed,
      latencyMs,
      lossRate,
      durationMs: 900_000,
      clients: {
        pub: {
          ...kept,
          topics: ['news'],
          qos: 2,
          // Who subscribes is there before the first message.
          arrivals: { kind: 'interval', every, firstMs: 30_000, count: COUNT },
        },
        one: subscriber(1),
        two: subscriber(2),
      },
    },
    shifted(scriptOf(given)),
  )
}

/** Troubles come while messages do. */
function shifted(script: Script): Script {
  return script.map((action) => ({ ...action, atUs: action.atUs + 30_000_000 }))
}

const all = Array.from({ length: COUNT }, (_, i) => String(i + 1))
const byNumber = (bodies: Iterable<string>) => [...bodies].toSorted((a, b) => Number(a) - Number(b))

describe('given any losses, cuts and absences, and sessions that are kept', () => {
  test('then QoS 2 arrives exactly once and in order, QoS 1 at least once', () => {
    let losses = 0
    fc.assert(
      fc.property(setting, (given) => {
        const run = runOf(given)
        losses += run.countOf(MQTT_CLIENT_FACTS.packetLost)
        expect(run.processed('two')).toEqual(all)
        expect(byNumber(new Set(run.processed('one')))).toEqual(all)
        expect(run.client('one').missedCount).toBe(0)
      }),
      { numRuns: 150 },
    )
    expect(losses).toBeGreaterThan(500)
  })
})
