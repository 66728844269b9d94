/**
 * The page's side of the worker that folds logs. It waits so long for an answer and no longer: a worker that
 * is lost in a program is ended, another one gets the same logs, and the question is answered with a sentence.
 */
import type {
  FoldQuestion,
  FoldQuestions,
  FoldReply,
  FoldRequest,
  LogName,
} from './fold/protocol.ts'
import workerAddress from './fold.worker.ts?worker&url'
import { startWorker } from './start.ts'

/** What a program spends is counted in steps, call by call; this is for a call in which that cannot be counted. */
const PATIENCE_MS = 6_000
/** A large log takes its time, whoever folds it. */
const WHOLE_MS = 60_000

const NO_WORKER =
  'This page may start no worker here, so nothing can be folded. Open Eventarium in a window of its own.'
const TOO_LONG = 'The program took too long and was stopped. Look for a loop that never ends.'

interface Waiting {
  request: FoldRequest
  resolve(answer: unknown): void
  reject(error: Error): void
}

export class FoldClient {
  private worker: Worker | null = null
  private starting = false
  private closed = false
  private nextId = 1
  /** Asked one after the other: the first is the one that the worker is at. */
  private readonly queue: Waiting[] = []
  /** Until the next sign of life, and until the whole answer. */
  private timer: ReturnType<typeof setTimeout> | undefined
  private wholeTimer: ReturnType<typeof setTimeout> | undefined
  /** When the first was asked. */
  private sinceMs = 0
  /** What a new worker is told first: the logs, and the programs that were good. */
  private readonly known: FoldRequest[] = []

  ask<N extends FoldQuestion>(
    name: N,
    ask: FoldQuestions[N]['ask'],
  ): Promise<FoldQuestions[N]['answer']> {
    return new Promise((resolve, reject) => {
      const request = { id: this.nextId++, name, ask } as FoldRequest
      this.queue.push({ request, resolve: resolve as (answer: unknown) => void, reject })
      if (this.queue.length === 1) this.next()
    })
  }

  /** Whether a program is in force over a log. */
  hasProgram(log: LogName): boolean {
    return this.known.some(({ name, ask }) => {
      return name === 'program' && ask.log === log && ask.source !== null
    })
  }

  close(): void {
    this.closed = true
    this.stopTimers()
    this.worker?.terminate()
    this.queue.length = 0
  }

  private next(): void {
    const [first] = this.queue
    if (!first || this.closed) return
    if (!this.worker) {
      this.start()
      return
    }
    this.worker.postMessage(first.request)
    this.wholeTimer = setTimeout(() => this.giveUp(), WHOLE_MS)
    this.sinceMs = performance.now()
    if (first.request.name === 'read') return
    this.timer = setTimeout(() => this.giveUp(), PATIENCE_MS)
  }

  /** The worker is not lost in a program: it has done a part of the work. */
  private goOn(): void {
    clearTimeout(this.timer)
    // Whoever has written another program meanwhile waits no longer for this one.
    const isWanted = this.queue.slice(1).every(({ request }) => request.name !== 'program')
    if (!isWanted && performance.now() - this.sinceMs > PATIENCE_MS) this.giveUp()
    else this.timer = setTimeout(() => this.giveUp(), PATIENCE_MS)
  }

  private stopTimers(): void {
    clearTimeout(this.timer)
    clearTimeout(this.wholeTimer)
  }

  private start(): void {
    if (this.starting) return
    this.starting = true
    startWorker(workerAddress).then((worker) => {
      this.starting = false
      if (this.closed) worker?.terminate()
      else if (worker) this.connect(worker)
      else for (const { reject } of this.queue.splice(0)) reject(new Error(NO_WORKER))
    }, this.failAll)
  }

  private readonly failAll = (error: unknown) => {
    for (const { reject } of this.queue.splice(0)) reject(new Error(String(error)))
  }

  private connect(worker: Worker): void {
    this.worker = worker
    worker.onmessage = ({ data }: MessageEvent<FoldReply>) => this.take(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.giveUp()
    }
    // Their answers are nobody's any more.
    for (const request of this.known) worker.postMessage({ ...request, id: 0 })
    this.next()
  }

  private take(reply: FoldReply): void {
    const [first] = this.queue
    if ('goesOn' in reply) {
      // A new worker that is still told what the one before knew is not lost either.
      if (first) this.goOn()
      return
    }
    if (reply.id !== first?.request.id) return
    this.stopTimers()
    this.queue.shift()
    if ('failed' in reply) first.reject(new Error(reply.failed))
    else {
      this.remember(first.request, reply.answer)
      first.resolve(reply.answer)
    }
    this.next()
  }

  /** The worker does not come back: a new one takes its place. */
  private giveUp(): void {
    this.stopTimers()
    this.worker?.terminate()
    this.worker = null
    this.queue.shift()?.reject(new Error(TOO_LONG))
    this.next()
  }

  private remember(request: FoldRequest, answer: unknown): void {
    const { name } = request
    const forgetProgram = (log: LogName) =>
      this.forget((each) => each.name === 'program' && each.ask.log === log)
    // A log that is another, or shown otherwise, is folded anew: its program has to be given again.
    if (name === 'feed' && request.ask.from === 0) {
      this.forget((each) => each.name === 'feed')
      forgetProgram('run')
    } else if (name === 'read') {
      if (!(answer as FoldQuestions['read']['answer']).ok) return
      this.forget((each) => each.name === 'read')
      forgetProgram('file')
    } else if (name === 'erase') {
      this.forget((each) => each.name === 'erase')
      forgetProgram('run')
    } else if (name === 'program') {
      if (!(answer as FoldQuestions['program']['answer']).ok) return
      forgetProgram(request.ask.log)
    } else if (name === 'decided') this.forget((each) => each.name === 'decided')
    else if (name !== 'feed') return
    this.known.push(request)
  }

  private forget(isOld: (request: FoldRequest) => boolean): void {
    const kept = this.known.filter((request) => !isOld(request))
    this.known.splice(0, this.known.length, ...kept)
  }
}
