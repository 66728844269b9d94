/** Each ready-made run on how logs are written and kept, at a fixed moment and after the acts that its sentence names. */

import type { Page } from '@playwright/test'
import { goToTime, inspector, node, now, openRun, select, showFacts } from './steps.ts'
import { expect, test } from './support/test.ts'

/** The table of that name in the inspector. */
function table(page: Page, name: string) {
  return inspector(page).getByRole('region', { name, exact: true })
}

async function act(page: Page, name: string): Promise<void> {
  await inspector(page).getByRole('button', { name, exact: true }).click()
}

test('given records with keys, when the topic is looked at, then each key has its partition', async ({
  page,
}) => {
  await openRun(page, 'ordering-by-key', 20)
  await select(page, 'orders')
  await expect(table(page, 'Where keys go')).toContainText('order-A')
  await expect(table(page, 'Offsets of group packing')).toContainText('packer-1')
})

test('given a topic, when it is pointed at, then the map of its keys is there', async ({
  page,
}) => {
  await openRun(page, 'ordering-by-key', 20)
  await node(page, 'orders').hover()
  const keys = page.getByLabel('Where keys go')
  await expect(keys).toContainText('P0')
  await expect(keys).toContainText('order-A')
})

test('given duplicates, when the findings are asked for, then each leads to the two records', async ({
  page,
}) => {
  await openRun(page, 'idempotent-producer', 40)
  await page.getByRole('radio', { name: 'Ask' }).check({ force: true })
  const finding = page.getByText(/is in the log twice: at offset \d+ of payments\/0/).first()
  await expect(finding).toBeVisible()
})

test('given a hot key, then its partition lags and the others do not', async ({ page }) => {
  await openRun(page, 'hot-key', 30)
  await select(page, 'views')
  const rows = table(page, 'Offsets of group counting').getByRole('row')
  const lags = async () => {
    const texts = await rows.allInnerTexts()
    return texts.slice(1).map((text) => Number.parseInt(text.split('\t')[3] ?? '', 10))
  }
  await expect.poll(async () => Math.max(...(await lags()))).toBeGreaterThan(20)
  expect(Math.min(...(await lags()))).toBeLessThan(4)
})

test('given two partitions, when two are added, then the topic says which keys moved', async ({
  page,
}) => {
  await openRun(page, 'adding-partitions', 12)
  await select(page, 'bookings')
  await inspector(page).getByLabel('Partitions more').fill('2')
  await act(page, 'Add partitions')
  await expect(inspector(page).getByText(/\d of 6 moved/)).toBeVisible()
  await expect(node(page, 'bookings')).toHaveAccessibleDescription(/4 partitions/)
})

test('given a bad network, then only the idempotent producer has each payment once', async ({
  page,
}) => {
  await openRun(page, 'idempotent-producer', 40)
  await select(page, 'payments-once')
  await expect(inspector(page).getByText('Records', { exact: true }).locator('..')).toContainText(
    '24',
  )
  await expect(node(page, 'books')).toHaveAccessibleDescription(/(2[5-9]|3\d) done/)
  await expect(node(page, 'books-once')).toHaveAccessibleDescription(/24 done/)
  await select(page, 'payments')
  const facts = await showFacts(page)
  await expect(facts.getByText(/already, by its sequence number/).first()).toBeVisible()
})

test('given both producers, when each sends its last request again, then only the log of the plain one grows', async ({
  page,
}) => {
  await openRun(page, 'idempotent-producer', 30)
  for (const producer of ['plain', 'idempotent']) {
    await select(page, producer)
    await act(page, 'Send the last request again')
  }
  const facts = await showFacts(page)
  await goToTime(page, 31)
  await expect(facts.getByText('pay 24 is appended to payments/0 at offset 28.')).toBeVisible()
  await expect(
    facts.getByText(/^payments-once\/0 has the batch of pay \d+ already/).first(),
  ).toBeVisible()
  await expect(node(page, 'payments')).toHaveAccessibleDescription(/^29 records/)
  await expect(node(page, 'payments-once')).toHaveAccessibleDescription(/^24 records/)
})

test('given transactions, then readers of committed records stop at the last stable offset', async ({
  page,
}) => {
  await openRun(page, 'read-committed', 12)
  await select(page, 'transfers')
  await expect(inspector(page).getByText('Last stable offset').locator('..')).toContainText('15')
  await select(page, 'bank')
  await expect(inspector(page).getByText('Committed, aborted').locator('..')).toContainText(
    /\d, \d/,
  )
})

test('given a crash between writing and committing, then only the reader without a transaction writes twice', async ({
  page,
}) => {
  await openRun(page, 'exactly-once', 12.6)
  await select(page, 'orders')
  await expect(table(page, 'Offsets of group exact')).toContainText('3, then 6')
  await expect(table(page, 'Offsets of group plain')).not.toContainText('then')
  await goToTime(page, 60)
  await expect(node(page, 'mail')).toHaveAccessibleDescription(/24 done/)
  await expect(node(page, 'mail-plain')).toHaveAccessibleDescription(/25 done/)
  await select(page, 'exact')
  await expect(inspector(page).getByText('Committed, aborted').locator('..')).toContainText('9, 1')
})

test('given a group of two, when it is scaled to three and back to one, then partitions are dealt anew each time', async ({
  page,
}) => {
  await openRun(page, 'ordering-by-key', 12)
  await select(page, 'orders')
  const members = inspector(page).getByLabel('Members of packing')
  await members.fill('3')
  await act(page, 'Scale the group')
  await goToTime(page, 18)
  await expect(table(page, 'Offsets of group packing')).toContainText('packer')
  await expect(node(page, 'packer')).toHaveAccessibleDescription(/partition/)
  await expect.poll(() => ownersOf(page)).toBe(3)
  await members.fill('1')
  await act(page, 'Scale the group')
  await goToTime(page, 25)
  await expect.poll(() => ownersOf(page)).toBe(1)
})

