/** Numbers that all clients have in common: what they published, how often they crashed. */
import { CLIENT_FACTS } from '../../../clients/client.ts'
import type { Counter, CounterContext } from './counter.ts'

export class ClientCounter implements Counter {
  /** Last message of each client: one that leaves by several links is published once. */
  private readonly last: number[] = []
  private readonly context: CounterContext

  constructor(context: CounterContext) {
    this.context = context
  }

  count(_timeUs: number, kind: number, part: number, message: number): void {
    if (kind === CLIENT_FACTS.published) {
      if (this.last[part] === message) return
      this.last[part] = message
      this.context.meters[part]?.count('published')
    } else if (kind === CLIENT_FACTS.crashed) this.context.meters[part]?.count('crashes')
  }
}
