/**
 * Kafka's facts that are no traces: keys with their hash and partition, and assignors' cases of Apache
 * Kafka's own unit tests. Each vector and each case of an assignor counts as one case.
 */

import { type Assignee, type Share, shareName } from '../log/assignors/assignee.ts'
import { assignRange } from '../log/assignors/range.ts'
import { assignRoundRobin } from '../log/assignors/roundRobin.ts'
import { type Assignment, assignCooperative, assignSticky } from '../log/assignors/sticky.ts'
import { murmur2 } from '../log/murmur2.ts'
import { byText } from './compare.ts'
import { isRecord } from './trace.ts'

/** A case and what is wrong with what the family does; null if nothing is. */
export interface KafkaCase {
  name: string
  problem: string | null
}

interface Vector {
  hex: string
  murmur2: number
  positive: number
  partition: Record<string, number>
}

interface Round {
  partitions: Record<string, number>
  members: Record<string, Member>
  expect: Expected
}

interface Member {
  topics: string[]
  instanceId?: string
  owned?: string[]
  generation?: number
}

interface Expected {
  assignment?: Record<string, string[]>
  order?: string
  transferring?: Record<string, string>
  stage?: string
  properties?: string[]
  sizes?: Record<string, number>
  maxPerMember?: number
  /** In words: the same again without the first member, where nobody loses what it had. */
  then?: string
}

interface AssignorCase {
  name: string
  assignors: string[]
  rounds: Round[]
}

/** The cases of a file with Kafka's facts; null if it is something else. */
export function kafkaCases(value: unknown): KafkaCase[] | null {
  if (!isRecord(value)) return null
  if (value.format === 'eventarium-vectors/1') return (value.vectors as Vector[]).map(vectorCase)
  if (value.format !== 'eventarium-assignors/1') return null
  return (value.cases as AssignorCase[]).flatMap((each) =>
    each.assignors.map((assignor) => ({
      name: `${each.name} (${assignor})`,
      problem: each.rounds.reduce<string | null>(
        (found, round) => found ?? roundProblem(assignor, round),
        null,
      ),
    })),
  )
}

