/**
 * Effects that happened twice: a handler that finished a message that it, or one that competes with it,
 * had finished before; and a store that holds the event of one command twice. The message may be the
 * same, redelivered, or one that a relay or a service published again for the same cause. What an inbox
 * kept from having its effect again is none.
 */
import { EVENTSTORE_FACTS } from '../../brokers/eventstore/facts.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import { Effects } from './effects.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

export class DuplicatedDetector implements Detector {
  /** By scope of clients, or by part of a store. */
  private readonly effects = new Map<string | number, Effects>()
  /** By client: the message that its inbox has, so that what it does with it next has no effect. */
  private readonly known = new Map<number, number>()
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(index: number, _timeUs: number, kind: number, part: number, message: number): void {
    const { context } = this
    if (kind === CLIENT_FACTS.deduplicated) this.known.set(part, message)
    else if (kind === CLIENT_FACTS.processed) {
      if (this.known.get(part) === message) {
        this.known.delete(part)
        return
      }
      // What a projection counts is another matter: `misfolded.ts`.
      if (context.world.scenario.nodes[part]?.kind === 'projection') return
      this.effect(context.scopes.of(part), index, part, message)
    } else if (kind === EVENTSTORE_FACTS.appended) this.effect(part, index, part, message)
  }

  end(): void {}

  private effect(scope: string | number, index: number, part: number, message: number): void {
    const { context } = this
    const effects = this.effectsOf(scope)
    const origin = context.originOf(message)
    const before = effects.fact(origin)
    const by = before === -1 ? -1 : effects.part(origin)
    effects.set(origin, index, part)
    if (before === -1) return
    context.report({
      kind: 'duplicated',
      factIndexes: [before, index],
      message,
      key: context.records.key(message),
      node: context.nodeOf(part),
      sentence: this.sentence(by, part, message),
    })
  }

  private effectsOf(scope: string | number): Effects {
    const known = this.effects.get(scope)
    if (known) return known
    const made = new Effects()
    this.effects.set(scope, made)
    return made
  }

  /** `before` is the part that had the effect before. */
  private sentence(before: number, part: number, message: number): string {
    const { context } = this
    const who = context.name(context.nodeOf(part))
    const label = context.label(message)
    if (context.scopes.isPart(part)) return `${who} holds ${label} twice for the same cause.`
    if (before === part) return `${who} processes ${label} a second time.`
    return `${who} processes ${label}, which ${context.name(context.nodeOf(before))} had processed before.`
  }
}
