/** A worker that folds logs, with a person's program if there is one. The page ends it if it takes too long. */
import wasm from '@jitl/quickjs-wasmfile-release-sync/wasm?url'
import { FoldDesk } from './fold/foldDesk.ts'
import type { FoldReply, FoldRequest } from './fold/protocol.ts'

const desk = new FoldDesk(wasm, () => {
  self.postMessage({ id: answering, goesOn: true } satisfies FoldReply)
})
let answering = 0
/** One after the other: a fold under way must not be asked. */
let last: Promise<void> = Promise.resolve()

self.onmessage = ({ data }: MessageEvent<FoldRequest>) => {
  last = last.then(() => answer(data))
}

async function answer({ id, name, ask }: FoldRequest): Promise<void> {
  answering = id
  try {
    self.postMessage({ id, answer: await desk.answer(name, ask) } satisfies FoldReply)
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error)
    self.postMessage({ id, failed } satisfies FoldReply)
  }
}

self.postMessage('ready')
