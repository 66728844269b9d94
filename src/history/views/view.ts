/** What the views of all kinds share: from a part of the viewed world to plain data at the playhead. */
import type { Client } from '../../clients/client.ts'
import type { World } from '../../scenario/world.ts'
import type { Effect } from '../frame.ts'

/** What every node's state begins with, for parts of brokers. */
export function partBase(id: string) {
  return { id, crashed: false, slow: 1, changed: {} }
}

/** The same for clients. */
export function clientBase(id: string, client: Client<object>) {
  return {
    id,
    crashed: client.isCrashed,
    slow: client.slowMille / 1000,
    changed: client.changed(),
  }
}

const EFFECTS_LISTED = 20
const LOOK_BACK = 2000

/** The latest effects of a client. `text` is the setting `effect` with `{body}` filled in. */
export function effectsOf(world: World, client: Client<{ effect?: string }>): Effect[] {
  const effects: Effect[] = []
  const template = client.settings.effect ?? '{body}'
  const from = Math.max(0, client.ledger.count - EFFECTS_LISTED)
  for (let i = from; i < client.ledger.count; i++) {
    const message = client.ledger.messages.get(i)
    effects.push({
      message,
      atUs: client.ledger.us.get(i),
      text: template.replaceAll('{body}', world.records.body(message)),
      times: timesUpTo(client, message, i),
    })
  }
  return effects
}

/** How often a message had its effect up to ledger entry `at`. Looks back a bounded way. */
function timesUpTo(client: Client<object>, message: number, at: number): number {
  let times = 1
  for (let i = at - 1; i >= Math.max(0, at - LOOK_BACK); i--) {
    if (client.ledger.messages.get(i) === message) times++
  }
  return times
}
