/** A process manager at the playhead: what it reacts to, what it waits for, what it has done. */
import type { PersistentSubscription } from '../../brokers/eventstore/persistentSubscription.ts'
import { CRASH_POINTS } from '../../clients/client.ts'
import { ProcessManager } from '../../clients/processManager/processManager.ts'
import type { World } from '../../scenario/world.ts'
import { type Job, LISTED_MAX } from '../frame.ts'
import type { ProcessManagerState } from '../sourcingStates.ts'
import { placeOf } from './storeBefore.ts'
import { clientBase, effectsOf } from './view.ts'

export function viewProcessManager(world: World, id: string): ProcessManagerState {
  const manager = world.part(id)
  if (!(manager instanceof ProcessManager)) throw new Error(`${id} is no process manager`)
  const { group } = manager
  const { source, reached, lag } = placeOf(world, id, manager.cursor)
  const { waiting } = manager
  return {
    ...clientBase(id, manager),
    kind: 'processManager',
    position: group ? group.checkpoint : manager.position,
    source,
    reached: group ? placeOf(world, id, group.checkpoint).reached : reached,
    lag: group ? group.lag : lag,
    jobs: jobsOf(manager),
    jobCount: group ? manager.hand.length : manager.known - manager.cursor,
    sent: manager.sent,
    waiting: waiting.numbers().map((number) => waiting.command(number)),
    stuck: waiting.stuck.map((number) => waiting.command(number)),
    effects: effectsOf(world, manager),
    effectCount: manager.ledger.count,
    stopped: manager.isStopped,
    group: group && groupStateOf(world, group),
    crashPoint: CRASH_POINTS[manager.crashPoint - 1] ?? null,
  }
}

function groupStateOf(world: World, group: PersistentSubscription): ProcessManagerState['group'] {
  return {
    checkpoint: group.checkpoint,
    inFlight: group.inFlightCount,
    out: group
      .out()
      .slice(0, LISTED_MAX)
      .map(({ message, by, attempt }) => ({ message, by: world.owner(by), attempt })),
    toRetry: group.retryCount,
    parkedCount: group.parked.length,
    parked: group.parked.slice(-LISTED_MAX).map((at) => group.messageAt(at)),
  }
}

function jobsOf(manager: ProcessManager): Job[] {
  const { cursor, known, isWorking, startedUs, endsUs, handed } = manager
  const count = Math.min(LISTED_MAX, manager.group ? handed.length : known - cursor)
  return Array.from({ length: count }, (_, i): Job => {
    const message = manager.group ? (handed[i] as number) : manager.messageAt(cursor + i)
    const job = { message, redelivered: false }
    return i === 0 && isWorking
      ? { ...job, state: 'working', startedUs, endsUs }
      : { ...job, state: 'waiting', startedUs: -1, endsUs: -1 }
  })
}
