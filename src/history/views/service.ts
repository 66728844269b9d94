/** A service with a database at the playhead: its rows, who was told of them, and what does not match. */
import { CRASH_POINTS } from '../../clients/client.ts'
import { Service } from '../../clients/service/service.ts'
import type { World } from '../../scenario/world.ts'
import { type Job, LISTED_MAX } from '../frame.ts'
import type { ServiceState } from '../sourcingStates.ts'
import { clientBase } from './view.ts'

export function viewService(world: World, id: string): ServiceState {
  const service = world.part(id)
  if (!(service instanceof Service)) throw new Error(`${id} is no service`)
  return {
    ...clientBase(id, service),
    kind: 'service',
    jobs: jobsOf(service),
    jobCount: service.received - service.finished,
    rowCount: service.rows,
    rows: rowsOf(service),
    announced: service.announced,
    marked: service.relays.markedCount,
    hasRelay: service.relays.exists,
    relays: relaysOf(service),
    ...service.mismatches(),
    crashPoint: CRASH_POINTS[service.crashPoint - 1] ?? null,
  }
}

function rowsOf(service: Service): ServiceState['rows'] {
  const rows: ServiceState['rows'] = []
  for (let row = Math.max(0, service.rows - LISTED_MAX); row < service.rows; row++) {
    const message = service.rowCommands.get(row)
    rows.push({ message, told: service.timesTold(message), marked: service.relays.isMarked(row) })
  }
  return rows
}

function relaysOf({ relays, rowCommands }: Service): ServiceState['relays'] {
  return relays.all.map(({ phase, isDown, held }, number) => {
    const leases = relays.leasesOf(number)
    return {
      down: isDown,
      publishing: phase === 'publishing',
      rows: (isDown ? leases.rows : held).map((row) => rowCommands.get(row)),
      untilUs: leases.untilUs,
    }
  })
}

function jobsOf(service: Service): Job[] {
  const jobs: Job[] = []
  const message = service.current()
  const { startedUs, endsUs } = service
  if (message !== -1)
    jobs.push({ message, redelivered: false, state: 'working', startedUs, endsUs })
  service.eachWaiting((command) => {
    if (jobs.length >= LISTED_MAX) return
    jobs.push({ message: command, redelivered: false, state: 'waiting', startedUs: -1, endsUs: -1 })
  })
  return jobs
}
