/** The live state of nodes in words, for those who listen. */

import { dataText } from '../base/dataText.ts'
import type { NodeState, PartitionState, StateOf } from '../history/frame.ts'
import { latestRefusal } from '../history/refusal.ts'
import { standingOf } from '../history/standing.ts'
import { plural } from './words.ts'

/** The state of a node at this moment, in a few words. */
export function describeState(state: NodeState): string {
  const standing = standingOf(state)
  const faults = [
    ...(state.crashed ? ['crashed'] : []),
    ...(standing && !state.crashed ? [standing.text] : []),
    ...(state.slow === 1 ? [] : [`slowed ${state.slow} times`]),
  ]
  return [...faults, ...partsOf(state)].join(', ')
}

function partsOf(state: NodeState): string[] {
  switch (state.kind) {
    case 'producer':
      return [`${state.published} published`]
    case 'exchange':
      return [
        `${state.routed} routed`,
        ...(state.unroutable > 0 ? [`${state.unroutable} unroutable`] : []),
      ]
    case 'queue':
      return [`${state.readyCount} ready`, `${state.unackedCount} unacknowledged`]
    case 'consumer':
      return [...jobs(state.jobs, state.jobCount), ...done(state.processed, state.failed)]
    case 'sqsQueue':
      return [
        `${state.availableCount} available`,
        `${state.inFlightCount} in flight`,
        ...(state.delayedCount > 0 ? [`${state.delayedCount} delayed`] : []),
      ]
    case 'pollingConsumer':
      return [...jobs(state.jobs, state.jobCount), ...done(state.processed, state.failed)]
    case 'groupConsumer':
      return [
        ...(state.closed ? [state.joined ? 'closed' : 'not joined yet'] : []),
        ...(state.phase === 'joining' ? ['waits for its group'] : []),
        state.assigned.length === 0
          ? 'no partition assigned'
          : `reads ${state.assigned.length === 1 ? 'partition' : 'partitions'} ${state.assigned.join(' and ')}`,
        ...jobs(state.jobs, state.jobCount),
        ...done(state.processed, state.failed),
        `${state.lag} unread`,
      ]
    case 'topic':
      return [
        plural(
          state.partitions.reduce((sum, { start, end }) => sum + end - start, 0),
          'record',
        ),
        ...(state.added > 0 ? [plural(state.partitions.length, 'partition')] : []),
        ...state.partitions.flatMap(replicasOf),
        ...state.groups
          .filter(({ phase }) => phase === 'preparing')
          .map(({ name }) => `group ${name} rebalances`),
      ]
    case 'eventStore':
      return [plural(state.position, 'event'), ...state.streams.map(foldOf)]
    case 'commandHandler':
      return [
        `${state.accepted} accepted`,
        `${state.rejectedCount} rejected`,
        ...(state.conflicts > 0 ? [plural(state.conflicts, 'conflict')] : []),
        ...refusalOf(state),
        ...(state.cost ? [`${plural(state.cost.folded, 'event')} folded to load`] : []),
        ...(state.snapshots > 0 ? [plural(state.snapshots, 'snapshot')] : []),
      ]
    case 'projection':
      return [
        `position ${state.position}`,
        `lag ${state.lag}`,
        ...(state.twice > 0 ? [`${plural(state.twice, 'event')} counted twice`] : []),
        ...(state.missed > 0 ? [`${plural(state.missed, 'event')} missed`] : []),
        ...(state.stale > 0 ? [plural(state.stale, 'stale answer')] : []),
        ...(state.stopped ? ['stopped at an event that it cannot read'] : []),
        ...(state.building ? [`builds a new table, at ${state.building.position}`] : []),
      ]
    case 'cloudTopic':
      return [`${state.published} published`]
    case 'cloudSubscription':
      return [
        `${state.availableCount} waiting`,
        `${state.inFlightCount} out`,
        `${state.settled} ${state.delivery === 'queue' ? 'passed on' : 'acknowledged'}`,
        ...(state.passedBy > 0 ? [`${state.passedBy} filtered out`] : []),
        ...(state.dead > 0 ? [`${state.dead} dead-lettered`] : []),
      ]
    case 'mqttBroker':
      return [
        `${state.published} published`,
        state.retainedCount === 0 ? 'keeps nothing' : `${state.retainedCount} retained`,
      ]
    case 'mqttClient':
      return [
        ...(state.publishes ? [`${state.published} published`] : []),
        ...(state.filters.length > 0
          ? [...jobs(state.jobs, state.jobCount), ...done(state.processed, 0)]
          : []),
        ...(state.session && state.session.waitingCount > 0
          ? [`${state.session.waitingCount} wait in its session`]
          : []),
        ...(state.missedCount > 0 ? [`${state.missedCount} missed`] : []),
      ]
    case 'relay':
      return [`${state.relayed} relayed`, `lag ${state.lag}`]
    case 'processManager':
      return [
        ...(state.effectCount > 0 ? [plural(state.effectCount, 'effect')] : []),
        `${plural(state.sent, 'command')} sent`,
        ...(state.waiting.length > 0 ? [`${state.waiting.length} unanswered`] : []),
        ...(state.stuck.length > 0 ? [`${state.stuck.length} given up`] : []),
        ...(state.group?.parkedCount ? [`${state.group.parkedCount} parked`] : []),
        `lag ${state.lag}`,
      ]
    case 'service':
      return [
        plural(state.rowCount, 'row'),
        `${state.announced} told`,
        ...relaysText(state.relays),
        ...(state.missing > 0 ? [`${state.missing} not told`] : []),
        ...(state.ghosts > 0 ? [plural(state.ghosts, 'ghost')] : []),
        ...(state.twice > 0 ? [`${state.twice} told twice`] : []),
      ]
    case 'natsServer':
    case 'redisServer':
      return [
        `${state.published} published`,
        ...(state.unheard > 0 ? [`${state.unheard} to nobody`] : []),
        plural(state.subscriptions, 'subscription'),
      ]
    case 'natsStream':
      return [`${state.count} kept`, `last sequence ${state.last}`]
    case 'natsConsumer':
      if (state.gone) return ['not there']
      return [`${state.pending} pending`, `${state.ackPendingCount} not acknowledged`]
    case 'natsSubscriber':
    case 'redisSubscriber':
      return [
        ...(state.online ? ['online'] : []),
        ...jobs(state.jobs, state.jobCount),
        ...done(state.processed, state.failed),
        ...(state.missedCount > 0 ? [`${state.missedCount} missed`] : []),
      ]
    case 'redisStream':
      return [
        `${state.length} ${state.length === 1 ? 'entry' : 'entries'}`,
        `last id ${state.last}`,
      ]
    case 'redisGroup':
      if (state.gone) return []
      return [`${state.pendingCount} pending`, ...(state.lag === null ? [] : [`lag ${state.lag}`])]
    case 'redisConsumer':
    case 'redisReader':
      if (state.phase === 'out') return []
      return [
        ...(state.phase === 'refused' ? ['its group is not there'] : []),
        ...(state.waits ? ['its read blocks'] : []),
        ...jobs(state.jobs, state.jobCount),
        ...done(state.processed, state.failed),
        ...(state.kind === 'redisConsumer' ? [`${state.pending} pending under its name`] : []),
      ]
    case 'natsRequester':
      return [`${state.replied} replies`, `${state.awaitedCount} awaited`]
  }
}

