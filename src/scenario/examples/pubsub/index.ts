/** The runs on pub/sub by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import type { PubSubExampleId } from './catalog.ts'
import { notifications } from './notifications.ts'

export const bodies: Record<PubSubExampleId, ExampleBody> = {
  notifications,
}
