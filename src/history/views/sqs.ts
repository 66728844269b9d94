/** Queues of the SQS family and those who poll them, at the playhead. */
import { must } from '../../base/assert.ts'
import type { SqsQueue } from '../../brokers/sqs/queue.ts'
import { CRASH_POINTS } from '../../clients/client.ts'
import type { PollingConsumer } from '../../clients/pollingConsumer/pollingConsumer.ts'
import { polledBy } from '../../scenario/polled.ts'
import type { World } from '../../scenario/world.ts'
import {
  type Held,
  type Job,
  LISTED_MAX,
  type PollingConsumerState,
  type SqsQueueState,
} from '../frame.ts'
import { clientBase, effectsOf, partBase } from './view.ts'

export function viewSqsQueue(world: World, id: string): SqsQueueState {
  const queue = world.part(id) as SqsQueue
  const { options } = queue
  return {
    ...partBase(id),
    kind: 'sqsQueue',
    fifo: options.fifo ?? false,
    available: availableOf(queue),
    availableCount: queue.availableCount,
    inFlight: inFlightOf(world, queue),
    inFlightCount: queue.inFlight.size,
    delayedCount: queue.delayedCount,
    waitingReceives: queue.requests.waiting.length,
    sent: queue.sentCount,
    received: queue.receivedCount,
    deleted: queue.deletedCount,
    moved: queue.movedCount,
    lost: queue.lostCount,
  }
}

/** By age, as far as can be listed; messages of locked groups wait behind the others. */
function availableOf(queue: SqsQueue): Held[] {
  const found: { position: number; locked: boolean; held: Held }[] = []
  for (const lane of queue.lanes) {
    const locked = queue.options.fifo === true && lane.inFlight > 0
    for (let place = 0; place < Math.min(lane.available, LISTED_MAX); place++) {
      const entry = lane.entryAt(place)
      const position = lane.positionOf(entry)
      const redelivered = lane.receiptOf(entry) !== -1
      found.push({ position, locked, held: { message: queue.messages.get(position), redelivered } })
    }
  }
  found.sort((a, b) => Number(a.locked) - Number(b.locked) || a.position - b.position)
  return found.slice(0, LISTED_MAX).map(({ held }) => held)
}

function inFlightOf(world: World, queue: SqsQueue): SqsQueueState['inFlight'] {
  const held: SqsQueueState['inFlight'] = []
  for (const [receipt, untilUs] of queue.inFlight) {
    if (held.length === LISTED_MAX) break
    const count = queue.receipts.count(receipt)
    held.push({
      message: queue.messageOf(receipt),
      redelivered: count > 1,
      by: world.owner(queue.receipts.by(receipt)),
      count,
      clock: { fromUs: queue.receivedUs.get(receipt), untilUs },
    })
  }
  return held
}

export function viewPollingConsumer(world: World, id: string): PollingConsumerState {
  const consumer = must(world.part(id), id) as PollingConsumer
  const { settings, port } = consumer
  const jobs: Job[] = []
  consumer.eachInHand(LISTED_MAX, (message, receipt, startedUs, endsUs) => {
    const redelivered = (port?.countOf(receipt) ?? 1) > 1
    const state = startedUs === -1 ? 'waiting' : 'working'
    jobs.push({ message, redelivered, state, startedUs, endsUs })
  })
  return {
    ...clientBase(id, consumer),
    kind: 'pollingConsumer',
    polled: polledBy(id, world.scenario),
    phase: consumer.phase,
    jobs,
    jobCount: consumer.inHand,
    maxMessages: settings.maxMessages,
    deleteWhen: settings.deleteWhen,
    processed: consumer.processedCount,
    failed: consumer.failedCount,
    empty: consumer.emptyCount,
    paused: consumer.isPaused,
    crashPoint: CRASH_POINTS[consumer.crashPoint - 1] ?? null,
    effects: effectsOf(world, consumer),
  }
}
