/** Those who act on events, and services with a database, at the playhead. */
import type { FamilyViews } from '../family.ts'
import { viewProcessManager } from '../processManager.ts'
import { viewRelay } from '../relay.ts'
import { viewService } from '../service.ts'

export const views: FamilyViews<'sourcing'> = {
  processManager: viewProcessManager,
  relay: viewRelay,
  service: viewService,
}
