/** MQTT clients and a broker in a scenario: handshakes over links, who is away, what is kept for whom. */
import { describe, expect, test } from 'vitest'
import { MQTT_FACTS } from '../../../brokers/pubsub/mqtt/facts.ts'
import { MQTT_CLIENT_FACTS } from '../../../clients/mqttClient/facts.ts'
import type { MqttClientSettings } from '../../../clients/mqttClient/settings.ts'
import { MqttRun } from '../../../testing/mqttRun.ts'
import { actAt } from '../../document.ts'

const S = 1_000_000
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i))

/** One message a second, the first after one second. */
function publishing(count: number, settings: Partial<MqttClientSettings> = {}) {
  return {
    topics: ['news'],
    arrivals: { kind: 'interval' as const, every: { kind: 'fixed' as const, ms: 1000 }, count },
    ...settings,
  }
}
const to = (filter: string, qos: 0 | 1 | 2, settings: Partial<MqttClientSettings> = {}) => ({
  subscriptions: [{ filter, qos }],
  ...settings,
})
const kept = { cleanStart: false, sessionExpiryMs: 60_000 }

describe('given a publisher and a subscriber of each QoS', () => {
  test.each([0, 10])(
    'when nothing goes wrong at latency %i ms, then each has every message once, with its own handshake',
    (latencyMs) => {
      const run = new MqttRun({
        latencyMs,
        clients: {
          pub: publishing(5, { qos: 2 }),
          zero: to('news', 0),
          one: to('news', 1),
          two: to('news', 2),
        },
      })
      for (const id of ['zero', 'one', 'two']) expect(run.processed(id)).toEqual(numbers(1, 5))
      expect(run.countOf(MQTT_FACTS.pubrelReceived)).toBe(5)
      expect(run.countOf(MQTT_FACTS.pubackReceived)).toBe(5)
      expect(run.countOf(MQTT_FACTS.pubcompReceived)).toBe(5)
      expect(run.client('pub').outgoing.unansweredCount).toBe(0)
    },
  )
})

describe('given a PUBACK that gets lost on the way back', () => {
  const lost = (qos: 0 | 1 | 2) =>
    new MqttRun({ clients: { pub: publishing(2, { qos: 2 }), sub: to('news', qos, kept) } }, [
      actAt(1.01 * S, { do: 'loseNext', link: 'sub-link', way: 'back' }),
    ])

  test('when the subscription has QoS 1, then the message comes once more, with DUP', () => {
    const run = lost(1)
    expect(run.processed('sub')).toEqual(['1', '1', '2'])
    expect(run.countOf(MQTT_FACTS.sentAgain)).toBe(1)
  })

  test('when it has QoS 2, then the subscriber holds it already and takes it once', () => {
    const run = lost(2)
    expect(run.processed('sub')).toEqual(['1', '2'])
    expect(run.countOf(MQTT_CLIENT_FACTS.knownAlready)).toBe(1)
  })
})

describe('given a PUBLISH to a subscriber that gets lost', () => {
  const lost = (qos: 0 | 1) =>
    new MqttRun({ clients: { pub: publishing(3), sub: to('news', qos, kept) } }, [
      actAt(1.005 * S, { do: 'loseNext', link: 'sub-link', way: 'with' }),
    ])

  test('when it had QoS 0, then it is missed, and it is said why', () => {
    const run = lost(0)
    expect(run.processed('sub')).not.toContain('1')
    expect(run.missed('sub')).toContain('1')
  })
})

describe('given a link that is cut under messages of QoS 0', () => {
  const cut = (link: string) =>
    new MqttRun(
      { latencyMs: 200, clients: { pub: publishing(4), sub: to('news', 0), one: to('news', 1) } },
      [actAt(1.3 * S, { do: 'cut', link }), actAt(3.5 * S, { do: 'mend', link })],
    )

  test('when it is that of a subscriber, then what was under way and what came until it was back is missed there', () => {
    const run = cut('sub-link')
    expect(run.missed('sub')).toEqual(['1', '2', '3', '4'])
    expect(run.missed('one')).toEqual([])
  })

  test('when it is that of the publisher, then all who would have heard it miss it', () => {
    const run = cut('pub-link')
    expect(run.countOf(MQTT_CLIENT_FACTS.notSent)).toBe(3)
    for (const id of ['sub', 'one']) expect(run.missed(id)).toEqual(['2', '3', '4'])
  })
})

