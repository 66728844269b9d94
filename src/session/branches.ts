/** Branches: histories of one scenario that share a prefix. Pure functions over the list. */

import { must } from '../base/assert.ts'
import { type Action, type ActionBody, actAt, type Scenario } from '../scenario/document.ts'
import { sourcingActText } from '../scenario/sourcingActs.ts'
import type { Branch } from './session.ts'

/** The branch a scenario begins with. */
export function firstBranch(scenario: Scenario, script: Action[] = []): Branch {
  return { id: 'main', name: 'main', parent: null, forkUs: 0, seed: scenario.seed, script }
}

export function branchOf(branches: readonly Branch[], id: string): Branch {
  return must(
    branches.find((branch) => branch.id === id),
    `branch ${id}`,
  )
}

/**
 * An action at a moment. Where the person has already seen what follows (`reachedUs` is later) it makes
 * a new branch; at the edge of what was seen it goes on with the present one.
 */
export function actOn(
  branches: readonly Branch[],
  id: string,
  atUs: number,
  reachedUs: number,
  body: ActionBody,
  nameOf: (id: string) => string = (id) => id,
): { branches: Branch[]; branchId: string; forked: boolean } {
  const present = branchOf(branches, id)
  const kept = present.script.filter((action) => action.atUs <= atUs)
  const script = [...kept, actAt(atUs, body)]
  const forked = atUs < reachedUs || kept.length < present.script.length
  if (!forked) {
    const next = branches.map((branch) => (branch.id === id ? { ...branch, script } : branch))
    return { branches: next, branchId: id, forked }
  }
  const branch: Branch = {
    id: freeId(branches),
    name: nameFor(body, branches, nameOf),
    parent: id,
    forkUs: atUs,
    seed: present.seed,
    script,
  }
  return { branches: [...branches, branch], branchId: branch.id, forked }
}

/** The same script with other dice: a new branch, told by its seed. */
export function rerunOf(
  branches: readonly Branch[],
  id: string,
): { branches: Branch[]; branchId: string } {
  const present = branchOf(branches, id)
  let seed = present.seed
  do seed = seed === Number.MAX_SAFE_INTEGER ? 0 : seed + 1
  while (branches.some((branch) => branch.seed === seed))
  const branch: Branch = {
    ...present,
    id: freeId(branches),
    name: freeName(`${present.name}, seed ${seed}`, branches),
    parent: id,
    forkUs: 0,
    seed,
  }
  return { branches: [...branches, branch], branchId: branch.id }
}

/** Without a branch; its children hang on its parent from then on. The first one stays. */
export function withoutBranch(branches: readonly Branch[], id: string): Branch[] {
  const gone = branchOf(branches, id)
  if (gone.parent === null) return [...branches]
  return branches
    .filter((branch) => branch.id !== id)
    .map((branch) => (branch.parent === id ? { ...branch, parent: gone.parent } : branch))
}

function freeId(branches: readonly Branch[]): string {
  for (let n = branches.length + 1; ; n++) {
    if (!branches.some((branch) => branch.id === `b${n}`)) return `b${n}`
  }
}

function nameFor(
  body: ActionBody,
  branches: readonly Branch[],
  nameOf: (id: string) => string,
): string {
  return freeName(`${VERB[body.do] ?? body.do} ${aboutOf(body, nameOf)}`, branches)
}

/** Where the name of an action is no plain verb. */
const VERB: Partial<Record<ActionBody['do'], string>> = {
  crashAt: 'crash',
  sourcing: 'let',
  closeChannel: 'close channel of',
  addPartitions: 'more partitions for',
  alterTopic: 'change',
  killBroker: 'kill',
  startBroker: 'start',
  isolateBroker: 'cut off',
  rejoinBroker: 'rejoin',
  duplicateSend: 'send again from',
  commitNow: 'commit now at',
  seekMember: 'move',
  restartBroker: 'restart broker',
}

function aboutOf(body: ActionBody, nameOf: (node: string) => string): string {
  switch (body.do) {
    case 'seek':
      return body.group
    case 'sourcing':
      return `${nameOf(body.node)} ${sourcingActText(body.act)}`
    case 'poison':
      return `message ${body.message}`
    case 'drop':
      return `message ${body.message}`
    case 'answer':
      return `message ${body.message}`
    case 'restartBroker':
      return body.broker
    case 'addPartitions':
    case 'alterTopic':
      return nameOf(body.topic)
    case 'killBroker':
    case 'startBroker':
    case 'isolateBroker':
    case 'rejoinBroker':
      return `broker ${body.index}`
    case 'crashAt':
      return `${nameOf(body.node)} ${POINT[body.point]}`
    case 'cut':
    case 'mend':
    case 'latency':
    case 'loseNext':
      return nameOf(body.link)
    case 'filter':
      return body.filter
    default:
      return nameOf(body.node)
  }
}

const POINT = {
  beforeEffect: 'before its effect',
  afterEffect: 'after its effect',
  afterAck: 'after its ack',
  beforeMark: 'before it marks',
  beforePublish: 'before it publishes',
  midBatch: 'in mid batch',
  afterMark: 'after it has marked',
} as const

function freeName(name: string, branches: readonly Branch[]): string {
  const same = branches.filter(
    (branch) => branch.name === name || branch.name.startsWith(`${name} (`),
  )
  return same.length === 0 ? name : `${name} (${same.length + 1})`
}
