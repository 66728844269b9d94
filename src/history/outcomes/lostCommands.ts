/** Commands that died with their handler, or came while it was down, and of which no event was ever written. */
import { EVENTSTORE_FACTS } from '../../brokers/eventstore/facts.ts'
import { COMMAND_HANDLER_FACTS } from '../../clients/commandHandler/facts.ts'
import type { Detector, OutcomeContext } from './outcome.ts'

export class LostCommandsDetector implements Detector {
  /** Commands with an event in a store. */
  private readonly written = new Set<number>()
  private readonly gone: { index: number; part: number; command: number; unheard: boolean }[] = []
  private readonly context: OutcomeContext

  constructor(context: OutcomeContext) {
    this.context = context
  }

  read(index: number, _timeUs: number, kind: number, part: number, message: number): void {
    if (kind === EVENTSTORE_FACTS.appended) {
      this.written.add(this.context.records.messages.parent(message))
    } else if (kind === COMMAND_HANDLER_FACTS.lost || kind === COMMAND_HANDLER_FACTS.unheard) {
      const unheard = kind === COMMAND_HANDLER_FACTS.unheard
      this.gone.push({ index, part, command: message, unheard })
    }
  }

  end(): void {
    for (const { index, part, command, unheard } of this.gone) {
      // An append that was under way when the handler crashed still reaches the store.
      if (this.written.has(command)) continue
      const { context } = this
      const node = context.nodeOf(part)
      const why = unheard ? 'is down and does not hear it' : 'had it only in memory'
      context.report({
        kind: 'lost',
        factIndexes: [index],
        message: command,
        key: context.records.key(command),
        node,
        sentence: `${context.label(command)} is lost: ${context.name(node)} ${why}.`,
      })
    }
  }
}
