/**
 * The page's side of experiments: a few workers of their own, so that neither the page nor the engine
 * waits for them; where none can be had, the same computation in short slices on the page.
 */
import workerAddress from './experiment.worker.ts?worker&url'
import type { Task, TaskName, Tasks } from './experimentTask.ts'
import { startWorker } from './start.ts'

/** More workers than this gain little and heat much. */
const WORKERS_MAX = 4
/** A slice on the page: a fraction of a frame. */
const SLICE_MS = 4
const SLICE_FACTS = 1000

/** Computes one task after the other. */
interface Bench {
  compute(task: Task): Promise<unknown>
  close(): void
}

export class ExperimentPool {
  private readonly idle: Bench[] = []
  private readonly all: Bench[] = []
  private readonly waiting: ((bench: Bench) => void)[] = []
  private closed = false
  /** As many tasks are computed at once. */
  readonly size: number

  constructor(cores: number) {
    this.size = Math.max(1, Math.min(WORKERS_MAX, cores - 1))
    for (let i = 0; i < this.size; i++) void this.open(i > 0)
  }

  /** The answer to a task; rejected with a sentence where it cannot be. After `close` it never comes. */
  async compute<N extends TaskName>(name: N, ask: Tasks[N]['ask']): Promise<Tasks[N]['answer']> {
    const bench = await this.bench()
    try {
      return (await bench.compute({ name, ask } as Task)) as Tasks[N]['answer']
    } finally {
      this.release(bench)
    }
  }

  close(): void {
    this.closed = true
    this.waiting.length = 0
    for (const bench of this.all) bench.close()
  }

  /** One bench on the page is enough: it has one thread. */
  private async open(workerOnly: boolean): Promise<void> {
    const bench = (await openWorker()) ?? (workerOnly ? null : await openPage())
    if (bench === null) return
    if (this.closed) {
      bench.close()
      return
    }
    this.all.push(bench)
    this.release(bench)
  }

  private bench(): Promise<Bench> {
    const bench = this.idle.pop()
    if (bench) return Promise.resolve(bench)
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  private release(bench: Bench): void {
    const next = this.waiting.shift()
    if (next) next(bench)
    else this.idle.push(bench)
  }
}

async function openWorker(): Promise<Bench | null> {
  const worker = await startWorker(workerAddress)
  return worker && benchOf(worker)
}

function benchOf(worker: Worker): Bench {
  return {
    compute: (task) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<{ answer: unknown } | { failed: string }>) => {
          if ('failed' in data) reject(new Error(data.failed))
          else resolve(data.answer)
        }
        worker.onerror = (event) => reject(new Error(event.message))
        worker.postMessage(task)
      }),
    close: () => worker.terminate(),
  }
}

/** The engine is loaded by the page only where no worker can have it. */
async function openPage(): Promise<Bench> {
  const { computationOf } = await import('./experimentTask.ts')
  let closed = false
  return {
    async compute(task) {
      const computation = computationOf(task)
      for (let more = true; more && !closed; ) {
        const until = performance.now() + SLICE_MS
        while (more && performance.now() < until) more = computation.advance(SLICE_FACTS)
        await new Promise((resolve) => setTimeout(resolve, 0))
      }
      if (closed) return new Promise(() => {})
      const answer = computation.answer()
      computation.close()
      return answer
    },
    close() {
      closed = true
    },
  }
}
