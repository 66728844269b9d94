/**
 * Each act on pub/sub from the thing it acts on, in a run where it makes sense, and what it comes to: on the canvas, in the
 * facts, in the matrix.
 */
import type { Page } from '@playwright/test'
import { clickLink, goToTime, inspector, node, openRun, select, showFacts } from './steps.ts'
import { expect, test } from './support/test.ts'

const act = (page: Page, name: string) =>
  inspector(page).getByRole('button', { name, exact: true }).first().click()

/** Selects a message that a node holds, by its name in the inspector of the node. */
async function selectHeld(page: Page, holder: string, label: RegExp): Promise<void> {
  await select(page, holder)
  await inspector(page).getByRole('button', { name: label }).first().click()
}

/** The run, when, who, and what its description says before and some seconds after it has joined by hand. */
const JOINS = [
  ['nats-broadcast', 3, 'dashboard', 8.2, /not joined yet/, /online.*[1-9] done/],
  ['mqtt-will', 10, 'late-display', 13, /not there yet/, /1 done/],
  ['nats-push-consumer', 1, 'billing', 5, /not joined yet/, /online.*[1-9] done/],
] as const

for (const [run, atS, who, thenS, before, after] of JOINS) {
  test(`given ${run}, when ${who} joins before its time, then it hears what comes from then on`, async ({
    page,
  }) => {
    await openRun(page, run, atS)
    await expect(node(page, who)).toHaveAccessibleDescription(before)
    await select(page, who)
    await act(page, 'Join now')
    await goToTime(page, thenS)
    await expect(node(page, who)).toHaveAccessibleDescription(after)
  })
}

test('given a session that is kept, when its client goes offline and comes back by hand, then what waited comes', async ({
  page,
}) => {
  await openRun(page, 'mqtt-session', 16)
  await select(page, 'hall-lamp')
  await act(page, 'Go offline')
  await goToTime(page, 21)
  await expect(node(page, 'hall-lamp')).toHaveAccessibleDescription(
    /offline, .*wait in its session/,
  )
  await act(page, 'Come back')
  await goToTime(page, 29)
  await expect(node(page, 'hall-lamp')).toHaveAccessibleDescription(/1[23] done$/)
})

test('given a pump with a last will, when it is crashed by hand, then the broker publishes the will', async ({
  page,
}) => {
  await openRun(page, 'mqtt-will', 5)
  await select(page, 'pump')
  await act(page, 'Crash')
  await goToTime(page, 7)
  await expect(node(page, 'control-room')).toHaveAccessibleDescription(/[2-9] done/)
  const facts = await showFacts(page)
  await expect(facts.getByText(/last will/).first()).toBeVisible()
})

test('given the same pump, when it goes offline with a goodbye, then its will is dropped', async ({
  page,
}) => {
  await openRun(page, 'mqtt-will', 5)
  await select(page, 'pump')
  await act(page, 'Go offline')
  await goToTime(page, 7)
  const facts = await showFacts(page)
  await expect(
    facts.getByText(/The last will of pump is not wanted any more/).first(),
  ).toBeVisible()
})

/** What is said of a mail in the hands of the worker, and what the log says then. */
const SETTLEMENTS = [
  ['Acknowledge it', /You acknowledge Welcome 1 in place of mail worker/, /acknowledge/],
  ['Nak it', /You nak Welcome 1 in place of mail worker/, /nak/],
  ['Nak with 2 s delay', /You nak Welcome 1 in place of mail worker/, /nak/],
  ['Terminate it', /You terminate Welcome 1 in place of mail worker/, /terminat/],
  ['Extend its ack wait', /You extend the ack wait of Welcome 1 in place/, /still/],
] as const

for (const [name, says] of SETTLEMENTS) {
  test(`given a mail in the hands of a worker, when a person says: ${name}, then the facts say so`, async ({
    page,
  }) => {
    await openRun(page, 'nats-ack-wait', 2)
    await selectHeld(page, 'mail worker', /^Welcome 1/)
    await act(page, name)
    const facts = await showFacts(page)
    await expect(facts.getByText(says)).toBeVisible()
  })
}

test('given a message on a plain subscription, then no answer is offered: it needs none', async ({
  page,
}) => {
  await openRun(page, 'nats-broadcast', 8.2)
  await selectHeld(page, 'mobile app', /^Gold/)
  await expect(inspector(page).getByRole('button', { name: 'Poison it' })).toBeVisible()
  await expect(inspector(page).getByRole('button', { name: 'Nak it', exact: true })).toBeHidden()
})

