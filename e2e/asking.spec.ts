/** Questions to a whole run, from the page: when was it true, stop there, and what went wrong. */
import type { Page } from '@playwright/test'
import {
  hashOf,
  inspector,
  momentOf,
  node,
  openRun,
  select,
  shareLink,
  showFacts,
} from './steps.ts'
import { expect, test } from './support/test.ts'

async function ask(page: Page, condition: string): Promise<void> {
  await page.getByRole('radio', { name: 'Ask' }).check({ force: true })
  const field = page.getByRole('combobox', { name: 'When was it true?' })
  await field.fill(condition)
  await field.press('Enter')
}

test('when a condition is asked, then it is marked and its moments are one key away', async ({
  page,
}) => {
  await openRun(page, 'orders-workers')
  await ask(page, 'unacked(orders) > 2')
  const panel = page.getByRole('region', { name: 'Ask' })
  await expect(panel.getByText(/It becomes true \d+ times: first at 00:0/)).toBeVisible()
  await expect(page.getByRole('region', { name: 'When unacked(orders) > 2' })).toBeVisible()
  await panel.getByRole('button', { name: 'To the first time' }).click()
  await expect(node(page, 'orders')).toHaveAccessibleDescription(/3 unacknowledged/)
  const first = await momentOf(page)
  await page.getByRole('slider', { name: 'Playhead' }).focus()
  await page.keyboard.press(']')
  await expect.poll(async () => (await momentOf(page)).factIndex).toBeGreaterThan(first.factIndex)
  await page.keyboard.press('[')
  await expect.poll(async () => (await momentOf(page)).factIndex).toBe(first.factIndex)
})

test('when playing stops at a condition, then it stands at the very fact that makes it true', async ({
  page,
}) => {
  await openRun(page, 'orders-workers')
  await ask(page, 'processed(worker-1) >= 3')
  const panel = page.getByRole('region', { name: 'Ask' })
  await panel.getByRole('button', { name: 'To the first time' }).click()
  await expect.poll(async () => (await momentOf(page)).factIndex).toBeGreaterThan(50)
  const wanted = await momentOf(page)
  await panel.getByRole('switch', { name: 'Stop when true' }).check()
  await page.getByRole('slider', { name: 'Playhead' }).focus()
  await page.keyboard.press('Home')
  await expect.poll(async () => (await momentOf(page)).factIndex).toBeLessThan(wanted.factIndex)
  await page.getByLabel('Speed: simulated seconds a second').selectOption('10')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect.poll(() => momentOf(page)).toEqual(wanted)
})

test('when a condition cannot be read, then the place is marked and the next word is offered', async ({
  page,
}) => {
  await openRun(page, 'orders-workers')
  await ask(page, 'unacked(ordres) > 2')
  await expect(page.getByText('At column 9: There is no node called ordres.')).toBeVisible()
  const field = page.getByRole('combobox', { name: 'When was it true?' })
  await field.fill('bac')
  const offered = page.getByRole('listbox', { name: 'What can stand here' }).getByRole('option')
  await expect(offered).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await expect(offered).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('backlog(')
})

test('given a condition just written, when Escape comes before the offer, then the condition stays', async ({
  page,
}) => {
  await openRun(page, 'orders-workers')
  await page.getByRole('radio', { name: 'Ask' }).check({ force: true })
  const field = page.getByRole('combobox', { name: 'When was it true?' })
  // In one task, so that no answer of the worker comes in between.
  await field.evaluate((element: HTMLTextAreaElement) => {
    element.focus()
    document.execCommand('insertText', false, 'unacked(orders)')
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  })
  await expect(field).toHaveValue('unacked(orders)')
  await expect(field).toHaveAttribute('aria-expanded', 'false')
  await field.press('Escape')
  await expect(field).toHaveValue('')
})

test('when workers overtake each other, then the finding leads to both facts', async ({ page }) => {
  await openRun(page, 'orders-workers')
  await page.getByRole('radio', { name: 'Ask' }).check({ force: true })
  const finding = page
    .getByRole('listitem')
    .filter({ hasText: 'worker-1 processes Order123 after Order124' })
  await finding.getByRole('button').last().click()
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:05.600')
})

