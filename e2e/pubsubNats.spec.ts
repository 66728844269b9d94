/** Each ready-made run on NATS and Redis Pub/Sub at a fixed moment, the matrix, and the acts, each one click. */
import { goToTime, inspector, node, openRun, select, showFacts } from './steps.ts'
import { expect, test } from './support/test.ts'

/** The run, the moment, a node, and what its description says then. */
const RUNS: [string, number, string, RegExp][] = [
  ['nats-broadcast', 8.2, 'dashboard', /not joined yet.*5 missed/],
  ['nats-queue-group', 20, 'audit log', /19 done/],
  ['nats-filters', 20, 'fire alarm', /3 done/],
  ['nats-request-reply', 12, 'shop', /4 replies, 1 awaited/],
  ['nats-slow-subscriber', 20, 'chart', /missed/],
  ['nats-ack-wait', 12.5, 'MAIL', /3 kept, last sequence 3/],
  ['nats-work-queue', 40, 'JOBS', /kept, last sequence 18/],
  ['nats-deduplication', 12, 'PAYMENTS', /3 kept/],
  ['nats-push-consumer', 4, 'ORDERS', /3 kept/],
  ['nats-push-consumer', 4, 'invoices', /3 pending, 0 not acknowledged/],
  ['nats-push-consumer', 30, 'board', /14 done, 4 missed/],
  ['nats-durable-begins', 6, 'all', /not there/],
  ['nats-durable-begins', 6.6, 'time', /3 pending, 0 not acknowledged/],
  ['nats-durable-begins', 6.6, 'subjects', /2 pending/],
  ['nats-durable-begins', 16, 'gets new', /2 done/],
  ['nats-durable-begins', 16, 'gets time', /5 done/],
  ['redis-fire-and-forget', 20, 'redis', /13 published, 4 to nobody/],
]

for (const [id, atS, name, says] of RUNS) {
  test(`given ${id} at ${atS} s, then ${name} is as its sentence says`, async ({ page }) => {
    await openRun(page, id, atS)
    await expect(node(page, name).first()).toHaveAccessibleDescription(says)
  })
}

test('given a subscriber, when it goes offline and comes back, then it missed what came between', async ({
  page,
}) => {
  await openRun(page, 'nats-broadcast', 4)
  await select(page, 'web')
  await inspector(page).getByRole('button', { name: 'Go offline' }).click()
  await goToTime(page, 10)
  await inspector(page).getByRole('button', { name: 'Come back' }).click()
  await goToTime(page, 20)
  await expect(node(page, 'web')).toHaveAccessibleDescription(/online.*missed/)
})

test('given a server, when a subject is tried, then the subscriptions that it would go to are named', async ({
  page,
}) => {
  await openRun(page, 'nats-filters', 5)
  await node(page, 'nats').focus()
  await page.getByLabel('Try a subject').fill('b1.f9.smoke')
  await expect(page.getByRole('toolbar').getByRole('status')).toHaveText(
    'archive, caretaker b1, fire alarm',
  )
  await expect(page.getByLabel('Which subjects match')).toContainText('*.*.smoke')
})

test('given a mail in the hands of the mail worker, when a person naks it, then the facts say so', async ({
  page,
}) => {
  await openRun(page, 'nats-ack-wait', 2)
  await select(page, 'mail worker')
  await inspector(page)
    .getByRole('button', { name: /^Welcome 1/ })
    .first()
    .click()
  await inspector(page).getByRole('button', { name: 'Nak it', exact: true }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText(/You nak Welcome 1 in place of mail worker/)).toBeVisible()
})

test('given the matrix, then it says who got what after how long, and who missed it and why', async ({
  page,
}) => {
  await openRun(page, 'nats-broadcast', 20)
  await page.keyboard.press('m')
  const matrix = page.getByRole('region', { name: 'Message by subscriber' })
  await expect(matrix.getByRole('row', { name: /Gold 101/ })).toContainText('not joined yet')
  await expect(matrix.getByRole('row', { name: /^got/ })).toContainText('1312')
  await expect(matrix.getByText('web got Gold 101 after 800 ms.')).toBeAttached()
})

test('given a link, when the next answer on it is lost, then the payment is published again and stored once', async ({
  page,
}) => {
  await openRun(page, 'nats-deduplication', 4)
  await page.getByLabel('Link from shop to nats').click({ force: true })
  await inspector(page).getByRole('button', { name: 'Lose the next answer' }).click()
  await goToTime(page, 12)
  await select(page, 'PAYMENTS')
  await expect(inspector(page).getByText('Duplicates')).toBeVisible()
})