for (const [name, says] of [
  ['Nack', /You nack Photo\d+ at resize/],
  ['Extend', /You extend the ack deadline of Photo\d+ at resize/],
  ['Acknowledge', /You acknowledge Photo\d+ at resize/],
] as const) {
  test(`given a photo that is out, when a person says: ${name}, then the facts say so`, async ({
    page,
  }) => {
    await openRun(page, 'cloud-ack-deadline', 16)
    await select(page, 'resize')
    await act(page, name)
    const facts = await showFacts(page)
    await expect(facts.getByText(says)).toBeVisible()
  })
}

test('given a subscription, when its filter is changed on its link, then the link, the trial and who hears it say so', async ({
  page,
}) => {
  await openRun(page, 'nats-filters', 6)
  await page.getByLabel('Link from nats to fire alarm').click({ force: true })
  const field = inspector(page).getByLabel('Filter from now on')
  await field.fill('b2.>')
  await field.press('Enter')
  await goToTime(page, 12)
  const link = page.getByLabel('Link from nats to fire alarm')
  await expect(link.getByText('b2.>').first()).toBeVisible()
  await node(page, 'nats').focus()
  await expect(page.getByLabel('Which subjects match')).toContainText('b2.> fire alarm, changed')
  await page.getByLabel('Try a subject').fill('b2.f9.door')
  await expect(page.getByRole('toolbar').getByRole('status')).toHaveText('archive, fire alarm')
  await goToTime(page, 4)
  await expect(link.getByText('*.*.smoke').first()).toBeVisible()
})

test('given a subscription of SNS, when its link gets another filter policy, then it lets others through, and a mistake is said where it stands', async ({
  page,
}) => {
  await openRun(page, 'sns-fan-out', 6)
  await clickLink(page, 'sales to orders-only')
  const field = inspector(page).getByLabel('Filter policy from now on')
  await expect(field).toHaveValue('{"type": ["order"]}')
  await field.fill('{"type": "refund"}')
  await expect(
    inspector(page).getByText(
      'It cannot be read: "type" wants a list of values, such as ["order"].',
    ),
  ).toBeVisible()
  await field.fill('{"type": [{"anything-but": "order"}]}')
  await field.press('Control+Enter')
  await expect(page.getByText(/orders-only lets through what matches/).first()).toBeVisible()
  await goToTime(page, 36)
  await select(page, 'orders-only')
  await expect(inspector(page).getByText('Filter now')).toBeVisible()
  await expect(
    inspector(page).getByText('{"type": [{"anything-but": "order"}]}').first(),
  ).toBeVisible()
})

test('given a broker of MQTT, then each filter says which topics it matches now, or would match', async ({
  page,
}) => {
  await openRun(page, 'mqtt-filters', 2)
  await node(page, 'mosquitto').focus()
  const matches = page.getByLabel('Which topics match')
  await expect(matches).toContainText('home/kitchen/temperature')
  await expect(matches).toContainText('none yet; would match')
  await expect(matches.getByRole('button', { name: 'a/a/door' })).toBeVisible()
})

test('given a broker of MQTT, when it is restarted, then all connect again and only what is kept is kept', async ({
  page,
}) => {
  await openRun(page, 'mqtt-session', 11)
  await select(page, 'mosquitto')
  await act(page, 'Restart the broker')
  const facts = await showFacts(page)
  await expect(facts.getByText(/You restart/)).toBeVisible()
  await goToTime(page, 29)
  await expect(node(page, 'hall-lamp')).toHaveAccessibleDescription(/12 done/)
  await expect(node(page, 'porch-lamp')).toHaveAccessibleDescription(/[1-9] missed/)
})

test('given a link, when it is cut under messages of QoS 0, then they are ghosts at who missed them, and in the matrix', async ({
  page,
}) => {
  await openRun(page, 'mqtt-qos', 22)
  await page.getByLabel('Link from mosquitto to at-most-once').click({ force: true })
  await act(page, 'Cut the link')
  await goToTime(page, 27)
  await expect(node(page, 'at-most-once')).toHaveAccessibleDescription(/\d+ missed/)
  await page.getByRole('radio', { name: 'Matrix' }).check({ force: true })
  const matrix = page.getByRole('region', { name: 'Message by subscriber' })
  await expect(matrix.getByText(/at-most-once missed 12 kWh: QoS 0, lost/)).toBeAttached()
})

test('given the matrix, when cells are moved among with arrow keys, then each says itself', async ({
  page,
}) => {
  await openRun(page, 'nats-broadcast', 20)
  await page.keyboard.press('m')
  const matrix = page.getByRole('region', { name: 'Message by subscriber' })
  await matrix.locator('[data-cell="0 0"]').focus()
  await page.keyboard.press('ArrowRight')
  const said = (words: RegExp) => page.locator('p', { hasText: words })
  await expect(said(/^Gold 113 is on its way to mobile app/)).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await expect(said(/^mobile app got \d+, after/)).toBeVisible()
  await page.getByRole('radio', { name: 'Marks' }).check({ force: true })
  await expect(matrix.getByText('✓', { exact: true }).first()).toBeVisible()
})

