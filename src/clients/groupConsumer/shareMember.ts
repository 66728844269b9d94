/**
 * A member of a share group (KIP-932), as Kafka's share consumer with explicit acknowledgement: it polls, works
 * record by record, and answers each one: accept when it is done, release to have it delivered again, reject to
 * give it up. If it is to, it renews the locks of what it has in hand from time to time. It commits nothing and
 * owns no partition.
 */
import { usFromMs } from '../../base/time.ts'
import type { Answer } from '../../brokers/log/share/sharing.ts'
import { CLIENT_FACTS } from '../client.ts'
import { GroupConsumer } from './groupConsumer.ts'

const RENEW = 7

export class ShareMember extends GroupConsumer {
  override start(): void {
    super.start()
    this.renewLater()
  }

  override due(kind: number, arg: number): void {
    if (kind !== RENEW) super.due(kind, arg)
    else if (arg === this.incarnation && !this.isCrashed && this.phase !== 'out') {
      this.renewLater()
      for (let place = this.taken; place < this.received; place++) this.answer(place, 'renew')
    }
  }

  private renewLater(): void {
    const { renewEveryMs } = this.settings
    if (renewEveryMs === undefined || this.phase === 'out') return
    this.sim.after(usFromMs(renewEveryMs), this, RENEW, this.incarnation)
  }

  /** A generation is of no consequence: nobody waits for anybody. */
  protected override isOfThisRun(): boolean {
    return true
  }

  protected override goOnWithBatch(): void {
    this.begin()
  }

  protected override endBatch(): void {
    if (this.isExpelled) this.start()
    else if (!this.isPaused) this.poll()
  }

  override commitNow(): void {}

  /** It has no position. */
  override seek(): void {}

  protected override finished(place: number, failed: boolean): void {
    const how: Answer = !failed
      ? 'accept'
      : this.settings.onFailure === 'retry'
        ? 'release'
        : 'reject'
    this.answer(place, how)
  }

  private answer(place: number, how: Answer): void {
    this.connection?.answer(
      this.messageAt(place),
      this.progresses.get(place),
      this.offsets.get(place),
      how,
    )
  }

  /** What failed is answered too, and never tried again in place. */
  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    if (kind === CLIENT_FACTS.failed) this.passOver(aux)
  }

  /** Whether it was delivered before, as the delivery count of the record says. */
  protected override cameBefore(progress: number, offset: number): boolean {
    const { share } = this.connection?.broker.progressAt(progress) ?? {}
    return (share?.countAt(offset) ?? 0) > 1
  }
}
