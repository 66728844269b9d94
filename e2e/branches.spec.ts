/** Breaking things: what a crash brings, and that what was before is never lost. */

import { goToTime, inspector, momentOf, node, openRun, select, showFacts } from './steps.ts'
import { expect, test } from './support/test.ts'

test('a crash with an unacknowledged message leads to a redelivery that is marked', async ({
  page,
}) => {
  await openRun(page, 'orders-workers', 5)
  await select(page, 'worker-1')
  await inspector(page).getByRole('button', { name: 'Crash' }).click()
  await expect(node(page, 'worker-1')).toHaveAccessibleDescription(/^crashed/)
  const facts = await showFacts(page)
  await facts.getByRole('searchbox').fill('did not acknowledge')
  await expect(
    facts.getByRole('button', { name: /Order123.*goes back to its place/ }),
  ).toBeVisible()

  await page.getByRole('radio', { name: 'Inspector' }).check({ force: true })
  await goToTime(page, 7)
  await select(page, 'worker-2')
  const held = inspector(page).getByRole('list', { name: 'In its hands' })
  await expect(held.getByRole('listitem').filter({ hasText: 'Order123' })).toContainText(
    'redelivered',
  )
})

test('acting in the past makes a branch, and both remain', async ({ page }) => {
  await openRun(page, 'orders', 20)
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:20.000')
  await goToTime(page, 5)
  await select(page, 'worker')
  await inspector(page).getByRole('button', { name: 'Crash' }).click()
  const branches = page.getByRole('list', { name: 'Branches' })
  await expect(branches.getByRole('button', { name: /^crash worker/ })).toHaveAttribute(
    'aria-current',
    'true',
  )
  await goToTime(page, 59)
  await expect(node(page, 'worker')).toHaveAccessibleDescription(/^crashed/)

  await branches.getByRole('button', { name: /^main/ }).click()
  await expect(node(page, 'worker')).toHaveAccessibleDescription(/18 done/)
  await branches.getByRole('button', { name: /^crash worker/ }).click()
  await expect(node(page, 'worker')).toHaveAccessibleDescription(/^crashed/)
})

test('undo takes the branch away and redo brings it back', async ({ page }) => {
  await openRun(page, 'orders', 20)
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:20.000')
  await goToTime(page, 5)
  await select(page, 'worker')
  await inspector(page).getByRole('button', { name: 'Crash' }).click()
  await expect.poll(async () => (await momentOf(page)).branches.length).toBe(2)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await momentOf(page)).branches.length).toBe(1)
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(async () => (await momentOf(page)).branches.length).toBe(2)
})

test('undo takes back everything that was changed, one named step at a time', async ({ page }) => {
  await openRun(page, 'orders', 20)
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:20.000')
  const document = async () => {
    const { scenario, branches } = await momentOf(page)
    return { scenario, branches }
  }
  const first = await document()
  await goToTime(page, 5)
  await select(page, 'worker')
  await inspector(page).getByRole('button', { name: 'Crash' }).click()
  const branches = page.getByRole('list', { name: 'Branches' })
  await branches.getByRole('button', { name: 'Rename crash worker' }).click()
  await page.keyboard.type('without a worker')
  await page.keyboard.press('Enter')
  await node(page, 'worker').focus()
  await page.keyboard.press('Shift+ArrowDown')
  await inspector(page).getByLabel('Name', { exact: true }).fill('printer')
  await page.keyboard.press('Enter')
  await expect(node(page, 'printer')).toBeVisible()
  const last = await document()

  for (const step of [
    'Undo: name of worker',
    'Undo: move worker',
    'Undo: rename crash worker to without a worker',
    'Undo: crash worker',
  ]) {
    await page.getByRole('button', { name: step, exact: true }).click()
  }
  await expect.poll(document).toEqual(first)
  await expect(page.getByText('Undone: crash worker')).toBeVisible()
  for (let n = 0; n < 4; n++) await page.keyboard.press('Control+Shift+z')
  await expect.poll(document).toEqual(last)
})

test('steps go through every fact, whatever is selected in between', async ({ page }) => {
  const forward = page.getByRole('button', { name: 'One fact forward' })
  const walk = async (between: (n: number) => Promise<void>) => {
    await goToTime(page, 1)
    await expect.poll(async () => (await momentOf(page)).timeUs).toBe(1_000_000)
    const visited: { factIndex: number; timeUs: number }[] = []
    for (let n = 0; n < 6; n++) {
      const before = (await momentOf(page)).factIndex
      await forward.click()
      await expect.poll(async () => (await momentOf(page)).factIndex).toBeGreaterThan(before)
      const { factIndex, timeUs } = await momentOf(page)
      visited.push({ factIndex, timeUs })
      await between(n)
    }
    return visited
  }
  await openRun(page, 'orders')
  const plain = await walk(async () => {})
  const selecting = await walk(async (n) => {
    const name = n % 2 === 0 ? 'orders' : 'worker'
    await select(page, name)
    await expect(inspector(page).getByRole('textbox', { name: 'Name' })).toHaveValue(name)
  })
  expect(selecting).toEqual(plain)
  // An order reaches the idle queue and is delivered in one microsecond: two facts, one time.
  expect(new Set(plain.map(({ timeUs }) => timeUs)).size).toBeLessThan(plain.length)
})
