/** What happened to the effects of messages: twice, or not in the order in which their messages were made. */
import { CLIENT_FACTS } from '../../../clients/client.ts'
import { rootOf } from '../../looks.ts'
import { Teams } from '../teams.ts'
import type { Term, TermContext } from '../term.ts'

const PROCESSED = [CLIENT_FACTS.processed] as const

/** Which messages had an effect at a node, one bit each. */
class Seen {
  private bits = new Uint32Array(64)

  /** Returns whether it was there already. */
  add(message: number): boolean {
    const word = message >>> 5
    if (word >= this.bits.length) {
      const more = new Uint32Array(Math.max(word + 1, this.bits.length * 2))
      more.set(this.bits)
      this.bits = more
    }
    const mask = 1 << (message & 31)
    const before = this.bits[word] as number
    this.bits[word] = before | mask
    return (before & mask) !== 0
  }
}

/** `duplicates(node)`: effects beyond the first of each message among those who share its queue or group. */
export class Duplicates implements Term {
  readonly kinds = PROCESSED
  private count = 0
  private readonly seen: (Seen | undefined)[] = []
  private readonly teams: Teams

  constructor(context: TermContext, place: number | null) {
    this.teams = new Teams(context, place)
  }

  take(_timeUs: number, _kind: number, part: number, message: number): void {
    const team = this.teams.of(part)
    if (message < 0 || team === -1) return
    const seen = this.seen[team] ?? new Seen()
    this.seen[team] = seen
    if (seen.add(message) && this.teams.isAsked(part)) this.count++
  }

  read(): number {
    return this.count
  }
}

/**
 * `outOfOrder(node, by=key)`: first effects that came after the effect of a message that was published later, by
 * the same producer under the same key (`by=all`: any key), among those who share a queue or group. What a service
 * or relay made counts as the message that it was made from. A second effect is a duplicate, not a violation.
 */
export class OutOfOrder implements Term {
  readonly kinds = PROCESSED
  private count = 0
  /** By team, producer and key: the latest message that had its effect. */
  private readonly latest = new Map<number, number>()
  private readonly seen: (Seen | undefined)[] = []
  private readonly context: TermContext
  private readonly teams: Teams
  private readonly byKey: boolean

  constructor(context: TermContext, place: number | null, byKey: boolean) {
    this.context = context
    this.teams = new Teams(context, place)
    this.byKey = byKey
  }

  take(_timeUs: number, _kind: number, part: number, message: number): void {
    const team = this.teams.of(part)
    if (message < 0 || team === -1) return
    const seen = this.seen[team] ?? new Seen()
    this.seen[team] = seen
    if (seen.add(message)) return
    const { records } = this.context.world
    const { messages } = records
    const root = rootOf(records, message)
    const key = this.byKey ? messages.key(root) : -1
    if (this.byKey && key === -1) return
    // Parts and producers are below 2^16: one number names all three.
    const line = ((key + 1) * 65_536 + messages.source(root)) * 65_536 + team
    const before = this.latest.get(line)
    if (before === undefined || root > before) this.latest.set(line, root)
    else if (root < before && this.teams.isAsked(part)) this.count++
  }

  read(): number {
    return this.count
  }
}
