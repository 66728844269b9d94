/** Two branches side by side: where they part, what became of each message, one timeline for both, and back again. */

import type { Locator, Page } from '@playwright/test'
import { goToTime, inspector, momentOf, node, openRun, select } from './steps.ts'
import { axe, expect, test } from './support/test.ts'

/** A crash at 5 s in a run that was seen up to 20 s: the branch `crash worker-1` beside `main`. */
async function fork(page: Page): Promise<void> {
  await openRun(page, 'orders-workers', 20)
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:20.000')
  await goToTime(page, 5)
  await select(page, 'worker-1')
  await inspector(page).getByRole('button', { name: 'Crash' }).click()
  await expect(branches(page).getByRole('button', { name: /^crash worker-1/ })).toHaveAttribute(
    'aria-current',
    'true',
  )
}

function branches(page: Page): Locator {
  return page.getByRole('list', { name: 'Branches' })
}

/** A node on one of the two canvases. */
function nodeIn(page: Page, half: string, name: string): Locator {
  const region = page.getByRole('region', { name: half, exact: true })
  return region.getByRole('group', { name: new RegExp(`^${name}, `) })
}

test('fork, compare, return: the two are seen on one timeline, and the canvas is found again', async ({
  page,
}) => {
  await fork(page)
  await branches(page)
    .getByRole('button', { name: /^Compare crash worker-1 with/ })
    .click()
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await expect(comparison.getByRole('button', { name: 'They part at 00:05.000' })).toBeVisible()
  await expect(comparison).toContainText('You crash worker-1.')
  await axe(page)

  await goToTime(page, 12)
  await expect(nodeIn(page, 'crash worker-1', 'worker-1')).toHaveAccessibleDescription(/^crashed/)
  await expect(nodeIn(page, 'main', 'worker-1')).toHaveAccessibleDescription(/3 done/)
  await comparison.getByRole('button', { name: 'They part at 00:05.000' }).click()
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:05.000')
  await expect(nodeIn(page, 'main', 'worker-1')).toHaveAccessibleDescription(/0 done/)

  const fates = comparison.getByRole('region', { name: 'Fates of messages' })
  const order = fates.getByRole('row', { name: /^Order123/ })
  await expect(order).toContainText('worker-2 has processed Order123.')
  await expect(order).toContainText('worker-1 has processed Order123.')
  const numbers = comparison.getByRole('region', { name: 'Numbers of nodes' })
  await expect(numbers.getByRole('row', { name: /^requeued 2 0/ })).toBeVisible()

  await page.getByRole('radio', { name: 'Canvas' }).check({ force: true })
  await expect(comparison).toHaveCount(0)
  await branches(page).getByRole('button', { name: /^main/ }).click()
  await goToTime(page, 12)
  await expect(node(page, 'worker-1')).toHaveAccessibleDescription(/3 done/)
})

test('a message that is selected in one is selected in the other, and the inspector shows it', async ({
  page,
}) => {
  await fork(page)
  await page.keyboard.press('c')
  const fates = page.getByRole('region', { name: 'Fates of messages' })
  await fates.getByRole('button', { name: 'Order125' }).click()
  await expect.poll(async () => (await momentOf(page)).selection?.type).toBe('message')
  await expect(inspector(page)).toContainText('Order125')
  await nodeIn(page, 'main', 'worker-2').focus()
  await page.keyboard.press('Enter')
  await expect(inspector(page).getByRole('textbox', { name: 'Name' })).toHaveValue('worker-2')
})

test('the tables follow the playhead, and what is selected on one canvas has its fate in both', async ({
  page,
}) => {
  await fork(page)
  await page.keyboard.press('c')
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await comparison.getByRole('radio', { name: 'Up to the playhead' }).check({ force: true })
  await goToTime(page, 6)
  const numbers = comparison.getByRole('region', { name: 'Numbers of nodes' })
  await expect(comparison.getByRole('heading', { name: 'Numbers, up to 00:06.000' })).toBeVisible()
  await expect(numbers.getByRole('row', { name: /^requeued 2 0/ })).toBeVisible()
  await goToTime(page, 4)
  await expect(comparison.getByText(/^0 of \d+ differ/)).toBeVisible()
  await expect(comparison.getByText(/0 with another/)).toBeVisible()

  await goToTime(page, 5.3)
  const fates = comparison.getByRole('region', { name: 'Fates of messages' })
  await fates.getByRole('button', { name: 'Order123' }).first().click()
  const selected = fates.locator('tr[aria-current="true"]')
  await expect(selected).toContainText('selected, at the playhead')
  await expect(selected).toContainText('Order123 is gone from the memory of worker-1.')
  await goToTime(page, 12)
  await expect(selected).toContainText('worker-2 has processed Order123.')
  await expect(selected).toContainText('worker-1 has processed Order123.')
})

