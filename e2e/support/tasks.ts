/** How long the page is busy in one piece: whether what one asks of it has to wait. */
import type { Browser, Page } from '@playwright/test'

interface TraceEvent {
  name: string
  pid: number
  tid: number
  tdur?: number
  args: { name?: string }
}

/**
 * The longest task of the page's main thread while `pass` runs, in milliseconds of processor time: of three passes the
 * least. What the page does in one piece it does in each of them; what the machine beneath takes away for a while
 * (guests count it as their own time) it takes from one.
 */
export async function longestTaskMs(browser: Browser, page: Page, pass: () => Promise<void>) {
  const longest: number[] = []
  for (let n = 0; n < 3; n++) longest.push(await longestOfPass(browser, page, pass))
  return Math.min(...longest)
}

async function longestOfPass(browser: Browser, page: Page, pass: () => Promise<void>) {
  if (browser.browserType().name() !== 'chromium') {
    // Only Chromium tells the processor time of its tasks.
    await pass()
    return 0
  }
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  await pass()
  const trace = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] }
  const pages = trace.traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  )
  const isOfPage = ({ pid, tid }: TraceEvent) =>
    pages.some((thread) => thread.pid === pid && thread.tid === tid)
  const tasks = trace.traceEvents.filter((event) => event.tdur !== undefined && isOfPage(event))
  if (tasks.length === 0) throw new Error('the trace has no task of the page')
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000))
}
