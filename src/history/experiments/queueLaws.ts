/**
 * The closed forms of queueing theory for one station: Poisson arrivals, a service time, servers. Times in
 * any one unit, rates in its inverse. Formulas: Erlang C by way of Erlang B, Pollaczek and Khinchine, and
 * the birth and death process with a bound (engine.md 6).
 */
import { exactLog } from '../../engine/exact.ts'

/** A station in its steady state. */
export interface Steady {
  /** Work offered to each server: above 1 a line without bound only grows. */
  load: number
  /** Mean time before work begins, and how many wait on average. */
  waiting: number
  line: number
  /** Share of those who come that get in. */
  admitted: number
  /** The time that a share of those who come do not exceed before work begins, where its law is known. */
  waitingQuantile: ((share: number) => number) | null
  /** The same until it is done. */
  sojournQuantile: ((share: number) => number) | null
}

/** M/M/c; null where the load is 1 or more: there is no steady state. */
export function mmc(lambda: number, serviceMean: number, servers: number): Steady | null {
  const offered = lambda * serviceMean
  const load = offered / servers
  if (load >= 1) return null
  let b = 1
  for (let k = 1; k <= servers; k++) b = (offered * b) / (k + offered * b)
  const waits = b / (1 - load + load * b)
  const spare = servers / serviceMean - lambda
  const waiting = waits / spare
  return {
    load,
    waiting,
    line: lambda * waiting,
    admitted: 1,
    waitingQuantile: (share) => (waits <= 1 - share ? 0 : exactLog(waits / (1 - share)) / spare),
    sojournQuantile: servers === 1 ? (share) => exactLog(1 / (1 - share)) / spare : null,
  }
}

/** M/G/1 by Pollaczek and Khinchine; `scv` is the squared coefficient of variation of the service time. */
export function mg1(lambda: number, serviceMean: number, scv: number): Steady | null {
  const load = lambda * serviceMean
  if (load >= 1) return null
  const waiting = (load * serviceMean * (1 + scv)) / (2 * (1 - load))
  const line = lambda * waiting
  return { load, waiting, line, admitted: 1, waitingQuantile: null, sojournQuantile: null }
}

/** M/M/c/K: at most `room` are there, those in service included; who comes then is turned away. */
export function mmck(lambda: number, serviceMean: number, servers: number, room: number): Steady {
  const offered = lambda * serviceMean
  let weight = 1
  let sum = 1
  let waitingSum = 0
  for (let n = 1; n <= room; n++) {
    weight *= offered / Math.min(n, servers)
    sum += weight
    waitingSum += Math.max(0, n - servers) * weight
    // Only ratios matter: large weights are made small again together.
    if (weight > 1e200) {
      weight /= 1e200
      sum /= 1e200
      waitingSum /= 1e200
    }
  }
  const admitted = 1 - weight / sum
  const line = waitingSum / sum
  return {
    load: offered / servers,
    waiting: line / (lambda * admitted),
    line,
    admitted,
    waitingQuantile: null,
    sojournQuantile: null,
  }
}
