/** Each ready-made run on event stores at a fixed moment: what its sentence says can be seen, and what it says to try works. */
import { goToTime, inspector, node, now, openRun, select, showFacts } from './steps.ts'
import { expect, test } from './support/test.ts'

/** The run, the moment, a node, and what its description says then. */
const RUNS: [string, number, string, RegExp][] = [
  ['account-ledger', 60, 'balance', /lag [1-9]/],
  ['account-audit', 180, 'events', /account-acc1: balance 10/],
  ['account-two-writers', 12, 'web shop', /conflict/],
  ['account-snapshots', 20, 'with snapshots', /5 events folded to load, 1 snapshot/],
  ['account-snapshots', 20, 'folds all', /1007 events folded to load/],
  ['late-projection', 10, 'balance, one by one', /position 68, lag 176/],
  ['late-projection', 10, 'monthly totals', /position 244, lag 0/],
  ['rebuild-open', 10, 'balance', /position 43, lag 0/],
  ['stale-read', 20, 'balance', /stale answer/],
  ['mailer-replay', 20, 'mailer', /effects/],
  ['mailer-group', 30, 'mailer-1', /[1-9] parked/],
  ['schema-versions', 20, 'strict version 2', /stopped at an event that it cannot read/],
  ['dual-writes', 24, 'database first', /9 rows, 6 told, 3 not told/],
  ['dual-writes', 24, 'broker first', /3 ghosts/],
  ['outbox', 24, 'orders', /9 rows, 12 told, 3 told twice/],
  ['outbox-relays', 24, 'orders', /9 rows, 18 told, 9 told twice/],
  ['order-saga', 28, 'payments', /accepted/],
  ['order-saga', 40, 'events', /order-o2: status cancelled/],
  ['order-choreography', 40, 'events', /order-o2: status cancelled/],
  ['seat-booking', 24, 'south', /1 accepted, 1 rejected, 2 conflicts/],
  ['erasing-person', 24, 'events', /account-acc1: balance 190/],
  ['three-patterns', 24, 'events', /order-o1: status open/],
  ['combined', 30, 'balance', /position/],
  ['money-trail', 50, 'balance', /position 21, lag 0/],
]

for (const [id, atS, name, says] of RUNS) {
  test(`given ${id} at ${atS} s, then ${name} is as its sentence says`, async ({ page }) => {
    await openRun(page, id, atS)
    await expect(node(page, name).first()).toHaveAccessibleDescription(says)
  })
}

test('given two writers, when the store is looked into, then both writers of the conflict are named', async ({
  page,
}) => {
  await openRun(page, 'account-two-writers', 12)
  await select(page, 'events')
  const conflicts = inspector(page).getByRole('list', { name: 'Conflicts, newest first' })
  await expect(conflicts).toContainText(/expected .* and was first/)
  await expect(conflicts).toContainText(/expected version 0, found version/)
})

test('given a balance, when a second table is built, then the log says that they were swapped', async ({
  page,
}) => {
  await openRun(page, 'rebuild-open', 10)
  await select(page, 'balance')
  await inspector(page).getByRole('button', { name: 'Build a second table' }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText('You let balance rebuild beside the old table.')).toBeVisible()
})

test('given a mailer, when it reacts from the beginning again, then its ledger shows mails sent twice', async ({
  page,
}) => {
  await openRun(page, 'mailer-replay', 30)
  await select(page, 'mailer')
  await inspector(page).getByRole('button', { name: 'React from the beginning again' }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText('You let mailer go back to position 0.')).toBeVisible()
})

test('given two writes, when it is made to crash between them, then a branch says so', async ({
  page,
}) => {
  await openRun(page, 'dual-writes', 4)
  await select(page, 'database first')
  await inspector(page).getByRole('button', { name: 'between the two writes' }).click()
  const facts = await showFacts(page)
  await expect(
    facts.getByText('You make database first crash after its next effect.'),
  ).toBeVisible()
})

test('given personal data, when the key of a person is deleted, then the name cannot be read any more', async ({
  page,
}) => {
  await openRun(page, 'erasing-person', 24)
  await select(page, 'events')
  await expect(inspector(page).getByText(/owner: Ann/)).toBeVisible()
  await inspector(page).getByRole('button', { name: 'Delete the key of Ann' }).click()
  await expect(inspector(page).getByText(/owner: Ann/)).toHaveCount(0)
  await expect(inspector(page).getByText(/owner: Bob/)).toBeVisible()
  const copies = inspector(page).getByRole('list', { name: 'Copies of the data of Ann' })
  await expect(copies).toContainText('owners1 row: rebuild it')
  await expect(copies).toContainText('partners1 record: kept until retention ends')
  await expect(copies).toContainText('partner1 effect: nobody can take them back')
  await expect(inspector(page).getByText('1 kept, 1 deleted')).toBeVisible()
})

