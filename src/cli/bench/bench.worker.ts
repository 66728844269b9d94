/** The bench in a browser's worker, where the learners are: measures on request and sends the report back. */
import { FULL, measure, QUICK } from './report.ts'
import type { Place } from './rounds.ts'
import { findSimJs } from './simjs.ts'

const CHROMIUM: Place = {
  name: `${/Chrom\w+\/\d+/.exec(navigator.userAgent)?.[0] ?? navigator.userAgent}, module worker`,
  clock: 'wall-clock time',
  nowMs: () => performance.now(),
}

self.addEventListener('message', async ({ data }: MessageEvent<{ quick: boolean }>) => {
  // Beside this script lies the peer's, if it is installed.
  const peer = './simjs.mjs'
  const simjs = await findSimJs(() => import(/* @vite-ignore */ peer))
  self.postMessage(measure(CHROMIUM, simjs, data.quick ? QUICK : FULL))
})
