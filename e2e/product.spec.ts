/** What every page of the built product owes to the place where it is put: any path, any frame, little to load. */

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
    `<!doctype html><html lang="en"><title>A post</title><iframe title="figure" sandbox="allow-scripts" src="${baseURL}embed.html" width="800" height="500"></iframe>`,
  )
  await page.goto(host)
  await expect(page.frameLocator('iframe').locator('#root > *').first()).toBeVisible()
})