test('given an outbox, when its relay alone dies after it has published, then the service goes on and what it told is told again', async ({
  page,
}) => {
  await openRun(page, 'outbox', 11)
  await select(page, 'orders')
  await inspector(page).getByRole('button', { name: 'published all, marked none' }).click()
  await goToTime(page, 30)
  await expect(node(page, 'orders').first()).toHaveAccessibleDescription(/relay down/)
  await inspector(page).getByRole('button', { name: 'Restart the relay' }).click()
  const facts = await showFacts(page)
  await expect(
    facts.getByText('The relay of orders starts again and reads what is not marked.').first(),
  ).toBeVisible()
})

test('given two mailers on one subscription, when what they cannot work on is parked, and later skipped, then it is listed, and later gone', async ({
  page,
}) => {
  const answer = async (label: string) => {
    for (const name of ['mailer-1', 'mailer-2']) {
      await select(page, name)
      const field = now(page).getByLabel('What it cannot work on is')
      await field.selectOption({ label })
      await expect(field.getByRole('option', { name: label })).toHaveJSProperty('selected', true)
    }
  }
  const parked = inspector(page)
    .getByRole('list', { name: 'Parked events, oldest first' })
    .getByRole('listitem')
  await openRun(page, 'mailer-group', 2)
  await answer('parked')
  await goToTime(page, 30)
  await expect(parked).toHaveCount(3)
  await answer('skipped')
  await goToTime(page, 58)
  await expect(parked).toHaveCount(3)
  await expect(node(page, 'mailer-1').first()).toHaveAccessibleDescription(/3 parked, lag [0-2]$/)
})

test('given an event that a member holds, when it is parked by hand, then it is parked, the facts say who did it, and it can be undone', async ({
  page,
}) => {
  const list = (name: string) => inspector(page).getByRole('list', { name }).getByRole('listitem')
  await openRun(page, 'mailer-group', 3)
  await select(page, 'mailer-1')
  const out = list('Events that members hold')
  await expect(out.first()).toContainText('attempt 1')
  const held = await out.count()
  await out.first().getByRole('button', { name: 'Park' }).click()
  await expect(list('Parked events, oldest first')).toHaveCount(1)
  await expect(out).toHaveCount(held - 1)
  const facts = await showFacts(page)
  await expect(facts.getByText(/You park .* in place of mailer-\d\./)).toBeVisible()
  await page.getByRole('button', { name: /^Undo: / }).click()
  await expect(facts.getByText(/You park .* in place of/)).toHaveCount(0)
})

test('given a stream, when it is to keep two events, then the facts say that it was limited', async ({
  page,
}) => {
  await openRun(page, 'account-audit', 180)
  await select(page, 'events')
  const field = inspector(page).getByLabel('Events to keep ($maxCount)')
  await field.fill('2')
  await field.press('Enter')
  await inspector(page).getByRole('button', { name: 'Keep 2 events', exact: true }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText('You let events limit stream account-acc1.')).toBeVisible()
})

test('given two relays that lock what they take, when one dies, then the other publishes for both and nothing is told twice', async ({
  page,
}) => {
  await openRun(page, 'outbox-relays', 2)
  await select(page, 'orders')
  const claims = now(page).getByLabel('A relay takes rows')
  await claims.selectOption({ label: 'and locks them' })
  await goToTime(page, 30)
  await expect(node(page, 'orders').first()).toHaveAccessibleDescription(/12 rows, 12 told$/)
  await inspector(page).getByRole('button', { name: 'read, nothing published' }).click()
  await goToTime(page, 40)
  await expect(node(page, 'orders').first()).toHaveAccessibleDescription(
    /(\d+) rows, \1 told, relay [12] down$/,
  )
  const relays = inspector(page).getByRole('region', { name: 'Relays' })
  await expect(relays).toContainText('crashed')
  await inspector(page)
    .getByRole('button', { name: /^Restart relay/ })
    .click()
  await expect(relays).not.toContainText('crashed')
})

test('given a bank that books again after a crash, then its money is named beside what should be there, with the events that make it', async ({
  page,
}) => {
  await openRun(page, 'money-trail', 50)
  const places = inspector(page).getByRole('list', {
    name: 'Money that should be there and money that is',
  })
  const place = (name: string) =>
    places.getByRole('listitem').filter({ has: page.getByRole('button', { name, exact: true }) })
  await expect(place('balance').first()).toContainText('800of 800even')
  const bank = place('bank').first()
  await expect(bank).toContainText('940of 800+140')
  await expect(bank).toContainText('Counted twice: the same message came again.')
  const mailer = place('mailer').first()
  await expect(mailer).toContainText('is gone from the memory of mailer.')
  await bank.getByRole('button', { name: 'Chart money(bank) under the timeline' }).click()
  await expect(page.getByText('money(bank)', { exact: true }).first()).toBeVisible()
})

test('given a bank with an inbox, when it has done a message before, then it books once and says so', async ({
  page,
}) => {
  await openRun(page, 'money-trail', 10)
  await select(page, 'bank')
  const field = now(page).getByLabel('Inbox remembers')
  await field.fill('20')
  await field.press('Enter')
  await goToTime(page, 50)
  await expect(inspector(page).getByText('20 of 20')).toHaveCount(0)
  await expect(inspector(page).getByText(/^\d+ of 20$/)).toBeVisible()
  const again = inspector(page).getByText('Came again, no effect')
  await expect(again.locator('xpath=..')).toContainText('2')
})

