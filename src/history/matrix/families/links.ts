/**
 * Losses on links in the matrix of deliveries, where no subscriber says itself what passed it by: on the way to a stream, to a
 * cloud topic and its subscriptions, to a queue group; and from what keeps a message, which sends it again.
 */
import type { Attributes } from '../../../brokers/pubsub/cloud/attributes.ts'
import type { CloudProps } from '../../../brokers/pubsub/cloud/service.ts'
import type { Subscription } from '../../../brokers/pubsub/cloud/subscription.ts'
import { matchesSubject } from '../../../brokers/pubsub/nats/subjects.ts'
import { PIPE_FACTS, type Pipe } from '../../../engine/pipe.ts'
import type { LinkDoc } from '../../../scenario/document.ts'
import { OP } from '../../../scenario/wiring/ops.ts'
import type { World } from '../../../scenario/world.ts'
import type { MatrixFact, MatrixReading, MatrixRules } from '../rules.ts'
import { missedByReaders } from './readers.ts'

export const LINK_MATRIX: MatrixRules = {
  [PIPE_FACTS.sent]: (tell, { part }) => {
    tell.tally(part, 1)
  },
  [PIPE_FACTS.lost]: (tell, fact) => lost(tell, fact, fact.aux, fact.message),
  [PIPE_FACTS.dropped]: (tell, fact) => {
    lost(tell, fact, pipeOf(fact).parcel(fact.aux).op, fact.message)
  },
  [PIPE_FACTS.emptied]: (tell, fact) => {
    const sent = tell.tally(fact.part, 0)
    for (let at = sent - fact.aux; at < sent; at++) {
      const { op, message } = pipeOf(fact).parcel(at)
      if (message !== -1) lost(tell, fact, op, message)
    }
  },
}

function pipeOf({ world, part }: MatrixFact): Pipe {
  return world.sim.parts[part] as Pipe
}

function lost(tell: MatrixReading, { world, part }: MatrixFact, op: number, message: number): void {
  const { nodes, links } = world.scenario
  const link = links[(part - nodes.length) >> 1]
  if (!link) return
  const [from, to] = [placeOf(world, link.from), placeOf(world, link.to)]
  switch (nodes[to]?.kind) {
    case 'natsServer':
      if (op === OP.publish) lostBeforeServer(tell, world, link, message)
      return
    case 'natsStream':
      if (op === OP.route) missedByReaders(tell, world, to, message, 'lost before the stream')
      return
    case 'cloudTopic':
      if (op === OP.publish) lostBeforeTopic(tell, world, link, message)
      return
    case 'cloudSubscription':
      if (op === OP.route) tell.missed(to, message, 'lost on the link')
      return
  }
  const keeper = nodes[from]?.kind
  if (keeper === 'natsConsumer' && op === OP.deliver) tell.setBack(to, message, 'lost on the link')
  if (keeper !== 'cloudSubscription') return
  if (op === OP.deliver || op === OP.batch) tell.setBack(from, message, 'lost on the link')
  else if (op === OP.publish) tell.missed(from, message, 'lost on the way to the queue')
}

/** Plain subscribers say themselves what never came to the server; groups and readers of streams do not. */
function lostBeforeServer(
  tell: MatrixReading,
  world: World,
  { to, key }: LinkDoc,
  message: number,
): void {
  const { nodes, links } = world.scenario
  const subject = key ?? world.records.key(message)
  tell.published(message)
  for (const link of links) {
    if (link.from !== to || !matchesSubject(link.key ?? '>', subject)) continue
    const at = placeOf(world, link.to)
    const node = nodes[at]
    if (node?.kind === 'natsStream') {
      missedByReaders(tell, world, at, message, 'lost before the server')
    } else if (node?.kind === 'natsSubscriber' && node.queueGroup !== undefined) {
      tell.missed(at, message, 'lost before the server')
    }
  }
}

function lostBeforeTopic(tell: MatrixReading, world: World, { to }: LinkDoc, message: number) {
  const { nodes, links } = world.scenario
  tell.published(message)
  for (const link of links) {
    const at = link.from === to ? placeOf(world, link.to) : -1
    const node = nodes[at]
    if (node?.kind !== 'cloudSubscription') continue
    const subscription = world.part(node.id) as Subscription | undefined
    if (subscription?.lets(attributesOf(world, message)))
      tell.missed(at, message, 'lost before the topic')
  }
}

function attributesOf({ records }: World, message: number): Attributes {
  const props = records.messages.props(message)
  return props === -1 ? {} : (records.rowAt<CloudProps>(props).headers ?? {})
}

function placeOf({ scenario }: World, id: string): number {
  return scenario.nodes.findIndex((node) => node.id === id)
}
