/** Subscribers and requesters at the playhead. */
import { must } from '../../base/assert.ts'
import { usFromMs } from '../../base/time.ts'
import { CRASH_POINTS } from '../../clients/client.ts'
import { isRedelivered } from '../../clients/consumer/delivery.ts'
import type { Requester } from '../../clients/requester/requester.ts'
import type { Subscriber } from '../../clients/subscriber/subscriber.ts'
import type { World } from '../../scenario/world.ts'
import { type Job, LISTED_MAX } from '../frame.ts'
import { missedWords } from '../missedWords.ts'
import type {
  Missed,
  NatsRequesterState,
  NatsSubscriberState,
  RedisSubscriberState,
} from '../pubsubStates.ts'
import { clientBase, effectsOf } from './view.ts'

export function viewNatsSubscriber(world: World, id: string): NatsSubscriberState {
  const subscriber = must(world.part(id), id) as Subscriber
  const { heartbeats } = subscriber
  return {
    ...subscriberBase(world, id, subscriber),
    kind: 'natsSubscriber',
    queueGroup: subscriber.settings.queueGroup ?? '',
    expected: subscriber.expected,
    heardUs: subscriber.heartbeatUs > 0 && subscriber.connections > 0 ? heartbeats.heardUs : null,
    unheard: heartbeats.isUnheard,
  }
}

export function viewRedisSubscriber(world: World, id: string): RedisSubscriberState {
  const subscriber = must(world.part(id), id) as Subscriber
  return { ...subscriberBase(world, id, subscriber), kind: 'redisSubscriber' }
}

function subscriberBase(world: World, id: string, subscriber: Subscriber) {
  const jobs: Job[] = []
  subscriber.eachInHand(LISTED_MAX, (message, delivery, startedUs, endsUs) => {
    const state = startedUs === -1 ? ('waiting' as const) : ('working' as const)
    jobs.push({ message, redelivered: isRedelivered(delivery), state, startedUs, endsUs })
  })
  return {
    ...clientBase(id, subscriber),
    online: subscriber.isOnline,
    joined: subscriber.connections > 0,
    jobs,
    jobCount: subscriber.inHand,
    processed: subscriber.processedCount,
    failed: subscriber.failedCount,
    received: subscriber.received,
    redelivered: subscriber.againCount,
    missed: missedBy(subscriber),
    missedCount: subscriber.missedCount,
    paused: subscriber.isPaused,
    crashPoint: CRASH_POINTS[subscriber.crashPoint - 1] ?? null,
    effects: effectsOf(world, subscriber),
    filters: filtersOf(subscriber),
  }
}

/** As many as a node shows. */
const MISSED_MAX = 12

function missedBy({ missedCount, missedMessages, missedWhy }: Subscriber): Missed[] {
  const missed: Missed[] = []
  for (let at = Math.max(0, missedCount - MISSED_MAX); at < missedCount; at++) {
    missed.push({ message: missedMessages.get(at), why: missedWords(missedWhy.get(at)) })
  }
  return missed
}

function filtersOf(subscriber: Subscriber): Record<string, string> {
  const filters: Record<string, string> = {}
  for (const { link, filter } of subscriber.changedFilters()) {
    const port = subscriber.ports[link]
    if (port) filters[port.link] = filter
  }
  return filters
}

export function viewRequester(world: World, id: string): NatsRequesterState {
  const requester = must(world.part(id), id) as Requester
  const { messages } = world.records
  const timeoutUs = usFromMs(requester.settings.timeoutMs)
  const { nextUs } = requester
  return {
    ...clientBase(id, requester),
    kind: 'natsRequester',
    published: requester.made,
    nextAtUs: nextUs === Number.POSITIVE_INFINITY ? null : nextUs,
    awaited: requester.awaited.slice(0, LISTED_MAX).map((message) => {
      const fromUs = messages.bornUs(message)
      return {
        message,
        redelivered: false,
        clock: { fromUs, untilUs: fromUs + timeoutUs },
      }
    }),
    awaitedCount: requester.awaited.length,
    replied: requester.repliedCount,
    noResponders: requester.noResponderCount,
    timedOut: requester.timedOutCount,
    ignored: requester.ignoredCount,
    paused: requester.isPaused,
    effects: effectsOf(world, requester),
  }
}
