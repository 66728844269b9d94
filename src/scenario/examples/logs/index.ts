/** The runs on logs by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import type { LogExampleId } from './catalog.ts'
import { notificationsTeam } from './notificationsTeam.ts'

export const bodies: Record<LogExampleId, ExampleBody> = {
  'notifications-team': notificationsTeam,
}
