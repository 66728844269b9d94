/**
 * The page's side of the wall: starts the engine in a worker or, where a page may not have one (an
 * opaque origin, an old browser), on the page itself, and speaks the protocol with either.
 */
import type { Host, Surface } from './host.ts'
import type {
  Geometry,
  Look,
  Moment,
  Order,
  QuestionName,
  Questions,
  Reply,
  Request,
  View,
} from './protocol.ts'

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

/** A started worker may still fail to load its script: it counts only once it has said that it is ready. */
function startWorker(): Promise<Worker | null> {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') {
    return Promise.resolve(null)
  }
  return new Promise((resolve) => {
    let worker: Worker
    try {
      worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' })
    } catch {
      resolve(null)
      return
    }
    worker.onmessage = () => resolve(worker)
    worker.onerror = (event) => {
      event.preventDefault()
      worker.terminate()
      resolve(null)
    }
  })
}

export class EngineClient {
  private send: ((request: Request, transfer?: Transferable[]) => void) | null = null
  private stop: () => void = () => {}
  private readonly backlog: Request[] = []
  private pendingCanvas: PageCanvas | null = null
  private inWorker = false
  private closed = false
  private host: Host | null = null
  private nextId = 1
  private readonly waiting = new Map<number, Waiting>()
  private readonly listener: Listener

  constructor(listener: Listener) {
    this.listener = listener
    this.start().catch((error: unknown) => listener.broken(String(error)))
  }

  /** Opens a run. Questions asked before are still answered from the run before. */
  open(order: Order): void {
    this.post({ type: 'open', order })
  }

  ask<N extends QuestionName>(name: N, ask: Questions[N]['ask']): Promise<Questions[N]['answer']> {
    const id = this.nextId++
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject })
      this.post({ type: 'ask', id, name, ask })
    })
  }

  draw(moment: Moment, view: View): void {
    this.post({ type: 'draw', moment, view })
  }
  geometry(geometry: Geometry): void {
    this.post({ type: 'geometry', geometry })
  }
  look(look: Look): void {
    this.post({ type: 'look', look })
  }

  /** Gives the engine a canvas element to paint on. An element can be given to one engine only, once. */
  surface(canvas: PageCanvas): void {
    if (this.send === null) this.pendingCanvas = canvas
    else this.handOver(canvas)
  }

  close(): void {
    this.closed = true
    this.stop()
    // Whoever still waits for an answer has gone with the page that asked.
    this.waiting.clear()
  }

  /** The engine itself is loaded by the page only where no worker can have it. */
  private async start(): Promise<void> {
    const worker = await startWorker()
    const here = worker ? null : (await import('./host.ts')).Host
    if (this.closed) {
      worker?.terminate()
      return
    }
    if (worker) this.connectWorker(worker)
    else if (here) this.connectHere(here)
    if (this.pendingCanvas) this.handOver(this.pendingCanvas)
    this.pendingCanvas = null
    for (const request of this.backlog.splice(0)) this.send?.(request)
  }

  private connectWorker(worker: Worker): void {
    this.inWorker = true
    worker.onmessage = (message: MessageEvent<Reply>) => this.take(message.data)
    worker.onerror = (event) => this.listener.broken(event.message)
    this.send = (request, transfer) => worker.postMessage(request, transfer ?? [])
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
    this.stop = () => host.handle({ type: 'close' })
  }

  private handOver(canvas: PageCanvas): void {
    if (!this.inWorker) {
      this.host?.handle({ type: 'surface', canvas })
      return
    }
    const offscreen = canvas.transferControlToOffscreen()
    this.send?.({ type: 'surface', canvas: offscreen }, [offscreen])
  }

  private post(request: Request): void {
    if (this.closed) return
    if (this.send) this.send(request)
    else this.backlog.push(request)
  }

  private take(reply: Reply): void {
    switch (reply.type) {
      case 'opened':
      case 'progress':
        this.listener.progress(reply.progress)
        return
      case 'drawn':
        this.listener.drawn(reply)
        return
      case 'broken':
        this.listener.broken(reply.sentence)
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
