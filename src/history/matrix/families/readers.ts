/** Who reads a JetStream stream: what is gone from it without anyone having had it, all of them miss. */
import { matchesSubject } from '../../../brokers/pubsub/nats/subjects.ts'
import type { World } from '../../../scenario/world.ts'
import type { MatrixReading } from '../rules.ts'

/** Who takes messages from a consumer, by its place; each by place. */
export function readersOf({ scenario }: World, consumer: number): number[] {
  const id = scenario.nodes[consumer]?.id
  return scenario.links
    .filter(({ from }) => from === id)
    .map(({ to }) => scenario.nodes.findIndex((node) => node.id === to))
}

/** Those who alone take messages from a consumer: with several of them nobody is owed any one message. */
export function soleReaders(world: World, stream: number, subject: string): number[] {
  return consumersOf(world, stream, subject).flatMap((consumer) => {
    const readers = readersOf(world, consumer)
    return readers.length === 1 ? readers : []
  })
}

/** A message does not get into a stream, or is gone from it: whoever shares a consumer misses it if none of them had it. */
export function missedByReaders(
  tell: MatrixReading,
  world: World,
  stream: number,
  message: number,
  why: string,
): void {
  for (const consumer of consumersOf(world, stream, world.records.key(message))) {
    missedTogether(tell, readersOf(world, consumer), message, why)
  }
}

export function missedTogether(
  tell: MatrixReading,
  readers: readonly number[],
  message: number,
  why: string,
): void {
  if (readers.some((reader) => tell.hasHad(reader, message))) return
  for (const reader of readers) tell.missed(reader, message, why)
}

export function consumersOf(
  { scenario: { nodes, links } }: World,
  stream: number,
  subject: string | null,
): number[] {
  const id = nodes[stream]?.id
  return links
    .filter(({ from, key = '>' }) => {
      return from === id && (subject === null || matchesSubject(key === '' ? '>' : key, subject))
    })
    .map(({ to }) => nodes.findIndex((node) => node.id === to))
}
