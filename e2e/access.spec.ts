/** Every view, in both themes, on a desk and on a phone, with and without a pointer. */

import type { Page } from '@playwright/test'
import { hashOf, inspector, momentOf, node, openRun, select } from './steps.ts'
import { axe, expect, test } from './support/test.ts'

type View = readonly [name: string, open: (page: Page) => Promise<void>]

const ready = (page: Page) =>
  expect(node(page, 'orders')).toHaveAccessibleDescription(/ready, \d+ unack/)

const views: readonly View[] = [
  [
    'home',
    async (page) => {
      await page.goto('./')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    },
  ],
  [
    'a run with its program and the whole scenario',
    async (page) => {
      await openRun(page, 'orders', 5)
      await ready(page)
      await expect(inspector(page).getByText('The whole run')).toBeVisible()
    },
  ],
  [
    'a run with a node inspected',
    async (page) => {
      await openRun(page, 'orders', 5)
      await select(page, 'worker')
      await expect(inspector(page).getByRole('button', { name: 'Crash' })).toBeVisible()
    },
  ],
  [
    'a run with the palette and the facts',
    async (page) => {
      await openRun(page, 'orders', 5)
      await page.getByRole('radio', { name: 'Add' }).check({ force: true })
      await page.getByRole('radio', { name: 'Facts' }).check({ force: true })
      await expect(page.getByRole('list', { name: 'Add to the canvas' })).toBeVisible()
      await expect(
        page.getByRole('region', { name: 'Facts' }).getByRole('listitem').first(),
      ).toBeVisible()
    },
  ],
  [
    'the share dialog',
    async (page) => {
      await openRun(page, 'orders', 5)
      await page.getByRole('button', { name: 'Share' }).click()
      await expect(page.getByLabel('Link', { exact: true })).toBeVisible()
    },
  ],
  [
    'the list of keys',
    async (page) => {
      await openRun(page, 'orders', 5)
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
    },
  ],
  [
    'the presenter',
    async (page) => {
      await openRun(page, 'orders', 5)
      await page.keyboard.press('p')
      await expect(page.getByLabel('Hash of the run up to here')).toHaveText(/[0-9a-f]{6}/)
    },
  ],
  [
    'the lanes',
    async (page) => {
      await openRun(page, 'orders', 5)
      await page.keyboard.press('l')
      await expect(page.getByRole('region', { name: 'Lanes', exact: true })).toBeVisible()
    },
  ],
  [
    'a comparison of two runs that are the same',
    async (page) => {
      await compareSame(page)
    },
  ],
  [
    'a sweep to be run',
    async (page) => {
      await openRun(page, 'orders', 5)
      await page.keyboard.press('s')
      await expect(page.getByRole('button', { name: 'Run this sweep' })).toBeVisible()
    },
  ],
  [
    'an exploration with its classes',
    async (page) => {
      await openRun(page, 'orders', 5)
      await page.keyboard.press('x')
      await page.getByRole('button', { name: 'Explore this scenario' }).click()
      await expect(page.getByText(/^\d+ runs tried\.$/)).toBeVisible({ timeout: 100_000 })
    },
  ],
  [
    'a condition asked, and a number watched',
    async (page) => {
      await openRun(page, 'orders', 5)
      await select(page, 'orders')
      await inspector(page)
        .getByRole('button', { name: 'Chart unacked under the timeline' })
        .click()
      await expect(page.getByRole('region', { name: 'Chart of unacked(orders)' })).toBeVisible()
      await page.getByRole('radio', { name: 'Ask' }).check({ force: true })
      const field = page.getByRole('combobox', { name: 'When was it true?' })
      await field.fill('unacked(orders) > 0')
      await expect(page.getByRole('listbox', { name: 'What can stand here' })).toBeVisible()
      await axe(page)
      await field.press('Escape')
      await field.press('Enter')
      await expect(page.getByRole('region', { name: /^When unacked/ })).toBeVisible()
    },
  ],
  [
    'an answer to why',
    async (page) => {
      await openRun(page, 'orders-workers', 20)
      await select(page, 'orders')
      await inspector(page)
        .getByRole('button', { name: /^Why 3 messages unacked/ })
        .click()
      await expect(page.getByRole('list', { name: 'Facts that make it up' })).toBeVisible()
    },
  ],
  [
    'the conformance page',
    async (page) => {
      await page.goto('./#/conformance')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    },
  ],
  [
    'a link that cannot be opened',
    async (page) => {
      await page.goto('./#m=nonsense')
      await expect(page.getByRole('alert')).toBeVisible()
    },
  ],
  [
    'the figure',
    async (page) => {
      await page.goto('./embed.html?example=orders&autoplay=0')
      await page.mouse.move(300, 300)
      await ready(page)
    },
  ],
]

