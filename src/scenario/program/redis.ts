/** What both languages say of Redis streams: which stream and group a client reads, how a stream is trimmed, who is who. */
import type { NodeOf, Scenario } from '../document.ts'
import { type Role, sourcesOf } from './plan.ts'

type Reading = Role<'redisConsumer'> | Role<'redisReader'>

/** The stream that a client reads, and its group if it reads for one. */
export function readBy(
  scenario: Scenario,
  role: Reading,
): { stream: NodeOf<'redisStream'>; group: NodeOf<'redisGroup'> | null } | null {
  const [source] = sourcesOf(scenario, role)
  if (source?.kind === 'redisStream') return { stream: source, group: null }
  if (source?.kind !== 'redisGroup') return null
  const stream = streamOfGroup(scenario, source)
  return stream && { stream, group: source }
}

export function streamOfGroup(
  { nodes, links }: Scenario,
  group: { id: string },
): NodeOf<'redisStream'> | null {
  const from = links.find(({ to }) => to === group.id)?.from
  const stream = nodes.find(({ id }) => id === from)
  return stream?.kind === 'redisStream' ? stream : null
}

/** The stream to which a consumer sets entries aside. */
export function lettersOf(
  { nodes }: Scenario,
  { deadLetters }: NodeOf<'redisConsumer'>,
): NodeOf<'redisStream'> | null {
  const stream = nodes.find(({ id }) => id === deadLetters)
  return stream?.kind === 'redisStream' ? stream : null
}

/** What the run does to clients from outside, as comments: when each is killed, and whether it comes back. */
export function killNotes({ docs }: Reading): string[] {
  return docs.flatMap(({ name, crashAtMs, restartAfterMs }) => {
    if (crashAtMs === undefined) return []
    const who = docs.length === 1 ? 'it' : name
    const again =
      restartAfterMs === undefined ? '' : ` and started again ${restartAfterMs / 1000} s later`
    return [`In the run ${who} is killed at ${crashAtMs / 1000} s${again}.`]
  })
}

/** What a program cannot show without the database of its effects. */
export function inboxNotes({ docs: [{ inbox = 0 }] }: Reading): string[] {
  return inbox === 0
    ? []
    : [`Here, in the transaction of the effect, an inbox of ${inbox} lets pass what it has had.`]
}

/** How long a program waits at its start, once its group was made late. */
export function lateMs(group: NodeOf<'redisGroup'> | null, { docs }: Reading): number {
  return Math.max(0, (docs[0].startAtMs ?? 0) - (group?.createdAtMs ?? 0))
}

/** Whether its handler throws at times. */
export function mayThrow({ docs: [{ failOn, failureRate = 0 }] }: Reading): boolean {
  return failOn !== undefined || failureRate > 0
}

/** Said instead of a declaration of a stream that nobody reads for a group. */
export const NO_STREAM_SET_UP = 'A stream is there as soon as somebody adds to it.'
/** Facts of a stream and of a group, which light the lines that make or use them. */
export const STREAM_LIT = ['entryAdded', 'streamTrimmed', 'entryDeleted'] as const
export const GROUP_LIT = ['redisGroupCreated', 'redisGroupMoved', 'goneUnread'] as const
