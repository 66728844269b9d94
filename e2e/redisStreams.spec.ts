/** Each ready-made run on Redis streams at a fixed moment, and what a person does to a group, a consumer and a stream. */
import { goToTime, inspector, node, now, openRun, select, showFacts } from './steps.ts'
import { expect, test } from './support/test.ts'

/** The run, the moment, a node, and what its description says then. */
const RUNS: [string, number, string, RegExp][] = [
  ['redis-dead-consumer', 35, 'packing', /^2 pending, lag 0$/],
  ['redis-dead-consumer', 35, 'billing', /^0 pending, lag 0$/],
  ['redis-history', 9.5, 'anna', /works on 1, 1 waiting/],
  ['redis-history', 25, 'ben', /4 pending under its name/],
  ['redis-trimming', 20, 'orders', /^10 entries, last id 19750-0$/],
  ['redis-trimming', 20, 'reports', /^5 pending, lag 25$/],
  ['redis-poison', 25, 'orders-dead', /^1 entry, last id 14250-0$/],
  ['redis-late-groups', 7, 'alerts', /^not made yet$/],
  ['redis-late-groups', 7, 'ben', /^not started yet$/],
  ['redis-late-groups', 12, 'audit', /^3 pending, lag 8$/],
  ['redis-late-groups', 29, 'anna', /36 done/],
  ['redis-late-groups', 29, 'ben', /25 done/],
  ['redis-readers', 9.9, 'anna', /11 done/],
  ['redis-readers', 29, 'anna', /38 done/],
  ['redis-readers', 29, 'ben', /25 done/],
  ['redis-claimed-twice', 29, 'packing', /^0 pending, lag 0$/],
  ['redis-claimed-twice', 29, 'anna', /4 done/],
  ['redis-claimed-twice', 29, 'ben', /16 done/],
]

for (const [id, atS, name, says] of RUNS) {
  test(`given ${id} at ${atS} s, then ${name} is as its sentence says`, async ({ page }) => {
    await openRun(page, id, atS)
    await expect(node(page, name)).toHaveAccessibleDescription(says)
  })
}

test('given a dead consumer, when another one claims an entry of it, then the group has one pending less', async ({
  page,
}) => {
  await openRun(page, 'redis-dead-consumer', 30)
  await expect(node(page, 'packing')).toHaveAccessibleDescription('2 pending, lag 0')
  await select(page, 'packing')
  await expect(inspector(page).getByText('anna, delivered once, idle for').first()).toBeVisible()
  await inspector(page).getByRole('button', { name: 'Claim it' }).click()
  await goToTime(page, 36)
  await expect(node(page, 'packing')).toHaveAccessibleDescription('1 pending, lag 0')
  const facts = await showFacts(page)
  await expect(facts.getByText(/ben takes Order\d+ over, delivery 2/)).toBeVisible()
})

test('given a dead consumer, when it is deleted, then what was pending under its name is found lost', async ({
  page,
}) => {
  await openRun(page, 'redis-dead-consumer', 30)
  await select(page, 'packing')
  await inspector(page).getByRole('button', { name: 'Delete it with what is pending' }).click()
  await expect(node(page, 'packing')).toHaveAccessibleDescription('0 pending, lag 0')
  await page.getByRole('radio', { name: 'Ask' }).check({ force: true })
  await expect(
    page.getByText(/Order\d+ is lost to packing: forgotten with the consumer anna/).first(),
  ).toBeVisible()
})

test('given a group, when it is moved back to 0, then it has everything to give out again', async ({
  page,
}) => {
  await openRun(page, 'redis-dead-consumer', 36)
  await select(page, 'billing')
  await inspector(page).getByRole('button', { name: 'Move the group' }).click()
  await expect(node(page, 'billing')).toHaveAccessibleDescription('0 pending, lag 20')
})

