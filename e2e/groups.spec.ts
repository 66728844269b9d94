/** Each ready-made run about consumer groups at a fixed moment: what its sentence says can be seen, and each act is one click. */

import { inspector, node, openRun, select, showFacts } from './steps.ts'
import { expect, test } from './support/test.ts'

/** The run, the moment, a node, and what its description says then. */
const RUNS: [string, number, string, RegExp][] = [
  ['notifications', 8, 'email', /reads partition/],
  ['notifications-team', 10, 'email-3', /no partition assigned/],
  ['group-shares', 12, 'packer-2', /reads partitions 2 and 3/],
  ['slow-member', 13.9, 'orders', /group packing rebalances/],
  ['slow-member', 15, 'steady', /reads partitions 0 and 1/],
  ['eager-or-cooperative', 16.5, 'eager-2', /waits for its group, no partition assigned/],
  ['eager-or-cooperative', 16.5, 'cooperative-2', /reads partitions 1 and 3 and 5/],
  ['eager-or-cooperative', 20, 'cooperative-3', /reads partitions 4 and 5/],
  ['rolling-deploy', 14.2, 'orders', /group dynamic rebalances$/],
  ['rolling-deploy', 15, 'static-1', /reads partitions 0 and 1/],
  ['commit-and-crash', 11.5, 'commit-after', /crashed/],
  ['server-side-groups', 14.8, 'server-3', /reads partition 3/],
  ['server-side-groups', 14.8, 'classic-3', /waits for its group/],
  ['share-queue', 9, 'worker-1', /works on 1/],
]

for (const [id, atS, name, says] of RUNS) {
  test(`given ${id} at ${atS} s, then ${name} is as its sentence says`, async ({ page }) => {
    await openRun(page, id, atS)
    await expect(node(page, name).first()).toHaveAccessibleDescription(says)
  })
}

test('given a topic while a group rebalances, then the inspector says who gave what up', async ({
  page,
}) => {
  await openRun(page, 'slow-member', 13.9)
  await select(page, 'orders')
  const group = inspector(page).getByRole('region', { name: 'Offsets of group packing' })
  await expect(group.getByRole('row').nth(1)).toContainText('given up by slow')
})

test('given a share group, then the inspector lists the records that are under way', async ({
  page,
}) => {
  await openRun(page, 'share-queue', 9)
  await select(page, 'orders')
  const records = inspector(page).getByRole('region', { name: 'Records of share group packing' })
  await expect(records.getByRole('row').nth(1)).toContainText('acquired')
  const facts = await showFacts(page)
  await expect(
    facts.getByText(
      'The acquisition lock of Order7 times out: it is available to group packing again.',
    ),
  ).toBeVisible()
})

test('given a member, when its next record is made to outlast max.poll.interval.ms, then it leaves its group', async ({
  page,
}) => {
  await openRun(page, 'slow-member', 3)
  await node(page, 'steady').focus()
  await page.getByRole('button', { name: 'More acts…' }).click()
  await page
    .getByRole('menuitem', { name: 'Let its next record outlast max.poll.interval.ms' })
    .click()
  const facts = await showFacts(page)
  await expect(
    facts.getByText('You let the next record of steady take longer than max.poll.interval.ms.'),
  ).toBeVisible()
})

test('given a member, when it is closed and joins again, then the log says so', async ({
  page,
}) => {
  await openRun(page, 'group-shares', 5.1)
  await select(page, 'packer-1')
  await inspector(page).getByRole('button', { name: 'Close', exact: true }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText('You cancel the consumer packer-1.')).toBeVisible()
})

test('given a member with work that is not committed, when it commits now, then the offset is stored', async ({
  page,
}) => {
  await openRun(page, 'group-shares', 20.2)
  await select(page, 'packer-2')
  await inspector(page).getByRole('button', { name: 'Commit now' }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText('You let packer-2 commit now.')).toBeVisible()
})