test('a run with another seed is a branch that can be compared', async ({ page }) => {
  await openRun(page, 'orders-workers', 5)
  await page.getByRole('button', { name: 'Run again with another seed' }).click()
  const rerun = branches(page).getByRole('button', { name: /^main, seed 2/ })
  await expect(rerun).toHaveAttribute('aria-current', 'true')
  await branches(page)
    .getByRole('button', { name: /^Compare main, seed 2 with/ })
    .click()
  const settings = page.getByRole('list', { name: 'Settings that differ' })
  await expect(settings).toContainText('seed: 2 and 1')
})

test('a run is compared with the one before a setting was changed, with the same dice', async ({
  page,
}) => {
  await openRun(page, 'orders-workers', 5)
  await select(page, 'worker-1')
  const design = inspector(page).getByRole('group').filter({ hasText: 'from the beginning' })
  const atOnce = design.getByLabel('Work on at once')
  await atOnce.fill('2')
  await atOnce.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByRole('radio', { name: 'Compare' }).check({ force: true })
  const settings = page.getByRole('list', { name: 'Settings that differ' })
  await expect(settings).toContainText('worker-1 concurrency: 2 and 1')
  await expect(page.getByRole('combobox', { name: 'compared with' })).toHaveValue('~earlier')
  await expect(page.getByRole('button', { name: /^They part at/ })).toBeVisible()
})

test('when the two runs are the same, then their canvases have the room', async ({ page }) => {
  await openRun(page, 'orders-workers', 5)
  await page.getByRole('button', { name: 'Run again with another seed' }).click()
  await expect(branches(page).getByRole('button', { name: /^main, seed 2/ })).toBeVisible()
  await page.keyboard.press('c')
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await expect(comparison).toContainText('The two runs are the same from the beginning')
  const canvas = page.getByRole('region', { name: 'main', exact: true })
  const heightOf = async (part: Locator) => (await part.boundingBox())?.height ?? 0
  await expect
    .poll(async () => (await heightOf(canvas)) / (await heightOf(comparison)))
    .toBeGreaterThan(3)
})

test('with nothing to compare, it says how there comes to be something', async ({ page }) => {
  await openRun(page, 'orders')
  await page.keyboard.press('c')
  await expect(page.getByText('Nothing to compare with yet')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(node(page, 'worker')).toBeVisible()
})

test('an act on either of the two canvases forks that branch, and the comparison goes on with the fork', async ({
  page,
}) => {
  await fork(page)
  await page.keyboard.press('c')
  await goToTime(page, 4)
  await nodeIn(page, 'main', 'worker-2').hover()
  const right = page.getByRole('region', { name: 'main', exact: true })
  await right.getByRole('button', { name: 'Crash', exact: true }).click()
  await expect(page.getByRole('combobox', { name: 'compared with' })).toHaveText(/crash worker-2/)
  await expect(nodeIn(page, 'crash worker-2', 'worker-2')).toHaveAccessibleDescription(/^crashed/)
  await expect(nodeIn(page, 'crash worker-1', 'worker-2')).not.toHaveAccessibleDescription(
    /crashed/,
  )
  const rows = branches(page)
  await expect(rows.getByRole('button', { name: /^crash worker-1/ })).toHaveAttribute(
    'aria-current',
    'true',
  )

  await nodeIn(page, 'crash worker-1', 'shop').hover()
  const left = page.getByRole('region', { name: 'crash worker-1', exact: true })
  await left.getByRole('button', { name: 'Publish now' }).click()
  await expect(rows.getByRole('button', { name: /^publish shop/ })).toHaveAttribute(
    'aria-current',
    'true',
  )
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await expect(comparison.getByRole('button', { name: 'They part at 00:04.000' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'compared with' })).toHaveText(/crash worker-2/)

  await page.getByRole('button', { name: 'Undo', exact: false }).click()
  await page.getByRole('button', { name: 'Undo', exact: false }).click()
  await expect(nodeIn(page, 'main', 'worker-2')).not.toHaveAccessibleDescription(/crashed/)
})

test('keys of the timeline move both canvases', async ({ page }) => {
  await fork(page)
  await page.keyboard.press('c')
  await goToTime(page, 12)
  await expect(nodeIn(page, 'main', 'worker-1')).toHaveAccessibleDescription(/3 done/)
  await page.getByRole('slider', { name: 'Playhead' }).focus()
  await page.keyboard.press('Home')
  await expect(nodeIn(page, 'main', 'worker-1')).toHaveAccessibleDescription(/0 done/)
  await expect(nodeIn(page, 'crash worker-1', 'worker-1')).not.toHaveAccessibleDescription(
    /crashed/,
  )
  await page.keyboard.press('End')
  await expect(nodeIn(page, 'crash worker-1', 'worker-1')).toHaveAccessibleDescription(/crashed/)
  await expect(nodeIn(page, 'main', 'worker-1')).toHaveAccessibleDescription(/15 done/)
})
