/**
 * Messages that came to a client: those of QoS 2 that it holds until they are released, and in the order of their
 * coming what it works on, as cursors over append-only columns.
 */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'

export interface Entry {
  message: number
  /** Flags of its PUBLISH. */
  flags: number
  /** By which it is answered. */
  position: number
  /** The connection on which it came. */
  connection: number
}

const LOOK_BACK = 64

export class Incoming {
  /** Entries that ever came, and how many of them are done with. */
  received = 0
  taken = 0
  /** QoS 2, not released: position, message, and 1 if it came with DUP, in turn. */
  private readonly words: number[] = []
  private readonly columns: Record<keyof Entry, IntColumn>

  constructor(records: Records, node: number) {
    this.columns = {
      message: records.ints(node, 'inMessage'),
      flags: records.ints(node, 'inFlags'),
      position: records.ints(node, 'inPosition'),
      connection: records.ints(node, 'inConnection'),
    }
  }

  get inHand(): number {
    return this.received - this.taken
  }
  get heldCount(): number {
    return this.words.length / 3
  }
  entry(at: number): Entry {
    const { message, flags, position, connection } = this.columns
    return {
      message: message.get(at),
      flags: flags.get(at),
      position: position.get(at),
      connection: connection.get(at),
    }
  }

  /** Writes an entry down, before the fact that it came. */
  book(entry: Entry): void {
    for (const name of ['message', 'flags', 'position', 'connection'] as const) {
      this.columns[name].put(this.received, entry[name])
    }
  }

  holds(position: number): boolean {
    return this.find(position) !== -1
  }
  isDup(position: number): boolean {
    return this.words[this.find(position) + 2] === 1
  }
  /** Whether a message is among the latest that came. */
  hasLately(message: number): boolean {
    for (let at = this.received - 1; at >= Math.max(0, this.received - LOOK_BACK); at--) {
      if (this.columns.message.get(at) === message) return true
    }
    return false
  }
  heldMessages(): number[] {
    return this.words.filter((_, i) => i % 3 === 1)
  }

  /** Called while facts are applied. */
  hold(position: number, message: number, isDup: boolean): void {
    this.words.push(position, message, isDup ? 1 : 0)
  }
  release(position: number): void {
    const at = this.find(position)
    if (at !== -1) this.words.splice(at, 3)
  }
  releaseAll(): void {
    this.words.length = 0
  }

  archive(io: Archive): void {
    this.received = io.int(this.received)
    this.taken = io.int(this.taken)
    io.list(this.words)
  }

  private find(position: number): number {
    for (let i = 0; i < this.words.length; i += 3) if (this.words[i] === position) return i
    return -1
  }
}
