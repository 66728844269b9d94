/** What a process manager waits for: each command that it sent and on which nothing has followed yet. */
import type { IntColumn } from '../../base/column.ts'
import type { Archive } from '../../engine/archive.ts'
import type { Records } from '../../engine/records.ts'

export class Waiting {
  /** How many were ever waited for: the next one's number. */
  count = 0
  /** Numbers of those that are waited for, and how often each command was sent. */
  private readonly open: number[] = []
  private readonly sent: number[] = []
  private readonly dueUs: number[] = []
  /** Those that were given up: a person must see to them. */
  readonly stuck: number[] = []
  private readonly commands: IntColumn

  constructor(records: Records, node: number) {
    this.commands = records.ints(node, 'waitsForCommand')
  }

  /** Writes down the command of the next number, before the fact. */
  prepare(command: number): number {
    this.commands.put(this.count, command)
    return this.count
  }

  add(number: number, dueUs: number): void {
    this.open.push(number)
    this.sent.push(1)
    this.dueUs.push(dueUs)
    this.count = number + 1
  }

  again(number: number, dueUs: number): void {
    const at = this.open.indexOf(number)
    this.sent[at] = (this.sent[at] as number) + 1
    this.dueUs[at] = dueUs
  }

  /** The time of all begins anew: its process was not there. */
  postpone(dueUs: number): void {
    this.dueUs.fill(dueUs)
  }

  give(number: number): void {
    this.end(number)
    this.stuck.push(number)
  }

  end(number: number): void {
    const at = this.open.indexOf(number)
    if (at === -1) return
    this.open.splice(at, 1)
    this.sent.splice(at, 1)
    this.dueUs.splice(at, 1)
  }

  /** Whether it is still waited for, and its time is over. */
  isDue(number: number, nowUs: number): boolean {
    const at = this.open.indexOf(number)
    return at !== -1 && nowUs >= (this.dueUs[at] as number)
  }

  /** How often a command was sent. */
  times(number: number): number {
    return this.sent[this.open.indexOf(number)] ?? 0
  }

  command(number: number): number {
    return this.commands.get(number)
  }

  numbers(): readonly number[] {
    return this.open
  }

  archive(io: Archive): void {
    this.count = io.int(this.count)
    io.list(this.open)
    io.list(this.sent)
    io.list(this.dueUs)
    io.list(this.stuck)
  }
}
