/**
 * Where the records of a log were written down. Offsets that are lost in an election are given again, to
 * other records; so entries are numbered apart, each leader writes its own one after the other, and a
 * log is a path of leader epochs (Kafka's leader epoch cache, KIP-101).
 */
import type { Archive } from '../../../engine/archive.ts'

/** Words of an epoch: first offset, first entry. Its place in the list is its number. */
const WORDS = 2

/** Every epoch that a partition has had. */
export class Epochs {
  private readonly words: number[] = [0, 0]

  get count(): number {
    return this.words.length / WORDS
  }

  begin(offset: number, entry: number): void {
    this.words.push(offset, entry)
  }

  offsetOf(epoch: number): number {
    return this.words[epoch * WORDS] as number
  }

  /** The entry of an offset in the log that is this path of epochs. */
  entryOf(path: readonly number[], offset: number): number {
    let at = path.length - 1
    while (at > 0 && this.offsetOf(path[at] as number) > offset) at--
    const epoch = path[at] as number
    return (this.words[epoch * WORDS + 1] as number) + offset - this.offsetOf(epoch)
  }

  /** The end of what two logs have in common, each given by its path and its end. */
  commonEnd(
    path: readonly number[],
    end: number,
    other: readonly number[],
    otherEnd: number,
  ): number {
    let shared = 0
    while (shared < path.length && path[shared] === other[shared]) shared++
    const next = path[shared]
    const otherNext = other[shared]
    return Math.min(
      next === undefined ? end : this.offsetOf(next),
      otherNext === undefined ? otherEnd : this.offsetOf(otherNext),
      end,
      otherEnd,
    )
  }

  /** A path cut off at an offset: epochs that begin there or later are gone, but for the first. */
  cutPath(path: readonly number[], end: number): number[] {
    return path.filter((epoch, at) => at === 0 || this.offsetOf(epoch) < end)
  }

  archive(io: Archive): void {
    io.list(this.words)
  }
}
