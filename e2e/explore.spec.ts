/** Explore on the page: what can happen to the orders of two workers, the shortest run that shows it, and a way to stop. */

import { decodeMoment } from '../src/scenario/share/link.ts'
import { goToTime, hashOf, momentOf, node, openRun } from './steps.ts'
import { axe, expect, test } from './support/test.ts'

test('a duplicated effect is found, made small, and opens at its fact; what was open stays', async ({
  page,
  openFresh,
}) => {
  await openRun(page, 'orders-workers', 3)
  await page.keyboard.press('x')
  await page.getByRole('button', { name: 'Explore this scenario' }).click()
  await expect(page.getByText(/^[\d,]+ runs tried\.$/)).toBeVisible({ timeout: 100_000 })
  await expect(page.getByText(/^Nothing in this scenario is random/)).toBeVisible()
  const card = page.getByRole('listitem', { name: /^Duplicated effect, worker-/ })
  await expect(card).toContainText(/In \d+ of 1,000 runs\./)
  await expect(card).toContainText(
    /worker-\d processes Order123, which worker-\d had processed before\./,
  )
  await axe(page)

  await card.getByRole('button', { name: /^Link to it/ }).click()
  const link = await card.getByRole('textbox', { name: /^Link: duplicated effect in/ }).inputValue()
  const open = card.getByRole('button', { name: /^Open the shortest/ })
  const facts = /in (\d+) facts/.exec((await open.getAttribute('aria-label')) ?? '')?.[1] ?? ''
  expect(Number(facts)).toBeLessThan(15)
  await open.click()
  await expect(page).toHaveTitle(new RegExp(`duplicated effect in ${facts} facts · Eventarium$`))
  await expect(node(page, 'worker-1')).toHaveAccessibleDescription(/1 done|1 processed/)
  await expect(node(page, 'worker-2')).toHaveAccessibleDescription(/1 done|1 processed/)
  const moment = await momentOf(page)
  expect(moment.branches[0]?.script.map((action) => action.do)).toEqual(['crashAt'])
  expect(moment.selection).toEqual({ type: 'message', id: 0 })

  // Somebody else opens the link: the same run at the same fact, and its hash is the one that was sent.
  const linked = await decodeMoment(new URL(link).hash)
  if (!linked.ok) throw new Error(linked.sentence)
  expect(linked.moment.hash).toMatch(/^[0-9a-f]{16}$/)
  const elsewhere = await openFresh(link)
  await expect(elsewhere).toHaveTitle(new RegExp(`duplicated effect in ${facts} facts`))
  for (const opened of [page, elsewhere]) {
    await expect.poll(async () => (await momentOf(opened)).factIndex).toBe(linked.moment.factIndex)
    expect((await momentOf(opened)).selection).toEqual(moment.selection)
    await expect(opened.getByText(/This run has the hash/)).toHaveCount(0)
  }

  // It is work like any other: the same after a reload.
  const hash = await hashOf(page)
  await page.reload()
  await expect(page).toHaveTitle(/duplicated effect in \d+ facts/)
  expect(await hashOf(page)).toBe(hash)

  await page.goBack()
  await expect(page).toHaveTitle('Orders: two workers share a queue · Eventarium')
  await goToTime(page, 3)
})

test('an exploration is cancelled at once and keeps what it found', async ({ page }) => {
  await openRun(page, 'notifications-team')
  await page.keyboard.press('x')
  await page.getByRole('spinbutton', { name: 'At most', exact: true }).fill('10000')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Try 10,000 runs' }).click()
  await expect(page.getByRole('listitem', { name: /^Out of order, / })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText(/^Stopped after [\d,]+ runs\.$/)).toBeVisible()
  await expect(page.getByRole('listitem', { name: /^Out of order, / })).toBeVisible()
})
