/** Commands that came to nothing stand on the canvas at their handler: why, and who was faster. */
import type { Page } from '@playwright/test'
import type {} from '../src/app/embedders.ts'
import { drawn, goToTime, inspector, node, openRun, select } from './steps.ts'
import { expect, test } from './support/test.ts'

/** The cards on the canvas, once it shows the moment that the page stands at. */
async function cards(page: Page) {
  return (await drawn(page)).tokens.filter(({ form }) => form === 'card')
}

/** Where the card of a handler hangs on the screen: across its lower edge. */
async function placeOfCard(page: Page, name: string) {
  const box = await node(page, name).boundingBox()
  if (!box) throw new Error(`${name} is not on the canvas`)
  return { x: box.x + box.width / 2, y: box.y + box.height }
}

test('a conflict and a rejection are cards at the handler, forwards and back, and lead to the facts of the command', async ({
  page,
}) => {
  await openRun(page, 'account-two-writers', 8)
  expect(await cards(page)).toEqual([])
  await goToTime(page, 17.5)
  await expect(node(page, 'web shop')).toHaveAccessibleDescription(
    /last conflict: web shop expected version 2 and found version 3, cash desk expected version 2 and was first/,
  )
  const [conflict, ...others] = await cards(page)
  expect(others).toEqual([])
  await goToTime(page, 19)
  await expect(node(page, 'web shop')).toHaveAccessibleDescription(
    /last rejected: The balance is 70: 90 cannot be withdrawn/,
  )
  expect(await cards(page)).toMatchObject([{ message: conflict?.message }])
  const { x, y } = await placeOfCard(page, 'web shop')
  await page.mouse.click(x, y - 4)
  await expect(inspector(page).getByRole('heading', { name: 'Withdraw 90' })).toBeVisible()
  await expect(inspector(page)).toContainText('The balance is 70: 90 cannot be withdrawn.')
  await goToTime(page, 8)
  expect(await cards(page)).toEqual([])
})

test('a handler lists its conflicts with both writers, and the way to each moment', async ({
  page,
}) => {
  await openRun(page, 'account-two-writers', 30)
  await select(page, 'web shop')
  const conflicts = inspector(page).getByRole('list', { name: 'Conflicts, newest first' })
  await expect(conflicts.getByRole('listitem')).toHaveText([
    /cash desk expected version 2 and was first.*web shop expected version 2, found version 3/,
    /cash desk expected version 0 and was first.*web shop expected version 0, found version 1/,
  ])
  await conflicts.getByRole('button', { name: 'Go to 00:08.900' }).click()
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:08.900')
})

test('given a phone, then the card is a word that leads to the facts', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openRun(page, 'account-two-writers', 17.5)
  expect(await cards(page)).toHaveLength(1)
  const { x, y } = await placeOfCard(page, 'web shop')
  await page.mouse.click(x, y + 4)
  await page.getByRole('button', { name: 'Inspect', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Withdraw 90' })).toBeVisible()
})