describe('given a subscriber that goes away and comes back', () => {
  const away = { leaveAtMs: 2500, backAtMs: 5500 }
  test('when its session is kept, then what had QoS 1 waits there, in order', () => {
    const run = new MqttRun({
      clients: { pub: publishing(7, { qos: 1 }), sub: to('news', 1, { ...kept, ...away }) },
    })
    expect(run.processed('sub')).toEqual(numbers(1, 7))
    expect(run.client('sub').missedCount).toBe(0)
  })

  test('when it begins anew, then it misses what came meanwhile', () => {
    const run = new MqttRun({
      clients: { pub: publishing(7, { qos: 1 }), sub: to('news', 1, away) },
    })
    expect(run.processed('sub')).toEqual(['1', '2', '6', '7'])
    expect(run.missed('sub')).toEqual(['3', '4', '5'])
  })

  test('when its session expires before, then it misses what had waited', () => {
    const run = new MqttRun({
      clients: {
        pub: publishing(7, { qos: 1 }),
        sub: to('news', 1, { ...away, cleanStart: false, sessionExpiryMs: 2000 }),
      },
    })
    expect(run.processed('sub')).toEqual(['1', '2', '6', '7'])
    expect(run.missed('sub')).toEqual(['3', '4', '5'])
  })
})

describe('given a client with a last will', () => {
  const will = { topic: 'status', body: 'gone', qos: 1 as const }
  const watch = to('status', 1)

  test('when it crashes, then the broker publishes the will', () => {
    const run = new MqttRun({ clients: { pub: { will, crashAtMs: 2000 }, sub: watch } })
    expect(run.processed('sub')).toEqual(['gone'])
  })

  test('when it says goodbye, then the will is dropped', () => {
    const run = new MqttRun({ clients: { pub: { will, leaveAtMs: 2000 }, sub: watch } })
    expect(run.processed('sub')).toEqual([])
  })

  test('when its link is cut, then the broker notices after one and a half times the keep alive', () => {
    const plan = { clients: { pub: { will, keepAliveMs: 2000 }, sub: watch } }
    const cut = [actAt(5 * S, { do: 'cut', link: 'pub-link' })]
    expect(new MqttRun({ ...plan, durationMs: 7000 }, cut).processed('sub')).toEqual([])
    expect(new MqttRun({ ...plan, durationMs: 7200 }, cut).processed('sub')).toEqual(['gone'])
  })
})

describe('given retained messages', () => {
  test('when a client joins late, then it has the latest of each topic at once, and misses nothing else', () => {
    const run = new MqttRun({
      clients: {
        pub: publishing(6, { retain: true, topics: ['t/a', 't/b'] }),
        late: to('t/+', 0, { connectAtMs: 6500 }),
      },
    })
    expect(run.processed('late')).toEqual(['5', '6'])
    expect(run.missed('late')).toEqual(['1', '2', '3', '4'])
  })
})

describe('given a shared subscription of three', () => {
  test('when nine messages come, then each member has three of them; one that leaves is passed over', () => {
    const members = {
      a: to('$share/g/news', 1),
      b: to('$share/g/news', 1),
      c: to('$share/g/news', 1),
    }
    const run = new MqttRun({ clients: { pub: publishing(9, { qos: 1 }), ...members } })
    for (const id of ['a', 'b', 'c']) expect(run.processed(id)).toHaveLength(3)
    const left = new MqttRun({ clients: { pub: publishing(9, { qos: 1 }), ...members } }, [
      actAt(3.5 * S, { do: 'goOffline', node: 'a' }),
    ])
    expect(left.processed('a')).toHaveLength(1)
    const rest = [...left.processed('b'), ...left.processed('c')]
    expect(rest).toHaveLength(8)
  })
})

describe('given a subscriber whose filter is changed', () => {
  test('when the new one does not match, then nothing more comes', () => {
    const run = new MqttRun({ clients: { pub: publishing(6), sub: to('news', 0) } }, [
      actAt(3.5 * S, { do: 'filter', link: 'sub-link', filter: 'sport/#' }),
    ])
    expect(run.processed('sub')).toEqual(['1', '2', '3'])
  })
})