test('given the matrix, when a subscriber is chosen with Enter, then its rows come by what it had, and once more those of all', async ({
  page,
}) => {
  await openRun(page, 'nats-slow-subscriber', 25)
  await page.keyboard.press('m')
  const matrix = page.getByRole('region', { name: 'Message by subscriber' })
  await expect(matrix.getByRole('button', { name: /^Tick 41/ })).toBeVisible()
  await page.getByLabel('Rows in which order').selectOption('trouble')
  const first = matrix.locator('[data-cell="0 1"]')
  await expect(first).toContainText('slow consumer')
  const logger = matrix.getByRole('columnheader', { name: 'logger' })
  await logger.focus()
  await page.keyboard.press('Enter')
  await expect(logger).toHaveAttribute('aria-sort', 'descending')
  await expect(first).not.toContainText('missed')
  await page.keyboard.press('Enter')
  await expect(first).toContainText('slow consumer')
  await page.getByLabel('Rows in which order').selectOption('oldest')
  await expect(matrix.locator('[data-cell="0 0"]')).toContainText('Tick 1 after')
})

test('given a link with a filter, when it is selected, then it says what the filter matches now, or would match', async ({
  page,
}) => {
  await openRun(page, 'nats-filters', 10)
  await page.getByLabel('Link from nats to heating').click({ force: true })
  const tools = page.getByRole('toolbar', { name: 'Link from nats to heating: actions' })
  await expect(tools).toContainText('*.*.temp matches b1.f1.temp b2.f1.temp')
  await goToTime(page, 0.2)
  await expect(tools).toContainText('*.*.temp would match a.a.temp')
})

/** The run, when, the link whose next packet along the arrow is lost, and a cell of the matrix then. */
const LOST = [
  ['nats-push-consumer', 10, 'shop to nats', 20, 'billing missed Order8: lost before the server.'],
  ['nats-push-consumer', 10, 'invoices to billing', 20, /although at first: lost on the link/],
] as const

for (const [run, atS, link, thenS, says] of LOST) {
  test(`given ${run}, when the next packet from ${link} is lost, then the matrix says who missed what and why`, async ({
    page,
  }) => {
    await openRun(page, run, atS)
    await clickLink(page, link)
    await act(page, 'Lose the next')
    await goToTime(page, thenS)
    await page.getByRole('radio', { name: 'Matrix' }).check({ force: true })
    const matrix = page.getByRole('region', { name: 'Message by subscriber' })
    await expect(matrix.getByText(says).first()).toBeAttached()
  })
}

test('given photos that are given up, then the matrix says of each how often it came and that it goes out no more', async ({
  page,
}) => {
  await openRun(page, 'cloud-ack-deadline', 44)
  await page.keyboard.press('m')
  const matrix = page.getByRole('region', { name: 'Message by subscriber' })
  await expect(
    matrix.getByText(/resize got Photo2 3 times.*it goes out no more: dead letter/),
  ).toBeAttached()
})

test.describe('on a touch screen', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('when a subscriber is tapped, then it can be taken offline from where it stands', async ({
    page,
  }) => {
    await openRun(page, 'nats-broadcast', 6)
    await node(page, 'web').tap()
    await page.getByRole('button', { name: 'Go offline' }).first().tap()
    await expect(node(page, 'web')).toHaveAccessibleDescription(/^offline/)
  })

  test('when a node is tapped where a message lies in it, then the first tap takes the node and the second the message', async ({
    page,
  }) => {
    await openRun(page, 'cloud-ack-deadline', 9)
    const resize = node(page, 'resize')
    await expect(resize).toHaveAccessibleDescription(/2 waiting/)
    const { width, height } = (await resize.boundingBox()) ?? { width: 0, height: 0 }
    const position = { x: width * 0.835, y: height * 0.42 }
    await resize.tap({ position })
    const toolbar = page.getByRole('toolbar', { name: 'resize: actions' })
    await expect(toolbar).toBeVisible()
    await resize.tap({ position })
    await expect(toolbar).toBeHidden()
    await page.getByRole('button', { name: 'Inspect' }).tap()
    await expect(page.getByText('Photo1').first()).toBeVisible()
  })

  test('when a link of MQTT is tapped, then it says what its filter matches', async ({ page }) => {
    await openRun(page, 'mqtt-filters', 12)
    await page.getByLabel('Link from mosquitto to climate').tap({ force: true })
    const tools = page.getByRole('toolbar', { name: /Link from mosquitto to climate/ })
    await expect(tools).toContainText('matches home/kitchen/temperature')
  })
})
