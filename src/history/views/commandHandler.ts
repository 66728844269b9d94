/** A command handler at the playhead. */
import { CommandHandler } from '../../clients/commandHandler/commandHandler.ts'
import type { World } from '../../scenario/world.ts'
import { CONFLICTS_LISTED, type HandlerConflict } from '../conflict.ts'
import { type Job, LISTED_MAX } from '../frame.ts'
import type { CommandHandlerState } from '../sourcingStates.ts'
import { viewConflict } from './conflict.ts'
import { clientBase } from './view.ts'

export function viewCommandHandler(world: World, id: string): CommandHandlerState {
  const handler = world.part(id)
  if (!(handler instanceof CommandHandler)) throw new Error(`${id} is no command handler`)
  const listed = Math.min(handler.rejections, LISTED_MAX)
  return {
    ...clientBase(id, handler),
    kind: 'commandHandler',
    jobs: jobsOf(handler),
    jobCount: handler.received - handler.finished,
    accepted: handler.accepted,
    rejected: Array.from({ length: listed }, (_, i) =>
      handler.rejection(handler.rejections - listed + i),
    ),
    rejectedCount: handler.rejections,
    conflicts: handler.conflicts,
    conflicted: conflictsOf(world, handler),
    cost: handler.lastCost,
    snapshots: handler.states.snapshotRows.length,
    snapshot: snapshotOf(handler),
  }
}

/** Its latest conflicts, newest first. */
function conflictsOf(world: World, handler: CommandHandler): HandlerConflict[] {
  const { log, conflicts } = handler
  if (log === null) return []
  const listed = Math.min(conflicts, CONFLICTS_LISTED)
  return Array.from({ length: listed }, (_, i) => {
    const { request, actual, atUs } = handler.conflict(conflicts - 1 - i)
    const { stream, expected, firstEvent: message, command } = request
    const of = { stream: world.records.strings.text(stream), expected, actual, message, atUs }
    const conflict = viewConflict(world, log, of)
    const [loserName, winnerName] = [
      handlerName(world, conflict.loser),
      handlerName(world, conflict.winner),
    ]
    return { ...conflict, command, loserName, winnerName }
  })
}

function handlerName({ scenario }: World, id: string): string {
  return scenario.nodes.find((node) => node.id === id)?.name ?? 'another writer'
}

function snapshotOf({ lastSnapshot }: CommandHandler): CommandHandlerState['snapshot'] {
  if (lastSnapshot === null) return null
  const { stream, version, schema, state } = lastSnapshot
  return { stream, version, schema, bytes: state.length }
}

/** The command that it works on first. While it waits for the store that is no work of its own. */
function jobsOf(handler: CommandHandler): Job[] {
  const jobs: Job[] = []
  const message = handler.current()
  if (message !== -1) {
    const { startedUs, endsUs } = handler
    const isWorking = handler.phase === 'deciding' || handler.phase === 'appending'
    jobs.push(
      isWorking
        ? { message, redelivered: false, state: 'working', startedUs, endsUs }
        : waiting(message),
    )
  }
  handler.eachWaiting((command) => {
    if (jobs.length < LISTED_MAX) jobs.push(waiting(command))
  })
  return jobs
}

function waiting(message: number): Job {
  return { message, redelivered: false, state: 'waiting', startedUs: -1, endsUs: -1 }
}
