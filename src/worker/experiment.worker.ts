/** A worker that computes the tasks of experiments, one at a time. It holds nothing between them. */
import { computationOf, type Task } from './experimentTask.ts'

/** Steps are as long as they like: nobody waits for this thread but the experiment. */
const STEP_FACTS = 100_000

self.onmessage = ({ data }: MessageEvent<Task>) => {
  try {
    const computation = computationOf(data)
    while (computation.advance(STEP_FACTS)) {}
    const answer = computation.answer()
    computation.close()
    self.postMessage({ answer })
  } catch (error) {
    self.postMessage({ failed: error instanceof Error ? error.message : String(error) })
  }
}
self.postMessage('ready')
