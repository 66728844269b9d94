/**
 * Orders that were not kept: a message has its effect although one that its producer published later,
 * under the same key, had its effect before. Where messages have no key, those of one producer are one
 * order. Each message counts once, when it has its effect for the first time.
 */
import { CLIENT_FACTS } from '../../clients/client.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

interface Latest {
  origin: number
  message: number
  index: number
}

export class OrderDetector implements Detector {
  private readonly seen = new Set<string>()
  private readonly latest = new Map<string, Latest>()
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
    const scope = context.scopes.of(part)
    const origin = context.originOf(message)
    const id = `${scope}/${origin}`
    if (this.seen.has(id)) return
    this.seen.add(id)
    this.effects++
    const { messages } = context.records
    const key = this.byKey ? messages.key(origin) : -1
    const order = `${scope}/${messages.source(origin)}/${key}`
    const before = this.latest.get(order)
    if (before === undefined || before.origin < origin) {
      this.latest.set(order, { origin, message, index })
    } else this.report(before, index, part, message)
  }

  end(): void {}

  held(): string[] {
    const orders = this.latest.size
    if (this.broken > 0 || this.effects <= orders) return []
    const each =
      orders === 1 ? 'one order' : `each of ${orders} orders (a consumer, a producer and a key)`
    return [`Order was kept: ${this.effects} effects came in ${each} as published.`]
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
