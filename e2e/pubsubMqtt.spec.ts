/** Each ready-made run on MQTT and on cloud topics at a fixed moment: what its sentence says can be seen, and each act is one click. */

import { goToTime, inspector, node, now, openRun, select, showFacts } from './steps.ts'
import { expect, test } from './support/test.ts'

/** The run, the moment, a node, and what its description says then. */
const RUNS: [string, number, string, RegExp][] = [
  ['mqtt-qos', 58, 'at-most-once', /\d+ missed/],
  ['mqtt-qos', 58, 'exactly-once', /20 done/],
  ['mqtt-session', 12, 'hall-lamp', /offline, .*wait in its session/],
  ['mqtt-session', 20, 'porch-lamp', /\d missed/],
  ['mqtt-will', 10, 'mosquitto', /1 retained/],
  ['mqtt-will', 20, 'late-display', /1 done/],
  ['mqtt-shared', 29, 'auditor', /20 done/],
  ['mqtt-retained', 12, 'wall-display', /1 waiting in its hands, 1 done, 6 missed/],
  ['mqtt-filters', 33, 'doors', /4 done/],
  ['cloud-ack-deadline', 44, 'resize', /dead-lettered/],
  ['cloud-ordering', 44, 'ordered', /acknowledged/],
  ['notifications', 12, 'notifications', /\d+ records/],
  ['sns-fan-out', 36, 'orders-only', /14 passed on, 6 filtered out/],
  ['late-subscriber', 20, 'late-core', /missed/],
  ['late-subscriber', 20, 'late-stream', /8 done/],
  ['late-subscriber', 20, 'late-kafka', /8 done/],
]

for (const [id, atS, name, says] of RUNS) {
  test(`given ${id} at ${atS} s, then ${name} is as its sentence says`, async ({ page }) => {
    await openRun(page, id, atS)
    await expect(node(page, name).first()).toHaveAccessibleDescription(says)
  })
}

test('given a broker, when a topic is tried on it, then those who would hear it are named', async ({
  page,
}) => {
  await openRun(page, 'mqtt-filters', 2)
  await node(page, 'mosquitto').focus()
  await page.getByLabel('Try a topic').fill('home/kitchen/temperature')
  await expect(page.getByRole('toolbar').getByRole('status')).toHaveText('climate, kitchen')
})

test('given a subscriber, when it is taken offline, then it says so and the log too', async ({
  page,
}) => {
  await openRun(page, 'mqtt-shared', 6)
  await select(page, 'worker-1')
  await inspector(page).getByRole('button', { name: 'Go offline' }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText('You take worker-1 offline.')).toBeVisible()
})

test('given a subscriber, when its filter is changed, then it hears the other topic', async ({
  page,
}) => {
  await openRun(page, 'mqtt-filters', 1)
  await select(page, 'doors')
  const field = inspector(page).getByLabel('Subscribed to', { exact: true })
  await field.fill('garden/#')
  await field.blur()
  const facts = await showFacts(page)
  await expect(facts.getByText(/You set subscriptions of doors/)).toBeVisible()
})

test('given a client, when it publishes a retained message by hand, then the broker keeps it', async ({
  page,
}) => {
  await openRun(page, 'mqtt-shared', 5)
  await select(page, 'shop')
  const panel = now(page)
  await panel.getByLabel('Topic', { exact: true }).fill('jobs/last')
  await panel.getByLabel('Body', { exact: true }).fill('none')
  await panel.getByRole('switch', { name: 'Retained' }).click()
  await panel.getByRole('button', { name: 'Publish now' }).click()
  const facts = await showFacts(page)
  await expect(facts.getByText(/You publish none, retained, from shop/)).toBeVisible()
})

test('given a link, when its next packet is lost on the way back, then the log says so', async ({
  page,
}) => {
  await openRun(page, 'mqtt-session', 2)
  await page.getByLabel('Link from switchboard to mosquitto').click({ force: true })
  await inspector(page).getByRole('button', { name: 'Lose the next answer' }).click()
  const facts = await showFacts(page)
  await expect(
    facts.getByText(/You have the next message on .* lost, on its way back/),
  ).toBeVisible()
})

test('given retained temperatures, when one is cleared as the run says to try, then who joins has nothing of that room until its next reading', async ({
  page,
}) => {
  await openRun(page, 'mqtt-retained', 9)
  await select(page, 'thermostats')
  const panel = inspector(page)
  await panel.getByLabel('Topic', { exact: true }).fill('temperature/kitchen')
  await panel.getByRole('button', { name: 'Publish now' }).click()
  const facts = await showFacts(page)
  await expect(
    facts.getByText('You publish from thermostats to temperature/kitchen.'),
  ).toBeVisible()
  await expect(
    facts.getByText('mosquitto keeps nothing for temperature/kitchen any more.'),
  ).toBeVisible()
  await goToTime(page, 13)
  await expect(node(page, 'wall-display')).toHaveAccessibleDescription(/2 done/)
})

test('given a pump that crashed, when it is restarted as the run says to try, then it says online again', async ({
  page,
}) => {
  await openRun(page, 'mqtt-will', 10)
  await expect(node(page, 'control-room')).toHaveAccessibleDescription(/4 done/)
  await select(page, 'pump')
  await inspector(page).getByRole('button', { name: 'Restart' }).click()
  await goToTime(page, 18)
  await expect(node(page, 'control-room')).toHaveAccessibleDescription(/6 done/)
})
