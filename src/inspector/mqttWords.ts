/** QoS and filters of MQTT as they are chosen and typed. */
import type { MqttSubscriptionDoc } from '../clients/mqttClient/settings.ts'
import { LIMITS } from '../scenario/schema/limits.ts'
import { isMqttFilter } from '../scenario/schema/mqtt.ts'

export const QOS_OPTIONS = [
  { value: '0', label: '0, at most once' },
  { value: '1', label: '1, at least once' },
  { value: '2', label: '2, exactly once' },
]

export function qosFrom(text: string): 0 | 1 | 2 {
  return text === '1' ? 1 : text === '2' ? 2 : 0
}

/** A filter and its QoS a line. */
export function filtersText(subscriptions: readonly MqttSubscriptionDoc[]): string {
  return subscriptions.map(({ filter, qos }) => `${filter} ${qos}`).join('\n')
}

type Reading =
  | { subscriptions: MqttSubscriptionDoc[]; problem?: undefined }
  | { subscriptions?: undefined; problem: string }

/** Without a QoS it is 0. What is not typed (no local) stays as it was for a filter that stays. */
export function readFilters(text: string, before: readonly MqttSubscriptionDoc[]): Reading {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lines.length > LIMITS.keys) return { problem: `Enter at most ${LIMITS.keys} filters.` }
  const subscriptions: MqttSubscriptionDoc[] = []
  for (const line of lines) {
    const parts = /^\s*(.+?)(?:\s+([012]))?\s*$/.exec(line)
    const filter = parts?.[1] ?? ''
    if (!isMqttFilter(filter)) {
      return { problem: `${filter} is no filter: + stands for one level, # for the last ones.` }
    }
    const known = before.find((one) => one.filter === filter)
    subscriptions.push({ ...known, filter, qos: qosFrom(parts?.[2] ?? '0') })
  }
  return { subscriptions }
}
