/**
 * When a consumer sends, apart from whether there is something to send (docs.nats.io/nats-concepts/jetstream/consumers,
 * "ReplayPolicy", "IdleHeartbeat", "InactiveThreshold"): it waits as long as publishers did, says that it is still
 * there, and is given up when nobody uses it.
 */
import type { Simulation } from '../../../../engine/simulation.ts'
import { NATS_FACTS as FACTS } from '../facts.ts'
import type { Consumer, Held } from './consumer.ts'

/** What a consumer's clock is for, besides ack wait and pulls. */
export const PACE_TIMER = { replay: 2, heartbeat: 3, inactive: 4 } as const
/** The server does not wait for less. */
const PAUSE_MIN_US = 1000

interface PaceContext {
  dispatch(consumer: Consumer): void
  heartbeat(consumer: Consumer): void
  /** Pulls that do not wait and got something are over. */
  endOneShots(consumer: Consumer): void
  /** Nobody used it for too long. */
  abandon(consumer: Consumer): void
}

export class Pace {
  private readonly sim: Simulation
  private readonly context: PaceContext
  constructor(sim: Simulation, context: PaceContext) {
    this.sim = sim
    this.context = context
  }

  /** A consumer was made, or is known again after a restart. */
  begin(consumer: Consumer): void {
    const { idleHeartbeatUs } = consumer.config
    if (idleHeartbeatUs) this.sim.after(idleHeartbeatUs, consumer, PACE_TIMER.heartbeat)
    this.watchUse(consumer)
  }

  /**
   * The inactive threshold begins to count: when the consumer is made or gets another one, when nobody listens any
   * more. The clock of another threshold counts no more.
   */
  watchUse(consumer: Consumer, inUs = consumer.config.inactiveThresholdUs): void {
    if (inUs) this.sim.after(inUs, consumer, PACE_TIMER.inactive, thresholdMs(consumer))
  }

  /**
   * Replay policy "original": whether a message waits as long after the one before it as when they were stored, until
   * the consumer has caught up (`loopAndGatherMsgs`).
   */
  holds(consumer: Consumer, sequence: number): boolean {
    const { stream, isReplaying, nextConsumer } = consumer
    if (!isReplaying || nextConsumer === 1) return false
    const before = consumer.streamSequenceOf(nextConsumer - 1)
    const pauseUs = stream.storedUs(sequence) - stream.storedUs(before)
    if (pauseUs <= PAUSE_MIN_US) return false
    const untilUs = this.sim.nowUs + pauseUs
    const left = Math.max(0, consumer.pendingCount - 1)
    const row = this.sim.records.row({ sequence, untilUs, left } satisfies Held)
    this.sim.emit(consumer, FACTS.held, stream.messageAt(sequence), row)
    this.sim.after(pauseUs, consumer, PACE_TIMER.replay)
    return true
  }

  /** It sends nothing more for now: what was there when it was made is sent, or is not. */
  rests({ isReplaying, nextStream, resume }: Consumer): boolean {
    return isReplaying && nextStream > resume
  }

  due(consumer: Consumer, timer: number, arg: number): void {
    if (timer === PACE_TIMER.replay) this.context.dispatch(consumer)
    else if (timer === PACE_TIMER.heartbeat) this.beat(consumer)
    else if (arg === thresholdMs(consumer)) this.checkUse(consumer)
  }

  private beat(consumer: Consumer): void {
    const every = consumer.config.idleHeartbeatUs
    if (!every) return
    const quietUs = this.sim.nowUs - consumer.quietSinceUs
    if (quietUs >= every && consumer.isActive) {
      this.context.heartbeat(consumer)
      // It looks on the way how far there is nothing for it.
      this.context.dispatch(consumer)
    }
    this.sim.after(quietUs < every ? every - quietUs : every, consumer, PACE_TIMER.heartbeat)
  }

  /**
   * Pull: unless it was asked or answered lately, or someone waits. Push: unless someone listens, or did until lately.
   * The server adds 0.1 to 1 s at random to the threshold of a pull consumer, this family adds nothing.
   */
  private checkUse(consumer: Consumer): void {
    const { config, usedUs, isPush, isActive, waiting } = consumer
    const limit = config.inactiveThresholdUs
    if (!limit || (isPush && isActive)) return
    const idleUs = this.sim.nowUs - usedUs
    if (idleUs < limit) {
      if (!isPush) this.watchUse(consumer, limit - idleUs)
      return
    }
    this.context.endOneShots(consumer)
    if (waiting.length > 0) this.watchUse(consumer)
    else this.context.abandon(consumer)
  }
}

function thresholdMs({ config }: Consumer): number {
  return Math.round((config.inactiveThresholdUs ?? 0) / 1000)
}
