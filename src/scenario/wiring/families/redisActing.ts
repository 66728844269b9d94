/** What a person does to Redis streams and groups, as from `redis-cli`: at once, without a way to travel. */
import type { Group } from '../../../brokers/log/redisStreams/group.ts'
import { MIN_ID, parseId } from '../../../brokers/log/redisStreams/id.ts'
import type { RedisStreams } from '../../../brokers/log/redisStreams/server.ts'
import type { Stream } from '../../../brokers/log/redisStreams/stream.ts'
import type { RedisAct } from '../../redisActs.ts'
import type { WiringContext } from '../context.ts'
import type { RedisTraffic } from './redisTraffic.ts'

export function allowRedisActs(
  world: WiringContext,
  server: RedisStreams,
  traffic: RedisTraffic,
): void {
  world.onAct('redisStreams', ({ node, act }) => {
    const part = world.sim.parts[world.nodePart(node)]
    const group = server.groups.find((each) => each === part && each.alive)
    const stream = server.streams.find((each) => each === part && each.alive)
    if (group) actOnGroup(server, traffic, group, act)
    else if (stream) actOnStream(server, stream, act)
    else if (act.what === 'autoClaim') traffic.claimNext(node, -1, -1)
  })
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
    case 'moveGroup':
      server.moveGroup(group, act.to === '$' ? null : parseId(act.to))
      // Who waits is served as soon as an entry comes: Redis does not look again by itself.
      return
  }
}

function actOnStream(server: RedisStreams, stream: Stream, act: RedisAct): void {
  if (act.what === 'trim') {
    server.trim(stream, {
      by: 'MAXLEN',
      length: act.maxLength,
      id: MIN_ID,
      approximate: false,
      limit: 0,
    })
  } else if (act.what === 'deleteEntry') {
    for (let at = stream.first; at < stream.tail; at++) {
      if (stream.messageAt(at) === act.message) server.delete(stream, [stream.idAt(at)])
    }
  }
}

function pendingOf(group: Group, message: number): number {
  const pending = group.pendingFrom(0)
  return (
    pending.find(({ position }) => group.stream.messageAt(position) === message)?.position ?? -1
  )
}
