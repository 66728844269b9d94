/** The page's side of a Python program: a worker of its own for each run, ended when it ends or takes too long. */
import type { Happening, PythonEnd } from './python/runPython.ts'
import type { PythonReply } from './python.worker.ts'
import workerAddress from './python.worker.ts?worker&url'
import { startWorker } from './start.ts'

export type { Happening, PythonEnd } from './python/runPython.ts'

const PATIENCE_MS = 4_000

const NO_WORKER =
  'This page may start no worker here, so Python cannot run. Open Eventarium in a window of its own.'
const TOO_LONG =
  'The program did not come to an end and was stopped. Look for a loop that never ends.'

/** Runs a program; what it did so far is told as it comes. Returns how to end it. */
export function startPython(
  source: string,
  onHappenings: (happenings: Happening[]) => void,
  onEnd: (end: PythonEnd) => void,
): () => void {
  let running: Worker | null = null
  let over = false
  /** The loop that it told of last and that has not ended. */
  let loopAt: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    over = true
    clearTimeout(timer)
    running?.terminate()
  }
  const end = (how: PythonEnd) => {
    if (over) return
    stop()
    onEnd(how)
  }
  const take = (reply: PythonReply) => {
    if (over || reply === 'ready') return
    // Loading the interpreter may take long on a slow line; only the program is hurried.
    if ('begun' in reply) timer = setTimeout(() => end(refused(TOO_LONG, loopAt)), PATIENCE_MS)
    else if ('happenings' in reply) {
      for (const each of reply.happenings) {
        if (each.what === 'step') loopAt = each.index === -1 ? null : each.line
      }
      onHappenings(reply.happenings)
    } else end(reply.end)
  }
  startWorker(workerAddress).then(
    (worker) => {
      if (!worker) return end(refused(NO_WORKER))
      if (over) return worker.terminate()
      running = worker
      worker.onmessage = ({ data }: MessageEvent<PythonReply>) => take(data)
      worker.onerror = (event) => end(refused(event.message))
      worker.postMessage({ source })
    },
    (error: unknown) => end(refused(String(error))),
  )
  return stop
}

function refused(sentence: string, line: number | null = null): PythonEnd {
  return { ok: false, sentence, line }
}
