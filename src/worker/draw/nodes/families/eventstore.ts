/** Draws the nodes of the event store family. */
import { drawCommandHandler } from '../commandHandler.ts'
import { drawEventStore } from '../eventStore.ts'
import type { FamilyDrawings } from '../family.ts'
import { drawProjection } from '../projection.ts'

export const drawings: FamilyDrawings<'eventstore'> = {
  eventStore: drawEventStore,
  commandHandler: drawCommandHandler,
  projection: drawProjection,
}