function vectorCase({ hex, ...vector }: Vector): KafkaCase {
  const bytes = (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
  const hash = murmur2(bytes)
  const positive = hash & 0x7fffffff
  const wrong = Object.entries(vector.partition).find(([n, p]) => positive % Number(n) !== p)
  let problem: string | null = null
  if (hash !== vector.murmur2) problem = `hash: expected ${vector.murmur2}, seen ${hash}`
  else if (wrong) problem = `of ${wrong[0]} partitions: expected ${wrong[1]}`
  return { name: `murmur2 of ${hex}`, problem }
}

type Assign = (partitions: ReadonlyMap<string, number>, members: readonly Assignee[]) => Assignment

const plain = (assign: typeof assignRange): Assign => {
  return (partitions, members) => ({ shares: assign(partitions, members), transferring: new Map() })
}

const ASSIGNORS: Readonly<Record<string, Assign>> = {
  range: plain(assignRange),
  roundrobin: plain(assignRoundRobin),
  sticky: assignSticky,
  'cooperative-sticky': assignCooperative,
}

function roundProblem(assignor: string, round: Round): string | null {
  const assign = ASSIGNORS[assignor]
  if (!assign) return `assignor ${assignor} is not known`
  const partitions = new Map(Object.entries(round.partitions))
  const members = Object.entries(round.members).map(([id, member]) => assigneeOf(id, member))
  const first = assign(partitions, members)
  const isFirstRound = round.expect.stage === 'first-round'
  const final = isFirstRound ? first : followUp(assign, partitions, members, first)
  return (
    assignmentProblem(final, round.expect) ??
    transferProblem(assignor, first, round.expect) ??
    propertyProblem(final, partitions, members, round.expect) ??
    thenProblem(assign, partitions, members, final, round.expect)
  )
}

/** What was withheld is given out in the next rebalance, to members that own what they have by then. */
function followUp(
  assign: Assign,
  partitions: ReadonlyMap<string, number>,
  members: readonly Assignee[],
  { shares, transferring }: Assignment,
): Assignment {
  const isWithheld = [...transferring].some(([name, id]) => !names(shares.get(id)).includes(name))
  if (!isWithheld) return { shares, transferring }
  return assign(partitions, nextGeneration(members, shares))
}

function nextGeneration(
  members: readonly Assignee[],
  shares: ReadonlyMap<string, readonly Share[]>,
): Assignee[] {
  return members.map((member) => ({
    ...member,
    owned: shares.get(member.id) ?? [],
    generation: (member.generation ?? 0) + 1,
  }))
}

function assigneeOf(id: string, { topics, instanceId, owned, generation }: Member): Assignee {
  return {
    id,
    topics,
    ...(instanceId !== undefined && { instanceId }),
    ...(owned && { owned: owned.map(readShare) }),
    ...(generation !== undefined && { generation }),
  }
}

function readShare(name: string): Share {
  const at = name.lastIndexOf('-')
  return { topic: name.slice(0, at), partition: Number(name.slice(at + 1)) }
}

function names(shares: readonly Share[] | undefined): string[] {
  return (shares ?? []).map(shareName)
}

function assignmentProblem({ shares }: Assignment, expected: Expected): string | null {
  for (const [id, wanted] of Object.entries(expected.assignment ?? {})) {
    const seen = names(shares.get(id))
    const [a, b] =
      expected.order === 'set' ? [wanted.toSorted(byText), seen.toSorted(byText)] : [wanted, seen]
    if (JSON.stringify(a) !== JSON.stringify(b)) {
      return `${id}: expected ${JSON.stringify(wanted)}, seen ${JSON.stringify(seen)}`
    }
  }
  return null
}

function transferProblem(assignor: string, first: Assignment, expected: Expected): string | null {
  if (!expected.transferring) return null
  const seen = Object.fromEntries(first.transferring)
  const [a, b] = [expected.transferring, seen].map((each) =>
    JSON.stringify(Object.entries(each).sort(([x], [y]) => byText(x, y))),
  )
  if (a !== b) return `transferring: expected ${a}, seen ${b}`
  if (assignor !== 'cooperative-sticky') return null
  const given = Object.entries(seen).find(([name, id]) =>
    names(first.shares.get(id)).includes(name),
  )
  return given ? `${given[0]} is given to ${given[1]} in one go` : null
}

function propertyProblem(
  { shares }: Assignment,
  partitions: ReadonlyMap<string, number>,
  members: readonly Assignee[],
  { properties = [], sizes = {}, maxPerMember }: Expected,
): string | null {
  const counts = members.map(({ id }) => shares.get(id)?.length ?? 0)
  const given = [...shares.values()].flatMap(names)
  const read = [...partitions].filter(([topic]) => members.some((m) => m.topics.includes(topic)))
  const all = read.reduce((sum, [, count]) => sum + count, 0)
  if (properties.includes('valid') && (new Set(given).size !== all || given.length !== all)) {
    return `${all} partitions, given ${given.length}`
  }
  const isSpread = Math.max(...counts) - Math.min(...counts) <= 1
  if (properties.includes('fully-balanced') && !isSpread)
    return `not balanced: ${counts.join(', ')}`
  if (properties.includes('balanced') && !isBalanced(shares, members)) {
    return `not balanced: ${counts.join(', ')}`
  }
  for (const [id, size] of Object.entries(sizes)) {
    if (shares.get(id)?.length !== size) return `${id}: expected ${size} partitions`
  }
  const most = Math.max(...counts)
  return maxPerMember !== undefined && most > maxPerMember ? `${most} for one member` : null
}

/** Nobody could take a partition from someone who has two more. */
function isBalanced(
  shares: ReadonlyMap<string, readonly Share[]>,
  members: readonly Assignee[],
): boolean {
  const size = (id: string) => shares.get(id)?.length ?? 0
  return members.every(({ id, topics }) =>
    members.every(
      (other) =>
        size(other.id) <= size(id) + 1 ||
        !shares.get(other.id)?.some(({ topic }) => topics.includes(topic)),
    ),
  )
}

function thenProblem(
  assign: Assign,
  partitions: ReadonlyMap<string, number>,
  members: readonly Assignee[],
  { shares }: Assignment,
  { then }: Expected,
): string | null {
  if (then === undefined) return null
  const rest = nextGeneration(members.slice(1), shares)
  const next = assign(partitions, rest).shares
  for (const { id, owned = [] } of rest) {
    const now = names(next.get(id))
    if (now.length !== 1) return `${id}: expected one partition, seen ${now.length}`
    const lost = names(owned).find((name) => !now.includes(name))
    if (lost) return `${id} loses ${lost}`
  }
  return null
}
