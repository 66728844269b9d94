/** NATS in the matrix of deliveries: what clients publish, what a stream keeps for a consumer, what it gives up. */
import { NATS_FACTS } from '../../../brokers/pubsub/nats/facts.ts'
import { matchesSubject } from '../../../brokers/pubsub/nats/subjects.ts'
import type { World } from '../../../scenario/world.ts'
import type { MatrixReading, MatrixRules } from '../rules.ts'

export const NATS_MATRIX: MatrixRules = {
  [NATS_FACTS.published]: (tell, { message }) => tell.published(message),
  [NATS_FACTS.delivered]: (tell, { world, part, message }) =>
    tell.owed(subscriberAt(world, part), message),
  [NATS_FACTS.sent]: (tell, { world, part, message }) => {
    const reader = soleReader(world, part)
    if (reader !== -1) tell.owed(reader, message)
  },
  [NATS_FACTS.noResponders]: (tell, { message }) => tell.published(message),
  [NATS_FACTS.stored]: (tell, { world, part, message }) => {
    for (const reader of soleReaders(world, part, world.records.key(message))) {
      tell.owed(reader, message)
    }
  },
  [NATS_FACTS.gaveUp]: (tell, fact) => everyReader(tell, fact, 'max deliver'),
  [NATS_FACTS.limited]: (tell, fact) => everyReader(tell, fact, 'over a limit'),
  [NATS_FACTS.expired]: (tell, fact) => everyReader(tell, fact, 'max age'),
}

/** The place of the subscriber that a subscription is of. */
function subscriberAt(world: World, part: number): number {
  const owner = world.owner(part)
  return world.scenario.nodes.findIndex(({ id }) => id === owner)
}

/** Who alone takes messages from a consumer; -1 if several do. */
function soleReader({ scenario: { nodes, links } }: World, consumer: number): number {
  const readers = links.filter(({ from }) => from === nodes[consumer]?.id)
  return readers.length === 1 ? nodes.findIndex(({ id }) => id === readers[0]?.to) : -1
}

/** Who alone takes messages from a consumer of a stream: with several of them nobody is owed any one message. */
function soleReaders(world: World, stream: number, subject: string): number[] {
  const { nodes, links } = world.scenario
  const streamId = nodes[stream]?.id
  return links.flatMap((link) => {
    if (link.from !== streamId || !matchesSubject(link.key ?? '>', subject)) return []
    const readers = links.filter(({ from }) => from === link.to)
    const reader = readers.length === 1 ? readers[0]?.to : undefined
    return reader === undefined ? [] : [nodes.findIndex(({ id }) => id === reader)]
  })
}

/** A message is gone for those who were owed it: at a stream all of them, at a consumer its own. */
function everyReader(
  tell: MatrixReading,
  { world, part, message }: { world: World; part: number; message: number },
  why: string,
): void {
  const { nodes, links } = world.scenario
  const node = nodes[part]
  const consumers =
    node?.kind === 'natsStream'
      ? links.filter(({ from }) => from === node.id).map((l) => l.to)
      : [node?.id]
  for (const link of links) {
    if (!consumers.includes(link.from)) continue
    const to = nodes.findIndex(({ id }) => id === link.to)
    if (tell.isWaiting(to, message)) tell.missed(to, message, why)
  }
}