/** A run in which nothing is random, beside the same with another seed. */
async function compareSame(page: Page): Promise<void> {
  await openRun(page, 'orders-workers', 5)
  await page.getByRole('button', { name: 'Run again with another seed' }).click()
  await expect(page.getByRole('button', { name: /^main, seed 2/ })).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.getByText(/^The two runs are the same/)).toBeVisible()
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })
    for (const [name, open] of views) {
      test(`axe finds nothing serious in ${name}`, async ({ page }) => {
        await open(page)
        await axe(page)
      })
    }
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  /** Nothing sticks out to the side. */
  const fits = (page: Page) =>
    expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)

  test('home fits, and a pattern opens', async ({ page }) => {
    await page.goto('./')
    await fits(page)
    await axe(page)
    await page.getByRole('link', { name: 'Why is the balance 50?' }).click()
    await expect(node(page, 'balance')).toBeVisible()
    await fits(page)
  })

  test('one sheet is open at a time, above a transport that stays', async ({ page }) => {
    await openRun(page, 'orders', 5)
    await page.getByRole('button', { name: 'Inspect', exact: true }).click()
    const sheet = page.getByRole('region', { name: 'Inspector' })
    await expect(sheet).toBeVisible()
    await axe(page)
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeInViewport()
    await page.getByRole('button', { name: 'Program', exact: true }).click()
    await expect(page.getByRole('region', { name: 'Program' })).toBeVisible()
    await expect(sheet).toBeHidden()
    await page.getByRole('button', { name: 'Program', exact: true }).click()
    await expect(page.getByRole('region', { name: 'Program' })).toBeHidden()
    await fits(page)
  })

  test('every view, the questions and the watches fit', async ({ page }) => {
    await openRun(page, 'orders', 5)
    for (const name of ['Lanes', 'Compare', 'Sweep', 'Explore']) {
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitemradio', { name, exact: true }).click()
      await expect(page.getByRole('region', { name, exact: true })).toBeVisible()
      await fits(page)
      await axe(page)
    }
    await page.getByRole('button', { name: 'Explore this scenario' }).click()
    await expect(page.getByText(/^\d+ runs tried\.$/)).toBeInViewport({ timeout: 100_000 })
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitemradio', { name: 'Canvas' }).click()
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    const field = page.getByRole('combobox', { name: 'When was it true?' })
    await field.fill('unacked(orders)')
    await field.press('Escape')
    await field.press('Enter')
    await page.getByRole('button', { name: 'Chart it under the timeline' }).click()
    await expect(page.getByRole('region', { name: 'Chart of unacked(orders)' })).toBeInViewport()
    await fits(page)
    await axe(page)
  })

  test('everything of the header is in its menu', async ({ page }) => {
    await openRun(page, 'orders', 5)
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  })
})

test.describe('by finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('an act is chosen for a node, and its acts stay whatever lay under the menu', async ({
    page,
  }) => {
    await openRun(page, 'orders-workers', 9.3)
    await node(page, 'worker-1').tap()
    const acts = page.getByRole('toolbar', { name: 'worker-1: actions' })
    await acts.getByRole('button', { name: 'More acts…' }).tap()
    await page.getByRole('menuitem', { name: 'Crash after its effect, before the ack' }).tap()
    await expect(node(page, 'worker-1')).toHaveAccessibleDescription(/crashes after/)
    await expect(acts).toBeVisible()
  })
})

