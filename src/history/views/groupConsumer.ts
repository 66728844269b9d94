/** A member of a consumer group at the playhead: what it owns, what it holds, how far it is behind. */
import type { LogBroker } from '../../brokers/log/broker.ts'
import { GroupConsumer } from '../../clients/groupConsumer/groupConsumer.ts'
import type { World } from '../../scenario/world.ts'
import { type GroupConsumerState, type Job, LISTED_MAX } from '../frame.ts'
import { clientBase, effectsOf } from './view.ts'

export function viewGroupConsumer(world: World, id: string): GroupConsumerState {
  const consumer = world.part(id)
  if (!(consumer instanceof GroupConsumer)) throw new Error(`${id} is no group consumer`)
  const { broker } = consumer.connection ?? {}
  const assigned: number[] = []
  const leaving: number[] = []
  let lag = 0
  for (let entry = 0; entry < consumer.positions.count; entry++) {
    const { partition, unread, isLeaving } = (broker as LogBroker).progressAt(
      consumer.positions.progressOf(entry),
    )
    assigned.push(partition.index)
    if (isLeaving) leaving.push(partition.index)
    lag += unread
  }
  return {
    ...clientBase(id, consumer),
    kind: 'groupConsumer',
    group: consumer.settings.group,
    assigned,
    jobs: jobsOf(consumer),
    jobCount: consumer.inHand,
    processed: consumer.processedCount,
    failed: consumer.failedCount,
    lag,
    paused: consumer.isPaused,
    closed: consumer.phase === 'out' && !consumer.isCrashed,
    joined: consumer.incarnation > 0,
    phase: consumer.phase,
    generation: consumer.generation,
    leaving,
    output: consumer.transactions?.state ?? null,
    sharing: consumer.settings.protocol === 'share',
    effects: effectsOf(world, consumer),
  }
}

function jobsOf(consumer: GroupConsumer): Job[] {
  const jobs: Job[] = []
  const end = Math.min(consumer.received, consumer.taken + LISTED_MAX)
  for (let place = consumer.taken; place < end; place++) {
    const isWorking = place === consumer.taken && consumer.phase === 'working'
    jobs.push({
      message: consumer.messageAt(place),
      redelivered: consumer.isRedelivered(place),
      state: isWorking ? 'working' : 'waiting',
      startedUs: isWorking ? consumer.startedUs : -1,
      endsUs: isWorking ? consumer.endsUs : -1,
    })
  }
  return jobs
}
