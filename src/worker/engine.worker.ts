/** The worker: a host behind postMessage. */
import { Host } from './host.ts'
import type { Reply, Request } from './protocol.ts'

const wake = new MessageChannel()
let waiting: (() => void) | null = null
wake.port1.onmessage = () => {
  const callback = waiting
  waiting = null
  callback?.()
}

const host = new Host({
  post: (reply: Reply) => self.postMessage(reply),
  soon: (callback) => {
    waiting = callback
    wake.port2.postMessage(null)
  },
  nowMs: () => performance.now(),
})

self.onmessage = (message: MessageEvent<Request>) => host.handle(message.data)
self.postMessage({ type: 'ready' } satisfies Reply)
