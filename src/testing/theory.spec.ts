/**
 * Real producers, queues and consumers against the closed forms of queueing theory, each within the 99 %
 * confidence interval that batch means of the same run give. The seed is fixed, so a pass stays a pass.
 */
import { describe, expect, test } from 'vitest'
import {
  type Design,
  type Estimate,
  estimate,
  exponential,
  fixed,
  lognormal,
  type Visit,
  visit,
} from './stations.ts'

const SEED = 1
const CUSTOMERS = 600_000

const come = (design: Design, customers = CUSTOMERS): Visit => visit(design, customers, SEED)

/** `formula` must lie in the interval, and the interval must be narrow enough to say something. */
function expectAgreement({ mean, halfWidth }: Estimate, formula: number): void {
  expect(halfWidth / formula, 'half-width of the interval, as a share').toBeLessThan(0.1)
  expect(Math.abs(mean - formula), `${mean} ± ${halfWidth} against ${formula}`).toBeLessThan(
    halfWidth,
  )
}

/** Mean wait by Pollaczek and Khinchine: one server, mean service 1, squared coefficient of variation `scv`. */
const pollaczekKhinchine = (lambda: number, scv: number) =>
  (lambda * (1 + scv)) / (2 * (1 - lambda))

/** Share of customers who wait at `servers` servers, mean service 1 (Erlang C by way of Erlang B). */
function erlangC(lambda: number, servers: number): number {
  let b = 1
  for (let k = 1; k <= servers; k++) b = (lambda * b) / (k + lambda * b)
  const rho = lambda / servers
  return b / (1 - rho + rho * b)
}

describe('given M/M/1 at load 0.8', () => {
  const lambda = 0.8
  const { waits, sojourns, present } = come({ lambda, service: exponential })

  test('when customers wait, then for ρ / (1 − ρ) on average, and W is one service longer', () => {
    expectAgreement(estimate(waits), lambda / (1 - lambda))
    expectAgreement(estimate(sojourns), 1 / (1 - lambda))
  })
  test('when the customers present are counted over time, then they are ρ / (1 − ρ) on average', () => {
    expectAgreement(estimate(present), lambda / (1 - lambda))
  })
  test('when one arrives, then the server is busy with probability ρ', () => {
    expectAgreement(estimate(waits.map((wait) => (wait > 0 ? 1 : 0))), lambda)
  })
  test('when sojourns are long, then as rarely as Exp(μ − λ) says: one in ten beyond 11.51', () => {
    const beyond = 11.512925 // ln 10 / (1 − 0.8)
    expectAgreement(estimate(sojourns.map((time) => (time > beyond ? 10 : 0))), 1)
  })
})

describe('given M/M/4 with four competing consumers at λ = 3.2', () => {
  const lambda = 3.2
  const { waits, sojourns } = come({ lambda, service: exponential, servers: 4 })
  const wait = erlangC(lambda, 4)

  test('when customers come, then as many wait as Erlang C says, and as long', () => {
    expect(wait).toBeCloseTo(0.596432, 6)
    expectAgreement(estimate(waits.map((time) => (time > 0 ? 1 : 0))), wait)
    expectAgreement(estimate(waits), wait / (4 - lambda))
    expectAgreement(estimate(sojourns), wait / (4 - lambda) + 1)
  })
})

describe('given M/D/1 at load 0.8', () => {
  test('when all services take equally long, then the wait is half that of M/M/1', () => {
    const { waits } = come({ lambda: 0.8, service: fixed })
    expectAgreement(estimate(waits), pollaczekKhinchine(0.8, 0))
  })
})

describe('given M/G/1 with lognormal services of squared coefficient of variation 1', () => {
  test('when customers wait, then as Pollaczek and Khinchine say', () => {
    const { waits } = come({ lambda: 0.8, service: lognormal(1) })
    expectAgreement(estimate(waits), pollaczekKhinchine(0.8, 1))
  })
})

describe('given M/M/1/5: a queue of at most four that refuses more', () => {
  const rho = 0.8
  const { waits, sojourns, turnedAway } = come({
    lambda: rho,
    service: exponential,
    waitingMax: 4,
  })
  const weights = [0, 1, 2, 3, 4, 5].map((n) => rho ** n)
  const sum = weights.reduce((total, weight) => total + weight)
  const full = rho ** 5 / sum
  const present = weights.reduce((total, weight, n) => total + (n * weight) / sum, 0)

  test('when five are there, then who comes is turned away: p5 of those who come', () => {
    expect(full).toBeCloseTo(0.088819, 6)
    expectAgreement(estimate(turnedAway), full)
  })
  test('when one gets in, then the time there is L / λ (1 − p5)', () => {
    const sojourn = present / (rho * (1 - full))
    expectAgreement(estimate(sojourns), sojourn)
    expectAgreement(estimate(waits), sojourn - 1)
  })
})

describe('given a tandem of three services, each with its queue', () => {
  test('when customers pass all three, then each adds 1 / (μ − λ) as if it were alone', () => {
    const { waits, sojourns } = come({ lambda: 0.8, service: exponential, stages: 3 }, 300_000)
    expectAgreement(estimate(waits), 0.8 / (1 - 0.8))
    expectAgreement(estimate(sojourns), 3 / (1 - 0.8))
  })
})