/** How many members own something in group packing. */
async function ownersOf(page: Page): Promise<number> {
  const rows = await table(page, 'Offsets of group packing').getByRole('row').allInnerTexts()
  return new Set(rows.slice(1).map((row) => row.split('\t').at(-1))).size
}

test('given a member, when it seeks to a time, then it alone reads its partitions from there', async ({
  page,
}) => {
  await openRun(page, 'replay-from-zero', 22)
  await select(page, 'search')
  await inspector(page).getByLabel('reads on from').selectOption('time')
  await inspector(page).getByLabel('First record made at').fill('8')
  await act(page, 'Seek before its next poll')
  await goToTime(page, 45)
  await expect(node(page, 'billing')).toHaveAccessibleDescription(/14 done/)
  await expect(node(page, 'search')).toHaveAccessibleDescription(/2\d done/)
  const facts = await showFacts(page)
  await expect(facts.getByText(/search reads .* on from offset \d+/).first()).toBeVisible()
})

test('given three replicas, when two brokers are killed, then writes are refused until one is back', async ({
  page,
}) => {
  await openRun(page, 'acks-and-replicas', 6)
  await select(page, 'orders')
  await act(page, 'Kill broker 1')
  await act(page, 'Kill broker 2')
  await goToTime(page, 12)
  await expect(table(page, 'Replicas of partition 0')).toContainText('behind, down')
  await expect(node(page, 'orders')).toHaveAccessibleDescription(/1 of 3 in sync/)
  const facts = await showFacts(page)
  await expect(facts.getByText(/NOT_ENOUGH_REPLICAS/).first()).toBeVisible()
})

test('given an unclean election, then what the new leader never had is lost', async ({ page }) => {
  await openRun(page, 'unclean-election', 6)
  await select(page, 'readings')
  await act(page, 'Cut broker 1 off')
  await goToTime(page, 14)
  await expect(table(page, 'Replicas of partition 0')).toContainText('behind, cut off')
  await act(page, 'Kill broker 0')
  await goToTime(page, 17)
  await expect(inspector(page).getByText('broker 1 leads, epoch 1')).toBeVisible()
  const facts = await showFacts(page)
  await expect(facts.getByText(/the next leader does not have it/).first()).toBeVisible()
})

test('given retention shorter than lag, then the slow group has to jump', async ({ page }) => {
  await openRun(page, 'retention-and-lag', 30)
  const facts = await showFacts(page)
  await expect(facts.getByText(/older than retention.ms is deleted/).first()).toBeVisible()
  await expect(facts.getByText(/Group archive has no valid offset/).first()).toBeVisible()
})

test('given retention shorter than lag, when retention.ms is taken away, then the slow group misses nothing more', async ({
  page,
}) => {
  await openRun(page, 'retention-and-lag', 6)
  await select(page, 'readings')
  const limit = inspector(page)
    .getByRole('switch', { name: /retention\.ms/ })
    .first()
  await expect(limit).toBeChecked()
  const offsets = inspector(page).getByText('Offsets', { exact: true }).locator('..')
  await expect(offsets).toContainText('0 to 7')
  await limit.click()
  await expect(inspector(page).getByText('not set', { exact: true })).toBeVisible()
  await expect(limit).not.toBeChecked()
  await goToTime(page, 45)
  await expect(offsets).toContainText('0 to 60')
})

test('given a topic that deletes, when cleanup.policy becomes compact, then records without a key are refused', async ({
  page,
}) => {
  await openRun(page, 'retention-and-lag', 6)
  await select(page, 'readings')
  await now(page).getByLabel('cleanup.policy').selectOption('compact')
  const facts = await showFacts(page)
  await goToTime(page, 8)
  await expect(facts.getByText('cleanup.policy of readings is compact from now on.')).toBeVisible()
  await expect(facts.getByText(/INVALID_RECORD/).first()).toBeVisible()
})

test('given three replicas and two brokers down, when one is enough, then writes are acknowledged again', async ({
  page,
}) => {
  await openRun(page, 'acks-and-replicas', 6)
  await select(page, 'orders')
  await act(page, 'Kill broker 1')
  await act(page, 'Kill broker 2')
  await goToTime(page, 12)
  await expect(node(page, 'orders')).toHaveAccessibleDescription(/1 of 3 in sync/)
  const least = now(page).getByLabel('min.insync.replicas')
  await least.fill('1')
  await least.press('Enter')
  const facts = await showFacts(page)
  await expect(facts.getByText('min.insync.replicas of orders is 1 from now on.')).toBeVisible()
  await goToTime(page, 14)
  await expect(facts.getByText('shop knows that the broker has Order 16.')).toBeVisible()
})

test('given a compacted topic, then the latest record of each key is left, and holes', async ({
  page,
}) => {
  await openRun(page, 'compacted-table', 24)
  await select(page, 'prices')
  await expect(inspector(page).getByText('Compacted up to').locator('..')).toContainText(/\d/)
  await expect(inspector(page).getByText('4 €', { exact: true })).toHaveCount(0)
})

test('given groups that have read all, when one is moved to the beginning, then it reads all once more', async ({
  page,
}) => {
  await openRun(page, 'replay-from-zero', 22)
  await select(page, 'orders')
  await inspector(page).getByLabel('Group', { exact: true }).selectOption('search')
  await act(page, 'Move the group')
  await goToTime(page, 45)
  await expect(node(page, 'search')).toHaveAccessibleDescription(/28 done/)
  await expect(node(page, 'billing')).toHaveAccessibleDescription(/14 done/)
})
