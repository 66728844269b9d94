/** Queues of the SQS family without a scenario: clients are names, answers are written down, time is moved by hand. */
import { must } from '../base/assert.ts'
import { usFromMs } from '../base/time.ts'
import { type ReceiveOptions, SqsBroker } from '../brokers/sqs/broker.ts'
import type { SqsOptions, SqsQueue } from '../brokers/sqs/queue.ts'
import { Saver } from '../engine/archive.ts'
import { Records } from '../engine/records.ts'
import { Simulation } from '../engine/simulation.ts'
import { factKind } from '../history/vocabulary.ts'

/** What a client was answered: bodies with how often each has been received. */
export interface SqsAnswer {
  by: string
  bodies: string[]
  counts: number[]
  /** Receipt handles. */
  handles: number[]
}

export class SqsBench {
  readonly records: Records
  readonly sim: Simulation
  readonly broker: SqsBroker
  readonly answers: SqsAnswer[] = []
  private readonly clients: string[] = []

  constructor(queues: Record<string, SqsOptions>, records = new Records(), seed = 1) {
    this.records = records
    this.sim = new Simulation(records, seed)
    const nodes = Object.keys(queues).map(() => this.sim.nextNode())
    this.broker = new SqsBroker(this.sim, this.sim.nextNode(), {
      received: (queue, by, first, count) => this.note(queue, by, first, count),
    })
    Object.entries(queues).forEach(([name, options], i) => {
      this.broker.addQueue(nodes[i] as number, name, name, options)
    })
  }

  queue(name = 'orders'): SqsQueue {
    return must(this.broker.queue(name), `queue ${name}`)
  }

  send(
    body: string,
    attributes: { group?: string; dedup?: string; delayMs?: number; queue?: string } = {},
  ): boolean {
    const { strings, messages } = this.records
    const id = (text: string | undefined) => (text === undefined ? -1 : strings.id(text))
    const message = messages.addRow(this.sim.nowUs, strings.id(body), messages.count, -1, -1, -1, 0)
    return this.broker.send(this.queue(attributes.queue), message, {
      group: id(attributes.group),
      deduplication: id(attributes.dedup),
      ...(attributes.delayMs !== undefined && { delayUs: usFromMs(attributes.delayMs) }),
    })
  }

  /** Receives and returns the answer; null while it waits. */
  receive(by = 'worker', options: ReceiveOptions & { queue?: string } = {}): SqsAnswer | null {
    const before = this.answers.length
    this.broker.receive(this.queue(options.queue), this.client(by), options)
    return this.answers[before] ?? null
  }

  /** Receives one message and returns its handle. */
  handle(by = 'worker', options: ReceiveOptions = {}): number {
    return must(must(this.receive(by, options), 'an answer').handles[0], 'a message')
  }

  delete(handle: number, queue?: string): void {
    this.broker.delete(this.queue(queue), handle)
  }

  /** Lets time pass, and what falls due in it happen. */
  pass(ms: number): void {
    const untilUs = this.sim.nowUs + usFromMs(ms)
    this.sim.runUntil(untilUs)
    this.sim.nowUs = untilUs
  }

  hangUp(by: string): void {
    this.broker.hangUp(this.queue(), this.client(by))
  }

  /** Available, delayed and in flight. */
  counts(name?: string): [number, number, number] {
    const queue = this.queue(name)
    return [queue.availableCount, queue.delayedCount, queue.inFlight.size]
  }

  /** Names of the facts so far, those of `from` on. */
  facts(from = 0): string[] {
    const { facts } = this.records
    return Array.from({ length: facts.count - from }, (_, i) => factKind(facts.kind(from + i)).name)
  }

  saved(): Uint8Array {
    const saver = new Saver()
    this.broker.archive(saver)
    return saver.done()
  }

  private client(name: string): number {
    if (!this.clients.includes(name)) this.clients.push(name)
    return this.clients.indexOf(name)
  }

  private note(queue: SqsQueue, by: number, first: number, count: number): void {
    const handles = Array.from({ length: count }, (_, i) => first + i)
    this.answers.push({
      by: this.clients[by] ?? '',
      bodies: handles.map((handle) => this.records.body(queue.messageOf(handle))),
      counts: handles.map((handle) => queue.receipts.count(handle)),
      handles,
    })
  }
}
