/**
 * The page's side of the wall: starts the engine in a worker or, where a page may not have one (an
 * opaque origin, an old browser), on the page itself, and speaks the protocol with either.
 */
import type { Surface } from './draw/pen.ts'
import workerAddress from './engine.worker.ts?worker&url'
import { FrameBuffers, readDrawn, writeDraw } from './frameBuffers.ts'
import type { Host } from './host.ts'
import type {
  Geometry,
  Layer,
  Look,
  Moment,
  Order,
  QuestionName,
  Questions,
  Reply,
  Request,
  RunId,
  View,
} from './protocol.ts'
import { startWorker } from './start.ts'

/** How the engine tells the page what happened. */
export interface Listener {
  progress(progress: Extract<Reply, { type: 'progress' }>['progress']): void
  drawn(drawn: Extract<Reply, { type: 'drawn' }>): void
  broken(sentence: string): void
}

/** A canvas element of the page, stated structurally: the worker's own types know no elements. */
export interface PageCanvas extends Surface {
  transferControlToOffscreen(): OffscreenCanvas
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

export class EngineClient {
  private send: ((request: Request, transfer?: Transferable[]) => void) | null = null
  private stop: () => void = () => {}
  private readonly backlog: Request[] = []
  private pendingCanvases: { run: RunId; layer: Layer; canvas: PageCanvas }[] = []
  private inWorker = false
  private closed = false
  private host: Host | null = null
  private nextId = 1
  private readonly waiting = new Map<number, Waiting>()
  private readonly listeners = new Map<RunId, Listener>()

  constructor() {
    this.start().catch((error: unknown) => this.break(String(error)))
  }

  /** A run of this engine under a name of its own; several may be open at once. */
  run(id: RunId, listener: Listener): RunClient {
    this.listeners.set(id, listener)
    return new RunClient(this, id)
  }

  /** Stops the engine with all its runs. */
  close(): void {
    this.closed = true
    this.stop()
    // Whoever still waits for an answer has gone with the page that asked.
    this.waiting.clear()
  }

  post(request: Request): void {
    if (this.closed) return
    if (request.type === 'close') this.listeners.delete(request.run)
    if (this.send) this.send(request)
    else this.backlog.push(request)
  }

  ask(run: RunId, name: QuestionName, ask: unknown): Promise<unknown> {
    const id = this.nextId++
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      this.post({ run, type: 'ask', id, name, ask })
    })
  }

  surface(run: RunId, layer: Layer, canvas: PageCanvas): void {
    if (this.send === null) this.pendingCanvases.push({ run, layer, canvas })
    else this.handOver(run, layer, canvas)
  }

  /** The engine itself is loaded by the page only where no worker can have it. */
  private async start(): Promise<void> {
    const worker = await startWorker(workerAddress)
    const here = worker ? null : (await import('./host.ts')).Host
    if (this.closed) {
      worker?.terminate()
      return
    }
    if (worker) this.connectWorker(worker)
    else if (here) this.connectHere(here)
    for (const { run, layer, canvas } of this.pendingCanvases) this.handOver(run, layer, canvas)
    this.pendingCanvases = []
    for (const request of this.backlog.splice(0)) this.send?.(request)
  }

  private connectWorker(worker: Worker): void {
    this.inWorker = true
    const frames = new FrameBuffers()
    worker.onmessage = ({ data }: MessageEvent<Reply | Float64Array<ArrayBuffer>>) => {
      if (!(data instanceof Float64Array)) {
        this.take(data)
        return
      }
      const drawn = readDrawn(data)
      frames.giveBack(data)
      this.take(drawn)
    }
    worker.onerror = (event) => this.break(event.message)
    this.send = (request, transfer) => {
      if (request.type !== 'draw') {
        worker.postMessage(request, transfer ?? [])
        return
      }
      const numbers = frames.take()
      writeDraw(numbers, request)
      worker.postMessage(numbers, [numbers.buffer])
    }
    this.stop = () => worker.terminate()
  }

  /** The in-process twin: the same host, called after the present task, as a worker would be. */
  private connectHere(Engine: typeof Host): void {
    const host = new Engine({
      post: (reply) => queueMicrotask(() => !this.closed && this.take(reply)),
      soon: (callback) => setTimeout(() => !this.closed && callback(), 0),
      nowMs: () => performance.now(),
    })
    this.host = host
    this.send = (request) => host.handle(request)
    this.stop = () => {
      for (const run of this.listeners.keys()) host.handle({ run, type: 'close' })
    }
  }

  private handOver(run: RunId, layer: Layer, canvas: PageCanvas): void {
    if (!this.inWorker) {
      this.host?.handle({ run, type: 'surface', layer, canvas })
      return
    }
    const offscreen = canvas.transferControlToOffscreen()
    this.send?.({ run, type: 'surface', layer, canvas: offscreen }, [offscreen])
  }

  private break(sentence: string): void {
    for (const listener of this.listeners.values()) listener.broken(sentence)
  }

  private take(reply: Reply): void {
    switch (reply.type) {
      case 'progress':
        this.listeners.get(reply.run)?.progress(reply.progress)
        return
      case 'drawn':
        this.listeners.get(reply.run)?.drawn(reply)
        return
      case 'broken':
        this.listeners.get(reply.run)?.broken(reply.sentence)
        return
      case 'answer':
        this.waiting.get(reply.id)?.resolve(reply.answer)
        this.waiting.delete(reply.id)
        return
      case 'failed':
        this.waiting.get(reply.id)?.reject(new Error(reply.sentence))
        this.waiting.delete(reply.id)
        return
      case 'ready':
        return
    }
  }
}

/** One run of an engine, as a session speaks to it. */
export class RunClient {
  readonly engine: EngineClient
  readonly id: RunId

  constructor(engine: EngineClient, id: RunId) {
    this.engine = engine
    this.id = id
  }

  /** Opens a run. Questions asked before are still answered from the run before. */
  open(order: Order): void {
    this.engine.post({ run: this.id, type: 'open', order })
  }

  ask<N extends QuestionName>(name: N, ask: Questions[N]['ask']): Promise<Questions[N]['answer']> {
    return this.engine.ask(this.id, name, ask) as Promise<Questions[N]['answer']>
  }

  draw(moment: Moment, view: View): void {
    this.engine.post({ run: this.id, type: 'draw', moment, view })
  }
  geometry(geometry: Geometry): void {
    this.engine.post({ run: this.id, type: 'geometry', geometry })
  }
  look(look: Look): void {
    this.engine.post({ run: this.id, type: 'look', look })
  }

  /** Gives the engine a canvas element to paint on. An element can be given to one run only, once. */
  surface(canvas: PageCanvas, layer: Layer = 'messages'): void {
    this.engine.surface(this.id, layer, canvas)
  }

  /** The canvas of a layer is gone. */
  letGo(layer: Layer): void {
    this.engine.post({ run: this.id, type: 'surface', layer, canvas: null })
  }

  /** Nobody looks at this run any more. */
  close(): void {
    this.engine.post({ run: this.id, type: 'close' })
  }
}
