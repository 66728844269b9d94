/** What the wirings of all places that keep nothing have in common: publishing to one, and being absent from one. */
import { TERMS } from '../../../clients/client.ts'
import { isNoAck } from '../../../clients/consumer/delivery.ts'
import { Producer } from '../../../clients/producer/producer.ts'
import { Requester } from '../../../clients/requester/requester.ts'
import { MISSED } from '../../../clients/subscriber/facts.ts'
import type { Subscriber } from '../../../clients/subscriber/subscriber.ts'
import type { Pipe } from '../../../engine/pipe.ts'
import type { LinkDoc } from '../../document.ts'
import type { WiringContext } from '../context.ts'
import { OP } from '../ops.ts'

/** A subscription of a subscriber to a place, by its link. */
export interface Way {
  link: LinkDoc
  /** Among the links of the client. */
  port: number
  client: Subscriber
  forward: Pipe
  queueGroup?: string
}

/** The name under which a place knows a link's connection, and back. */
export function connectionName(link: string, connection: number): string {
  return `${link}#${connection}`
}
export function connectionOf(name: string): { link: string; connection: number } {
  const at = name.lastIndexOf('#')
  return { link: name.slice(0, at), connection: Number(name.slice(at + 1)) }
}

/**
 * The subject under which a message goes out by a link: the link's, else its own key, else the name of its producer.
 * Who makes messages gets to know it, so that they bear it from the start.
 */
export function subjectOn(world: WiringContext, link: LinkDoc): (message: number) => number {
  const { messages, strings } = world.sim.records
  const given = link.key === undefined || link.key === '' ? -1 : strings.id(link.key)
  const own = strings.id(world.node(link.from).name.replaceAll(/\s+/g, '-'))
  const client = world.sim.parts[world.nodePart(link.from)]
  if (client instanceof Producer || client instanceof Requester) {
    if (client.subject === -1) client.subject = given === -1 ? own : given
  }
  return (message) => {
    if (given !== -1) return given
    const key = messages.key(message)
    return key === -1 ? own : key
  }
}

/** The message as it goes out under a subject: itself, or a copy where it is called otherwise. */
export function underSubject(world: WiringContext, message: number, subject: number): number {
  const { records } = world.sim
  const { messages } = records
  if (messages.key(message) === subject) return message
  const source = messages.source(message)
  const [ordinal, props] = [messages.ordinal(message), messages.props(message)]
  const body = records.bodyId(message)
  return messages.addRow(world.sim.nowUs, body, ordinal, subject, props, message, source)
}

/**
 * Tells those whom a message concerned and whom the place does not know (any more) that they miss it. `listening` is
 * who gets it: the same list as long as nobody comes or goes, so that who is absent is looked for once.
 */
export class Absentees<Listening extends object> {
  private known = new WeakMap<Listening, readonly Way[]>()
  private readonly ways: readonly Way[]
  private readonly isServed: (way: Way, listening: Listening) => boolean
  private readonly matches: (filter: string, subject: string) => boolean

  constructor(
    ways: readonly Way[],
    isServed: (way: Way, listening: Listening) => boolean,
    matches: (filter: string, subject: string) => boolean,
  ) {
    this.ways = ways
    this.isServed = isServed
    this.matches = matches
  }

  miss(message: number, subject: string, listening: Listening): void {
    let absent = this.known.get(listening)
    if (absent === undefined) {
      absent = this.ways.filter(
        (way) =>
          !this.isServed(way, listening) && this.matches(way.client.filterOf(way.port), subject),
      )
      this.known.set(listening, absent)
    }
    for (const { client } of absent) {
      client.miss(message, client.absence === -1 ? MISSED.connecting : client.absence)
    }
  }

  /** It never came to the place: all whose filters match miss it, but a group, of which nobody knows who it was for. */
  missUnsent(message: number, subject: string): void {
    for (const { client, port, queueGroup = '' } of this.ways) {
      if (queueGroup === '' && this.matches(client.filterOf(port), subject)) {
        client.miss(message, client.absence === -1 ? MISSED.unsent : client.absence)
      }
    }
  }

  /** A filter changed: who is absent has to be looked for anew. */
  forget(): void {
    this.known = new WeakMap()
  }
}

/** What gets lost on its way to a subscriber and will not be sent again, it misses. */
export function tellLosses({ forward, client }: Way): void {
  forward.onLost = (op, message, delivery) => {
    if (op === OP.deliver && isNoAck(delivery)) client.miss(message, MISSED.lost)
  }
}

/** What gets lost on its way to a place misses whoever is subscribed there, unless its producer publishes it again. */
export function tellUnsent(
  pipe: Pipe,
  subject: (message: number) => number,
  missUnsent: (message: number, subject: number) => void,
): void {
  pipe.onLost = (op, message, terms) => {
    if (op === OP.publish && (terms & TERMS.confirm) === 0) missUnsent(message, subject(message))
  }
}

/** The acts on subscribers of this family: offline and back. */
export function allowPresence(
  world: WiringContext,
  subscribers: ReadonlyMap<string, Subscriber>,
): void {
  world.onAct('goOffline', ({ node }) => subscribers.get(node)?.goOffline())
  world.onAct('comeBack', ({ node }) => subscribers.get(node)?.comeBack())
}
