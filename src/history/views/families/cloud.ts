/** Cloud topics and their subscriptions at the playhead. */
import type { Subscription } from '../../../brokers/pubsub/cloud/subscription.ts'
import type { Topic } from '../../../brokers/pubsub/cloud/topic.ts'
import type { World } from '../../../scenario/world.ts'
import {
  type CloudSubscriptionState,
  type CloudTopicState,
  type Held,
  LISTED_MAX,
} from '../../frame.ts'
import type { FamilyViews } from '../family.ts'
import { partBase } from '../view.ts'

export const views: FamilyViews<'cloud'> = {
  cloudTopic: viewTopic,
  cloudSubscription: viewSubscription,
}

function viewTopic(world: World, id: string): CloudTopicState {
  const topic = world.part(id) as Topic | undefined
  return { ...partBase(id), kind: 'cloudTopic', published: topic?.published ?? 0 }
}

function viewSubscription(world: World, id: string): CloudSubscriptionState {
  const subscription = world.part(id) as Subscription | undefined
  const base = { ...partBase(id), kind: 'cloudSubscription' as const }
  if (!subscription) return { ...base, ...NOTHING }
  const { config, leases } = subscription
  const { ready, later } = waitingIn(world, subscription)
  return {
    ...base,
    delivery: config.delivery,
    available: ready.slice(0, LISTED_MAX),
    availableCount: ready.length + Math.max(0, subscription.tail - subscription.next - LISTED_MAX),
    delayedCount: later,
    inFlight: leasedIn(world, subscription),
    inFlightCount: leases.size,
    waitingReceives: subscription.pulls.length,
    changedFilter: subscription.isFilterChanged ? subscription.filter : null,
    settled: subscription.settledCount,
    passedBy: subscription.passedByCount,
    dead: subscription.deadCount,
    expired: subscription.goneCount,
  }
}

const NOTHING = {
  delivery: 'pull' as const,
  available: [],
  availableCount: 0,
  delayedCount: 0,
  inFlight: [],
  inFlightCount: 0,
  waitingReceives: 0,
  changedFilter: null,
  settled: 0,
  passedBy: 0,
  dead: 0,
  expired: 0,
}

/** What came back first, as far as its pause is over; then what was never sent. */
function waitingIn(world: World, subscription: Subscription): { ready: Held[]; later: number } {
  const ready: Held[] = []
  let later = 0
  for (const [position, fromUs] of [...subscription.again].sort(([a], [b]) => a - b)) {
    if (fromUs > world.sim.nowUs) later++
    else {
      const redelivered = (subscription.attempts.get(position) ?? 0) > 0
      ready.push({ message: subscription.messageAt(position), redelivered })
    }
  }
  const end = Math.min(subscription.tail, subscription.next + LISTED_MAX)
  for (let at = subscription.next; at < end; at++) {
    ready.push({ message: subscription.messageAt(at), redelivered: false })
  }
  return { ready, later }
}

function leasedIn(world: World, subscription: Subscription): CloudSubscriptionState['inFlight'] {
  const { config } = subscription
  return [...subscription.leases].slice(0, LISTED_MAX).map(([ackId, { position, deadlineUs }]) => {
    const count = subscription.countOf(ackId)
    return {
      message: subscription.messageAt(position),
      redelivered: count > 1,
      by: world.records.strings.text(subscription.holderOf(ackId)).split(' ').at(-1) ?? '',
      count,
      clock: { fromUs: deadlineUs - config.ackDeadlineUs, untilUs: deadlineUs },
    }
  })
}
