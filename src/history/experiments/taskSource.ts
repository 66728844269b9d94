/**
 * An experiment as a source of tasks: many small computations of which some depend on the answers to others.
 * Who computes them, in how many workers, and in what order they come back is no matter of the experiment.
 */

export interface TaskSource<Task, Answer> {
  /** The next task that can be begun now; null if there is none until another answer comes. */
  next(): Task | null
  take(task: Task, answer: Answer): void
  /** Nothing is left to begin, once all that was begun is answered. */
  readonly isDone: boolean
}

/** Computes a whole experiment where it stands, one task after the other. */
export function computeAll<Task, Answer>(
  source: TaskSource<Task, Answer>,
  compute: (task: Task) => Answer,
): void {
  for (let task = source.next(); task !== null; task = source.next()) {
    source.take(task, compute(task))
  }
}
