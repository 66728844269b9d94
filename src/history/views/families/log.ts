/** The nodes of the log family at the playhead. */
import type { FamilyViews } from '../family.ts'
import { viewGroupConsumer } from '../groupConsumer.ts'
import { viewTopic } from '../topic.ts'

export const views: FamilyViews<'log'> = { topic: viewTopic, groupConsumer: viewGroupConsumer }
