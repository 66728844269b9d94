/** What is shared arrives as it was sent; what arrives broken says so; what is one's own stays. */

import { deflateRawSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { hashText } from '../src/base/hash.ts'
import { exampleCalled } from '../src/scenario/examples/index.ts'
import { toBase64url } from '../src/scenario/share/base64url.ts'
import { goToTime, hashOf, inspector, momentOf, node, openRun, select, shareLink } from './steps.ts'
import { expect, test } from './support/test.ts'

const account = exampleCalled('account')

/** Orders with a worker crashed at five seconds, seen at nine. */
async function crashedOrders(page: Page): Promise<void> {
  await openRun(page, 'orders', 12)
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:12.000')
  await goToTime(page, 5)
  await select(page, 'worker')
  await inspector(page).getByRole('button', { name: 'Crash' }).click()
  await expect(node(page, 'worker')).toHaveAccessibleDescription(/^crashed/)
  await goToTime(page, 9.25)
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:09.250')
  await expect.poll(async () => (await momentOf(page)).timeUs).toBe(9_250_000)
}

test('a link opened by somebody else shows the same moment and the same hash', async ({
  page,
  openFresh,
}) => {
  await crashedOrders(page)
  const link = await shareLink(page)
  const [sent, hash] = [await momentOf(page), await hashOf(page, 9.25)]

  const theirs = await openFresh(link)
  await expect(theirs.getByLabel('Simulated time')).toHaveValue('00:09.250')
  await expect(node(theirs, 'worker')).toHaveAccessibleDescription(/^crashed/)
  const seen = await momentOf(theirs)
  expect(seen).toEqual(sent)
  expect(await hashOf(theirs, 9.25)).toBe(hash)
  await expect(theirs.getByText(/has the hash/)).toHaveCount(0)
})

test('a link brings the camera, the selection and what stood in the canvas’s place', async ({
  page,
  openFresh,
}) => {
  await openRun(page, 'orders-workers', 9.25)
  await select(page, 'worker-2')
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  const camera = (of: Page) =>
    of.evaluate(() => document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform)
  const still = (of: Page) =>
    of.waitForFunction(() => document.getAnimations().every((each) => each.playState !== 'running'))
  await page.getByRole('radio', { name: 'Lanes' }).check({ force: true })
  const lanes = (of: Page) => of.getByRole('region', { name: 'Lanes' })
  const shown = (of: Page) => lanes(of).getByLabel('Shown time')
  await lanes(page).getByRole('button', { name: 'Zoom in' }).click()
  await expect(shown(page)).toHaveText('00:03.468 – 00:40.968')
  const link = await shareLink(page)

  const theirs = await openFresh(link)
  await expect(shown(theirs)).toHaveText('00:03.468 – 00:40.968')
  await expect(theirs.getByLabel('Simulated time')).toHaveValue('00:09.250')
  await expect(inspector(theirs).getByLabel('Name', { exact: true })).toHaveValue('worker-2')
  await theirs.keyboard.press('Escape')
  await expect(node(theirs, 'worker-2')).toBeVisible()
  await still(theirs)
  expect(rounded(await camera(theirs))).toEqual(rounded(await camera(page)))
  await expect(theirs.getByText(/has the hash/)).toHaveCount(0)
})

/** The numbers of a transform, to the pixel. */
function rounded(transform: string | undefined): number[] {
  return [...(transform ?? '').matchAll(/-?[\d.]+/g)].map((number) => Math.round(Number(number)))
}

test('a link whose run turns out differently says so in one sentence', async ({
  page,
  openFresh,
}) => {
  await openRun(page, 'orders', 9)
  const link = await shareLink(page)
  const altered = await page.evaluate(() => window.eventarium?.moment())
  const payload = { v: 2, ...altered, hash: '0123456789abcdef', app: '0.0.1', view: null }
  const [main] = payload.branches ?? []
  const fragment = fragmentOf({ ...payload, branches: [{ ...main, shared: 0 }] })
  const theirs = await openFresh(link.replace(/#.*/, fragment))
  await expect(
    theirs.getByText(/the shared one had 012345.*made with Eventarium 0\.0\.1/),
  ).toBeVisible()
})

const brokenLinks = [
  ['cut off', (link: string) => link.slice(0, -40), /was cut off/],
  ['changed on its way', (link: string) => `${link.slice(0, -3)}abc`, /was changed on its way/],
  ['damaged', (link: string) => link.replace(/#m=.*/, '#m=nonsense'), /is damaged/],
  [
    'from a newer version',
    (link: string) => link.replace('#m=2.', '#m=7.'),
    /is from a newer Eventarium/,
  ],
  [
    'too large',
    (link: string) => link.replace(/#m=.*/, `#m=2.2.3.${'A'.repeat(110_000)}`),
    /is too large/,
  ],
  [
    'a bomb',
    (link: string) => link.replace(/#m=.*/, fragmentOf(' '.repeat(40_000_000))),
    /unfolds to more than 4 MB/,
  ],
  [
    'hostile',
    (link: string) =>
      link.replace(/#m=.*/, fragmentOf('{"v":2,"__proto__":{"polluted":true},"app":"x"}')),
    /cannot be opened/,
  ],
] as const

for (const [name, breakIt, sentence] of brokenLinks) {
  test(`a link that is ${name} gives its sentence, and one's own work is untouched`, async ({
    page,
  }) => {
    await crashedOrders(page)
    const mine = await momentOf(page)
    const link = await shareLink(page)
    await page.evaluate((address) => location.assign(address), breakIt(link))
    await expect(page.getByRole('alert')).toContainText(sentence)
    await page.getByRole('button', { name: /^Back to/ }).click()
    await expect(node(page, 'worker')).toHaveAccessibleDescription(/^crashed/)
    expect(await momentOf(page)).toEqual(mine)
  })
}

test('work is kept between visits, and opening something else does not touch it', async ({
  page,
  context,
  baseURL,
}) => {
  await crashedOrders(page)
  await page.goto('./#/run/account')
  await expect(page.getByRole('button', { name: /^Account/ })).toBeVisible()
  await page.close()

  const later = await context.newPage()
  await later.goto(baseURL ?? '')
  await later.getByRole('link', { name: 'Orders: a queue and one consumer' }).click()
  await expect(later.getByLabel('Simulated time')).toHaveValue('00:09.250')
  await expect(node(later, 'worker')).toHaveAccessibleDescription(/^crashed/)
  await expect(later.getByRole('list', { name: 'Branches' }).getByRole('listitem')).toHaveCount(2)
})

test('home offers to continue where one left off', async ({ page, baseURL }) => {
  await openRun(page, 'account', 8)
  await expect(node(page, 'events')).toHaveAccessibleDescription(/balance 100/)
  await page.getByRole('link', { name: 'Eventarium, home' }).click()
  await page.goto(`${baseURL}?again`)
  await page.getByRole('link', { name: /^Continue where you left off: Account/ }).click()
  await expect(node(page, 'events')).toHaveAccessibleDescription(/balance 100/)
})

test('a file takes the moment out and brings it back', async ({ page, openFresh, baseURL }) => {
  await crashedOrders(page)
  await page.getByRole('button', { name: 'Share' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Save as a file/ }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('orders-a-queue-and-one-consumer.eventarium.json')
  const path = await download.path()

  const theirs = await openFresh(baseURL ?? '')
  const choosing = theirs.waitForEvent('filechooser')
  await theirs.getByRole('button', { name: 'Open a file' }).click()
  await (await choosing).setFiles(path)
  await expect(theirs.getByLabel('Simulated time')).toHaveValue('00:09.250')
  await expect(node(theirs, 'worker')).toHaveAccessibleDescription(/^crashed/)
})

test('a file that is dropped on the page is opened', async ({ page }) => {
  await page.goto('./')
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], 'moment.json', { type: 'application/json' }))
    return transfer
  }, JSON.stringify(account.scenario))
  await page.dispatchEvent('body', 'drop', { dataTransfer: data })
  await page.getByRole('button', { name: 'To the end' }).click()
  await expect(node(page, 'events')).toHaveAccessibleDescription(/balance 50/)
})

test('a file that is something else gives its sentence', async ({ page }) => {
  await page.goto('./')
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open a file' }).click()
  await (await choosing).setFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('no scenario'),
  })
  await expect(page.getByRole('dialog')).toContainText('This file is not JSON')
})

/** A fragment that is right in form, whatever it holds. */
function fragmentOf(payload: unknown): string {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const data = toBase64url(deflateRawSync(Buffer.from(text)))
  return `#m=2.${data.length.toString(36)}.${(hashText(data) >>> 0).toString(36)}.${data}`
}
