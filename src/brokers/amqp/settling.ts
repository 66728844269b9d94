/**
 * Answers to deliveries: ack, nack, reject, recover, and the transactions that hold them back
 * (rabbitmq.com/docs/confirms, /docs/nack; AMQP 0-9-1, 1.8 and 1.9).
 */
import type { AmqpBroker } from './broker.ts'
import type { Channel } from './channel.ts'
import { CODE } from './errors.ts'
import { AMQP_FACTS } from './facts.ts'
import type { Queue } from './queue.ts'
import { isQuorum } from './quorum.ts'
import { StreamQueue } from './streamQueue.ts'
import type { Answer, HeldAnswer, HeldPublish } from './transaction.ts'

/** Deliveries of one queue to one consumer (or by one basic.get): they are answered together. */
interface Group {
  queue: Queue
  receiver: string
  byGet: boolean
  tags: number[]
}

/** Answers what a tag means: at once, or with the transaction. */
export function answer(
  broker: AmqpBroker,
  channel: Channel,
  tags: readonly number[],
  how: Answer,
): void {
  if (tags.length === 0) return
  if (channel.transaction.isOn) {
    const held: HeldAnswer = { answer: how, tags }
    const row = broker.sim.records.row(held)
    broker.sim.emit(channel, AMQP_FACTS.txAnswered, row, tags.length)
    return
  }
  settle(broker, channel, tags, how)
}

/** Tags that an answer names. An unknown one closes the channel with 406. */
export function tagsMeant(
  broker: AmqpBroker,
  channel: Channel,
  tag: number,
  multiple: boolean,
): number[] {
  if (multiple && tag === 0) return channel.tags.openUpTo(channel.tags.next - 1)
  if (!channel.tags.isOpen(tag)) {
    broker.fail(channel, CODE.preconditionFailed, `unknown delivery tag ${tag}`)
  }
  return multiple ? channel.tags.openUpTo(tag) : [tag]
}

/**
 * Deliveries are answered queue by queue and consumer by consumer, in the order of their names
 * (`rabbit_channel:foreach_per_queue/3`); then consumers that waited for the channel's common prefetch go on.
 */
export function settle(
  broker: AmqpBroker,
  channel: Channel,
  tags: readonly number[],
  how: Answer,
): void {
  for (const group of groups(channel, remembered(broker, channel, tags))) {
    if (how === 'ack') ack(broker, channel, group)
    else if (group.queue instanceof StreamQueue) {
      broker.failConnection(channel, CODE.notImplemented, 'a stream takes no nack or reject')
    } else if (how === 'discard') discard(broker, channel, group)
    else requeue(broker, channel, group)
  }
  // What dies goes its way before the limiter has told the queues.
  if (channel.limit > 0) broker.deliverDeadLetters()
  broker.liftLimit(channel)
  broker.deliverDeadLetters()
}

/** Without those whose queue has crashed since: their answers are taken and mean nothing. */
function remembered(broker: AmqpBroker, channel: Channel, tags: readonly number[]) {
  if (!broker.withFaults) return tags
  return tags.filter((tag) => {
    const known = !channel.queueOf(tag).hasForgotten(channel, tag)
    if (!known) broker.sim.emit(channel, AMQP_FACTS.answeredInVain, channel.messageOf(tag), tag)
    return known
  })
}

function ack(broker: AmqpBroker, channel: Channel, { queue, tags }: Group): void {
  const kind = queue instanceof StreamQueue ? AMQP_FACTS.readAcked : AMQP_FACTS.acked
  for (const tag of tags) broker.sim.emit(channel, kind, channel.messageOf(tag), tag)
  queue.dispatchFreed(channel, tags.at(-1) ?? 0, tags.length)
}

/** Without requeue: to the dead-letter exchange, or gone. */
function discard(broker: AmqpBroker, channel: Channel, { queue, tags }: Group): void {
  const dead = queue.alive && broker.hasDeadLetterExchange(queue)
  const kind = dead ? AMQP_FACTS.rejectedToDeadLetter : AMQP_FACTS.rejected
  // Priorities are dead-lettered one by one, the highest first (`rabbit_priority_queue:ackfold/4`).
  const level = (tag: number) => queue.levelOf(channel.messageOf(tag))
  for (const tag of tags.toSorted((a, b) => level(b) - level(a))) {
    broker.sim.emit(channel, kind, channel.messageOf(tag), tag)
    if (dead) broker.deadLetter(queue, channel.positionOf(tag), 'rejected')
  }
  queue.dispatchFreed(channel, tags.at(-1) ?? 0, tags.length)
}

