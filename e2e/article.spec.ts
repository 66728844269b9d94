/** The article's programs run, and what it says of them can be seen. */

import type { Page } from '@playwright/test'
import { goToTime, inspector, node, openRun, select, showFacts } from './steps.ts'
import { expect, test } from './support/test.ts'

const examples = [
  ['orders', 'worker', /18 done/],
  ['orders-workers', 'worker-1', /\d+ done/],
  ['notifications', 'email', /20 done/],
  ['notifications-team', 'email-1', /\d+ done/],
  ['account', 'balance', /position 3, lag 0/],
  ['combined', 'printer', /[1-9]\d* done/],
] as const

for (const [id, name, outcome] of examples) {
  test(`the example ${id} runs to its end`, async ({ page }) => {
    await openRun(page, id)
    await page.getByRole('button', { name: 'To the end' }).click()
    await expect(node(page, name)).toHaveAccessibleDescription(outcome)
  })
}

test('an example that is opened plays by itself, and holds when it is paused', async ({ page }) => {
  await page.goto('./#/run/orders')
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  await expect(node(page, 'shop')).toHaveAccessibleDescription('1 published')
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
})

test('a moment far into a long run is reached, however long computing it takes', async ({
  page,
}) => {
  await openRun(page, 'mm1', 72_000)
  await expect(page.getByLabel('Simulated time')).toHaveValue('20:00:00.000')
})

test('Order123 is processed once', async ({ page }) => {
  await openRun(page, 'orders', 60)
  const facts = await showFacts(page)
  await facts.getByRole('searchbox').fill('Order123')
  await expect(facts.getByText(/worker.*(processed|has processed).*Order123/)).toHaveCount(1)
  await page.getByRole('radio', { name: 'Inspector' }).check({ force: true })
  await select(page, 'worker')
  const effects = inspector(page).getByRole('list', { name: /Effects/ })
  await goToTime(page, 6)
  await expect(effects.getByText('Processing order: Order123')).toHaveCount(1)
})

test('both groups get each notification', async ({ page }) => {
  await openRun(page, 'notifications', 60)
  await expect(node(page, 'notifications')).toHaveAccessibleDescription('20 records')
  for (const group of ['email', 'analytics']) {
    await expect(node(page, group)).toHaveAccessibleDescription(/20 done, 0 unread/)
  }
})

test('the balance reads 0, 100, 50 as the slider moves, and the same on the way back', async ({
  page,
}) => {
  await openRun(page, 'account')
  const there = [
    [4, '1 event, account-acc1: balance 0'],
    [8, '2 events, account-acc1: balance 100'],
    [19, '3 events, account-acc1: balance 50'],
  ] as const
  const startX = (await playheadAt(page)).x
  await page.getByRole('button', { name: 'To the end' }).click()
  await expect(node(page, 'events')).toHaveAccessibleDescription(there[2][1])
  const endX = (await playheadAt(page)).x
  for (const [seconds, words] of [...there, ...there.toReversed()]) {
    await dragPlayheadTo(page, startX + (endX - startX) * (seconds / 20))
    await expect(node(page, 'events')).toHaveAccessibleDescription(words)
  }
})

/** The middle of the slider's handle in the window. */
async function playheadAt(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.getByRole('slider', { name: 'Playhead' }).boundingBox()
  if (!box) throw new Error('the playhead is not shown')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function dragPlayheadTo(page: Page, x: number): Promise<void> {
  const from = await playheadAt(page)
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(x, from.y, { steps: 4 })
  await page.mouse.up()
}

test('the line of the program that just happened is lit, and a changed setting changes the code', async ({
  page,
}) => {
  await openRun(page, 'orders', 1.05)
  const program = page.getByRole('region', { name: 'Program' })
  await expect(program.locator('[aria-current=step]')).toContainText('basic_publish')
  await goToTime(page, 2.5)
  await expect(program.locator('[aria-current=step]')).toContainText('def callback')
  await expect(program).toContainText('auto_ack=True')
  await select(page, 'worker')
  await page.getByRole('radio', { name: 'manual' }).first().click({ force: true })
  await expect(program).not.toContainText('auto_ack=True')
})
