/** What both languages say of NATS and Redis Pub/Sub: settings of streams and durable consumers, filters, subjects. */
import { hasGlob } from '../../brokers/pubsub/redis/glob.ts'
import type { NodeOf, Scenario } from '../document.ts'

/** Subjects that a stream keeps: the keys of the links into it. */
export function subjectsOf(scenario: Scenario, stream: { id: string }): string[] {
  return scenario.links.filter(({ to }) => to === stream.id).map(({ key }) => key ?? '>')
}

/** The stream of a durable consumer, and its filter. */
export function streamOf(
  scenario: Scenario,
  consumer: { id: string },
): { stream: NodeOf<'natsStream'>; filter: string } | null {
  const link = scenario.links.find(({ to }) => to === consumer.id)
  const stream = scenario.nodes.find(({ id }) => id === link?.from)
  return stream?.kind === 'natsStream' ? { stream, filter: link?.key ?? '>' } : null
}

/** Settings of a stream that differ from the server's defaults, under the names of its API; times in ms. */
export function streamSettings(stream: NodeOf<'natsStream'>) {
  return {
    ...(stream.retention !== undefined && { retention: stream.retention }),
    ...(stream.discard !== undefined && { discard: stream.discard }),
    ...(stream.storage !== undefined && { storage: stream.storage }),
    ...(stream.maxMessages !== undefined && { max_msgs: stream.maxMessages }),
    ...(stream.maxMessagesPerSubject !== undefined && {
      max_msgs_per_subject: stream.maxMessagesPerSubject,
    }),
    ...(stream.maxBytes !== undefined && { max_bytes: stream.maxBytes }),
  }
}

/** The same of a durable consumer. */
export function consumerSettings(consumer: NodeOf<'natsConsumer'>, filter: string) {
  return {
    ...((filter !== '>' || consumer.deliverPolicy === 'last_per_subject') && {
      filter_subject: filter,
    }),
    ...(consumer.push && { deliver_subject: `deliver.${consumer.name}` }),
    ...(consumer.push && consumer.deliverGroup && { deliver_group: consumer.deliverGroup }),
    ack_policy: consumer.ackPolicy ?? 'explicit',
    ...(consumer.deliverPolicy !== undefined && { deliver_policy: consumer.deliverPolicy }),
    ...(consumer.startSequence !== undefined && { opt_start_seq: consumer.startSequence }),
    ...(consumer.replayPolicy === 'original' && { replay_policy: 'original' }),
    ...(consumer.maxDeliver !== undefined && { max_deliver: consumer.maxDeliver }),
    ...(consumer.maxAckPending !== undefined && { max_ack_pending: consumer.maxAckPending }),
    ...(consumer.headersOnly && { headers_only: true }),
    ...(consumer.maxWaiting !== undefined && { max_waiting: consumer.maxWaiting }),
    ...(consumer.maxRequestBatch !== undefined && { max_batch: consumer.maxRequestBatch }),
  }
}

/** Streams, and then durables in the order of their making, each with the time since the one before it. */
export function inOrderOfMaking(
  parts: readonly (NodeOf<'natsStream'> | NodeOf<'natsConsumer'>)[],
): { part: NodeOf<'natsStream'> | NodeOf<'natsConsumer'>; afterMs: number; atMs: number }[] {
  const atMs = (part: (typeof parts)[number]) =>
    part.kind === 'natsConsumer' ? (part.createdAtMs ?? 0) : 0
  let before = 0
  return [...parts]
    .sort((a, b) => atMs(a) - atMs(b))
    .map((part) => {
      const at = atMs(part)
      const afterMs = at - before
      before = at
      return { part, afterMs, atMs: at }
    })
}

/** How long a subscriber waits at its start, once its durable was made late. */
export function joinsAfterMs(
  { joinMs = 0 }: NodeOf<'natsSubscriber'>,
  durable: NodeOf<'natsConsumer'> | undefined,
): number {
  return Math.max(0, joinMs - (durable?.createdAtMs ?? 0))
}

/** What a subscriber is subscribed to at a place, by its links. */
export function filtersOf(scenario: Scenario, client: { id: string }): string[] {
  const places = new Set(
    scenario.nodes.flatMap(({ id, kind }) =>
      kind === 'natsServer' || kind === 'redisServer' ? [id] : [],
    ),
  )
  return scenario.links
    .filter(({ from, to }) => to === client.id && places.has(from))
    .map(({ key }) => key ?? '>')
}

export function isPattern(channel: string): boolean {
  return hasGlob(channel)
}
