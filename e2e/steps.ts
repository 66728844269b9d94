/** What the browser tests do over and over: open a run at rest, go to a moment, look at a node. */

import type { Locator, Page } from '@playwright/test'
import type {} from '../src/app/embedders.ts'
import { expect } from './support/test.ts'

/** Opens an example at a simulated time, not playing. */
export async function openRun(page: Page, exampleId: string, atS = 0): Promise<void> {
  await page.goto(`./#/run/${exampleId}?t=${Math.round(atS * 1000)}ms`)
  await expect(page.getByRole('slider', { name: 'Playhead' })).toBeVisible()
}

/** Types a simulated time, as `12.4`, into the time field. */
export async function goToTime(page: Page, seconds: number): Promise<void> {
  const field = page.getByLabel('Simulated time')
  await field.fill(String(seconds))
  await field.press('Enter')
}

/** The node on the canvas; its accessible description says what it holds at the playhead. */
export function node(page: Page, name: string): Locator {
  return page.getByRole('group', { name: new RegExp(`^${name}, `) })
}

/** Selects a node by keyboard, so that the inspector shows it. */
export async function select(page: Page, name: string): Promise<void> {
  await node(page, name).focus()
  await page.keyboard.press('Enter')
}

/** Selects a link by a click on the middle of its curve; its box also holds the key beside it. */
export async function clickLink(page: Page, name: string): Promise<void> {
  const curve = page.getByLabel(`Link from ${name}`, { exact: true }).locator('path').first()
  const { x, y } = await curve.evaluate((path: SVGPathElement) => {
    const point = path.getPointAtLength(path.getTotalLength() / 2)
    const { x, y } = point.matrixTransform(path.getScreenCTM() ?? undefined)
    return { x, y }
  })
  await page.mouse.click(x, y)
}

export function inspector(page: Page): Locator {
  return page.getByRole('region', { name: 'Inspector' })
}

/**
 * The acts and contents of the selection at this moment. A field of an act has its twin under Design, which is there
 * first: whoever means the act looks for it here.
 */
export function now(page: Page): Locator {
  const title = page.getByRole('heading', { name: 'Now', exact: true })
  return inspector(page).getByRole('group').filter({ has: title })
}

/** Shows the fact log instead of the inspector. */
export async function showFacts(page: Page): Promise<Locator> {
  await page.getByRole('radio', { name: 'Facts' }).check({ force: true })
  return page.getByRole('region', { name: 'Facts' })
}

/** The link of the share dialog for the present moment. */
export async function shareLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const link = await page.getByLabel('Link', { exact: true }).inputValue()
  await page.keyboard.press('Escape')
  return link
}

/** The moment that is seen, as the page tells embedders. */
export function momentOf(page: Page) {
  return page.evaluate(() => {
    if (!window.eventarium) throw new Error('nothing is open')
    return window.eventarium.moment()
  })
}

/** What is drawn, once the canvas shows the moment that the page stands at. */
export async function drawn(page: Page) {
  const read = () =>
    page.evaluate(async () => {
      if (!window.eventarium) throw new Error('nothing is open')
      return window.eventarium.drawn()
    })
  await expect
    .poll(async () => (await read()).factIndex === (await momentOf(page)).factIndex)
    .toBe(true)
  return read()
}

/** Hash of the whole run, or up to a simulated time. */
export function hashOf(page: Page, atS?: number): Promise<string> {
  return page.evaluate(
    (atUs) => {
      if (!window.eventarium) throw new Error('nothing is open')
      return window.eventarium.hash(atUs)
    },
    atS === undefined ? undefined : Math.round(atS * 1_000_000),
  )
}
