/** What topics and filters of MQTT look like (MQTT 5.0, 4.7), for the door. */
import {
  isBadFilter,
  isValidTopic,
  matchesFilter,
  readShare,
} from '../../brokers/pubsub/mqtt/topics.ts'
import type { LinkDoc, NodeOf, Scenario } from '../document.ts'
import { type Path, type Refused, refuse } from './problem.ts'

export const MQTT_FILTER_WANTED =
  'is no filter; give levels between slashes, + for exactly one, # only as the last'

export const isMqttTopic = isValidTopic

export function isMqttFilter(text: string): boolean {
  return !isBadFilter(text, false)
}

/** Whether a filter, shared or not, matches a topic. */
export function mqttFilterMatches(filter: string, topic: string): boolean {
  return matchesFilter(readShare(filter)?.filter ?? filter, topic)
}

export function refuseMqttClient(node: NodeOf<'mqttClient'>, path: Path): Refused | null {
  for (const [i, { filter }] of (node.subscriptions ?? []).entries()) {
    if (!isMqttFilter(filter)) {
      return refuse([...path, 'subscriptions', i, 'filter'], MQTT_FILTER_WANTED)
    }
  }
  for (const [i, topic] of (node.topics ?? []).entries()) {
    if (!isMqttTopic(topic)) {
      return refuse([...path, 'topics', i], 'has a wildcard; give a topic without + and #')
    }
  }
  if (node.will && !isMqttTopic(node.will.topic)) {
    return refuse([...path, 'will', 'topic'], 'has a wildcard; give a topic without + and #')
  }
  return null
}

/** Two clients with one client id throw each other out; in one scenario that is a mistake. */
export function refuseClientIds(scenario: Scenario): Refused | null {
  const taken = new Set<string>()
  for (const [i, node] of scenario.nodes.entries()) {
    if (node.kind !== 'mqttClient') continue
    if (taken.has(node.name)) {
      return refuse(
        ['nodes', i, 'name'],
        `is "${node.name}", the client id of another MQTT client; give another name`,
      )
    }
    taken.add(node.name)
  }
  return null
}

/** Packets get lost only where there are any. */
export function refuseLoss(link: LinkDoc, scenario: Scenario, path: Path): Refused | null {
  if (link.lossRate === undefined) return null
  const ends = scenario.nodes.filter(({ id }) => id === link.from || id === link.to)
  if (ends.some(({ kind }) => kind === 'mqttClient')) return null
  return refuse([...path, 'lossRate'], 'has meaning only on the link of an MQTT client; remove it')
}