test('a whole visit by keyboard alone', async ({ page }) => {
  await page.goto('./')
  const plate = page.getByRole('link', { name: 'Is each order processed once?' })
  await tabTo(page, plate)
  await page.keyboard.press('Enter')
  await expect(node(page, 'worker')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()

  await tabTo(page, page.locator('.react-flow__node').first())
  await page.keyboard.press(',')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  for (const name of ['(default)', 'orders', 'worker']) {
    await page.keyboard.press('ArrowRight')
    await expect(page.locator('.react-flow__node:focus')).toHaveAccessibleName(
      new RegExp(`^${name.replace(/[()]/g, '\\$&')}, `),
    )
  }
  await page.keyboard.press('k')
  const cut = page.getByRole('toolbar').getByRole('button', { name: 'Cut' })
  await expect(cut).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('toolbar').getByRole('button', { name: 'Mend' })).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(cut).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.locator('.react-flow__node:focus')).toHaveAccessibleName(/^worker, /)

  await page.keyboard.press('Enter')
  await tabTo(page, inspector(page).getByRole('button', { name: 'Crash' }))
  await page.keyboard.press('Enter')
  await expect(node(page, 'worker')).toHaveAccessibleDescription(/^crashed/)
  await page.keyboard.press('Control+z')
  await expect(node(page, 'worker')).not.toHaveAccessibleDescription(/^crashed/)

  await tabTo(page, page.getByRole('slider', { name: 'Playhead' }))
  await page.keyboard.press('End')
  await expect(node(page, 'worker')).toHaveAccessibleDescription(/18 done/)
  await page.keyboard.press('Home')
  await expect(node(page, 'shop')).toHaveAccessibleDescription('0 published')

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden()
})

/** Presses Tab until it has the focus; a keyboard must come there without a pointer. */
async function tabTo(page: Page, target: ReturnType<Page['locator']>): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) {
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}`)
}

test('a clicker steps through the marks, and Escape ends the presentation', async ({ page }) => {
  await openRun(page, 'orders', 4)
  for (const act of ['Crash', 'Restart']) {
    await select(page, 'worker')
    await inspector(page).getByRole('button', { name: act }).click()
    await page.getByLabel('Simulated time').fill(act === 'Crash' ? '9' : '12')
    await page.getByLabel('Simulated time').press('Enter')
  }
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Present' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-size', 'large')
  await expect(page.getByRole('region', { name: 'Timeline' })).toHaveCount(0)
  const hash = await hashOf(page, 12)
  await expect(page.getByLabel('Hash of the run up to here')).toHaveText(hash.slice(0, 6))
  await page.keyboard.press('PageUp')
  await expect.poll(async () => (await momentOf(page)).timeUs).toBe(9_000_000)
  await page.keyboard.press('PageUp')
  await expect.poll(async () => (await momentOf(page)).timeUs).toBe(4_000_000)
  await page.keyboard.press('PageDown')
  await expect.poll(async () => (await momentOf(page)).timeUs).toBe(9_000_000)
  await page.keyboard.press('Escape')
  await expect(page.locator('html')).toHaveAttribute('data-size', 'normal')
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible()
})

test('the theme that was chosen is there on the next visit', async ({ page, context, baseURL }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'High contrast' }).click()
  const later = await context.newPage()
  await later.goto(baseURL ?? '')
  await expect(later.locator('html')).toHaveAttribute('data-theme', 'contrast')
})

test('back and forward go through what was opened', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('link', { name: 'Who gets the message?' }).click()
  await expect(node(page, 'notifications')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Run queues/)
  await page.goForward()
  await expect(node(page, 'notifications')).toBeVisible()
})
