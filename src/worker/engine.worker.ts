/** The worker: a host behind postMessage. Frames come and go in buffers that are handed over. */
import { FrameBuffers, readDraw, writeDrawn } from './frameBuffers.ts'
import { Host } from './host.ts'
import type { Reply, Request } from './protocol.ts'

/** Not in every browser. */
const { scheduler } = self as {
  scheduler?: { postTask?(task: () => void, how: { priority: 'background' }): unknown }
}

const wake = new MessageChannel()
let waiting: (() => void) | null = null
wake.port1.onmessage = () => {
  const callback = waiting
  waiting = null
  callback?.()
}

/** Behind all messages that wait, where the browser can say so; else behind those that are there already. */
function soon(callback: () => void): void {
  if (scheduler?.postTask) {
    scheduler.postTask(callback, { priority: 'background' })
    return
  }
  waiting = callback
  wake.port2.postMessage(null)
}

const frames = new FrameBuffers()

function post(reply: Reply): void {
  if (reply.type !== 'drawn') {
    self.postMessage(reply)
    return
  }
  const numbers = frames.take()
  writeDrawn(numbers, reply)
  self.postMessage(numbers, [numbers.buffer])
}

const host = new Host({
  post,
  soon,
  nowMs: () => performance.now(),
})

self.onmessage = ({ data }: MessageEvent<Request | Float64Array<ArrayBuffer>>) => {
  if (!(data instanceof Float64Array)) {
    host.handle(data)
    return
  }
  const draw = readDraw(data)
  frames.giveBack(data)
  host.handle(draw)
}
self.postMessage({ type: 'ready' } satisfies Reply)
