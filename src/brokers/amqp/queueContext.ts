/** What a queue asks of its broker. */
import type { Simulation } from '../../engine/simulation.ts'
import type { Channel } from './channel.ts'
import type { Consumer } from './consumer.ts'
import type { Death } from './facts.ts'
import type { Queue } from './queue.ts'
import type { Wire } from './wire.ts'

export interface QueueContext {
  readonly sim: Simulation
  readonly channels: readonly Channel[]
  /** Whether faults of 3.10.8 are modelled that a scenario should not teach (README.md). */
  readonly withFaults: boolean
  /** Whether a client is sending several publishes without waiting. */
  readonly isBursting: boolean
  consumer(part: number): Consumer
  channel(part: number): Channel
  /** Puts deliveries on their way, which are in the channel's books already. */
  readonly wire: Wire
  /** A copy came by this exchange without a detour: it counts as routed. */
  countRouted(exchange: number): void
  forgetQueue(queue: Queue): void
  /** Whether what dies in the queue goes to a dead-letter exchange that exists. */
  hasDeadLetterExchange(queue: Queue): boolean
  /** Sends what lies at a position to the dead-letter exchange, once the operation is done. */
  deadLetter(queue: Queue, position: number, why: Death): void
  /** Dead-letters a message that the queue never stored. */
  deadLetterRefused(queue: Queue, message: number, via: number, key: number): void
  /** Lets what died arrive where it goes. */
  deliverDeadLetters(): void
  /** The queue's process crashes. */
  crash(queue: Queue): void
  /** The queue was not used for as long as x-expires says. */
  expireQueue(queue: Queue): void
}
