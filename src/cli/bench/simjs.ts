/**
 * The peer: SIM.JS (npm `simjs`), the discrete-event library of JavaScript that is used most. A source
 * sets timers, a facility with one server a consumer serves in turn. It records nothing but its own
 * averages.
 */
import { createRequire } from 'node:module'
import { arrivalMs, SERVICE_MS, type Workload } from './workloads.ts'

/** What is used of SIM.JS; the package brings no types. */
export interface SimJs {
  Sim: new () => {
    addEntity(entity: unknown, name: string): void
    simulate(endTime: number): void
  }
  Facility: new (name: string, discipline: number, servers: number) => unknown
  Entity: (new (...rest: unknown[]) => SimJsEntity) & object
  Random: new (seed: number) => { exponential(rate: number): number }
}

interface SimJsEntity {
  setTimer(delay: number): { done(callback: () => void): void }
  useFacility(facility: unknown, duration: number): { done(callback: () => void): void }
}

const FIRST_COME_FIRST_SERVED = 1

/** SIM.JS, or null where it is not installed. It offers itself to a `window` only, so it is given one. */
export function findSimJs(): SimJs | null {
  const page: { Sim?: SimJs } = {}
  Object.assign(globalThis, { window: page })
  try {
    createRequire(import.meta.url)('simjs')
    return page.Sim ?? null
  } catch {
    return null
  } finally {
    Reflect.deleteProperty(globalThis, 'window')
  }
}

/** Runs the workload until every message is served; returns how many were. */
export function runSimJs(simjs: SimJs, workload: Workload, messages: number, seed: number): number {
  const { Sim, Facility, Entity, Random } = simjs
  const sim = new Sim()
  const random = new Random(seed)
  const queue = new Facility('queue', FIRST_COME_FIRST_SERVED, workload.consumers)
  const arrivalRate = 1 / arrivalMs(workload)
  let published = 0
  let acked = 0
  class Producer extends Entity {
    start(): void {
      this.publishNext()
    }
    private publishNext(): void {
      if (published === messages) return
      this.setTimer(random.exponential(arrivalRate)).done(() => {
        published++
        this.useFacility(queue, random.exponential(1 / SERVICE_MS)).done(() => {
          acked++
        })
        this.publishNext()
      })
    }
  }
  sim.addEntity(Producer, 'producer')
  sim.simulate(Number.MAX_SAFE_INTEGER)
  return acked
}
