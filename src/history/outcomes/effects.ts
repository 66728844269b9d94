/**
 * Which messages had an effect, and by which fact: what detectors of repeated and disordered effects remember of
 * each message, as columns by its number. A run has millions of them.
 */
import { IntColumn } from '../../base/column.ts'

/** Effects of one scope: of consumers that compete, of a group, or of a store. */
export class Effects {
  /** One more than the fact's index; nothing or 0 where the message had no effect. */
  private readonly facts = new IntColumn()
  private readonly parts = new IntColumn()

  /** The fact of the latest effect of a message, -1 if it had none. */
  fact(message: number): number {
    return (this.facts.get(message) || 0) - 1
  }

  /** Where it happened. */
  part(message: number): number {
    return this.parts.get(message)
  }

  set(message: number, fact: number, part: number): void {
    this.facts.put(message, fact + 1)
    this.parts.put(message, part)
  }
}
