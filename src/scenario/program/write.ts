/** Writes the roles of a process in the order in which one program can do them. */
import type { Scenario } from '../document.ts'
import type { ClientKind } from '../kinds.ts'
import type { Process, Role } from './plan.ts'
import type { Sheet } from './sheet.ts'

/** How each kind of client is written in a language. */
export type Writers = {
  [K in ClientKind]: (sheet: Sheet, scenario: Scenario, role: Role<K>) => void
}

/** Subscribers must be there before something is published. Relays and projections read what the others have written by then; loops come last. */
const ORDER: readonly ClientKind[] = [
  'natsSubscriber',
  'redisSubscriber',
  'commandHandler',
  'service',
  'producer',
  'natsRequester',
  'processManager',
  'relay',
  'projection',
  'consumer',
  'groupConsumer',
  'pollingConsumer',
  'redisConsumer',
  'redisReader',
  'mqttClient',
]

export function writeRoles(
  sheet: Sheet,
  scenario: Scenario,
  process: Process,
  writers: Writers,
  catchUp: (sheet: Sheet, roles: readonly Role[]) => void,
): void {
  for (const kind of ORDER) {
    const write = writers[kind] as (sheet: Sheet, scenario: Scenario, role: Role) => void
    for (const role of process.roles) if (role.docs[0].kind === kind) write(sheet, scenario, role)
    if (kind === 'processManager') catchUp(sheet, process.roles)
  }
}
