/** A NATS server, its streams and their consumers, at the playhead. */
import type { Consumer } from '../../brokers/pubsub/nats/jetstream/consumer.ts'
import type { Stream } from '../../brokers/pubsub/nats/jetstream/stream.ts'
import type { NatsServer } from '../../brokers/pubsub/nats/server.ts'
import type { NodeOf } from '../../scenario/document.ts'
import type { World } from '../../scenario/world.ts'
import { type Held, LISTED_MAX } from '../frame.ts'
import type { NatsConsumerState, NatsServerState, NatsStreamState } from '../pubsubStates.ts'
import { placeOf } from './place.ts'
import { partBase } from './view.ts'

export function viewNatsServer(world: World, id: string): NatsServerState {
  const server = world.part(id) as NatsServer
  const here = server.subscriptions.filter(({ alive }) => alive).length
  return {
    ...placeOf(
      world,
      id,
      server.seen,
      server.unheardCount,
      here,
      (subject) => server.jetStream.streamOf(subject) !== undefined,
    ),
    kind: 'natsServer',
  }
}

export function viewNatsStream(world: World, id: string): NatsStreamState {
  const stream = world.part(id) as Stream | undefined
  const doc = world.scenario.nodes.find((node) => node.id === id) as NodeOf<'natsStream'>
  return {
    ...partBase(id),
    kind: 'natsStream',
    gone: !stream?.alive,
    retention: doc.retention ?? 'limits',
    first: stream?.first ?? 0,
    last: stream?.last ?? 0,
    count: stream?.count ?? 0,
    bytes: stream?.bytes ?? 0,
    kept: stream ? keptIn(stream) : [],
    duplicates: stream?.duplicates ?? 0,
    refused: stream?.refused ?? 0,
    limited: stream?.limited ?? 0,
    settled: stream?.settled ?? 0,
  }
}

function keptIn(stream: Stream): NatsStreamState['kept'] {
  const kept: NatsStreamState['kept'] = []
  const { maxAgeUs } = stream.config
  for (let at = stream.last; at >= Math.max(1, stream.first) && kept.length < LISTED_MAX; at--) {
    if (!stream.has(at)) continue
    const fromUs = stream.storedUs(at)
    kept.push({
      sequence: at,
      message: stream.messageAt(at),
      ...(maxAgeUs > 0 && { clock: { fromUs, untilUs: fromUs + maxAgeUs } }),
    })
  }
  return kept.reverse()
}

export function viewNatsConsumer(world: World, id: string): NatsConsumerState {
  const consumer = world.part(id) as Consumer | undefined
  const doc = world.scenario.nodes.find((node) => node.id === id) as NodeOf<'natsConsumer'>
  const ackPending = consumer ? ackPendingOf(consumer) : []
  return {
    ...partBase(id),
    kind: 'natsConsumer',
    gone: !consumer?.alive,
    push: doc.push ?? false,
    filter: consumer?.config.filterSubject || '>',
    pending: consumer?.pendingCount ?? 0,
    next: consumer ? nextOf(consumer) : [],
    ackPending: ackPending.slice(0, LISTED_MAX),
    ackPendingCount: consumer?.pending.size ?? 0,
    again: consumer ? againOf(consumer) : [],
    floor: consumer?.floorStream ?? 0,
    waitingPulls: consumer?.waiting.length ?? 0,
    active: consumer?.isActive ?? false,
    stalled: consumer?.isStalled ?? false,
    headersOnly: doc.headersOnly ?? false,
    acked: consumer?.ackedCount ?? 0,
    redelivered: consumer?.redeliveredCount ?? 0,
    gaveUp: consumer?.gaveUpCount ?? 0,
  }
}

/** As many as a node shows of what is to be sent for the first time. */
const NEXT_MAX = 12

const notSent = (message: number): Held => ({ message, redelivered: false })

/** The one that waits for its time (replay policy "original") is next. */
function nextOf(consumer: Consumer): Held[] {
  const { stream, config, nextStream, lasts } = consumer
  const waitsWith = consumer.held.sequence
  const held: Held[] = waitsWith === 0 ? [] : [notSent(stream.messageAt(waitsWith))]
  let at = stream.next(config.filterSubject, lasts[0] ?? nextStream)
  while (at !== 0 && held.length < NEXT_MAX) {
    held.push(notSent(stream.messageAt(at)))
    at = stream.next(config.filterSubject, at + 1)
  }
  return held
}

function againOf({ stream, queue }: Consumer): Held[] {
  return queue
    .slice(0, NEXT_MAX)
    .map((sequence) => ({ message: stream.messageAt(sequence), redelivered: true }))
}

function ackPendingOf(consumer: Consumer): NatsConsumerState['ackPending'] {
  const { stream, pending, again } = consumer
  return [...pending].map(([sequence, { sinceUs }]) => {
    const count = (again.get(sequence) ?? 0) + 1
    return {
      sequence,
      message: stream.messageAt(sequence),
      redelivered: count > 1,
      count,
      clock: { fromUs: sinceUs, untilUs: sinceUs + consumer.ackWaitUs(sequence) },
    }
  })
}
