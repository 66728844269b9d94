/** Which subscriptions a message reaches, in the order in which mosquitto finds them. */
import type { Session, SubscriptionRow } from './session.ts'
import type { Shares } from './shares.ts'
import { matchesFilter, walkOrder } from './topics.ts'

export interface Hit {
  session: Session
  subscription: SubscriptionRow
  /** Interned `$share/group/filter` if it is a share group's turn, -1 if not. */
  share: number
  /** Where it comes in the walk. */
  order: string
  /** The greatest QoS of all the session's subscriptions that match: what the standard gives a 3.1.1 client. */
  greatestQos: number
}

/** Subscriptions that match a topic change seldom; they are found once for each topic until one does. */
export class Routes {
  private readonly plain = new Map<number, readonly Hit[]>()

  /** A subscription came, went or changed, or the state is that of another moment. */
  forget(): void {
    this.plain.clear()
  }

  /** Plain subscriptions come first, so a member that has one gets its copy by that. */
  hitsOf(
    id: number,
    topic: string,
    sessions: readonly Session[],
    shares: Shares,
    asMosquitto: boolean,
  ): readonly Hit[] {
    let plain = this.plain.get(id)
    if (!plain) {
      if (this.plain.size >= TOPICS_MAX) this.plain.clear()
      plain = plainHits(topic, sessions)
      this.plain.set(id, plain)
    }
    const shared = sharedHits(topic, sessions, shares, asMosquitto)
    return shared.length === 0 ? plain : [...plain, ...shared]
  }
}

const TOPICS_MAX = 1000

function plainHits(topic: string, sessions: readonly Session[]): Hit[] {
  const plain: Hit[] = []
  for (const session of sessions) {
    if (!session.alive) continue
    const from = plain.length
    let greatestQos = 0
    for (const subscription of session.subscriptions.values()) {
      const { filter, qos } = subscription
      if (filter.startsWith('$share/') || !matchesFilter(filter, topic)) continue
      greatestQos = Math.max(greatestQos, qos)
      plain.push({ session, subscription, share: -1, order: walkOrder(filter), greatestQos })
    }
    for (let i = from; i < plain.length; i++) (plain[i] as Hit).greatestQos = greatestQos
  }
  return plain.sort(byOrder)
}

/** The next member of each share group: whose turn it is changes with each message. */
function sharedHits(
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
      const { qos } = subscription
      const order = walkOrder(filter)
      shared.push({ session, subscription, share: id, order, greatestQos: qos })
    }
  }
  return shared.sort(byOrder)
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
