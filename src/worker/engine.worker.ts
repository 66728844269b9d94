/** The worker: a host behind postMessage. Frames come and go in buffers that are handed over. */
import { FrameBuffers, readDraw, writeDrawn } from './frameBuffers.ts'
import { Host } from './host.ts'
import type { Reply, Request } from './protocol.ts'

const wake = new MessageChannel()
let waiting: (() => void) | null = null
wake.port1.onmessage = () => {
  const callback = waiting
  waiting = null
  callback?.()
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
  soon: (callback) => {
    waiting = callback
    wake.port2.postMessage(null)
  },
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
