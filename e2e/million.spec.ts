/** A run of a million facts under the hand: the slider is dragged, the page stays smooth, the canvas is right. */

import type { Page } from '@playwright/test'
import type {} from '../src/app/embedders.ts'
import { linkToLongRun } from '../src/cli/bench/longRun.ts'
import { drawn, goToTime, momentOf } from './steps.ts'
import { longestTaskMs } from './support/tasks.ts'
import { expect, test } from './support/test.ts'

const durationS = 160

/** Where the hand rests, as shares of the way it has. */
const stops = [0.83, 0.21, 0.64, 0.06, 0.47]

/** Opened, with the whole run behind it: what is measured is the page, not the engine beside it. */
async function untilComputed(page: Page): Promise<void> {
  await expect(page.getByRole('slider', { name: 'Playhead' })).toBeVisible()
  await page.evaluate((atUs) => window.eventarium?.hash(atUs), durationS * 1e6)
}

test('dragging across a million facts has no long task, and the canvas is right wherever it stops', async ({
  browser,
  page,
  openFresh,
  baseURL,
}) => {
  test.setTimeout(180_000)
  const link = await linkToLongRun(1, durationS * 1000)
  await page.goto(`./${link}`)
  await untilComputed(page)
  await goToTime(page, durationS)
  await expect.poll(async () => (await momentOf(page)).factIndex).toBeGreaterThan(1_000_000)

  const track = await page.getByRole('slider', { name: 'Playhead' }).boundingBox()
  const timeline = await page.getByRole('region', { name: 'Timeline' }).boundingBox()
  if (!track || !timeline) throw new Error('no track')
  const y = track.y + track.height / 2
  const right = track.x + track.width / 2
  const widthPx = right - timeline.x - timeline.width * 0.3

  const fresh = await openFresh(`${baseURL}${link}`)
  await untilComputed(fresh)

  await page.mouse.move(right, y)
  await page.mouse.down()
  const moveTo = (share: number) => page.mouse.move(right - widthPx * (1 - share), y, { steps: 40 })
  for (const share of stops) {
    await moveTo(share)
    const seen = await drawn(page)
    expect(seen.tokens.length).toBeGreaterThan(0)
    const { timeUs } = await momentOf(page)
    await goToTime(fresh, timeUs / 1e6)
    await expect.poll(async () => (await momentOf(fresh)).timeUs).toBe(timeUs)
    expect(await drawn(fresh)).toEqual(seen)
  }
  const longest = await longestTaskMs(browser, page, async () => {
    for (const share of stops) await moveTo(share)
  })
  await page.mouse.up()
  expect(longest).toBeLessThanOrEqual(50)
})
