/**
 * The Pub/Sub of Redis as its commands show it: PUBLISH, PUBSUB, and what a connection may still say once it is
 * subscribed (redis.io/docs/latest/commands, group "pubsub"; RESP2, as the traces were recorded).
 */
import type { Reply } from '../log/redisStreams/command.ts'
import { RedisError } from '../log/redisStreams/errors.ts'
import { matchesGlob } from '../pubsub/redis/glob.ts'
import type { RedisPubSub, Subscription } from '../pubsub/redis/server.ts'

/** What a subscribed connection may send besides subscribing; the operations of traces have these of their own. */
const ALLOWED_WHILE_SUBSCRIBED = new Set(['PING', 'QUIT', 'RESET'])

/** Refuses what a connection must not send while it is subscribed to something. */
export function refuseWhileSubscribed(server: RedisPubSub, client: string, name: string): void {
  if (ALLOWED_WHILE_SUBSCRIBED.has(name.toUpperCase())) return
  if (!server.live.some((subscription) => subscription.client === client)) return
  throw new RedisError(
    `ERR Can't execute '${name.toLowerCase()}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`,
  )
}

/** UNSUBSCRIBE and PUNSUBSCRIBE; without names they end all of their kind. */
export function unsubscribe(
  server: RedisPubSub,
  client: string,
  names: readonly string[],
  isPattern: boolean,
): void {
  const isIts = (each: Subscription) => each.client === client && each.isPattern === isPattern
  const all = names.length > 0 ? names : server.live.filter(isIts).map(({ name }) => name)
  for (const name of all) server.unsubscribe(client, name, isPattern)
}

export function publish(
  server: RedisPubSub,
  words: readonly string[],
  messageOf: (body: string) => number,
): Reply {
  const [channel, body] = words
  if (channel === undefined || body === undefined || words.length > 2) refuseNumber('publish')
  return server.publish(channel, messageOf(body))
}

/** redis.io/docs/latest/commands/pubsub-channels, -numsub, -numpat */
export function introspect(server: RedisPubSub, [verb, ...words]: readonly string[]): Reply {
  if (verb === undefined) refuseNumber('pubsub')
  const channels = server.live.filter(({ isPattern }) => !isPattern).map(({ name }) => name)
  switch (verb.toUpperCase()) {
    case 'CHANNELS': {
      const [pattern, ...more] = words
      if (more.length > 0) refuseSubcommand(verb)
      const isMeant = (name: string) => pattern === undefined || matchesGlob(pattern, name)
      return [...new Set(channels.filter(isMeant))]
    }
    case 'NUMSUB':
      return words.flatMap((name) => [name, channels.filter((each) => each === name).length])
    case 'NUMPAT':
      if (words.length > 0) refuseNumber('pubsub|numpat')
      return new Set(server.live.filter(({ isPattern }) => isPattern).map(({ name }) => name)).size
  }
  return refuseSubcommand(verb)
}

function refuseNumber(command: string): never {
  throw new RedisError(`ERR wrong number of arguments for '${command}' command`)
}

function refuseSubcommand(verb: string): never {
  throw new RedisError(
    `ERR unknown subcommand or wrong number of arguments for '${verb}'. Try PUBSUB HELP.`,
  )
}
