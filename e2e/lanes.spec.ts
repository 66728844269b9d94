/** The lanes: the same run as a drawing of time, with the selection and the playhead of the canvas. */
import type { Locator, Page } from '@playwright/test'
import { inspector, momentOf, node, openRun, select } from './steps.ts'
import { axe, expect, test } from './support/test.ts'

/** The middle of a lane's upper row, at a moment of the whole run of 60 seconds. */
async function pointAt(page: Page, lane: string, seconds: number, row = 0) {
  const name = await boxOf(lanes(page).getByRole('button', { name: lane, exact: true }))
  const plot = await boxOf(lanes(page).getByRole('img'))
  return {
    x: plot.x + (seconds / 60) * plot.width,
    // Two rows at most, 22 px apart.
    y: name.y + name.height / 2 - 11 + row * 22,
  }
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (!box) throw new Error('it is not to be seen')
  return box
}

const lanes = (page: Page) => page.getByRole('region', { name: 'Lanes' })

async function showLanes(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Lanes' }).check({ force: true })
  await expect(lanes(page).getByLabel('Shown time')).toHaveText('00:00.000 – 01:00.000')
}

test('a message that is clicked in its lane is selected, also on the canvas', async ({ page }) => {
  await openRun(page, 'orders-workers', 9)
  await showLanes(page)
  const work = await pointAt(page, 'worker-1', 10)
  await page.mouse.move(work.x, work.y)
  await expect(lanes(page).getByText('Order127')).toBeVisible()
  await page.mouse.click(work.x, work.y)
  await expect(inspector(page).getByRole('heading', { name: 'Order127' })).toBeVisible()

  await page.keyboard.press('Escape')
  await expect(lanes(page)).toBeHidden()
  await expect(node(page, 'worker-1')).toBeVisible()
  expect((await momentOf(page)).selection).toEqual({ type: 'message', id: 4 })
})

test('what is selected on the canvas is selected in the lanes, and a lane selects its node', async ({
  page,
}) => {
  await openRun(page, 'orders-workers', 9)
  await select(page, 'worker-2')
  await page.keyboard.press('l')
  await expect(lanes(page)).toBeFocused()
  const lane = (name: string) => lanes(page).getByRole('button', { name, exact: true })
  await expect(lane('worker-2')).toHaveAttribute('aria-pressed', 'true')
  await lane('orders').click()
  await expect(lane('worker-2')).toHaveAttribute('aria-pressed', 'false')
  await expect(inspector(page).getByLabel('Name', { exact: true })).toHaveValue('orders')
  await page.keyboard.press('l')
  await expect(lanes(page)).toBeHidden()
})

test('the lanes are zoomed and moved by buttons, keys and dragging, and the ruler moves the playhead', async ({
  page,
}) => {
  await openRun(page, 'orders-workers', 30)
  await showLanes(page)
  const shown = lanes(page).getByLabel('Shown time')
  await lanes(page).getByRole('button', { name: 'Zoom in' }).click()
  await expect(shown).toHaveText('00:11.250 – 00:48.750')
  const plot = await boxOf(lanes(page).getByRole('img'))
  await page.mouse.move(plot.x + plot.width / 2, plot.y + 200)
  await page.mouse.down()
  await page.mouse.move(plot.x + plot.width, plot.y + 200, { steps: 4 })
  await page.mouse.up()
  await expect(shown).toHaveText('00:00.000 – 00:37.500')
  await page.keyboard.press('0')
  await expect(shown).toHaveText('00:00.000 – 01:00.000')
  await page.mouse.click(plot.x + plot.width / 4, plot.y + 10)
  await expect.poll(async () => Math.round((await momentOf(page)).timeUs / 1e5)).toBe(150)
})

test('the lanes are whole for those who do not see them, and nothing grave is found', async ({
  page,
}) => {
  await openRun(page, 'notifications-team', 9)
  await showLanes(page)
  await expect(lanes(page).getByRole('list', { name: 'Lanes from top to bottom' })).toContainText(
    'sign-up pagenotificationsemail-1email-2email-3',
  )
  await axe(page)
})

test('at 390 px the lanes are chosen in the menu and fit', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openRun(page, 'orders-workers', 9)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitemradio', { name: 'Lanes' }).click()
  await expect(lanes(page).getByLabel('Shown time')).toBeVisible()
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})
