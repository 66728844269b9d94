/** Loads late families where runs are computed and painted. A new family is a module in `families/` and a line here. */
import { type FamilyViews, takeViews } from '../history/views/family.ts'
import type { Scenario } from '../scenario/document.ts'
import { familiesOf, type LateFamily, type LateSide, sidesOf } from '../scenario/late.ts'
import { type FamilyParts, takeParts } from '../scenario/wiring/family.ts'
import { type FamilyDrawings, takeDrawings } from './draw/nodes/family.ts'

interface FamilyModule<F extends LateFamily> {
  parts: FamilyParts<F>
  views: FamilyViews<F>
  drawings: FamilyDrawings<F>
}

const LOADERS: { [F in LateFamily]: () => Promise<FamilyModule<F>> } = {
  sqs: () => import('./families/sqs.ts'),
  log: () => import('./families/log.ts'),
  eventstore: () => import('./families/eventstore.ts'),
  mqtt: () => import('./families/mqtt.ts'),
  nats: () => import('./families/nats.ts'),
  redisPubsub: () => import('./families/redisPubsub.ts'),
  redisStreams: () => import('./families/redisStreams.ts'),
  sourcing: () => import('./families/sourcing.ts'),
  cloud: () => import('./families/cloud.ts'),
}

/** Importing a side is all there is to do. */
const SIDE_LOADERS: Record<LateSide, () => Promise<unknown>> = {
  hashing: () => import('../brokers/amqp/consistentHash.ts'),
  quorum: () => import('../brokers/amqp/quorumQueue.ts'),
  filters: () => import('../brokers/eventstore/filters.ts'),
  keptLog: () => import('./families/keptLog.ts'),
  rebalancing: () => import('./families/rebalancing.ts'),
}

const here = new Set<LateFamily | LateSide>()

/** Whether all families of a scenario are here. */
export function hasFamilies(scenario: Scenario): boolean {
  return [...familiesOf(scenario), ...sidesOf(scenario)].every((late) => here.has(late))
}

/** Loads what a scenario needs and is not here yet. */
export async function loadFamilies(scenario: Scenario): Promise<void> {
  await Promise.all([...familiesOf(scenario).map(load), ...sidesOf(scenario).map(loadSide)])
}

async function load<F extends LateFamily>(family: F): Promise<void> {
  if (here.has(family)) return
  const { parts, views, drawings } = await LOADERS[family]()
  takeParts(family, parts)
  takeViews<F>(views)
  takeDrawings<F>(drawings)
  here.add(family)
}

async function loadSide(side: LateSide): Promise<void> {
  await SIDE_LOADERS[side]()
  here.add(side)
}