test('when a broken promise on the timeline is clicked, then both of its facts are lit in the log, and what was kept is told', async ({
  page,
}) => {
  await openRun(page, 'orders-workers')
  await page.getByRole('button', { name: /^Broken promise: 00:05.600 worker-1 processes/ }).click()
  const facts = await showFacts(page)
  await expect(facts.getByRole('button', { name: /Part of the finding/ })).toHaveText([
    /worker-2 has processed Order124/,
    /worker-1 has processed Order123/,
  ])
  await page.getByRole('radio', { name: 'Ask' }).check({ force: true })
  await expect(page.getByText(/Copies add up in orders: \d+ arrived =/)).toBeVisible()
})

test('when a redelivery is asked why, then its chain is a list, and its places are marked on the canvas', async ({
  page,
}) => {
  await openRun(page, 'orders-workers', 4)
  await select(page, 'worker-1')
  await inspector(page).getByRole('button', { name: 'Crash', exact: true }).click()
  const facts = await showFacts(page)
  await facts.getByRole('button', { name: /Order123 goes back to its place/ }).click()
  await facts.getByRole('button', { name: 'Why did this happen?' }).click()
  const chain = page.getByRole('list', { name: 'What led to it' })
  await expect(chain.getByRole('button', { name: /shop publishes Order123/ })).toBeVisible()
  await expect(chain.getByRole('button', { name: /You crash worker-1/ })).toBeVisible()
  await expect(page.locator('summary', { hasText: 'What it led to: 9' })).toBeVisible()
  await expect(node(page, 'shop').getByText(/Steps of the explanation: ?\d/)).toBeAttached()
  await chain.getByRole('button', { name: /orders delivers Order123 to worker-1/ }).click()
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:01.700')
})

test('when it is asked what something led to, then that is listed, and its places are marked on the canvas', async ({
  page,
}) => {
  await openRun(page, 'orders-workers', 4)
  const marks = (name: string) => node(page, name).getByText(/Steps of the explanation: ?\d/)
  const facts = await showFacts(page)
  await facts.getByRole('button', { name: /Order123 waits in orders/ }).click()
  await facts.getByRole('button', { name: 'Why did this happen?' }).click()
  await expect(marks('shop')).toBeAttached()
  await expect(marks('worker-1')).toHaveCount(0)
  await page.locator('summary', { hasText: 'What it led to' }).click()
  await expect(marks('worker-1')).toBeAttached()
  await page.locator('summary', { hasText: 'What it led to' }).click()
  await expect(marks('worker-1')).toHaveCount(0)

  await showFacts(page)
  await facts.getByRole('button', { name: /shop publishes Order123/ }).click()
  await facts.getByRole('button', { name: 'Why did this happen?' }).click()
  await expect(page.getByRole('list', { name: 'What it led to' })).toBeVisible()
  await expect(marks('worker-1')).toBeAttached()
})

test('when a number is asked why, then the facts that make it up are listed', async ({ page }) => {
  await openRun(page, 'orders-workers', 20)
  await select(page, 'orders')
  await inspector(page)
    .getByRole('button', { name: /^Why 3 messages unacked/ })
    .click()
  const made = page.getByRole('list', { name: 'Facts that make it up' })
  await expect(page.getByText('3 facts make it up.')).toBeVisible()
  await expect(made.getByRole('listitem')).toHaveCount(3)
})

test('when a number that goes up and down is asked why, then the facts that changed it are listed', async ({
  page,
}) => {
  await openRun(page, 'sqs-jobs', 12)
  await select(page, 'jobs')
  await inspector(page)
    .getByRole('button', { name: /^Why \d+ messages? in flight/ })
    .click()
  const changed = page.getByRole('list', { name: 'Facts that changed it' })
  await expect(page.getByText(/^\d+ facts changed it up to here\.$/)).toBeVisible()
  await changed.getByRole('button', { name: /Photo1 is deleted from jobs/ }).click()
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:03.700')
})

