/** The runs on logs by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import type { LogExampleId } from './catalog.ts'
import { commitAndCrash } from './commitAndCrash.ts'
import { eagerOrCooperative } from './eagerOrCooperative.ts'
import { groupShares } from './groupShares.ts'
import { notificationsTeam } from './notificationsTeam.ts'
import { rollingDeploy } from './rollingDeploy.ts'
import { serverSide } from './serverSide.ts'
import { shareQueue } from './shareQueue.ts'
import { slowMember } from './slowMember.ts'

export const bodies: Record<LogExampleId, ExampleBody> = {
  'notifications-team': notificationsTeam,
  'group-shares': groupShares,
  'slow-member': slowMember,
  'eager-or-cooperative': eagerOrCooperative,
  'rolling-deploy': rollingDeploy,
  'commit-and-crash': commitAndCrash,
  'server-side-groups': serverSide,
  'share-queue': shareQueue,
}
