/**
 * Everything that a person can change, changed by hand, undone and redone by keys where the focus was left, and
 * at last all undone by the button. `src/session/undo.spec.ts` holds the same of what the session can do.
 */
import type { Locator, Page } from '@playwright/test'
import { goToTime, inspector, momentOf, node, openRun, select } from './steps.ts'
import { expect, test } from './support/test.ts'

interface Changing {
  name: string
  change: (page: Page) => Promise<void>
}

/** Of the fields of a node that stand twice, the later ones are its design. */
const field = (page: Page, role: 'spinbutton' | 'combobox' | 'switch' | 'textbox', name: string) =>
  inspector(page).getByRole(role, { name, exact: true }).last()

async function write(into: Locator, text: string, commit = 'Enter'): Promise<void> {
  await into.fill(text)
  await into.press(commit)
}

const worker = (page: Page) => select(page, 'worker-1')
const clickLink = (page: Page) =>
  page.getByLabel('Link from shop to (default)', { exact: true }).click({ force: true })
const scenario = async (page: Page) => {
  await page.locator('.react-flow__pane').click({ position: { x: 500, y: 20 } })
  await expect(inspector(page).getByLabel('Title')).toBeVisible()
}
const shown = (page: Page, name: 'Ask' | 'Inspector' | 'Add') =>
  page.getByRole('radio', { name, exact: true }).check({ force: true })
const branches = (page: Page) => page.getByRole('list', { name: 'Branches' })

const OF_THE_SCENARIO: readonly Changing[] = [
  { name: 'title', change: (page) => write(field(page, 'textbox', 'Title'), 'Mine') },
  {
    name: 'about',
    change: (page) => write(field(page, 'textbox', 'About'), 'Two at work.', 'Control+Enter'),
  },
  { name: 'duration', change: (page) => write(field(page, 'spinbutton', 'Duration'), '50') },
  { name: 'seed', change: (page) => field(page, 'spinbutton', 'Seed').press('ArrowUp') },
]

const OF_A_NODE: readonly Changing[] = [
  { name: 'name', change: (page) => write(field(page, 'textbox', 'Name'), 'printer') },
  { name: 'number', change: (page) => field(page, 'spinbutton', 'Prefetch').press('ArrowUp') },
  {
    name: 'choice',
    change: async (page) => {
      await field(page, 'combobox', 'Acknowledge').selectOption('auto')
    },
  },
  { name: 'switch', change: (page) => field(page, 'switch', 'Exclusive').click({ force: true }) },
  {
    name: 'list',
    change: (page) => write(field(page, 'textbox', 'Durations in ms'), '100\n200', 'Control+Enter'),
  },
]

const OF_THE_DRAWING: readonly Changing[] = [
  {
    name: 'place of a node',
    change: async (page) => {
      await node(page, 'printer').focus()
      await page.keyboard.press('Shift+ArrowDown')
    },
  },
  {
    name: 'places of all nodes',
    change: (page) => page.getByRole('button', { name: 'Arrange the nodes' }).click(),
  },
  {
    name: 'node added',
    change: async (page) => {
      await shown(page, 'Add')
      await page
        .getByRole('list', { name: 'Add to the canvas' })
        .getByRole('button')
        .first()
        .click()
    },
  },
  {
    name: 'latency of a link',
    change: async (page) => {
      await clickLink(page)
      await inspector(page)
        .getByRole('spinbutton', { name: 'Latency', exact: true })
        .press('ArrowUp')
    },
  },
  {
    name: 'link removed',
    change: async (page) => {
      await clickLink(page)
      await page.keyboard.press('Delete')
    },
  },
  {
    name: 'node removed',
    change: async (page) => {
      await node(page, 'worker-2').focus()
      await page.keyboard.press('Delete')
    },
  },
]

const OF_THE_RUN: readonly Changing[] = [
  {
    name: 'act',
    change: async (page) => {
      await select(page, 'printer')
      await inspector(page).getByRole('button', { name: 'Crash' }).click()
    },
  },
  {
    name: 'act with a text',
    change: async (page) => {
      await select(page, 'shop')
      await write(inspector(page).getByRole('textbox', { name: 'Body' }).first(), 'by hand')
    },
  },
  {
    name: 'name of a branch',
    change: async (page) => {
      await branches(page)
        .getByRole('button', { name: /^Rename crash/ })
        .first()
        .click()
      await page.keyboard.type('without it')
      await page.keyboard.press('Enter')
    },
  },
  {
    name: 'branch with another seed',
    change: (page) =>
      branches(page)
        .getByRole('button', { name: 'Run without it again with another seed' })
        .click(),
  },
  {
    name: 'branch deleted',
    change: (page) =>
      branches(page)
        .getByRole('button', { name: /^Delete without it, seed/ })
        .click(),
  },
]

const OF_WHAT_IS_ASKED: readonly Changing[] = [
  {
    name: 'condition',
    change: async (page) => {
      await shown(page, 'Ask')
      await write(page.getByRole('combobox', { name: 'When was it true?' }), 'backlog(orders) > 2')
    },
  },
  {
    name: 'chart',
    change: async (page) => {
      await shown(page, 'Inspector')
      await select(page, 'orders')
      await inspector(page)
        .getByRole('button', { name: 'Chart unacked under the timeline' })
        .click()
    },
  },
  {
    name: 'chart taken off',
    change: (page) =>
      page
        .getByRole('region', { name: /^Chart of unacked/ })
        .getByRole('button', { name: /^Chart .* no longer|^Remove/ })
        .click(),
  },
]

test('given everything that can be changed, when each is changed by hand, then it is undone and redone by keys, and all by the button', async ({
  page,
}) => {
  const document = async () => {
    const { scenario, branches, branchId, condition, watches } = await momentOf(page)
    return { scenario, branches, branchId, condition, watches }
  }
  const change = async (changing: readonly Changing[]) => {
    for (const { name, change } of changing) {
      const before = await document()
      await change(page)
      await expect.poll(document, name).not.toEqual(before)
      const after = await document()
      await page.keyboard.press('Control+z')
      await expect.poll(document, `${name}, undone`).toEqual(before)
      await page.keyboard.press('Control+Shift+z')
      await expect.poll(document, `${name}, redone`).toEqual(after)
    }
  }
  await openRun(page, 'orders-workers', 20)
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:20.000')
  // What was seen lies ahead: acting makes a branch.
  await goToTime(page, 5)
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:05.000')
  const first = await document()
  await scenario(page)
  await change(OF_THE_SCENARIO)
  await worker(page)
  await change(OF_A_NODE)
  await change(OF_THE_DRAWING)
  await change(OF_THE_RUN)
  await change(OF_WHAT_IS_ASKED)
  const undo = page.getByRole('button', { name: /^Undo/ }).first()
  while (await undo.isEnabled()) await undo.click()
  expect(await document()).toEqual(first)
})
