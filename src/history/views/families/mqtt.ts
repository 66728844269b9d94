/** MQTT brokers and their clients at the playhead. */
import { must } from '../../../base/assert.ts'
import type { MqttBroker } from '../../../brokers/pubsub/mqtt/broker.ts'
import type { Session } from '../../../brokers/pubsub/mqtt/session.ts'
import { CRASH_POINTS } from '../../../clients/client.ts'
import type { MqttClient } from '../../../clients/mqttClient/mqttClient.ts'
import type { World } from '../../../scenario/world.ts'
import {
  type Held,
  type Job,
  LISTED_MAX,
  type MqttBrokerState,
  type MqttClientState,
} from '../../frame.ts'
import type { FamilyViews } from '../family.ts'
import { clientBase, effectsOf, partBase } from '../view.ts'

export const views: FamilyViews<'mqtt'> = { mqttBroker: viewBroker, mqttClient: viewClient }

function viewBroker(world: World, id: string): MqttBrokerState {
  const broker = must(world.part(id), id) as MqttBroker
  const { records } = world
  const topics = broker.seen.subjects.map((seen) => {
    const topic = records.strings.text(seen.subject)
    return {
      topic,
      published: seen.count,
      last: seen.lastMessage,
      lastUs: seen.lastUs,
      matched: seen.copies,
      retained: broker.retained.of(topic) ?? -1,
    }
  })
  return {
    ...partBase(id),
    kind: 'mqttBroker',
    topics: topics.slice(0, LISTED_MAX),
    topicCount: topics.length,
    retainedCount: broker.retained.count,
    published: broker.seen.published,
    sessions: broker.sessions
      .filter(({ alive }) => alive)
      .slice(0, LISTED_MAX)
      .map(({ clientId, isConnected, waitingCount, inFlight }) => ({
        client: clientId,
        connected: isConnected,
        waiting: waitingCount,
        unanswered: inFlight.length,
      })),
  }
}

function viewClient(world: World, id: string): MqttClientState {
  const client = must(world.part(id), id) as MqttClient
  const { outgoing, incoming, settings } = client
  const jobs: Job[] = []
  client.eachInHand(LISTED_MAX, (message, redelivered, startedUs, endsUs) => {
    const state = startedUs === -1 ? 'waiting' : 'working'
    jobs.push({ message, redelivered, state, startedUs, endsUs })
  })
  const { nextUs } = client
  return {
    ...clientBase(id, client),
    kind: 'mqttClient',
    phase: client.phase,
    away: awayOf(client),
    publishes: settings.topics !== undefined,
    filters: client.filters,
    filtersChanged: client.filtersChanged,
    published: client.made,
    nextAtUs: nextUs === Number.POSITIVE_INFINITY ? null : nextUs,
    lastMessage: client.lastMessage,
    unsent: unsentOf(client),
    unsentCount: outgoing.unansweredCount + outgoing.waitingCount,
    jobs,
    jobCount: incoming.inHand,
    held: incoming.heldMessages().slice(0, LISTED_MAX).map(held),
    processed: client.processedCount,
    session: sessionOf(world, id),
    missed: client.missed.map(held),
    missedCount: client.missedCount,
    paused: client.isPaused,
    crashPoint: CRASH_POINTS[client.crashPoint - 1] ?? null,
    effects: effectsOf(world, client),
  }
}

function held(message: number): Held {
  return { message, redelivered: false }
}

function awayOf({ phase, connections, isWanted }: MqttClient): string | null {
  if (phase === 'online') return null
  if (phase === 'connecting') return 'connecting'
  if (connections === 0) return 'not there yet'
  return isWanted ? 'connection lost' : 'offline'
}

/** Sent and not answered first, then what waits to be sent. */
function unsentOf({ outgoing }: MqttClient): Held[] {
  const list: Held[] = []
  for (let i = 0; i < outgoing.unanswered.length && list.length < LISTED_MAX; i += 2) {
    list.push(held(outgoing.messageAt(outgoing.unanswered[i] as number)))
  }
  for (let at = outgoing.next; at < outgoing.tail && list.length < LISTED_MAX; at++) {
    list.push(held(outgoing.messageAt(at)))
  }
  return list
}

function sessionOf(world: World, id: string): MqttClientState['session'] {
  const { links, nodes } = world.scenario
  const link = links.find(({ from, to }) => from === id || to === id)
  const place = link && nodes.find((node) => node.id === (link.from === id ? link.to : link.from))
  const name = nodes.find((node) => node.id === id)?.name ?? ''
  const session = place && (world.part(place.id) as MqttBroker | undefined)?.session(name)
  if (!session) return null
  const { inFlight, waitingCount, next, tail } = session
  const waiting: Held[] = []
  for (let at = next; at < tail && waiting.length < LISTED_MAX; at++) {
    waiting.push(held(session.messageAt(at)))
  }
  return { waiting, waitingCount, unanswered: inFlight.length, ends: endOf(session) }
}

/** When it ends if its client does not come back. */
function endOf({ connection, isConnected, goneUs }: Session): Held['clock'] | null {
  if (isConnected || connection === null || connection.expiryUs <= 0) return null
  return { fromUs: goneUs, untilUs: goneUs + connection.expiryUs }
}
