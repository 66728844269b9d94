/**
 * What a relay has published and the broker has not confirmed: it marks nothing before all is, and publishes what
 * is not in time again, so that what a cut link loses comes after all. RabbitMQ docs, "Publisher confirms"; Kafka
 * docs, "Producer configs", `acks`. Each item may go several ways, and each way confirms for itself.
 */
import type { Archive } from '../engine/archive.ts'
import type { Outlet } from './client.ts'

/** Most links that lead out of a relay, as far as its confirms are told apart. */
const WAYS = 64

/** How long a relay waits for confirms if the scenario does not say. */
export const CONFIRM_MS = 2000

export interface ConfirmSettings {
  /** Whether it waits for the broker to confirm what it has published, and publishes it again if that takes too long. */
  confirms?: boolean
  /** How long it waits. 2000 if not given. */
  confirmMs?: number
}

/** Who is told of confirms. */
export interface TakesConfirms {
  readonly life: number
  readonly settings: ConfirmSettings
  /** The broker has a message that went out by a pipe, or refuses it. */
  receiveConfirm(message: number, isStored: boolean, pipe: number): void
}

export class Unconfirmed {
  /** Item and way of each confirm that is waited for. */
  private readonly open: number[] = []

  get isEmpty(): boolean {
    return this.open.length === 0
  }

  /** Items that wait, each once, in the order in which they were published. */
  items(): number[] {
    return [...new Set(this.open.map((each) => Math.floor(each / WAYS)))]
  }

  /** What is to be said of a confirm, in one number; -1 if nobody waits for it. */
  find(item: number, pipe: number, outlets: readonly Outlet[]): number {
    const each = item * WAYS + outlets.findIndex((outlet) => outlet.pipe === pipe)
    return this.open.includes(each) ? each : -1
  }

  /** An item is published: each outlet that confirms will say so. */
  wait(item: number, outlets: readonly Outlet[]): void {
    outlets.forEach(({ confirms }, way) => {
      const each = item * WAYS + way
      if (confirms && way < WAYS && !this.open.includes(each)) this.open.push(each)
    })
  }

  end(each: number): void {
    const at = this.open.indexOf(each)
    if (at !== -1) this.open.splice(at, 1)
  }

  clear(): void {
    this.open.length = 0
  }

  archive(io: Archive): void {
    io.list(this.open)
  }
}
