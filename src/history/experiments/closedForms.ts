/**
 * The law of queueing theory that holds for a measure of a scenario, if one does: which one, why, and what
 * it says. Laws speak of the steady state: of a run that is long, and whose empty beginning is left out.
 */
import type { QueueDoc, Scenario, Script } from '../../scenario/document.ts'
import type { Measure } from './measures.ts'
import { mg1, mmc, mmck, type Steady } from './queueLaws.ts'
import { type Station, stationAt } from './station.ts'

export interface ClosedForm {
  /** `M/M/1`. */
  law: string
  /** Why it holds here, without a capital letter. */
  why: string
  /** Work offered to each server, from 0; from 1 on there is no steady state unless the queue is bounded. */
  load: number
  /** In the measure's unit; null where there is no steady state. */
  value: number | null
}

export type Law = { ok: true; form: ClosedForm } | { ok: false; why: string }

/** A queue with more room than this is treated by no law: it takes too long to add up. */
const ROOM_MAX = 10_000

/** What theory says of a measure, or why it says nothing. */
export function closedFormOf(scenario: Scenario, script: Script, measure: Measure): Law {
  if (script.length > 0) return { ok: false, why: 'What was done in this run changes its course.' }
  const queue = queueOf(scenario, measure)
  if (!queue) return { ok: false, why: 'Theory has laws for queues and their consumers.' }
  const recognised = stationAt(scenario, queue)
  if (!recognised.ok) return recognised
  const { station } = recognised
  const law = lawOf(station)
  if (!law.ok) return law
  const value = law.steady === null ? null : measured(station, law.steady, measure)
  if (value === undefined) {
    return { ok: false, why: `${law.law} has no closed form for this measure.` }
  }
  const load = (station.lambda * law.heldMs) / station.servers
  return { ok: true, form: { law: law.law, why: law.why, load, value } }
}

function queueOf({ nodes, links }: Scenario, { node }: Measure): QueueDoc | undefined {
  const from = links.filter(({ to }) => to === node).map((link) => link.from)
  return nodes.find(
    (each): each is QueueDoc =>
      each.kind === 'queue' && (each.id === node || from.includes(each.id)),
  )
}

type Found =
  | { ok: true; law: string; why: string; steady: Steady | null; heldMs: number }
  | { ok: false; why: string }

function lawOf(station: Station): Found {
  const { queue, lambda, service, serviceMs, scv, servers, latencyMs, heldBack } = station
  // With nothing in its hands but what it works on, a server waits for each delivery and each acknowledgement.
  const travelMs = heldBack ? 2 * latencyMs : 0
  const heldMs = serviceMs + travelMs
  const come = 'messages come at random (exponential pauses)'
  if (queue.maxLength !== undefined) {
    const room = queue.maxLength + servers
    const isBounded = queue.overflow === 'reject-publish' && heldBack && travelMs === 0
    if (service.kind !== 'exponential' || !isBounded || room > ROOM_MAX) {
      return {
        ok: false,
        why: 'The queue is bounded in a way for which there is no closed form here.',
      }
    }
    return {
      ok: true,
      law: `M/M/${servers}/${room}`,
      why: `${come}, service is exponential, and at most ${room} are in the system: what comes then is refused.`,
      steady: mmck(lambda, serviceMs, servers, room),
      heldMs,
    }
  }
  if (service.kind === 'exponential' && travelMs === 0) {
    return {
      ok: true,
      law: `M/M/${servers}`,
      why: `${come}, service is exponential, and ${servers === 1 ? 'one server takes' : `${servers} servers take`} them from one line.`,
      steady: mmc(lambda, serviceMs, servers),
      heldMs,
    }
  }
  if (servers > 1) {
    return {
      ok: false,
      why: 'Several servers have a closed form only for exponential service without latency.',
    }
  }
  const ratio = serviceMs / heldMs
  const travel =
    travelMs === 0 ? '' : ', the way of the delivery and of its acknowledgement included'
  const [law, kind] =
    scv === 0 ? ['M/D/1', 'always takes the same'] : ['M/G/1', 'has a known mean and variance']
  return {
    ok: true,
    law,
    why: `${come}, one server takes them in order, and service ${kind}${travel} (Pollaczek and Khinchine).`,
    steady: mg1(lambda, heldMs, heldMs === 0 ? 0 : scv * ratio * ratio),
    heldMs,
  }
}

/** Undefined where the law says nothing about the measure. */
function measured(station: Station, steady: Steady, { node, path }: Measure): number | undefined {
  const { consumers, serviceMs, latencyMs, lambda, pathMs, queue, heldBack, servers } = station
  const [what, stat] = path
  const isQueue = node === queue.id
  // A consumer's sojourn counts from the message's birth.
  const beforeMs = isQueue ? 0 : pathMs
  switch (what) {
    case 'waiting':
      if (stat === 'meanMs') return steady.waiting + latencyMs
      return quantile(steady.waitingQuantile, stat, latencyMs)
    case 'sojourn': {
      const ms = beforeMs + latencyMs
      if (stat === 'meanMs') return known(steady.waiting + serviceMs + ms)
      return quantile(steady.sojournQuantile, stat, ms)
    }
    case 'utilisation':
      return (lambda * steady.admitted * serviceMs) / servers
    case 'throughputPerS': {
      const perS = lambda * steady.admitted * 1000
      return isQueue ? perS : perS / consumers.length
    }
    case 'levels':
      return isQueue && heldBack && path[1] === 'ready' && path[2] === 'mean'
        ? steady.line
        : undefined
    default:
      return undefined
  }
}

const SHARES: Record<string, number> = { p50Ms: 0.5, p95Ms: 0.95, p99Ms: 0.99 }

function quantile(
  of: ((share: number) => number) | null,
  stat: string | undefined,
  moreMs: number,
): number | undefined {
  const share = SHARES[stat ?? '']
  return of === null || share === undefined ? undefined : known(of(share) + moreMs)
}

function known(ms: number): number | undefined {
  return Number.isNaN(ms) ? undefined : ms
}
