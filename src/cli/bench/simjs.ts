/**
 * The peer: SIM.JS (npm `simjs`), the discrete-event library of JavaScript that is used most. A source
 * sets timers, a facility with as many servers as a queue has serves in turn. It records nothing but its
 * own averages.
 */
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

/**
 * SIM.JS, or null where it is not installed; `load` runs its script. It offers itself to a `window` only, so it
 * is given one.
 */
export async function findSimJs(load: () => unknown): Promise<SimJs | null> {
  const page: { Sim?: SimJs } = {}
  Object.assign(globalThis, { window: page })
  try {
    await load()
    return page.Sim ?? null
  } catch {
    return null
  } finally {
    Reflect.deleteProperty(globalThis, 'window')
  }
}

/** Runs the workload until every message has left the last station; returns how many did. */
export function runSimJs(simjs: SimJs, workload: Workload, messages: number): number {
  const { Sim, Facility, Entity, Random } = simjs
  const sim = new Sim()
  const random = new Random(1)
  const queues = Array.from(
    { length: workload.stations },
    (_, n) => new Facility(`queue ${n}`, FIRST_COME_FIRST_SERVED, workload.servers),
  )
  const { useFacility: occupy } = Entity.prototype as SimJsEntity
  const arrivalRate = 1 / arrivalMs(workload)
  let published = 0
  let left = 0
  class Producer extends Entity {
    start(): void {
      this.publishNext()
    }
    private publishNext(): void {
      if (published === messages) return
      this.setTimer(random.exponential(arrivalRate)).done(() => {
        published++
        this.serve(0)
        this.publishNext()
      })
    }
    private serve(station: number): void {
      const request = occupy.call(this, queues[station], random.exponential(1 / SERVICE_MS))
      request.done(() => {
        if (station + 1 < queues.length) this.serve(station + 1)
        else left++
      })
    }
  }
  sim.addEntity(Producer, 'producer')
  sim.simulate(Number.MAX_SAFE_INTEGER)
  return left
}
