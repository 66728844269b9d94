/**
 * A member that keeps what it owns while its group rebalances: under the cooperative assignor (KIP-429) and
 * the server-side protocol (KIP-848). It goes on reading and committing, hears what is its own from now on,
 * and at its next poll gives up what is not, says so, and takes over what is new.
 */
import type { Assignment } from '../../brokers/log/coordinator.ts'
import type { Holding } from './connection.ts'
import { GROUP_CONSUMER_FACTS } from './facts.ts'
import { GroupConsumer } from './groupConsumer.ts'

export class IncrementalMember extends GroupConsumer {
  override receiveAssignment(row: number): void {
    if (this.phase === 'joining') super.receiveAssignment(row)
    else if (this.phase !== 'out' && !this.isExpelled) {
      this.sim.emit(this, GROUP_CONSUMER_FACTS.assignmentHeard, -1, row)
      this.proceedSoon()
    }
  }

  override receiveBatch(message: number, count: number, first: number): void {
    if (this.phase !== 'polling') return
    // What came before it knew that it is its own is asked for again: the poll names the batch before.
    const name = this.isAllKnown(count, first) ? first : this.lastBatch
    const mine = this.writeOwn(count, first, name)
    if (mine > 0) this.sim.emit(this, GROUP_CONSUMER_FACTS.batchReceived, message, mine)
    else this.sim.emit(this, GROUP_CONSUMER_FACTS.batchDropped, -1, name)
    this.proceedSoon()
  }

  override reconnected(): void {
    super.reconnected()
    const isIn = this.phase !== 'joining' && this.phase !== 'out' && !this.isExpelled
    if (isIn && this.heardRow === -1) this.sayWhatItHolds()
  }

  /** The generation goes on while it waits for an answer. */
  protected override isOfThisRun(): boolean {
    return true
  }

  override apply(kind: number, message: number, aux: number): void {
    super.apply(kind, message, aux)
    switch (kind) {
      case GROUP_CONSUMER_FACTS.rejoining:
        this.mustRejoin = false
        break
      case GROUP_CONSUMER_FACTS.assignmentHeard:
        // What it was given and is to give up again before it took it, it has to say that it does not hold.
        if (this.heardRow !== -1) this.mustRejoin = true
        this.heardRow = aux
        this.generation = this.sim.records.rowAt<Assignment>(aux).generation
        break
      case GROUP_CONSUMER_FACTS.assignmentTaken:
        this.applyTaken(this.sim.records.rowAt<Assignment>(aux))
        break
      case GROUP_CONSUMER_FACTS.batchDropped:
        this.phase = 'ready'
        this.polledUs = this.sim.nowUs
        this.lastBatch = aux
        break
    }
  }

  protected override proceed(): void {
    // Inside a poll what was heard is taken at once; between two polls after the commit.
    if (this.phase === 'polling' && this.heardRow !== -1 && !this.isExpelled) this.takeHeard()
    super.proceed()
  }

  protected override rejoin(): void {
    if (this.heardRow !== -1) {
      this.takeHeard()
      return
    }
    this.sim.emit(this, GROUP_CONSUMER_FACTS.rejoining, -1, -1)
    this.sayWhatItHolds()
    if (this.phase === 'ready') this.proceedSoon()
  }

  protected override takeHeard(): void {
    const row = this.heardRow
    const { progress } = this.sim.records.rowAt<Assignment>(row)
    const lost = this.owned().filter((part) => !progress.includes(part))
    // onPartitionsRevoked: what is done and not committed yet is committed by whoever did it.
    if (lost.length > 0) this.commitNow()
    this.sim.emit(this, GROUP_CONSUMER_FACTS.assignmentTaken, -1, row)
    if (lost.length > 0 || this.mustRejoin) {
      this.sim.emit(this, GROUP_CONSUMER_FACTS.rejoining, -1, -1)
      this.sayWhatItHolds()
    }
    // A poll that waits goes on waiting: what is new is read with the next one.
    if (this.phase === 'ready') this.proceedSoon()
  }

  private applyTaken({ progress, positions, fresh = progress }: Assignment): void {
    this.heardRow = -1
    for (const part of this.owned()) {
      if (!progress.includes(part) || fresh.includes(part)) this.positions.end(part)
    }
    progress.forEach((part, i) => {
      if (!this.positions.owns(part)) this.positions.start(part, positions[i] as number)
    })
  }

  private owned(): number[] {
    const { positions } = this
    return Array.from({ length: positions.count }, (_, entry) => positions.progressOf(entry))
  }

  private sayWhatItHolds(): void {
    const holding: Holding = { incarnation: this.incarnation, owned: this.owned() }
    this.connection?.rejoin(this.sim.records.row(holding))
  }

  private isAllKnown(count: number, first: number): boolean {
    for (const { progress } of this.segments(count, first)) {
      if (!this.positions.owns(progress)) return false
    }
    return true
  }

  /** Writes into the inbox what of a batch is its own and was not received before. Returns how much that is. */
  private writeOwn(count: number, first: number, name: number): number {
    let place = this.received
    for (const { progress, partition, from, end } of this.segments(count, first)) {
      for (let offset = from; offset < end; offset++) {
        if (!this.positions.awaits(progress, offset)) continue
        this.writeRecord(place++, partition.messageAt(offset), progress, offset, name)
      }
    }
    return place - this.received
  }

  /** The runs of offsets of a batch. */
  private *segments(count: number, first: number) {
    const broker = this.connection?.broker
    if (!broker) return
    let left = count
    for (let segment = first; left > 0; segment++) {
      const progress = broker.segments.progressOf(segment)
      const from = broker.segments.fromOf(segment)
      const end = from + broker.segments.lengthOf(segment)
      left -= end - from
      yield { progress, partition: broker.progressAt(progress).partition, from, end }
    }
  }
}
