/** A projection at the playhead: its rows are the fold of the events before its position. */
import { CRASH_POINTS } from '../../clients/client.ts'
import { Projection } from '../../clients/projection/projection.ts'
import type { World } from '../../scenario/world.ts'
import { type Job, LISTED_MAX } from '../frame.ts'
import type { ProjectionState } from '../sourcingStates.ts'
import { placeOf } from './storeBefore.ts'
import { clientBase } from './view.ts'

export function viewProjection(world: World, id: string): ProjectionState {
  const projection = world.part(id)
  if (!(projection instanceof Projection)) throw new Error(`${id} is no projection`)
  const { tables, queries } = projection
  const built = projection.builtRows(LISTED_MAX)
  return {
    ...clientBase(id, projection),
    kind: 'projection',
    position: projection.position,
    ...placeOf(world, id, projection.position),
    rows: [...projection.rows(LISTED_MAX)],
    jobs: jobsOf(projection),
    twice: tables.number(tables.serving, 'twice'),
    missed: tables.number(tables.serving, 'missed'),
    stopped: projection.isStopped,
    building: built && { position: tables.number(tables.building, 'end'), rows: [...built] },
    fresh: queries.fresh,
    stale: queries.stale,
    waiting: queries.waiting,
    crashPoint: CRASH_POINTS[projection.crashPoint - 1] ?? null,
  }
}

function jobsOf(projection: Projection): Job[] {
  const { cursor: position, known, isWorking, startedUs, endsUs } = projection
  const jobs: Job[] = []
  for (let at = position; at < Math.min(known, position + LISTED_MAX); at++) {
    const message = projection.messageAt(at)
    const job = { message, redelivered: false }
    if (at === position && isWorking) jobs.push({ ...job, state: 'working', startedUs, endsUs })
    else jobs.push({ ...job, state: 'waiting', startedUs: -1, endsUs: -1 })
  }
  return jobs
}
