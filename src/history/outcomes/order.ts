/**
 * Orders that were not kept: a message has its effect although one that its producer published later,
 * under the same key, had its effect before. Where messages have no key, those of one producer are one
 * order. Each message counts once, when it has its effect for the first time.
 */
import { CLIENT_FACTS } from '../../clients/client.ts'
import { Effects } from './effects.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

interface Latest {
  origin: number
  message: number
  index: number
}

/** What is known of one scope of clients. */
class Scope {
  readonly effects = new Effects()
  /** The latest effect of each order, by producer and key. */
  private readonly latest = new Map<number, Map<number, Latest>>()

  latestOf(source: number): Map<number, Latest> {
    const known = this.latest.get(source)
    if (known) return known
    const made = new Map<number, Latest>()
    this.latest.set(source, made)
    return made
  }

  get orders(): number {
    let count = 0
    for (const { size } of this.latest.values()) count += size
    return count
  }
}

export class OrderDetector implements Detector {
  private readonly scopes = new Map<string, Scope>()
  private effects = 0
  private broken = 0
  private readonly context: OutcomeContext
  private readonly byKey: boolean

  /** Not `byKey`: all messages of a producer are one order. */
  constructor(context: OutcomeContext, byKey = true) {
    this.context = context
    this.byKey = byKey
  }

  read(index: number, _timeUs: number, kind: number, part: number, message: number): void {
    if (kind !== CLIENT_FACTS.processed) return
    const { context } = this
    const scope = this.scopeOf(part)
    const origin = context.originOf(message)
    if (scope.effects.fact(origin) !== -1) return
    scope.effects.set(origin, index, part)
    this.effects++
    const { messages } = context.records
    const key = this.byKey ? messages.key(origin) : -1
    const latest = scope.latestOf(messages.source(origin))
    const before = latest.get(key)
    if (before === undefined) latest.set(key, { origin, message, index })
    else if (before.origin < origin) {
      before.origin = origin
      before.message = message
      before.index = index
    } else this.report(before, index, part, message)
  }

  end(): void {}

  held(): string[] {
    let orders = 0
    for (const scope of this.scopes.values()) orders += scope.orders
    if (this.broken > 0 || this.effects <= orders) return []
    const each =
      orders === 1 ? 'one order' : `each of ${orders} orders (a consumer, a producer and a key)`
    return [`Order was kept: ${this.effects} effects came in ${each} as published.`]
  }

  private scopeOf(part: number): Scope {
    const id = this.context.scopes.of(part)
    const known = this.scopes.get(id)
    if (known) return known
    const made = new Scope()
    this.scopes.set(id, made)
    return made
  }

  private report(before: Latest, index: number, part: number, message: number): void {
    this.broken++
    const { context } = this
    const key = context.records.key(message)
    const node = context.nodeOf(part)
    const of = key === '' ? '' : ` of key ${key}`
    context.report({
      kind: 'outOfOrder',
      factIndexes: [before.index, index],
      message,
      key,
      node,
      sentence: `${context.name(node)} processes ${context.label(message)}${of} after ${context.label(before.message)}, which was published later.`,
    })
  }
}
