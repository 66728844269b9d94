/**
 * A consumer of a group: reads what is pending under its name if it is to, then what nobody of its group was given
 * yet; from time to time it takes over what others left idle. Redis gives nothing again by itself and counts
 * deliveries without acting on them, so both are rules of this program (redis.io/docs/latest/develop/data-types/streams).
 */
import { usFromMs } from '../../base/time.ts'
import type { Archive } from '../../engine/archive.ts'
import { CLIENT_FACTS } from '../client.ts'
import type { SentEntry } from './answers.ts'
import { EntryWorker } from './entryWorker.ts'
import { REDIS_CLIENT_FACTS as FACTS } from './facts.ts'
import type { RedisConsumerSettings } from './settings.ts'

/** The way to its group. Positions stand for ids; the counts of deliveries come with the entries, as XPENDING tells them. */
export interface GroupPort {
  /** XREADGROUP with `>`. */
  read(connection: number): void
  /** XREADGROUP with the id before a position. */
  readPending(connection: number, from: number): void
  /** XAUTOCLAIM from a position on. */
  autoClaim(connection: number, from: number): void
  /** XCLAIM of one entry. */
  claim(connection: number, message: number, position: number): void
  acknowledge(message: number, position: number): void
  /** XADD to the stream for dead letters if there is one, and XACK, in one transaction. */
  setAside(message: number, position: number): void
  hangUp(connection: number): void
}

/** Nothing to read on in; nothing wished for. */
const NONE = -2
/** Where an answer says that a walk goes on: an entry that was claimed by its id leaves the walk as it is. */
export const NO_WALK = -2

export class RedisConsumer extends EntryWorker<RedisConsumerSettings> {
  port: GroupPort | null = null
  /** Where it reads on in what is pending under its name, and in which of its lives it began to. */
  private history = NONE
  private historyLife = -1
  /** When it last began to look for idle entries, and where it looks on; 0 once it has looked through all. */
  private claimedUs = 0
  private cursor = 0
  /** What a person has it claim: an entry by its position, or -1 for all that are idle. */
  private wish = NONE
  private wishMessage = -1
  setAsideCount = 0
  goneCount = 0

  /** XCLAIM of an entry, or XAUTOCLAIM (-1), before it asks for anything else. */
  wishToClaim(message: number, position: number): void {
    if (this.isCrashed || this.phase === 'out') return
    this.sim.emit(this, FACTS.claimWished, message, position)
    if (!this.isPaused && !this.isWorking && !this.isAsking) this.goOn()
  }

  protected ask(): void {
    const { port, connection, sim, settings, wish, cursor } = this
    if (!port) return
    if (wish >= 0) {
      const message = this.wishMessage
      sim.emit(this, FACTS.entryClaimAsked, message, wish)
      port.claim(connection, message, wish)
    } else if (wish === -1 || this.isTimeToClaim) {
      sim.emit(this, FACTS.claimAsked, -1, cursor)
      port.autoClaim(connection, cursor)
    } else if (this.history !== NONE || (settings.readsPending && this.historyLife !== this.life)) {
      const from = Math.max(0, this.history)
      sim.emit(this, FACTS.historyAsked, -1, from)
      port.readPending(connection, from)
    } else {
      sim.emit(this, FACTS.readAsked, -1, -1)
      port.read(connection)
    }
  }

  /** Between two reads only: a read that blocks longer than that puts it off. */
  private get isTimeToClaim(): boolean {
    const { claimEveryMs } = this.settings
    if (this.cursor > 0) return true
    return claimEveryMs !== undefined && this.sim.nowUs - this.claimedUs >= usFromMs(claimEveryMs)
  }

  protected isForWork({ message, position, deliveries }: SentEntry): boolean {
    if (deliveries === 0) {
      this.sim.emit(this, FACTS.foundGone, message, position)
      this.port?.acknowledge(message, position)
      return false
    }
    if (deliveries > (this.settings.maxDeliveries ?? Number.POSITIVE_INFINITY)) {
      this.sim.emit(this, FACTS.gaveUp, message, position)
      this.port?.setAside(message, position)
      return false
    }
    return true
  }

  protected began({ message, position }: SentEntry): void {
    if (this.settings.ack === 'before') this.port?.acknowledge(message, position)
  }

  protected done({ message, position }: SentEntry, failed: boolean): void {
    if (this.settings.ack === 'after' && !failed) this.port?.acknowledge(message, position)
  }

  protected hangUp(connection: number): void {
    this.port?.hangUp(connection)
  }

  override apply(kind: number, message: number, aux: number): void {
    if (kind === FACTS.batchTaken || kind === FACTS.nothingCame) this.walkOn(aux)
    super.apply(kind, message, aux)
    switch (kind) {
      case FACTS.historyAsked:
        this.history = aux
        this.historyLife = this.life
        break
      case FACTS.claimAsked:
        if (aux === 0) this.claimedUs = this.sim.nowUs
        if (this.wish === -1) this.wish = NONE
        break
      case FACTS.entryClaimAsked:
        this.wish = NONE
        break
      case FACTS.claimWished:
        this.wish = aux
        this.wishMessage = message
        break
      case FACTS.foundGone:
        this.goneCount++
        break
      case FACTS.gaveUp:
        this.setAsideCount++
        break
      case CLIENT_FACTS.crashed:
        this.history = NONE
        this.cursor = 0
        this.wish = NONE
        break
    }
  }

  /** Where the next request of the same kind begins. */
  private walkOn(answer: number): void {
    const count = this.answers.countOf(answer)
    const next = this.answers.nextOf(answer)
    if (this.phase === 'history') {
      this.history = count === 0 ? NONE : this.answers.entryAt(answer, count - 1).position + 1
    } else if (this.phase === 'claiming' && next !== NO_WALK) this.cursor = Math.max(0, next)
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.history = io.int(this.history)
    this.historyLife = io.int(this.historyLife)
    this.claimedUs = io.int(this.claimedUs)
    this.cursor = io.int(this.cursor)
    this.wish = io.int(this.wish)
    this.wishMessage = io.int(this.wishMessage)
    this.setAsideCount = io.int(this.setAsideCount)
    this.goneCount = io.int(this.goneCount)
  }
}
