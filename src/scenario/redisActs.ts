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
  /** XGROUP DESTROY: the group is gone with all that is pending, and whoever reads for it is refused. */
  | { what: 'destroyGroup' }
  /** XGROUP CREATE, of a group that is not there: after `$`, `0` or an id. */
  | { what: 'createGroup'; start: string }
  /** XTRIM MAXLEN; with `~` only whole nodes of a hundred entries go. */
  | { what: 'trim'; maxLength: number; approximate?: boolean }
  /** XTRIM MINID: what is older than an id goes. */
  | { what: 'trimBefore'; minId: string; approximate?: boolean }
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
    case 'destroyGroup':
      return 'destroy the group'
    case 'createGroup':
      return `create the group after ${act.start}`
    case 'trim':
      return `trim to ${act.approximate ? 'about ' : ''}${act.maxLength} entries`
    case 'trimBefore':
      return `trim ${act.approximate ? 'about ' : ''}what is older than ${act.minId}`
    case 'deleteEntry':
      return 'delete an entry'
  }
}
