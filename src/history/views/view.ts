/** What the views of all kinds share: from a part of the viewed world to plain data at the playhead. */
import type { Client, Ledger } from '../../clients/client.ts'
import { originOf } from '../../clients/inbox.ts'
import type { MessageTable } from '../../engine/messages.ts'
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
    ...(client.inbox.window > 0 && { inbox: inboxOf(client) }),
  }
}

function inboxOf({ inbox: { window, size, passed } }: Client<object>) {
  return { window, size, passed }
}

const EFFECTS_LISTED = 20
const LOOK_BACK = 2000

/** The latest effects of a client. `text` is the setting `effect` with `{body}` filled in. */
export function effectsOf(world: World, client: Client<{ effect?: string }>): Effect[] {
  const effects: Effect[] = []
  const { ledger } = client
  const from = Math.max(0, ledger.count - EFFECTS_LISTED)
  const times = new Times(ledger, from, world.records.messages)
  for (let i = from; i < ledger.count; i++) {
    const message = ledger.messageAt(i)
    effects.push({
      message,
      atUs: ledger.usAt(i),
      text: effectText(client, message),
      times: times.upTo(i),
    })
  }
  return effects
}

/** What its effect of a message says. */
export function effectText(client: Client<{ effect?: string }>, message: number): string {
  return (client.settings.effect ?? '{body}').replaceAll('{body}', client.contentOf(message))
}

/**
 * How often the messages of the last entries of a ledger had their effect, copies of one event counted as one: each
 * looks back a bounded way.
 */
class Times {
  /** Entries of each of the messages, in order. */
  private readonly entries = new Map<number, number[]>()
  private readonly ledger: Ledger
  private readonly messages: MessageTable

  constructor(ledger: Ledger, from: number, messages: MessageTable) {
    this.ledger = ledger
    this.messages = messages
    let oldest = Number.POSITIVE_INFINITY
    for (let i = from; i < ledger.count; i++) {
      const message = this.originAt(i)
      this.entries.set(message, [])
      if (message < oldest) oldest = message
    }
    for (let i = Math.max(0, from - LOOK_BACK); i < ledger.count; i++) {
      const message = this.originAt(i)
      // Most of what is looked back at is older than all of them.
      if (message >= oldest) this.entries.get(message)?.push(i)
    }
  }

  upTo(at: number): number {
    const entries = this.entries.get(this.originAt(at)) ?? []
    return entries.filter((entry) => entry <= at && entry >= at - LOOK_BACK).length
  }

  private originAt(at: number): number {
    return originOf(this.messages, this.ledger.messageAt(at))
  }
}
