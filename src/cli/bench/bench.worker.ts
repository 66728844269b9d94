/** The bench in a browser's worker, where the learners are: measures on request and sends the report back. */
import '../../history/everything.ts'
import { FULL, measure, QUICK } from './report.ts'
import type { Place } from './rounds.ts'
import { findSimJs } from './simjs.ts'

const CHROMIUM: Place = {
  name: `${/Chrom\w+\/\d+/.exec(navigator.userAgent)?.[0] ?? navigator.userAgent}, module worker`,
  clock: 'wall-clock time',
  nowMs: () => performance.now(),
  say: (line) => self.postMessage({ said: line }),
}

self.addEventListener('message', async ({ data }: MessageEvent<{ quick: boolean }>) => {
  // Beside this script lies the peer's, if it is installed.
  const peer = './simjs.mjs'
  try {
    const simjs = await findSimJs(() => import(/* @vite-ignore */ peer))
    self.postMessage({ report: measure(CHROMIUM, simjs, data.quick ? QUICK : FULL) })
  } catch (error) {
    // Nobody else hears of a promise that fails here, and whoever waits would wait for ever.
    self.postMessage({ failed: String(error) })
  }
})
