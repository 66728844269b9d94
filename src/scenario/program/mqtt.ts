/** What the programs of MQTT clients have in common, whatever the language. */
import { IN_FLIGHT_MAX, RECONNECT_MS } from '../../clients/mqttClient/settings.ts'
import type { ClientOf } from './plan.ts'

export interface MqttTerms {
  version: 4 | 5
  clean: boolean
  /** Seconds; the standard's default where the scenario has none. */
  keepAliveS: number
  reconnectS: number
  sessionExpiryS: number | null
  receiveMaximum: number | null
  willDelayS: number | null
}

/** Settings in the units of the libraries, null where nothing is to be said. MQTT 3.1.1 knows no properties. */
export function mqttTerms(client: ClientOf<'mqttClient'>): MqttTerms {
  const { version = 5, cleanStart = true, sessionExpiryMs = 0, keepAliveMs = 0, will } = client
  const { reconnectMs = RECONNECT_MS, receiveMaximum = IN_FLIGHT_MAX } = client
  const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000))
  const of5 = <T>(value: T, given: boolean) => (version === 5 && given ? value : null)
  return {
    version,
    clean: cleanStart,
    keepAliveS: keepAliveMs === 0 ? 0 : seconds(keepAliveMs),
    reconnectS: seconds(reconnectMs),
    sessionExpiryS: of5(seconds(sessionExpiryMs), sessionExpiryMs > 0),
    receiveMaximum: of5(receiveMaximum, receiveMaximum !== IN_FLIGHT_MAX),
    willDelayS: of5(seconds(will?.delayMs ?? 0), (will?.delayMs ?? 0) > 0),
  }
}

/** Its first messages, each of its topics and bodies at least once: as many as the run has, if it has fewer. */
export function firstPublishes(client: ClientOf<'mqttClient'>): { topic: string; body: string }[] {
  const { topics, bodies, arrivals } = client
  if (topics === undefined || arrivals.kind === 'manual') return []
  const most = 'count' in arrivals ? (arrivals.count ?? Number.POSITIVE_INFINITY) : topics.length
  const count = Math.min(most, Math.max(topics.length, bodies.length))
  return Array.from({ length: count }, (_, i) => ({
    topic: topics[i % topics.length] ?? '',
    body: (bodies[i % bodies.length] ?? '').replaceAll('{n}', String(i + 1)),
  }))
}
