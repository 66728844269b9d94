/**
 * A member of a share group (KIP-932), as Kafka's share consumer with explicit acknowledgement: it polls, works
 * record by record, and answers each one: accept when it is done, release to have it delivered again, reject to
 * give it up. It commits nothing and owns no partition.
 */
import type { Answer } from '../../brokers/log/share/sharing.ts'
import { CLIENT_FACTS } from '../client.ts'
import { GroupConsumer } from './groupConsumer.ts'

export class ShareMember extends GroupConsumer {
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
