/**
 * Effects that happened twice: a handler that finished a message that it, or one that competes with it,
 * had finished before; and a store that holds the event of one command twice. The message may be the
 * same, redelivered, or one that a relay or a service published again for the same cause.
 */
import { EVENTSTORE_FACTS } from '../../brokers/eventstore/facts.ts'
import { CLIENT_FACTS } from '../../clients/client.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

interface Effect {
  index: number
  part: number
}

export class DuplicatedDetector implements Detector {
  private readonly seen = new Map<string, Effect>()
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(index: number, _timeUs: number, kind: number, part: number, message: number): void {
    const { context } = this
    if (kind === CLIENT_FACTS.processed) {
      // What a projection counts is another matter: `misfolded.ts`.
      if (context.world.scenario.nodes[part]?.kind === 'projection') return
      this.effect(`${context.scopes.of(part)}/${context.originOf(message)}`, index, part, message)
    } else if (kind === EVENTSTORE_FACTS.appended) {
      this.effect(`${part}/${context.originOf(message)}`, index, part, message)
    }
  }

  end(): void {}

  private effect(id: string, index: number, part: number, message: number): void {
    const before = this.seen.get(id)
    this.seen.set(id, { index, part })
    if (before === undefined) return
    const { context } = this
    context.report({
      kind: 'duplicated',
      factIndexes: [before.index, index],
      message,
      key: context.records.key(message),
      node: context.nodeOf(part),
      sentence: this.sentence(before, part, message),
    })
  }

  private sentence(before: Effect, part: number, message: number): string {
    const { context } = this
    const who = context.name(context.nodeOf(part))
    const label = context.label(message)
    if (context.scopes.isPart(part)) return `${who} holds ${label} twice for the same cause.`
    if (before.part === part) return `${who} processes ${label} a second time.`
    return `${who} processes ${label}, which ${context.name(context.nodeOf(before.part))} had processed before.`
  }
}