/** What came to nothing last, and why. */
function refusalOf(state: StateOf<'commandHandler'>): string[] {
  const refusal = latestRefusal(state)
  if (refusal === null) return []
  if (refusal.conflict === null) return [`last rejected: ${refusal.reason.replace(/\.$/, '')}`]
  const { loserName, expected, found, winnerName, won } = refusal.conflict
  return [
    `last conflict: ${loserName} expected ${expected} and found ${found}`,
    `${winnerName} expected ${won} and was first`,
  ]
}

function jobs(list: readonly { state: string }[], count: number): string[] {
  const working = list.filter((job) => job.state === 'working').length
  const waiting = count - working
  return [
    working > 0 ? `works on ${working}` : 'idle',
    ...(waiting > 0 ? [`${waiting} waiting in its hands`] : []),
  ]
}

function done(processed: number, failed: number): string[] {
  return [`${processed} done`, ...(failed > 0 ? [`${failed} failed`] : [])]
}

function foldOf(stream: { name: string; folds: unknown[] }): string {
  const fold = stream.folds.at(-1)
  if (typeof fold !== 'object' || fold === null) return stream.name
  const parts = Object.entries(fold).map(([name, value]) => `${name} ${dataText(value)}`)
  return `${stream.name}: ${parts.join(', ')}`
}

/** How the replicas of a partition stand, where it has some, and what waits for the end of a transaction. */
function replicasOf({ kept }: PartitionState, partition: number): string[] {
  if (!kept) return []
  const { replicas, leader, isAvailable, highWatermark, lastStable } = kept
  const inSync = replicas.filter((replica) => replica.inSync && !replica.down).length
  return [
    ...(replicas.length > 1
      ? [
          leader === -1
            ? `partition ${partition} has no leader`
            : `broker ${leader} leads partition ${partition}${isAvailable ? '' : ' but is down'}, ${inSync} of ${replicas.length} in sync`,
        ]
      : []),
    ...(lastStable < highWatermark ? [`partition ${partition} is stable up to ${lastStable}`] : []),
  ]
}

/** The relays that are down. */
function relaysText(relays: StateOf<'service'>['relays']): string[] {
  if (relays.length === 1) return relays[0]?.down ? ['relay down'] : []
  return relays.flatMap(({ down }, number) => (down ? [`relay ${number + 1} down`] : []))
}
