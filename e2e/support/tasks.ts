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
 * Records what `act` makes the page do and returns the longest tasks of its main thread, in milliseconds of
 * processor time: what else runs on the machine is not the page's.
 */
export async function longestTasksMs(browser: Browser, page: Page, act: () => Promise<void>) {
  if (browser.browserType().name() !== 'chromium') {
    // Only Chromium tells the processor time of its tasks.
    await act()
    return []
  }
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  await act()
  const trace = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] }
  const pages = trace.traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain',
  )
  const isOfPage = ({ pid, tid }: TraceEvent) =>
    pages.some((thread) => thread.pid === pid && thread.tid === tid)
  const tasks = trace.traceEvents.filter((event) => event.tdur !== undefined && isOfPage(event))
  return tasks
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((a, b) => b - a)
    .slice(0, 5)
}
