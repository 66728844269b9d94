/** The sweep on the page: to a chart, into the run behind a point, cancelled, and without the page waiting for it. */

import type { Page } from '@playwright/test'
import { must } from '../src/base/assert.ts'
import { run } from '../src/cli/simulate.ts'
import { findSetting, withSetting } from '../src/history/experiments/settings.ts'
import { findExample } from '../src/scenario/examples/index.ts'
import { goToTime, hashOf, momentOf, openRun } from './steps.ts'
import { axe, expect, test } from './support/test.ts'

/** Opens the sweep of the textbook queue. */
async function openSweep(page: Page, fields: Record<string, string> = {}): Promise<void> {
  await openRun(page, 'mm1')
  await page.keyboard.press('s')
  await expect(page.getByRole('heading', { name: 'Sweep' })).toBeVisible()
  for (const [label, value] of Object.entries(fields)) {
    await page.getByRole('spinbutton', { name: label }).fill(value)
    await page.keyboard.press('Enter')
  }
}

const short = { Seeds: '3', 'Each for': '7200', 'Leave out': '0' }

function points(page: Page) {
  return page.getByRole('toolbar', { name: /over mean service time/ }).getByRole('button')
}

test('a sweep becomes a chart with theory, and the run behind a point has its numbers', async ({
  page,
}) => {
  await openSweep(page, short)
  await page.getByLabel('In', { exact: true }).selectOption({ label: 'server' })
  await page.getByLabel('Number').selectOption({ label: 'processed, count' })
  await page.getByRole('button', { name: 'Run 27 runs' }).click()
  await expect(page.getByText('All runs are done.')).toBeVisible()
  await expect(points(page)).toHaveCount(9)

  // Another number of the same runs is there at once, with its law.
  await page.getByLabel('In', { exact: true }).selectOption({ label: 'line' })
  await expect(page.getByText(/^M\/M\/1 holds here: messages come at random/)).toBeVisible()
  await page.getByLabel('Number').selectOption({ label: 'waiting, 95 % are below' })
  await expect(points(page).nth(5)).toHaveAccessibleName(
    /^At 0\.8 s \(load 0\.640\): .* 3 seeds\. Theory: /,
  )
  await page.getByLabel('In', { exact: true }).selectOption({ label: 'server' })
  await page.getByLabel('Number').selectOption({ label: 'processed, count' })

  const { scenario } = must(findExample('mm1'), 'mm1')
  const setting = findSetting(scenario, 'node/server/service/meanMs')
  const changed = setting && withSetting(scenario, setting, 800)
  if (!changed?.ok) throw new Error('the setting is there')
  const order = { scenario: changed.scenario, script: [], seed: 2, branch: null }
  const simulated = run({ ...order, untilUs: 7_200_000_000 })
  const processed = simulated.nodes[2]?.counts.processed ?? 0

  await points(page).nth(5).click()
  const runs = page.getByRole('region', { name: 'Runs at 0.8 s' })
  const second = runs.getByRole('listitem').nth(1)
  await expect(second).toContainText(`Seed 2${processed.toLocaleString('en')}`)
  await axe(page)

  await second.getByRole('button', { name: 'Open the run of seed 2' }).click()
  await expect(page).toHaveTitle(/mean service time 0\.8 s, seed 2/)
  await goToTime(page, 7200)
  await expect(page.getByText(`${processed.toLocaleString('en')} processed`)).toBeVisible()
  expect(await hashOf(page)).toBe(simulated.hash)

  // What was open is where it was, and the chart too.
  await page.goBack()
  await expect(page).toHaveTitle(/^M\/M\/1: why 80 % busy means waiting · /)
  await page.getByRole('radio', { name: 'Sweep' }).check({ force: true })
  await expect(points(page)).toHaveCount(9)
})

test('points are walked by arrow keys and read out, and the table says the same', async ({
  page,
}) => {
  await openSweep(page, short)
  await page.getByRole('button', { name: 'Run this sweep' }).click()
  await expect(page.getByText('All runs are done.')).toBeVisible()
  await points(page).first().focus()
  await page.keyboard.press('End')
  await expect(points(page).last()).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(points(page).nth(7)).toHaveAccessibleName(/load 0\.800/)
  const said = (await points(page).nth(7).getAttribute('aria-label')) ?? ''
  await expect(page.getByText(said)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Runs at 1 s' })).toBeVisible()
  // The same over the load, as textbooks draw it.
  await page.getByRole('radio', { name: 'Load' }).check({ force: true })
  await expect(page.getByText('load ρ: work offered to each server')).toBeVisible()
  await page.getByText('As a table').click()
  const row = page.getByRole('row', { name: /^1 / })
  const mean = /^At 1 s \(load 0\.800\): ([\d.]+) s/.exec(said)?.[1] ?? ''
  await expect(row.getByRole('cell').first()).toHaveText(mean)
})

test('a sweep is cancelled at once and keeps what it has', async ({ page }) => {
  await openSweep(page, { Seeds: '50' })
  await page.getByRole('button', { name: 'Run this sweep' }).click()
  await expect(points(page)).toHaveCount(9)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText(/^Stopped after \d+ runs\.$/)).toBeVisible()
  await expect(points(page)).toHaveCount(9)
  await expect(page.getByRole('button', { name: 'Run 450 runs' })).toBeVisible()
})

test('while a sweep runs, the rest of the page does what one asks of it', async ({ page }) => {
  await openSweep(page, { Seeds: '50' })
  await page.getByRole('button', { name: 'Run this sweep' }).click()
  await expect(points(page)).toHaveCount(9)
  await goToTime(page, 20)
  await expect.poll(async () => (await momentOf(page)).timeUs).toBe(20_000_000)
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:20.000')
  const cancel = page.getByRole('button', { name: 'Cancel' })
  await expect(cancel).toBeVisible()
  await cancel.click()
})

test('a value that cannot be is a sentence, and nothing is lost', async ({ page }) => {
  await openSweep(page, short)
  await page.getByLabel('Setting').selectOption({ label: 'failure rate' })
  await page.getByRole('spinbutton', { name: 'To' }).fill('2')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Enter a number from 0 to 1.')).toBeVisible()
})
