/**
 * A plain reader of a stream (XREAD): every reader gets every entry, the server knows nothing of it, and how far it
 * has come it remembers only as long as it runs (redis.io/docs/latest/commands/xread).
 */
import type { Archive } from '../../engine/archive.ts'
import { CLIENT_FACTS } from '../client.ts'
import { EntryWorker } from './entryWorker.ts'
import { REDIS_CLIENT_FACTS as FACTS } from './facts.ts'
import type { RedisReaderSettings } from './settings.ts'

/** The way to its stream. */
export interface StreamPort {
  /** XREAD of what lies from a position on; -1 stands for where its settings say that it begins. */
  read(connection: number, from: number): void
  hangUp(connection: number): void
}

export class RedisReader extends EntryWorker<RedisReaderSettings> {
  port: StreamPort | null = null
  /** The position after the last entry that it got; -1 before the first. */
  next = -1

  protected ask(): void {
    this.sim.emit(this, FACTS.readAsked, -1, this.next)
    this.port?.read(this.connection, this.next)
  }

  protected isForWork(): boolean {
    return true
  }
  protected began(): void {}
  protected done(): void {}

  protected hangUp(connection: number): void {
    this.port?.hangUp(connection)
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    if (kind === FACTS.batchTaken) {
      this.next = this.answers.entryAt(aux, this.answers.countOf(aux) - 1).position + 1
    } else if (kind === CLIENT_FACTS.crashed) this.next = -1
  }

  override archive(io: Archive): void {
    super.archive(io)
    this.next = io.int(this.next)
  }
}