test('when a number is pinned, then its chart is under the timeline, undo takes it off, and a link brings it back', async ({
  page,
}) => {
  await openRun(page, 'orders-workers', 20)
  await select(page, 'orders')
  await inspector(page).getByRole('button', { name: 'Chart unacked under the timeline' }).click()
  const chart = page.getByRole('region', { name: 'Chart of unacked(orders)' })
  await expect(chart.getByRole('img', { name: 'unacked(orders): from 0 to 3' })).toBeVisible()
  await expect(chart.getByText('3', { exact: true }).first()).toBeVisible()
  const box = await chart.getByRole('img').boundingBox()
  if (!box) throw new Error('the chart is not there')
  await page.mouse.move(box.x + box.width / 120, box.y + box.height / 2)
  await expect(chart.getByText(/^00:00\.\d{3} · 0$/)).toBeVisible()
  await page.mouse.click(box.x + box.width / 120, box.y + box.height / 2)
  await expect(chart.getByText('0', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(chart).toHaveCount(0)
  await page.keyboard.press('Control+Shift+z')
  await expect(chart).toBeVisible()
  const link = await shareLink(page)
  await page.goto('about:blank')
  await page.goto(link)
  await expect(page.getByRole('region', { name: 'Chart of unacked(orders)' })).toBeVisible()
})

test('when a number is asked as a condition, then it is offered as a chart', async ({ page }) => {
  await openRun(page, 'orders-workers', 20)
  await ask(page, 'utilisation(worker-1)')
  await page.getByRole('button', { name: 'Chart it under the timeline' }).click()
  await expect(page.getByRole('region', { name: 'Chart of utilisation(worker-1)' })).toContainText(
    '84.8 %',
  )
})

test('when a run is opened, then its panel says nothing of the whole run before that is known', async ({
  page,
}) => {
  // Whatever the panel ever says is kept: what is wrong for a moment is wrong.
  await page.addInitScript(() => {
    const said = new Set<string>()
    const keep = () => {
      for (const row of document.querySelectorAll('section[aria-label^="Each node at the end"] tr'))
        said.add(`end: ${row.textContent}`)
      for (const value of document.querySelectorAll('dd code'))
        said.add(`hash: ${value.textContent}`)
    }
    new MutationObserver(keep).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    })
    Object.assign(window, { said })
  })
  const said = () => page.evaluate(() => [...(window as unknown as { said: Set<string> }).said])
  await openRun(page, 'mqtt-qos')
  const end = page.getByRole('region', { name: 'Each node at the end of the run' })
  await expect(end).toBeVisible()
  const hash = await hashOf(page)
  await expect.poll(said).toContain(`hash: ${hash}`)
  const rows = await end
    .getByRole('row')
    .evaluateAll((all) => all.map((row) => `end: ${row.textContent}`))
  expect((await said()).sort()).toEqual(['hash: …', ...rows, `hash: ${hash}`].sort())
})

test('given an example that is only asked and looked at, when the page is loaded again, then all of that is there; opened anew, it is as it was', async ({
  page,
}) => {
  await openRun(page, 'orders-workers')
  await select(page, 'orders')
  await inspector(page).getByRole('button', { name: 'Chart unacked under the timeline' }).click()
  await ask(page, 'unacked(orders) > 2')
  const panel = page.getByRole('region', { name: 'Ask' })
  await panel.getByRole('switch', { name: 'Stop when true' }).check()
  await panel.getByRole('button', { name: 'To the first time' }).click()
  await expect(node(page, 'orders')).toHaveAccessibleDescription(/3 unacknowledged/)
  const before = await momentOf(page)
  expect(before).toMatchObject({ condition: 'unacked(orders) > 2', exampleId: 'orders-workers' })
  expect(before.watches).toHaveLength(1)

  await page.reload()
  await expect(node(page, 'orders')).toHaveAccessibleDescription(/3 unacknowledged/)
  await expect.poll(() => momentOf(page)).toEqual(before)
  expect(page.url()).toContain('#/run/orders-workers')
  await expect(page.getByRole('region', { name: 'When unacked(orders) > 2' })).toBeVisible()
  await expect(page.getByRole('region', { name: /^Chart of unacked/ })).toBeVisible()
  await page.getByRole('radio', { name: 'Ask' }).check({ force: true })
  await expect(panel.getByRole('switch', { name: 'Stop when true' })).toBeChecked()

  // Another visit to the same run.
  await page.goto('./#/')
  await expect(page.getByRole('slider', { name: 'Playhead' })).toBeHidden()
  await openRun(page, 'fair-dispatch')
  await expect.poll(async () => (await momentOf(page)).exampleId).toBe('fair-dispatch')
  expect(await momentOf(page)).toMatchObject({ condition: '', watches: [], selection: null })
  await openRun(page, 'orders-workers')
  await expect.poll(async () => (await momentOf(page)).exampleId).toBe('orders-workers')
  expect(await momentOf(page)).toMatchObject({ condition: '', watches: [], selection: null })
})
