/** What a node has done, in a few words: the table of the whole run has one row of these for each node. */
import type { NodeState, StateOf } from '../history/frame.ts'
import type { NodeKind } from '../scenario/document.ts'
import { countText } from './timeText.ts'

const SUMMARY: { [K in NodeKind]: (state: StateOf<K>) => (string | false)[] } = {
  producer: (state) => [count(state.published, 'published')],
  exchange: (state) => [
    count(state.routed, 'routed'),
    state.unroutable > 0 && count(state.unroutable, 'unroutable'),
  ],
  queue: (state) => [
    count(state.acked, 'acknowledged'),
    count(state.readyCount, 'ready'),
    state.unackedCount > 0 && count(state.unackedCount, 'unacknowledged'),
    state.dropped > 0 && count(state.dropped, 'dropped'),
  ],
  consumer: (state) => [
    count(state.processed, 'processed'),
    state.failed > 0 && count(state.failed, 'failed'),
  ],
  sqsQueue: (state) => [
    count(state.deleted, 'deleted'),
    count(state.availableCount, 'available'),
    state.inFlightCount > 0 && count(state.inFlightCount, 'in flight'),
    state.moved > 0 && count(state.moved, 'dead-lettered'),
  ],
  pollingConsumer: (state) => [
    count(state.processed, 'processed'),
    state.failed > 0 && count(state.failed, 'failed'),
  ],
  topic: (state) => [
    count(
      state.partitions.reduce((sum, { start, end }) => sum + end - start, 0),
      'records',
    ),
  ],
  groupConsumer: (state) => [
    count(state.processed, 'processed'),
    count(state.lag, 'to read'),
    state.failed > 0 && count(state.failed, 'failed'),
  ],
  eventStore: (state) => [count(state.position, 'events')],
  commandHandler: (state) => [
    count(state.accepted, 'accepted'),
    count(state.rejected.length, 'rejected'),
    state.conflicts > 0 && count(state.conflicts, 'conflicts'),
  ],
  projection: (state) => [count(state.position, 'folded in'), count(state.lag, 'to come')],
  natsServer: (state) => [
    count(state.published, 'published'),
    state.unheard > 0 && count(state.unheard, 'to nobody'),
  ],
  redisServer: (state) => [
    count(state.published, 'published'),
    state.unheard > 0 && count(state.unheard, 'to nobody'),
  ],
  natsStream: (state) => [
    count(state.count, 'kept'),
    state.duplicates > 0 && count(state.duplicates, 'duplicates'),
  ],
  natsConsumer: (state) => [
    count(state.acked, 'acknowledged'),
    count(state.pending, 'pending'),
    state.gaveUp > 0 && count(state.gaveUp, 'given up'),
  ],
  natsSubscriber: (state) => [
    count(state.processed, 'processed'),
    state.missedCount > 0 && count(state.missedCount, 'missed'),
  ],
  redisSubscriber: (state) => [
    count(state.processed, 'processed'),
    state.missedCount > 0 && count(state.missedCount, 'missed'),
  ],
  redisStream: (state) => [count(state.added, 'added'), count(state.length, 'kept')],
  redisGroup: (state) => [
    count(state.acked, 'acknowledged'),
    count(state.pendingCount, 'pending'),
    state.unreadGone > 0 && count(state.unreadGone, 'gone unread'),
    state.pendingGone > 0 && count(state.pendingGone, 'gone while pending'),
  ],
  redisConsumer: (state) => [
    count(state.processed, 'processed'),
    state.failed > 0 && count(state.failed, 'failed'),
    state.setAside > 0 && count(state.setAside, 'set aside'),
  ],
  redisReader: (state) => [
    count(state.processed, 'processed'),
    state.failed > 0 && count(state.failed, 'failed'),
  ],
  natsRequester: (state) => [
    count(state.replied, 'replied'),
    state.timedOut > 0 && count(state.timedOut, 'timed out'),
  ],
  relay: (state) => [count(state.relayed, 'relayed'), count(state.lag, 'to come')],
  processManager: (state) => [
    state.effectCount > 0 && count(state.effectCount, 'effects'),
    count(state.sent, 'commands sent'),
    count(state.lag, 'to come'),
  ],
  service: (state) => [count(state.rowCount, 'rows'), count(state.announced, 'told')],
  mqttBroker: (state) => [
    count(state.published, 'published'),
    state.retainedCount > 0 && count(state.retainedCount, 'retained'),
  ],
  cloudTopic: (state) => [count(state.published, 'published')],
  cloudSubscription: (state) => [
    count(state.settled, state.delivery === 'queue' ? 'passed on' : 'acknowledged'),
    count(state.availableCount, 'waiting'),
    state.dead > 0 && count(state.dead, 'dead-lettered'),
  ],
  mqttClient: (state) => [
    state.publishes && count(state.published, 'published'),
    state.filters.length > 0 && count(state.processed, 'processed'),
    state.missedCount > 0 && count(state.missedCount, 'missed'),
  ],
}

export function nodeSummary(state: NodeState): string {
  const parts = (SUMMARY[state.kind] as (state: NodeState) => (string | false)[])(state)
  const crashed = state.crashed && 'crashed'
  return [...parts, crashed].filter((part) => part !== false).join(', ')
}

function count(n: number, words: string): string {
  return `${countText(n)} ${words}`
}
