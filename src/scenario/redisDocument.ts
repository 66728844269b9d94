/** The nodes of Redis streams in the scenario document: a stream, its groups, and those who read. */
import type {
  RedisConsumerSettings,
  RedisReaderSettings,
} from '../clients/redisConsumer/settings.ts'
import type { NodeBase } from './document.ts'

/** A stream of a Redis server; its name is its key. */
export interface RedisStreamDoc extends NodeBase {
  kind: 'redisStream'
  broker: string
  /** Every XADD trims to so many entries (MAXLEN), or to entries no older than this (MINID); never unless stated. */
  maxLength?: number
  maxAgeMs?: number
  /** `~`: only whole nodes of a hundred entries go. */
  approximate?: boolean
  /** Bodies of the entries that it holds when the run begins. */
  contents?: string[]
}

/** A consumer group of a stream (XGROUP CREATE), made when the run begins unless its scenario says when. */
export interface RedisGroupDoc extends NodeBase {
  kind: 'redisGroup'
  broker: string
  /** After which entry it begins: `$` (the last one, unless stated), `0` (before all), or an id. */
  start?: string
  createdAtMs?: number
}

export interface RedisConsumerDoc extends NodeBase, RedisConsumerSettings {
  kind: 'redisConsumer'
}

export interface RedisReaderDoc extends NodeBase, RedisReaderSettings {
  kind: 'redisReader'
}
