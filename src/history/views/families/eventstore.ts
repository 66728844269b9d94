/** The nodes of the event store family at the playhead. */
import { viewCommandHandler } from '../commandHandler.ts'
import { viewEventStore } from '../eventStore.ts'
import type { FamilyViews } from '../family.ts'
import { viewProjection } from '../projection.ts'

export const views: FamilyViews<'eventstore'> = {
  eventStore: viewEventStore,
  commandHandler: viewCommandHandler,
  projection: viewProjection,
}
