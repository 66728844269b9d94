/** NATS in the matrix of deliveries: what clients publish, what a stream keeps for a consumer, refuses, and lets go of. */
import { NATS_FACTS, STORE_FAILED } from '../../../brokers/pubsub/nats/facts.ts'
import type { ConsumerRow } from '../../../brokers/pubsub/nats/jetstream/consumer.ts'
import type { Stream } from '../../../brokers/pubsub/nats/jetstream/stream.ts'
import type { World } from '../../../scenario/world.ts'
import type { MatrixFact, MatrixReading, MatrixRules } from '../rules.ts'
import { consumersOf, missedByReaders, missedTogether, readersOf, soleReaders } from './readers.ts'

export const NATS_MATRIX: MatrixRules = {
  [NATS_FACTS.published]: (tell, { message }) => tell.published(message),
  [NATS_FACTS.delivered]: (tell, { world, part, message }) =>
    tell.owed(subscriberAt(world, part), message),
  [NATS_FACTS.sent]: (tell, { world, part, message }) => {
    const [reader, ...others] = readersOf(world, part)
    if (reader !== undefined && others.length === 0) tell.owed(reader, message)
  },
  [NATS_FACTS.noResponders]: (tell, { message }) => tell.published(message),
  [NATS_FACTS.stored]: (tell, { world, part, message }) => {
    for (const reader of soleReaders(world, part, world.records.key(message))) {
      tell.owed(reader, message)
    }
  },
  [NATS_FACTS.consumerCreated]: (tell, { world, aux }) => tellWhatIsBefore(tell, world, aux),
  [NATS_FACTS.refused]: (tell, fact) =>
    atStream(tell, fact, fact.aux === STORE_FAILED ? 'stream full' : 'refused by the stream'),
  [NATS_FACTS.passedOver]: (tell, fact) => atStream(tell, fact, 'no consumer was interested'),
  [NATS_FACTS.limited]: (tell, fact) => atStream(tell, fact, 'over a limit'),
  [NATS_FACTS.expired]: (tell, fact) => atStream(tell, fact, 'max age'),
  [NATS_FACTS.deleted]: (tell, fact) => atStream(tell, fact, 'deleted'),
  [NATS_FACTS.purged]: (tell, { world, part }) => allGone(tell, world, part, 'purged'),
  [NATS_FACTS.streamDeleted]: (tell, { world, part }) => allGone(tell, world, part, 'stream gone'),
  [NATS_FACTS.gaveUp]: (tell, fact) => atConsumer(tell, fact, 'max deliver'),
  [NATS_FACTS.terminated]: (tell, fact) => atConsumer(tell, fact, 'terminated'),
}

/** A durable that is made late passes over what is before its beginning, even though the stream has it. */
function tellWhatIsBefore(tell: MatrixReading, world: World, row: number): void {
  const { part, stream, config, start, lasts, resume } = world.records.rowAt<ConsumerRow>(row)
  const kept = world.sim.parts[stream] as Stream
  const from = lasts.length > 0 ? resume + 1 : start
  for (let at = kept.next(config.filterSubject, 0); at !== 0 && at < from; ) {
    if (!lasts.includes(at)) {
      missedTogether(
        tell,
        readersOf(world, part),
        kept.messageAt(at),
        'before where its durable begins',
      )
    }
    at = kept.next(config.filterSubject, at + 1)
  }
}

/** The place of the subscriber that a subscription is of. */
function subscriberAt(world: World, part: number): number {
  const owner = world.owner(part)
  return world.scenario.nodes.findIndex(({ id }) => id === owner)
}

function atStream(tell: MatrixReading, { world, part, message }: MatrixFact, why: string): void {
  missedByReaders(tell, world, part, message, why)
}

/** It goes out no more, whoever had it before; if nobody had, all miss it. */
function atConsumer(tell: MatrixReading, { world, part, message }: MatrixFact, why: string): void {
  const readers = readersOf(world, part)
  for (const reader of readers) if (tell.hasHad(reader, message)) tell.missed(reader, message, why)
  missedTogether(tell, readers, message, why)
}

function allGone(tell: MatrixReading, world: World, stream: number, why: string): void {
  for (const consumer of consumersOf(world, stream, null)) {
    for (const reader of readersOf(world, consumer)) tell.missedAll(reader, why)
  }
}