test('given a parked event, when its mailers can work on it and parked events are replayed, then nothing is parked any more', async ({
  page,
}) => {
  await openRun(page, 'mailer-group', 30)
  for (const name of ['mailer-1', 'mailer-2']) {
    await select(page, name)
    const field = now(page).getByLabel('Cannot work on', { exact: true })
    await field.fill('')
    await field.press('Enter')
  }
  await inspector(page).getByRole('button', { name: 'Replay parked events' }).click()
  await goToTime(page, 40)
  await expect(node(page, 'mailer-1').first()).toHaveAccessibleDescription(/effects/)
  await expect(node(page, 'mailer-1').first()).not.toHaveAccessibleDescription(/parked/)
})

test('given a projection of all streams, when it is let subscribe to one stream, then its link says so and it folds the events of that stream only', async ({
  page,
}) => {
  await openRun(page, 'account-two-writers', 12)
  await select(page, 'balance')
  const source = inspector(page).getByLabel('Subscribes to')
  await expect(source).toHaveValue('all')
  await source.selectOption('category')
  const category = inspector(page).getByLabel('Category')
  await expect(category).toHaveValue('account')
  await goToTime(page, 12)
  await expect(page.getByText('$ce-account', { exact: true }).first()).toBeVisible()
  await expect(node(page, 'balance')).toHaveAccessibleDescription(/position [1-9]\d*, lag 0/)
  await category.fill('cart')
  await category.press('Enter')
  await goToTime(page, 12)
  await expect(node(page, 'balance')).toHaveAccessibleDescription(/position 0, lag 0/)
})

test('given a stream, when an event is appended by hand at an old version, then it is refused, and at whatever version it is written', async ({
  page,
}) => {
  await openRun(page, 'account-audit', 180)
  await select(page, 'events')
  const version = inspector(page).getByLabel('Expected version')
  await version.fill('1')
  await version.press('Enter')
  await inspector(page).getByRole('button', { name: 'Append', exact: true }).click()
  const facts = await showFacts(page)
  await expect(
    facts.getByText('You let events append Deposited to stream account-acc1.'),
  ).toBeVisible()
  await expect(facts.getByText(/expected version 1/).first()).toBeVisible()
  await page.getByRole('radio', { name: 'Inspector' }).check({ force: true })
  await inspector(page).getByLabel('Expects').selectOption('any')
  await inspector(page).getByRole('button', { name: 'Append', exact: true }).click()
  await showFacts(page)
  await expect(
    facts.getByText(/^Stream account-acc1 takes Deposited as version \d+\.$/).first(),
  ).toBeVisible()
})

test('given an outbox whose relay waits for confirms, when its link is cut, then what was lost is published again', async ({
  page,
}) => {
  await openRun(page, 'outbox', 1)
  await select(page, 'orders')
  const confirms = inspector(page).getByLabel('Waits for confirms')
  await confirms.check({ force: true })
  await expect(inspector(page).getByLabel('Waits for a confirm')).toHaveValue('2000')
})

test('given a run without a time of day, when it begins at 14:00, then the timeline says so at the playhead, goes to 14:00:20, and undo takes it away', async ({
  page,
}) => {
  await openRun(page, 'account', 8)
  const field = inspector(page).getByLabel('Begins at')
  await field.fill('25:00')
  await expect(inspector(page)).toContainText('Write a time of day, such as 14:00, or nothing.')
  await field.fill('14:00')
  await field.press('Enter')
  const clock = page.getByRole('time')
  await expect(clock).toContainText('14:00:')
  await goToTime(page, 8)
  await expect(clock).toHaveText(' · 14:00:08')
  const time = page.getByLabel('Simulated time')
  await time.fill('14:00:20')
  await time.press('Enter')
  await expect(clock).toHaveText(' · 14:00:20')
  await expect(time).toHaveValue('00:20.000')
  await page.getByRole('button', { name: /^Undo: / }).click()
  await expect(clock).toHaveCount(0)
  await expect(field).toHaveValue('')
})

test('given a run on an event store, when its code is wanted for KurrentDB, then the program of the chosen node says what it expects, and only where there is one', async ({
  page,
}) => {
  await openRun(page, 'mailer-group', 3)
  const program = page.getByRole('region', { name: 'Program' })
  await program.getByRole('radio', { name: 'KurrentDB' }).check({ force: true })
  await expect(program.getByText('kurrent.ts').first()).toBeVisible()
  await program.getByLabel('Program of').selectOption({ label: 'account' })
  await expect(program).toContainText('streamState: revision')
  await program.getByLabel('Program of').selectOption({ label: 'mailer-1' })
  await expect(program).toContainText('client.createPersistentSubscriptionToAll(')
  await program.getByLabel('Program of').selectOption({ label: 'teller' })
  await expect(program.getByRole('radio', { name: 'KurrentDB' })).toHaveCount(0)
  await expect(program).not.toContainText('kurrentdb')
})