test('given a group that began late at the end, when it is moved to 0, then it has the whole past before it', async ({
  page,
}) => {
  await openRun(page, 'redis-late-groups', 28)
  await expect(node(page, 'alerts')).toHaveAccessibleDescription('0 pending, lag 0')
  await select(page, 'alerts')
  await inspector(page).getByRole('button', { name: 'Move the group' }).click()
  await expect(node(page, 'alerts')).toHaveAccessibleDescription('0 pending, lag 36')
})

test('given a group, when it is destroyed and created again, then who reads is refused until it is there', async ({
  page,
}) => {
  await openRun(page, 'redis-late-groups', 15)
  await select(page, 'alerts')
  await inspector(page).getByRole('button', { name: 'Destroy the group' }).click()
  await expect(node(page, 'alerts')).toHaveAccessibleDescription('destroyed')
  await goToTime(page, 18)
  await expect(node(page, 'ben')).toHaveAccessibleDescription(/^its group is not there/)
  await inspector(page).getByLabel('Start after').fill('0')
  await inspector(page).getByRole('button', { name: 'Create the group' }).click()
  await expect(node(page, 'alerts')).toHaveAccessibleDescription('0 pending, lag 25')
})

test('given a reader from 0, when it is given an inbox, then what it remembers has no effect again', async ({
  page,
}) => {
  await openRun(page, 'redis-readers', 0.2)
  await select(page, 'anna')
  const field = now(page).getByLabel('Inbox remembers')
  await field.fill('100')
  await field.press('Enter')
  await goToTime(page, 29)
  await expect(node(page, 'anna')).toHaveAccessibleDescription(/38 done/)
  await expect(inspector(page).getByText('Came again, no effect')).toBeVisible()
})

test('given a pending entry, when it is deleted from the stream, then only its id is left in the group', async ({
  page,
}) => {
  await openRun(page, 'redis-dead-consumer', 30)
  await select(page, 'packing')
  await inspector(page)
    .getByRole('button', { name: /^Order9/ })
    .first()
    .click()
  await inspector(page).getByRole('button', { name: 'Delete it (XDEL)' }).click()
  await expect(node(page, 'orders')).toHaveAccessibleDescription(/^19 entries/)
  await select(page, 'packing')
  await expect(
    inspector(page).getByText('anna, gone from the stream: only its id is left'),
  ).toBeVisible()
})

test('given a stream, when it is trimmed by hand and gets an entry, then both are seen', async ({
  page,
}) => {
  await openRun(page, 'redis-dead-consumer', 30)
  await select(page, 'orders')
  await inspector(page).getByRole('button', { name: 'Trim the stream' }).click()
  await expect(node(page, 'orders')).toHaveAccessibleDescription('5 entries, last id 10250-0')
  await inspector(page).getByRole('button', { name: 'Add an entry' }).click()
  await expect(node(page, 'orders')).toHaveAccessibleDescription('6 entries, last id 30000-0')
})

test('given the program of a consumer, then it has the settings of the scenario in both languages', async ({
  page,
}) => {
  await openRun(page, 'redis-poison', 12)
  await select(page, 'anna')
  const program = page.getByRole('region', { name: 'Program' })
  await expect(program).toContainText("xautoclaim('orders', 'packing'")
  await program.getByRole('radio', { name: 'Python' }).check({ force: true })
  await expect(program).toContainText('min_idle_time=3000')
})

test('given the sweep, when it is opened and left, then it was there and the canvas is there again', async ({
  page,
}) => {
  await openRun(page, 'redis-dead-consumer', 12)
  await page.getByRole('radio', { name: 'Sweep' }).check({ force: true })
  await expect(page.getByRole('region', { name: 'Sweep' }).first()).toBeVisible()
  await page.getByRole('radio', { name: 'Canvas' }).check({ force: true })
  await expect(node(page, 'packing')).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('given a group, when it is tapped, then its pending entries and its acts are there and fit', async ({
    page,
  }) => {
    await openRun(page, 'redis-dead-consumer', 30)
    await node(page, 'packing').tap()
    await page.getByRole('button', { name: 'Inspect' }).first().tap()
    await expect(page.getByRole('button', { name: 'Claim it' })).toBeVisible()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(390)
  })
})
