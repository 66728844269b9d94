/** Each ready-made run on queues at a fixed moment: what its sentence says can be seen, and each act is one click. */

import { inspector, node, openRun, select, showFacts } from './steps.ts'
import { expect, test } from './support/test.ts'

/** The run, the moment, a node, and what its description says then. */
const RUNS: [string, number, string, RegExp][] = [
  ['orders', 4.9, 'orders', /ready/],
  ['orders-workers', 9.3, 'worker-2', /2 done/],
  ['orders-fanout', 6, 'placed', /routed/],
  ['fair-dispatch', 20, 'worker-2', /idle/],
  ['routing', 20, 'logs', /unroutable/],
  ['topics', 15, 'animals', /14 routed, 2 unroutable/],
  ['headers', 15, 'invoices', /0 ready/],
  ['rpc', 12, 'waiting', /6 done/],
  ['retry', 14, 'waiting', /3 ready/],
  ['priority', 22, 'orders', /14 ready, 1 unacknowledged/],
  ['overload', 20, 'readings', /5 ready/],
  ['poison', 30, 'worker', /failed/],
  ['delivery-limit', 40, 'parking', /1 ready/],
  ['single-active', 20, 'spare', /done/],
  ['outage', 20, 'mailer', /crashed/],
  ['sqs-jobs', 11, 'jobs', /1 available, 1 in flight/],
]

for (const [id, atS, name, says] of RUNS) {
  test(`given ${id} at ${atS} s, then ${name} is as its sentence says`, async ({ page }) => {
    await openRun(page, id, atS)
    await expect(node(page, name).first()).toHaveAccessibleDescription(says)
  })
}

test('given an exchange, when it is pointed at, then each binding names the keys that match, and a key lights its links', async ({
  page,
}) => {
  await openRun(page, 'topics', 2)
  await node(page, 'animals').hover()
  const matches = page.getByLabel('Which keys match')
  await expect(matches).toContainText('*.*.rabbit Q2quick.orange.rabbitlazy.pink.rabbit')
  await expect(matches).toContainText('no bindingquick.brown.fox')
  const key = matches.getByRole('button', { name: 'quick.orange.rabbit' }).first()
  await key.focus()
  await expect(page.locator('.react-flow__edge [data-tried="matches"]')).toHaveCount(2)
  await key.press('Enter')
  await expect(page.getByRole('toolbar').getByRole('status')).toHaveText('Q1, Q2')
})

test('given a binding, when its link is chosen, then the keys that it matches are named', async ({
  page,
}) => {
  await openRun(page, 'topics', 2)
  await page.getByLabel('Link from animals to Q1').click({ force: true })
  await expect(page.getByRole('toolbar', { name: /animals to Q1/ })).toContainText(
    'matchesquick.orange.rabbitlazy.orange.elephant',
  )
})

test('given an exchange, when a key is tried on it, then the queues that it would reach are named', async ({
  page,
}) => {
  await openRun(page, 'topics', 2)
  await node(page, 'animals').focus()
  await page.getByLabel('Try a routing key').fill('lazy.orange.cat')
  await expect(page.getByRole('toolbar').getByRole('status')).toHaveText('Q1, Q2')
})

test('given a message in the hands of a consumer, when it is rejected by hand, then a branch says so', async ({
  page,
}) => {
  await openRun(page, 'overload', 11)
  await select(page, 'worker')
  await inspector(page)
    .getByRole('button', { name: /^Reading/ })
    .first()
    .click()
  await inspector(page).getByRole('button', { name: 'Reject it' }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText(/You reject .+ in place of worker/)).toBeVisible()
})

test('given a consumer, when it is made to crash after its effect, then the log says so', async ({
  page,
}) => {
  await openRun(page, 'orders-workers', 2)
  await node(page, 'worker-1').focus()
  await page.getByRole('button', { name: 'More acts…' }).click()
  await page.getByRole('menuitem', { name: 'Crash after its effect, before the ack' }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText('You make worker-1 crash after its next effect.')).toBeVisible()
})

for (const [name, said] of [
  ['Crash before its next effect', 'You make worker-1 crash before its next effect.'],
  ['Crash after its effect, before the ack', 'You make worker-1 crash after its next effect.'],
  ['Crash after its next ack', 'You make worker-1 crash after its next acknowledgement.'],
] as const) {
  test(`given a polling consumer, when it is told “${name}”, then it does`, async ({ page }) => {
    await openRun(page, 'sqs-jobs', 2)
    await node(page, 'worker-1').focus()
    await page.getByRole('button', { name: 'More acts…' }).click()
    await page.getByRole('menuitem', { name }).click()
    const facts = await showFacts(page)
    await expect(facts.getByText(said)).toBeVisible()
    await page.getByLabel('Simulated time').fill('20')
    await page.getByLabel('Simulated time').press('Enter')
    await expect(node(page, 'worker-1')).toHaveAccessibleDescription(/crashed/)
  })
}

test('given a queue of SQS, when a message with a delay is put into it, then it is hidden for so long', async ({
  page,
}) => {
  await openRun(page, 'sqs-jobs', 2)
  await select(page, 'jobs-dead')
  await inspector(page).getByLabel('Body').fill('late')
  await inspector(page).getByLabel('Hidden for, ms').fill('4000')
  await inspector(page).getByRole('button', { name: 'Publish now' }).click()
  await expect(node(page, 'jobs-dead')).toHaveAccessibleDescription(/0 available.*1 delayed/)
})

test('given an exchange, when a mandatory message is published that no queue takes, then it comes back', async ({
  page,
}) => {
  await openRun(page, 'routing', 2)
  await select(page, 'logs')
  await inspector(page).getByLabel('Routing key').fill('debug')
  await inspector(page).getByLabel('With properties').check({ force: true })
  await inspector(page)
    .getByLabel(/^Mandatory/)
    .check({ force: true })
  await inspector(page).getByRole('button', { name: 'Publish now' }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText(/comes back to its publisher: it is mandatory/)).toBeVisible()
})

test('given a stream, when it is purged, then the page says why RabbitMQ does not', async ({
  page,
}) => {
  await openRun(page, 'orders', 2)
  await select(page, 'orders')
  await inspector(page).getByLabel('Type', { exact: true }).selectOption('stream')
  await node(page, 'orders').focus()
  await page.getByRole('toolbar').getByRole('button', { name: 'Purge' }).click()
  await expect(page.getByText(/RabbitMQ does not purge streams/)).toBeVisible()
})

test('given the conformance page, when it has played every case, then none fails', async ({
  page,
}) => {
  await page.goto('./#/conformance')
  const total = page.locator('p[role=status]')
  await expect(total).toHaveAttribute('data-done', 'true', { timeout: 100_000 })
  await expect(total).toHaveText(/^\d+ passed, 0 failed, 0 skipped$/)
  await expect(page.getByRole('heading', { name: /^dlx|dead/ }).first()).toBeVisible()
})
