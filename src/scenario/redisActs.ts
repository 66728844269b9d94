/** What a person can do to Redis streams, their groups and consumers, beyond what can be done to every node. */

export type RedisAct =
  /** A consumer takes a pending entry of its group over (XCLAIM with a min-idle-time of 0) before it reads on. */
  | { what: 'claim'; message: number; by: string }
  /** A consumer takes idle entries over (XAUTOCLAIM) before it reads on. */
  | { what: 'autoClaim' }
  /** XACK, in place of whoever has the entry. */
  | { what: 'acknowledge'; message: number }
  /** XGROUP DELCONSUMER: what is pending under that name is pending no more, and is not given to anybody. */
  | { what: 'deleteConsumer'; consumer: string }
  /** XGROUP SETID: `$`, `0` or an id. */
  | { what: 'moveGroup'; to: string }
  /** XTRIM MAXLEN. */
  | { what: 'trim'; maxLength: number }
  /** XDEL of one entry. */
  | { what: 'deleteEntry'; message: number }

/** The act in words, behind the name of a node: `trim to 10 entries`. */
export function redisActText(act: RedisAct, nameOf: (id: string) => string): string {
  switch (act.what) {
    case 'claim':
      return `let ${nameOf(act.by)} claim an entry`
    case 'autoClaim':
      return 'claim idle entries'
    case 'acknowledge':
      return 'acknowledge an entry'
    case 'deleteConsumer':
      return `delete consumer ${act.consumer}`
    case 'moveGroup':
      return `move the group to ${act.to}`
    case 'trim':
      return `trim to ${act.maxLength} entries`
    case 'deleteEntry':
      return 'delete an entry'
  }
}
