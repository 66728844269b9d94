/**
 * Experiments on the page: begins one in workers of its own, tells how far it is, and stops it at once.
 * Experiments change nothing that is open: they compute runs beside it.
 */
import type { TaskSource } from '../history/experiments/taskSource.ts'
import { ExperimentPool } from '../worker/experimentPool.ts'
import type { TaskName, Tasks } from '../worker/experimentTask.ts'

export type { TaskName, Tasks } from '../worker/experimentTask.ts'

/** What is heard of an experiment that runs. */
export interface ExperimentListener {
  /** An answer came and was taken in. */
  onAnswer(): void
  onDone(): void
  /** It cannot go on; says why. */
  onFailed(sentence: string): void
}

/** An experiment under way. */
export interface RunningExperiment {
  /** As many runs are computed at once. */
  readonly workers: number
  /** Stops at once; nothing more is heard of it. What came so far stays where it was taken in. */
  cancel(): void
}

/** Computes all tasks of a source, as many at once as there are workers. */
export function startExperiment<N extends TaskName>(
  name: N,
  source: TaskSource<Tasks[N]['ask'], Tasks[N]['answer']>,
  listener: ExperimentListener,
): RunningExperiment {
  const pool = new ExperimentPool(navigator.hardwareConcurrency || 1)
  let underWay = 0
  let over = false
  const end = () => {
    over = true
    pool.close()
  }
  const fill = () => {
    while (!over && underWay < pool.size) {
      const ask = source.next()
      if (ask === null) break
      underWay++
      pool.compute(name, ask).then(
        (answer) => {
          if (over) return
          underWay--
          source.take(ask, answer)
          listener.onAnswer()
          fill()
        },
        (error: unknown) => {
          if (over) return
          end()
          listener.onFailed(error instanceof Error ? error.message : String(error))
        },
      )
    }
    if (over || underWay > 0 || !source.isDone) return
    end()
    listener.onDone()
  }
  fill()
  return { workers: pool.size, cancel: end }
}

let asking: ExperimentPool | null = null

/** The answer to one task, from a worker that is kept for such questions. */
export function askExperiment<N extends TaskName>(
  name: N,
  ask: Tasks[N]['ask'],
): Promise<Tasks[N]['answer']> {
  asking ??= new ExperimentPool(2)
  return asking.compute(name, ask)
}
