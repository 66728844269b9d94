/** Draws those who act on events, and services with a database. */
import type { FamilyDrawings } from '../family.ts'
import { drawProcessManager } from '../processManager.ts'
import { drawRelay } from '../relay.ts'
import { drawService } from '../service.ts'

export const drawings: FamilyDrawings<'sourcing'> = {
  processManager: drawProcessManager,
  relay: drawRelay,
  service: drawService,
}