/** Where messages go back to differs by the kind of queue (rabbitmq.com/docs/nack, /docs/quorum-queues#poison-message-handling). */
function requeue(broker: AmqpBroker, channel: Channel, { queue, tags }: Group): void {
  const atBack = isQuorum(queue) && queue.options.deliveryLimit === undefined
  for (const tag of tags) {
    if (atBack && queue.alive) {
      queue.bookAtBack(channel.positionOf(tag))
      broker.sim.emit(channel, AMQP_FACTS.requeuedAtBack, channel.messageOf(tag), tag)
      queue.settleReturned()
    } else returnOne(broker, channel, tag)
  }
  queue.settleReturned()
}

/** One delivery back to its queue, unless it was returned once too often. */
export function returnOne(broker: AmqpBroker, channel: Channel, tag: number): void {
  const queue = channel.queueOf(tag)
  const message = channel.messageOf(tag)
  if (isQuorum(queue) && queue.alive && queue.givesUpOn(channel.positionOf(tag))) {
    const dead = broker.hasDeadLetterExchange(queue)
    broker.sim.emit(channel, AMQP_FACTS.gaveUp, message, tag)
    if (dead) broker.deadLetter(queue, channel.positionOf(tag), 'delivery_limit')
    return
  }
  broker.sim.emit(channel, AMQP_FACTS.requeued, message, tag)
}

function groups(channel: Channel, tags: readonly number[]): Group[] {
  const found: Group[] = []
  for (const tag of tags) {
    const queue = channel.queueOf(tag)
    const consumer = channel.consumerOf(tag)
    const receiver = consumer?.tag ?? String(tag)
    const byGet = consumer === null
    const known = found.find(
      (g) => g.queue === queue && g.byGet === byGet && g.receiver === receiver,
    )
    if (known) known.tags.push(tag)
    else found.push({ queue, receiver, byGet, tags: [tag] })
  }
  return found.length === 1 ? found : found.sort(inOrder)
}

/** Queues by name; in each, basic.gets by their tags before consumers by theirs. */
function inOrder(a: Group, b: Group): number {
  if (a.queue !== b.queue) return a.queue.name < b.queue.name ? -1 : 1
  if (a.byGet !== b.byGet) return a.byGet ? -1 : 1
  if (a.byGet) return Number(a.receiver) - Number(b.receiver)
  return a.receiver < b.receiver ? -1 : 1
}

/**
 * tx.commit. A quorum queue takes answers before publishes (its clients send these with low priority,
 * `rabbit_fifo_client:enqueue/3`); others take publishes first, then acknowledgements, then what is rejected
 * (`prioritise_cast/3` in rabbit_amqqueue_process.erl). A refused publish closes the channel (406).
 */
export function commit(broker: AmqpBroker, channel: Channel): void {
  const { records } = broker.sim
  const { transaction } = channel
  const publishes = transaction.publishes.map((row) => records.rowAt<HeldPublish>(row))
  const answers = together(transaction.answers.map((row) => records.rowAt<HeldAnswer>(row)))
  broker.sim.emit(channel, AMQP_FACTS.txCommitted, -1, publishes.length)
  const isFirst = (tag: number) => isQuorum(channel.queueOf(tag))
  const acks = answers.filter((held) => held.answer === 'ack')
  const others = answers.filter((held) => held.answer !== 'ack')
  let stored = true
  // What dies by it arrives after all of it.
  broker.withoutDeadLetters(() => {
    settleHeld(broker, channel, answers, isFirst)
    broker.burst(() => {
      for (const held of publishes) stored = broker.publishHeld(channel, held) && stored
    })
    settleHeld(broker, channel, [...acks, ...others], (tag) => !isFirst(tag))
  })
  if (!stored) broker.fail(channel, CODE.preconditionFailed, 'partial tx completion')
}

/** Answers of one kind that follow each other are one (`rabbit_channel:ack_cons/3`). */
function together(answers: readonly HeldAnswer[]): HeldAnswer[] {
  const joined: { answer: Answer; tags: number[] }[] = []
  for (const { answer: how, tags } of answers) {
    const last = joined.at(-1)
    if (last?.answer === how) last.tags.push(...tags)
    else joined.push({ answer: how, tags: [...tags] })
  }
  for (const { tags } of joined) tags.sort((a, b) => a - b)
  return joined
}

function settleHeld(
  broker: AmqpBroker,
  channel: Channel,
  answers: readonly HeldAnswer[],
  isMeant: (tag: number) => boolean,
): void {
  for (const { answer: how, tags } of answers) {
    const meant = tags.filter(isMeant)
    if (meant.length > 0) settle(broker, channel, meant, how)
  }
}
