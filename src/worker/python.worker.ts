/** A worker that runs one Python program. The page ends it when the program has ended or takes too long. */
import wasm from '@micropython/micropython-webassembly-pyscript/micropython.wasm?url'
import { type Happening, type PythonEnd, runPython } from './python/runPython.ts'

/** The first happenings are told one by one: what a program printed before it was ended is seen all the same. */
const TOLD_ALONE = 500
const TOLD_TOGETHER = 50

/** What leads out of a worker. Once the interpreter is loaded nothing here needs it. */
const DOORS = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebTransport',
  'EventSource',
  'importScripts',
  'indexedDB',
  'caches',
  'BroadcastChannel',
  'Worker',
  'navigator',
]

// What the interpreter says of its memory there, the page says in a sentence.
console.error = () => {}

export type PythonReply =
  | 'ready'
  | { begun: true }
  | { happenings: Happening[] }
  | { end: PythonEnd }

self.onmessage = async ({ data }: MessageEvent<{ source: string }>) => {
  const say = self.postMessage.bind(self) as (reply: PythonReply) => void
  let told: Happening[] = []
  let total = 0
  const flush = () => {
    if (told.length > 0) say({ happenings: told })
    told = []
  }
  const tell = (happening: Happening) => {
    told.push(happening)
    total++
    if (total <= TOLD_ALONE || told.length >= TOLD_TOGETHER) flush()
  }
  const closeDoors = () => {
    for (const door of DOORS) Object.defineProperty(self, door, { value: undefined })
    say({ begun: true })
  }
  try {
    const end = await runPython(data.source, tell, {
      wasm: wasm,
      closeDoors,
    })
    flush()
    say({ end })
  } catch (error) {
    flush()
    const sentence = `Python could not be loaded: ${error instanceof Error ? error.message : error}`
    say({ end: { ok: false, sentence, line: null } })
  }
}

self.postMessage('ready')
