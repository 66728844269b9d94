/** What a person does to Redis streams and groups, as from `redis-cli`: at once, without a way to travel. */
import type { Group } from '../../../brokers/log/redisStreams/group.ts'
import { MIN_ID, parseId } from '../../../brokers/log/redisStreams/id.ts'
import type { RedisStreams } from '../../../brokers/log/redisStreams/server.ts'
import {
  APPROXIMATE_LIMIT,
  type Stream,
  type Trim,
} from '../../../brokers/log/redisStreams/stream.ts'
import type { NodeDoc, NodeOf } from '../../document.ts'
import type { RedisAct } from '../../redisActs.ts'
import type { WiringContext } from '../context.ts'
import type { RedisTraffic } from './redisTraffic.ts'

export function allowRedisActs(
  world: WiringContext,
  broker: string,
  server: RedisStreams,
  traffic: RedisTraffic,
): void {
  world.onAct('redisStreams', ({ node, act }) => {
    const part = world.sim.parts[world.nodePart(node)]
    const group = server.groups.find((each) => each === part && each.alive)
    const stream = server.streams.find((each) => each === part && each.alive)
    const doc = world.scenario.nodes.find(({ id }) => id === node)
    if (act.what === 'createGroup') {
      if (isGroupOf(doc, broker)) createGroup(world, server, doc, act.start)
    } else if (group) actOnGroup(server, traffic, group, act)
    else if (stream) actOnStream(server, stream, act)
    else if (act.what === 'autoClaim') traffic.claimNext(node, -1, -1)
  })
}

/** XGROUP CREATE with MKSTREAM, unless it is there. A group without a stream has nothing to be made on. */
export function createGroup(
  world: WiringContext,
  server: RedisStreams,
  { id, name }: NodeOf<'redisGroup'>,
  start = '$',
): void {
  const link = world.linksTo(id)[0]
  if (!link) return
  const key = world.node(link.from).name
  const stream = server.stream(key)
  if (stream && server.group(stream, name)) return
  const last = start === '$' ? null : parseId(start)
  server.createGroup(key, name, last, true, -1, world.nodePart(id))
}

function isGroupOf(doc: NodeDoc | undefined, broker: string): doc is NodeOf<'redisGroup'> {
  return doc?.kind === 'redisGroup' && doc.broker === broker
}

function actOnGroup(
  server: RedisStreams,
  traffic: RedisTraffic,
  group: Group,
  act: RedisAct,
): void {
  switch (act.what) {
    case 'claim': {
      const position = pendingOf(group, act.message)
      if (position !== -1) traffic.claimNext(act.by, act.message, position)
      return
    }
    case 'acknowledge': {
      const position = pendingOf(group, act.message)
      if (position !== -1) server.acknowledge(group, [group.stream.idAt(position)])
      return
    }
    case 'deleteConsumer':
      server.deleteConsumer(group, act.consumer)
      return
    case 'destroyGroup':
      server.destroyGroup(group.stream, group.name)
      return
    case 'moveGroup':
      server.moveGroup(group, act.to === '$' ? null : parseId(act.to))
      // Who waits is served as soon as an entry comes: Redis does not look again by itself.
      return
  }
}

function actOnStream(server: RedisStreams, stream: Stream, act: RedisAct): void {
  if (act.what === 'trim' || act.what === 'trimBefore') server.trim(stream, trimBy(stream, act))
  else if (act.what === 'deleteEntry') {
    for (let at = stream.first; at < stream.tail; at++) {
      if (stream.messageAt(at) === act.message) server.delete(stream, [stream.idAt(at)])
    }
  }
}

function trimBy(stream: Stream, act: Extract<RedisAct, { what: 'trim' | 'trimBefore' }>): Trim {
  const { approximate = false } = act
  const how = { approximate, limit: approximate ? APPROXIMATE_LIMIT : 0 }
  if (act.what === 'trim') return { by: 'MAXLEN', length: act.maxLength, id: MIN_ID, ...how }
  const id = act.minId === '$' ? stream.last : parseId(act.minId)
  return { by: 'MINID', length: 0, id, ...how }
}

function pendingOf(group: Group, message: number): number {
  const pending = group.pendingFrom(0)
  return (
    pending.find(({ position }) => group.stream.messageAt(position) === message)?.position ?? -1
  )
}
