/** What became of each message: who handled it how often, and what happened to it last. */
import { hashText } from '../../base/hash.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { COMMAND_HANDLER_FACTS } from '../../clients/commandHandler/facts.ts'
import { RELAY_FACTS } from '../../clients/relay/facts.ts'
import type { History } from '../history.ts'
import { carriesMessage, lineOf } from '../lines.ts'
import { factKind } from '../vocabulary.ts'

export interface Fate {
  message: number
  /** How often it was handled, by whomever. */
  handled: number
  /** What happened to it last that matters, and after which fact. */
  sentence: string
  timeUs: number
  factIndex: number
}

/** Facts by which a handler has had its effect. */
const EFFECTS = new Set<number>([
  CLIENT_FACTS.processed,
  COMMAND_HANDLER_FACTS.accepted,
  RELAY_FACTS.relayed,
])

/** Facts after which a message that was handled is still no more than that. */
const SETTLING = new Set(['acked', 'confirmed', 'deleted'])

/** What a kind of fact means for the message that it is about. */
const NOTHING = 0
const STEP = 1
const EFFECT = 2
const SETTLED = 3

function meaningOf(kind: number): number {
  if (EFFECTS.has(kind)) return EFFECT
  const { tone, name } = factKind(kind)
  if (tone === 'link' || !carriesMessage(kind)) return NOTHING
  return SETTLING.has(name) ? SETTLED : STEP
}

export class FateReader {
  private readonly meanings: number[] = []
  /** By message: the fact that matters last, how often it was handled, and the sum of who handled it. */
  private readonly last: Int32Array
  private readonly handled: Int32Array
  private readonly handlers: Int32Array
  private readonly owners = new Map<number, number>()
  private readonly history: History

  /** Follows the first `count` messages of a run. */
  constructor(history: History, count: number) {
    this.history = history
    this.last = new Int32Array(count).fill(-1)
    this.handled = new Int32Array(count)
    this.handlers = new Int32Array(count)
  }

  /** Takes in the facts from `from` up to `to`, in order. */
  read(from: number, to: number): void {
    let index = from
    this.history.live.records.facts.each(from, to, (_timeUs, kind, node, message) => {
      const at = index++
      if (message < 0 || message >= this.last.length) return
      const meaning = this.meanings[kind] ?? this.learn(kind)
      if (meaning === NOTHING || (meaning === SETTLED && this.isDone(message))) return
      this.last[message] = at
      if (meaning !== EFFECT) return
      this.handled[message] = (this.handled[message] as number) + 1
      this.handlers[message] = ((this.handlers[message] as number) + this.ownerHash(node)) | 0
    })
  }

  of(message: number): Fate {
    const at = this.last[message] as number
    if (at < 0) return { message, handled: 0, sentence: 'Nothing yet.', timeUs: 0, factIndex: 0 }
    const { sentence, timeUs } = lineOf(this.history, at)
    return {
      message,
      handled: this.handled[message] as number,
      sentence,
      timeUs,
      factIndex: at + 1,
    }
  }

  /** Whether two messages of two runs ended the same: the same handlers as often, and the same at last. */
  isSame(message: number, other: FateReader, twin: number): boolean {
    return (
      this.handled[message] === other.handled[twin] &&
      this.handlers[message] === other.handlers[twin] &&
      this.end(message) === other.end(twin)
    )
  }

  /** What happened last and where; the same for all that were handled and nothing happened since. */
  private end(message: number): number {
    const at = this.last[message] as number
    if (at < 0 || this.isDone(message)) return 0
    const { facts } = this.history.live.records
    return (Math.imul(facts.kind(at), 31) + this.ownerHash(facts.node(at))) | 0
  }

  private isDone(message: number): boolean {
    const at = this.last[message] as number
    return at >= 0 && EFFECTS.has(this.history.live.records.facts.kind(at))
  }

  /** Who a part belongs to, as a number that is the same in every run. */
  private ownerHash(part: number): number {
    const known = this.owners.get(part)
    if (known !== undefined) return known
    const hash = hashText(this.history.live.owner(part))
    this.owners.set(part, hash)
    return hash
  }

  private learn(kind: number): number {
    const meaning = meaningOf(kind)
    this.meanings[kind] = meaning
    return meaning
  }
}
