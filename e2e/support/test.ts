/**
 * The `test` of every browser test: it fails on any console message, uncaught error or failed request, in each page
 * that the test opens. Whoever wants to see something in the console has to take it out again.
 */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import {
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
  test as playwrightTest,
} from '@playwright/test'

type Fixtures = {
  /** Collects what the pages of `context` complain about; the test fails on it at its end. */
  guard: (context: BrowserContext) => void
  /** Opens `address` as somebody else would: in a new browser context, without storage. */
  openFresh: (address: string, options?: BrowserContextOptions) => Promise<Page>
  /** Serves `html` as a page of another origin and resolves to its address. */
  otherSite: (html: string) => Promise<string>
}

/** What browsers call a request that a navigation or a closing page cut off: nothing went wrong. */
const cutOff = /ERR_ABORTED|NS_BINDING_ABORTED|cancelled/

export const test = playwrightTest.extend<Fixtures>({
  guard: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's names.
    async ({}, use) => {
      const complaints: string[] = []
      await use((context) => {
        context.on('console', (message) => {
          complaints.push(
            `console.${message.type()}: ${message.text()} (${message.location().url})`,
          )
        })
        context.on('weberror', (error) => {
          complaints.push(`uncaught: ${error.error().stack ?? error.error().message}`)
        })
        context.on('requestfailed', (request) => {
          const reason = request.failure()?.errorText ?? 'unknown'
          if (!cutOff.test(reason)) complaints.push(`request failed: ${request.url()} (${reason})`)
        })
        context.on('response', (response) => {
          if (response.status() >= 400) {
            complaints.push(`request answered ${response.status()}: ${response.url()}`)
          }
        })
      })
      expect(complaints, 'the browser has nothing to complain about').toEqual([])
    },
    { auto: true },
  ],

  context: async ({ context, guard }, use) => {
    guard(context)
    await use(context)
  },

  openFresh: async ({ browser, contextOptions, guard }, use) => {
    const opened: BrowserContext[] = []
    await use(async (address, options) => {
      const context = await browser.newContext({ ...contextOptions, ...options })
      opened.push(context)
      guard(context)
      const page = await context.newPage()
      await page.goto(address)
      return page
    })
    for (const context of opened) await context.close()
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's names.
  otherSite: async ({}, use) => {
    const stops: Array<() => void> = []
    await use(async (html) => {
      const server = createServer((request, response) => {
        const isPage = request.url === '/'
        response.writeHead(isPage ? 200 : 204, { 'content-type': 'text/html; charset=utf-8' })
        response.end(isPage ? html : '')
      })
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      stops.push(() => {
        server.close()
        server.closeAllConnections()
      })
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    })
    for (const stop of stops) stop()
  },
})

/** Fails on what axe calls serious or critical, naming the rule and the elements. */
export async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target).join('; ')})`,
    )
  expect(grave, 'axe finds nothing serious').toEqual([])
}

export { expect }
