/** Which subscriptions a message reaches, in the order in which mosquitto finds them. */
import type { Session, SubscriptionRow } from './session.ts'
import type { Shares } from './shares.ts'
import { matchesFilter, readShare, walkOrder } from './topics.ts'

export interface Hit {
  session: Session
  subscription: SubscriptionRow
  /** Interned `$share/group/filter` if it is a share group's turn, -1 if not. */
  share: number
  /** Where it comes in the walk. */
  order: string
}

export function hitsOf(
  topic: string,
  sessions: readonly Session[],
  shares: Shares,
  asMosquitto: boolean,
): Hit[] {
  const shared: Hit[] = []
  for (const { id, name, filter, members } of shares.all()) {
    if (!matchesFilter(filter, topic)) continue
    const there = sessions.filter(({ node }) => members.includes(node))
    const first = there.find(({ node }) => node === members[0])
    const session = asMosquitto ? first : (nextConnected(members, there) ?? first)
    const subscription = session?.subscriptions.get(name)
    if (session && subscription) {
      shared.push({ session, subscription, share: id, order: walkOrder(filter) })
    }
  }
  const plain: Hit[] = []
  for (const session of sessions) {
    if (!session.alive) continue
    for (const subscription of session.subscriptions.values()) {
      const { filter } = subscription
      if (readShare(filter) || !matchesFilter(filter, topic)) continue
      plain.push({ session, subscription, share: -1, order: walkOrder(filter) })
    }
  }
  // Plain subscriptions come first, so a member that has one gets its copy by that.
  return [...plain.sort(byOrder), ...shared.sort(byOrder)]
}

function byOrder(a: Hit, b: Hit): number {
  return a.order < b.order ? -1 : a.order > b.order ? 1 : 0
}

function nextConnected(members: readonly number[], there: readonly Session[]): Session | undefined {
  for (const member of members) {
    const session = there.find(({ node, isConnected }) => node === member && isConnected)
    if (session) return session
  }
  return undefined
}
