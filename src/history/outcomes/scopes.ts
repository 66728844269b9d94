/**
 * Who stands for whom: consumers that compete for a queue, and the members of a group, have their effects
 * together, so that one of them doing again what another has done is the same effect twice.
 */
import type { NodeKind, Scenario } from '../../scenario/document.ts'
import { isPartKind } from '../../scenario/kinds.ts'

/** What several clients take messages from, each message one of them. */
const SHARED: ReadonlySet<NodeKind> = new Set(['queue', 'sqsQueue', 'natsConsumer', 'redisGroup'])

export class Scopes {
  private readonly scopes: readonly string[]
  private readonly parts: readonly boolean[]

  constructor({ nodes, links }: Scenario) {
    this.parts = nodes.map(({ kind }) => isPartKind(kind))
    const scopes = nodes.map((node) =>
      node.kind === 'groupConsumer'
        ? `group ${topicOf(node.id)} ${node.group}`
        : node.kind === 'natsSubscriber' && node.queueGroup !== undefined
          ? `queue group ${topicOf(node.id)} ${node.queueGroup}`
          : node.id,
    )
    this.scopes = scopes

    function topicOf(id: string): string {
      return links.find(({ to }) => to === id)?.from ?? ''
    }
    const place = (id: string) => nodes.findIndex((node) => node.id === id)
    for (const queue of nodes) {
      if (!SHARED.has(queue.kind)) continue
      const readers = links.filter(({ from }) => from === queue.id).map(({ to }) => place(to))
      const together = scopes[readers[0] ?? -1]
      for (const reader of readers) {
        const other = scopes[reader]
        for (let i = 0; i < scopes.length; i++) {
          if (scopes[i] === other && together !== undefined) scopes[i] = together
        }
      }
    }
  }

  /** The scope of a client, by its part number. */
  of(part: number): string {
    return this.scopes[part] ?? String(part)
  }

  /** Whether a part of this number is a broker's and not a client: it moves messages, it makes none. */
  isPart(part: number): boolean {
    return part >= this.parts.length || (this.parts[part] ?? true)
  }

  /** Places of all clients in the scope. */
  membersOf(scope: string): number[] {
    return this.scopes.flatMap((each, place) => (each === scope ? [place] : []))
  }
}
