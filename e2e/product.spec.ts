/** What every page of the built product owes to the place where it is put: any path, any frame, little to load. */

import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { serve } from '../src/cli/serve.mjs'
import { axe, expect, test } from './support/test.ts'

test('the home page opens under the root and axe finds nothing serious', async ({ page }) => {
  await page.goto('./')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await axe(page)
})

test('the same build opens under a sub-path', async ({ openFresh }) => {
  const { url, stop } = await serve('dist', { base: '/some/sub/path/' })
  const page = await openFresh(url)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.context().close()
  await stop()
})

test('the figure opens in a sandboxed frame of another site', async ({
  page,
  baseURL,
  otherSite,
}) => {
  const host = await otherSite(
    `<!doctype html><html lang="en"><title>A post</title><iframe title="figure" sandbox="allow-scripts" src="${baseURL}embed.html?example=orders" width="800" height="500"></iframe>`,
  )
  await page.goto(host)
  await expect(page.frameLocator('iframe').locator('#root > *').first()).toBeVisible()
})

/**
 * Kilobytes, gzipped, of every script that the page asks for until it has all it wants, workers included. What
 * several workers run counts once: hashed files are fetched once from any host that lets them be cached.
 */
async function scriptsKb(page: Page, address: string): Promise<number> {
  const scripts = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.set(response.url(), response.body())
  })
  await page.goto(address, { waitUntil: 'networkidle' })
  const bodies = await Promise.all(scripts.values())
  const sizes = bodies.map((body) => gzipSync(body).length)
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

// A figure loads the family that it shows; home plays one run of each pattern, and so loads three.
test('a figure of queues loads at most 195 KB of scripts, and the home page 235', async ({
  context,
}) => {
  const home = await scriptsKb(await context.newPage(), './')
  const figure = await scriptsKb(await context.newPage(), './embed.html?example=orders')
  expect(home).toBeGreaterThan(10)
  expect(home).toBeLessThanOrEqual(235)
  expect(figure).toBeGreaterThan(10)
  expect(figure).toBeLessThanOrEqual(195)
})
