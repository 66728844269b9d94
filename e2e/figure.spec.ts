/** The figure in other people's pages: in any frame, out of the way, and still when it is not looked at. */

import type { FrameLocator } from '@playwright/test'
import { expect, test } from './support/test.ts'

function page(src: string, before = '', sandbox = 'sandbox="allow-scripts"'): string {
  return `<!doctype html><html lang="en"><title>A post</title><body style="margin:0">${before}
    <iframe title="figure" ${sandbox} src="${src}" width="800" height="420"></iframe>
    <p style="height:3000px">The post goes on.</p>`
}

const timeIn = (frame: FrameLocator) => frame.getByLabel('Simulated time')
const start = '00:00.000'

test('it runs in a sandboxed frame of another site, where there is no origin, no storage and no worker from an address', async ({
  page: host,
  baseURL,
  otherSite,
}) => {
  await host.goto(await otherSite(page(`${baseURL}embed.html?example=account`)))
  const frame = host.frameLocator('iframe')
  await expect(frame.getByRole('img', { name: /^Account/ })).toBeVisible()
  await expect(timeIn(frame)).not.toHaveValue(start)
  await frame.getByRole('button', { name: 'Pause' }).click()
  await timeIn(frame).fill('8')
  await timeIn(frame).press('Enter')
  const events = frame.getByRole('group', { name: /^events, / })
  await expect(events).toHaveAccessibleDescription(/balance 100/)
})

test('it shows a shared moment, and its link leads to the same moment in the whole product', async ({
  page: host,
  baseURL,
  otherSite,
  context,
  guard,
}) => {
  guard(context)
  await host.goto(`${baseURL}#/run/account?t=8000ms`)
  await host.getByRole('button', { name: 'Share' }).click()
  const snippet = await host.getByLabel('Figure for a page').inputValue()
  expect(snippet).toContain('sandbox="allow-scripts')
  await host.goto(await otherSite(`<!doctype html><html lang="en"><title>A post</title>${snippet}`))
  const frame = host.frameLocator('iframe')
  await expect(timeIn(frame)).toBeVisible()
  await frame.getByRole('button', { name: /Pause|Play/ }).focus()
  const link = frame.getByRole('link', { name: 'Open in Eventarium' })
  await link.hover()
  await expect(link).toHaveAttribute('href', /#m=2\./)
})

test('it rests until it is in view, and again when it is out of view', async ({
  page: host,
  baseURL,
  otherSite,
}) => {
  const above = '<p style="height:2000px">The post begins.</p>'
  await host.goto(await otherSite(page(`${baseURL}embed.html?example=orders`, above)))
  const frame = host.frameLocator('iframe')
  await expect(timeIn(frame)).toHaveValue(start)
  await expect(frame.getByRole('button', { name: 'Play', exact: true })).toHaveCount(1)
  await host.evaluate(() => document.querySelector('iframe')?.scrollIntoView())
  await expect(frame.getByRole('button', { name: 'Pause' })).toHaveCount(1)
  await host.evaluate(() => scrollTo(0, 0))
  await expect(frame.getByRole('button', { name: 'Play', exact: true })).toHaveCount(1)
})

test('what the reader has paused stays paused when it comes into view again', async ({
  page: host,
  baseURL,
  otherSite,
}) => {
  await host.goto(await otherSite(page(`${baseURL}embed.html?example=orders`)))
  const frame = host.frameLocator('iframe')
  await frame.getByRole('button', { name: 'Pause' }).click()
  const play = frame.getByRole('button', { name: 'Play', exact: true })
  await expect(play).toHaveCount(1)
  await timeIn(frame).fill('5 s')
  await timeIn(frame).press('Enter')
  await expect(timeIn(frame)).toHaveValue('00:05.000')
  await host.evaluate(() => scrollTo(0, 2500))
  await host.evaluate(() => scrollTo(0, 0))
  await expect(play).toBeVisible()
  await expect(timeIn(frame)).toHaveValue('00:05.000')
})

test("the wheel scrolls the reader's page", async ({ page: host, baseURL, otherSite }) => {
  await host.goto(await otherSite(page(`${baseURL}embed.html?example=orders`)))
  const frame = host.frameLocator('iframe')
  await host.mouse.move(400, 150)
  await expect(frame.getByRole('group', { name: /^worker, / })).toBeVisible()
  await host.mouse.wheel(0, 300)
  await expect.poll(() => host.evaluate(() => scrollY)).toBeGreaterThan(100)
})

test('it does what its address says', async ({ page: host, baseURL, otherSite }) => {
  const address = `${baseURL}embed.html?example=orders&autoplay=0&t=12.4&speed=0.5&theme=dark`
  await host.goto(await otherSite(page(address)))
  const frame = host.frameLocator('iframe')
  await expect(timeIn(frame)).toHaveValue('00:12.400')
  await expect(frame.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect(frame.getByRole('combobox')).toHaveValue('0.5')
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('it keeps still for readers who want less motion, until they play it', async ({
  openFresh,
  baseURL,
}) => {
  const figure = await openFresh(`${baseURL}embed.html?example=orders`, {
    reducedMotion: 'reduce',
  })
  await expect(figure.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect(figure.getByLabel('Simulated time')).toHaveValue(start)
})

test('the page itself becomes the figure when it is asked to', async ({ page: host }) => {
  await host.goto('./?embed&example=orders')
  await expect(host).toHaveURL(/embed\.html\?embed&example=orders/)
  await expect(host.getByRole('link', { name: 'Open in Eventarium' })).toBeVisible()
})

test('a figure that names nothing, or a broken moment, says so', async ({ page: host }) => {
  await host.goto('./embed.html')
  await expect(host.getByRole('alert')).toContainText('This figure names no run')
  await host.goto('./embed.html?example=nothing')
  await expect(host.getByRole('alert')).toContainText('There is no example called “nothing”')
  await host.goto('./embed.html?again#m=1.2.3.4')
  await expect(host.getByRole('alert')).toContainText('This link')
})
