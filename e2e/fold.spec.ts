/** The fold in the place of the canvas: events and what they add up to, a fold of one's own, logs, and Python. */

import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { serve } from '../src/cli/serve.mjs'
import { goToTime, momentOf, openRun, select, shareLink } from './steps.ts'
import { axe, expect, test } from './support/test.ts'

const region = (page: Page) => page.getByRole('region', { name: 'Fold', exact: true })
const part = (page: Page, name: string) => region(page).getByRole('region', { name, exact: true })

/** Opens an example at a simulated time, with the fold in the canvas's place. */
async function openFold(page: Page, exampleId: string, atS: number): Promise<Locator> {
  await openRun(page, exampleId, atS)
  await showFold(page)
  return region(page)
}

async function showFold(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('radio', { name: 'Fold' }).check({ force: true })
  await expect(region(page).getByRole('heading', { name: 'Fold' })).toBeVisible()
}

async function showTab(page: Page, name: string): Promise<void> {
  await region(page).getByRole('radio', { name, exact: true }).check({ force: true })
}

/** Opens the account without its fold view and asks when its balance was above 60; what is shown is the answer's lane. */
async function askAboutFold(page: Page, atS: number): Promise<Locator> {
  const condition = 'fold account-acc1 balance > 60'
  await openRun(page, 'account', atS)
  await page.getByRole('radio', { name: 'Ask' }).check({ force: true })
  const field = page.getByRole('combobox', { name: 'When was it true?' })
  await field.fill(condition)
  await field.press('Enter')
  const lane = page.getByRole('region', { name: `When ${condition}` })
  await expect(lane.getByRole('img', { name: 'True once' })).toBeVisible()
  return lane
}

/** Puts a text in the place of the one in an editor, as a paste does. */
async function writeIn(page: Page, label: string, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: label })
  await expect(editor).toBeVisible()
  await editor.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

const state = (page: Page) => part(page, 'State').getByRole('list').first()

test('the fold’s edge moves with the playhead, and the state with it', async ({ page }) => {
  const fold = await openFold(page, 'account', 4)
  await expect(state(page)).toHaveText('balance0')
  await expect(
    fold.getByRole('button', { name: /^Event 1: Deposited.*not folded yet/ }),
  ).toBeVisible()
  await goToTime(page, 8)
  await expect(state(page)).toHaveText('balance100')
  await goToTime(page, 19)
  await expect(state(page)).toHaveText('balance50')
  const last = fold.getByRole('listitem').filter({ hasText: 'Withdrawn' }).first()
  await expect(last.locator('[data-changed=true]')).toHaveText('balance100 50')
  await expect(last).toContainText('balance is here')
  await fold.getByRole('button', { name: /^Event 0: AccountCreated/ }).click()
  await expect(state(page)).toHaveText('balance0')
  await axe(page)
})

test('each projection has its own lag', async ({ page }) => {
  await openFold(page, 'account-ledger', 30)
  const projections = part(page, 'Projections')
  await expect(projections).toContainText(/balance position \d+, \d+ events? behind/)
})

test('a rejected command and a conflict stand where they happened, with the reason', async ({
  page,
}) => {
  const fold = await openFold(page, 'account-two-writers', 30)
  const strip = fold.getByRole('region', { name: /^Events of/ })
  await expect(strip).toContainText(
    'web shop expected version 0; the stream was at version 1. cash desk had expected version 0 too and wrote first.',
  )
  await expect(strip).toContainText('The balance is 70: 90 cannot be withdrawn.')
})

test('the edge stands behind what came to nothing before the playhead', async ({ page }) => {
  const fold = await openFold(page, 'account-two-writers', 17)
  const strip = fold.getByRole('region', { name: /^Events of/ })
  const last = strip.getByRole('list').first().locator(':scope > li').last()
  await expect(last).toContainText('The balance is 70: 90 cannot be withdrawn.')
  const edge = strip.getByRole('listitem', { name: 'Up to here: 4 of 4 events folded' })
  const isBefore = (text: string) =>
    edge.evaluate(
      (line, said) => (line.previousElementSibling?.textContent ?? '').includes(said),
      text,
    )
  await expect
    .poll(() => isBefore('cash desk had expected version 2 too and wrote first.'))
    .toBe(true)
  await goToTime(page, 30)
  await expect.poll(() => isBefore('90 cannot be withdrawn')).toBe(true)
})

test('whoever comes back to the fold finds what was open', async ({ page }) => {
  await openFold(page, 'account', 19)
  await showTab(page, 'Python')
  await page.getByRole('banner').getByRole('radio', { name: 'Canvas' }).check({ force: true })
  await expect(region(page)).toHaveCount(0)
  await showFold(page)
  await expect(region(page).getByRole('radio', { name: 'Python' })).toBeChecked()
})

test('where the run has a time of day, the balance at 14:03 is asked for as it is', async ({
  page,
}) => {
  await openFold(page, 'account-audit', 30)
  const questions = part(page, 'Questions')
  await questions.getByLabel('What was the balance at').fill('14:03')
  await questions.getByLabel('What was the balance at').press('Enter')
  await expect(questions).toContainText(
    'At 14:03:00 (03:00.000 of the run), after 6 events: balance 10.',
  )
  await expect(page.getByLabel('Simulated time')).toHaveValue('03:00.000')
})

test('questions have an answer and a place: at a time, the first event that makes it so, what a value is made of', async ({
  page,
}) => {
  await openFold(page, 'account', 0)
  const questions = part(page, 'Questions')
  await questions.getByLabel('What was the balance at').fill('0:08')
  await questions.getByLabel('What was the balance at').press('Enter')
  await expect(questions).toContainText('At 00:08.000, after 2 events: balance 100.')
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:08.000')

  await questions.getByLabel('Comparison').selectOption('>')
  await questions.getByLabel('Number').fill('60')
  await questions.getByLabel('Number').press('Enter')
  await questions.getByRole('button', { name: 'First' }).click()
  await expect(questions).toContainText(
    'Event 1, Deposited, makes balance > 60 true, at 00:07.100: 0 → 100.',
  )
  await questions.getByLabel('Comparison').selectOption('<')
  await questions.getByLabel('Number').fill('0')
  await questions.getByLabel('Number').press('Enter')
  await questions.getByRole('button', { name: 'Last' }).click()
  await expect(questions).toContainText('No event makes balance < 0 true, of 3 events.')

  await goToTime(page, 19)
  await part(page, 'State').getByRole('button', { name: 'balance' }).click()
  const made = page.getByRole('list', { name: 'Events that made balance' })
  await expect(made.getByRole('listitem')).toHaveText([/100 → 50/, /0 → 100/, /→ 0/])
  // The events that an answer is about are lit.
  await expect(region(page).locator('[data-lit=true]')).toHaveCount(3)
  await part(page, 'Projections').getByRole('button', { name: '50' }).click()
  const cell = part(page, 'Projections').getByRole('list', { name: 'Events that made balance' })
  await expect(cell.getByRole('listitem')).toHaveText([
    /Withdrawn.*100 → 50/,
    /Deposited.*0 → 100/,
    /→ 0/,
  ])
})

test('the run stops where a value becomes so, and is gone through both ways', async ({ page }) => {
  await openFold(page, 'account', 0)
  const questions = part(page, 'Questions')
  await questions.getByLabel('Comparison').selectOption('>=')
  await questions.getByLabel('Number').fill('100')
  await questions.getByLabel('Number').press('Enter')
  await questions.getByRole('button', { name: 'Stop the run there' }).click()
  await page.getByLabel('Speed: simulated seconds a second').selectOption('10')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:07.100')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect(state(page)).toHaveText('balance100')
  await goToTime(page, 19)
  await expect(state(page)).toHaveText('balance50')
  await questions.getByRole('button', { name: 'Previous' }).click()
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:07.100')
  await expect(questions).toContainText(
    'Event 1, Deposited, makes balance >= 100 true, at 00:07.100: 0 → 100.',
  )
})

test('any number of one’s own fold and projections stops the run, both ways', async ({ page }) => {
  const fold = await openFold(page, 'account', 19)
  await showTab(page, 'Your fold')
  await fold.getByRole('button', { name: 'Write the fold yourself' }).click()
  await writeIn(page, 'Your fold, in JavaScript', COUNTING)
  await expect(part(page, 'Projections')).toContainText('turnover your own, 3 events in it')
  await showTab(page, 'History')
  const questions = part(page, 'Questions')
  const stop = async (value: string, comparison: string, number: string) => {
    await questions.getByLabel('Value').selectOption(value)
    await questions.getByLabel('Comparison').selectOption(comparison)
    await questions.getByLabel('Number').fill(number)
    await questions.getByLabel('Number').press('Enter')
    await questions.getByRole('button', { name: 'Stop the run there' }).click()
    await goToTime(page, 0)
    await page.getByLabel('Speed: simulated seconds a second').selectOption('10')
    await page.getByRole('button', { name: 'Play', exact: true }).click()
  }
  await stop('moved', '>', '60')
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:07.100')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  const lane = page.getByRole('region', { name: 'When fold account-acc1 moved > 60' })
  await expect(lane.getByRole('img', { name: 'True once' })).toBeVisible()
  await stop('turnover out', '>=', '50')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect(state(page)).toHaveText('balance50moved150')
  const at = await page.getByLabel('Simulated time').inputValue()
  await goToTime(page, 19)
  await page.getByRole('slider', { name: 'Playhead' }).press('[')
  await expect(page.getByLabel('Simulated time')).toHaveValue(at)
})

test('a condition about a fold is answered without the fold view, and by a link', async ({
  page,
}) => {
  const lane = await askAboutFold(page, 19)
  await page.getByRole('button', { name: 'To the first time' }).click()
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:07.100')
  const link = await shareLink(page)
  await page.goto('about:blank')
  await page.goto(link)
  await expect(lane.getByRole('img', { name: 'True once' })).toBeVisible()
})

test('a cell of one’s own projection tells which events made it, and they are lit', async ({
  page,
}) => {
  const fold = await openFold(page, 'account', 19)
  await showTab(page, 'Your fold')
  await fold.getByRole('button', { name: 'Write the fold yourself' }).click()
  await writeIn(page, 'Your fold, in JavaScript', COUNTING)
  const own = part(page, 'Projections').getByRole('table', { name: /^turnover/ })
  await own.getByRole('button', { name: '50' }).click()
  const made = page.getByRole('list', { name: 'Events that made out' })
  await expect(made.getByRole('listitem')).toHaveText([/^Withdrawn 2.*0 → 50$/])
  await expect(fold.locator('[data-lit=true]')).toHaveCount(1)
  await expect(fold.locator('[data-lit=true]')).toContainText('Withdrawn')
  await goToTime(page, 8)
  await expect(part(page, 'Projections')).toContainText('No event has changed it.')
})

test('an event says who knew of it when, and what led to it', async ({ page }) => {
  const fold = await openFold(page, 'account', 19)
  const questions = part(page, 'Questions')
  await questions.getByRole('button', { name: 'Who knew of Withdrawn, event 2?' }).click()
  await expect(questions).toContainText(
    /events appended it at 00:11\.\d+; balance had it .* later\./,
  )
  await expect(fold.locator('[data-lit=true]')).toContainText('Withdrawn')
  await fold.getByRole('button', { name: /^Event 1: Deposited/ }).click()
  const event = part(page, 'Event')
  await expect(event.getByRole('row', { name: /^balance/ })).toContainText(/had it.*later/)
  await event.getByRole('button', { name: 'What led to it, and what came of it' }).click()
  const tree = event.getByRole('list', { name: 'Causation' })
  await expect(tree.getByRole('button')).toHaveText([
    /^Deposit account: acc1.*teller/,
    /amount: 100.*account/,
  ])
})

const COUNTING = `function initialState() {
  return { balance: 0, moved: 0 }
}
function evolve({ balance, moved }, { type, data }) {
  const { amount = 0 } = data
  return { balance: balance + (type === 'Withdrawn' ? -amount : amount), moved: moved + amount }
}
const projections = {
  turnover: {
    initialState: () => ({ in: 0, out: 0 }),
    evolve(rows, { type, data }) {
      if (type === 'Deposited') rows.in += data.amount
      if (type === 'Withdrawn') rows.out += data.amount
    },
    rows: (rows) => [rows],
  },
}
`

const DOUBLE = `function initialState() {
  return { balance: 0, seen: 0 }
}
function evolve(state, event) {
  const { amount = 0 } = event.data
  return { balance: state.balance + 2 * amount, seen: state.seen + 1 }
}
function decide(command, state) {
  return 'Not today.'
}
const projections = {
  late: { initialState: () => ({ n: 0 }), evolve(rows) { rows.n++ } },
}
`

test('a fold of one’s own folds all of history, fails at its line, keeps the last good version, and is undone', async ({
  page,
}) => {
  const fold = await openFold(page, 'account', 19)
  await showTab(page, 'Your fold')
  await fold.getByRole('button', { name: 'Write the fold yourself' }).click()
  await expect(fold.getByText('Your fold is in force: 3 events folded')).toBeVisible()
  await writeIn(page, 'Your fold, in JavaScript', DOUBLE)
  await expect(state(page)).toHaveText('balance300seen3')
  await expect(part(page, 'Projections')).toContainText('late your own, 3 events in it')
  await expect(part(page, 'Decisions')).toContainText('It decides 3 of 3 commands otherwise')
  await expect(part(page, 'Decisions')).toContainText('There would be 0 events instead of 3')
  await goToTime(page, 8)
  await expect(state(page)).toHaveText('balance200seen2')

  await writeIn(page, 'Your fold, in JavaScript', `${DOUBLE}\nfunction broken( {`)
  await expect(fold.getByRole('alert')).toContainText(
    /Line 1\d: SyntaxError.*The last good version stays/,
  )
  await expect(state(page)).toHaveText('balance200seen2')

  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(fold.getByRole('alert')).toHaveCount(0)
  await expect(page.getByRole('textbox', { name: 'Your fold, in JavaScript' })).not.toContainText(
    'broken',
  )
  await expect(state(page)).toHaveText(/balance200seen2|balance100/)
})

const OVERDRAWN = `const initialState = { balance: 0 }
function evolve(state, { type, data }) {
  if (type === 'Deposited') return { balance: state.balance + data.amount }
  if (type === 'Withdrawn') return { balance: state.balance - data.amount }
  return state
}
function decide({ type, account, amount }, { balance }) {
  if (type === 'CreateAccount') return [{ type: 'AccountCreated', data: { id: account, balance: 0 } }]
  if (type === 'Deposit' && amount === 50) return 'No fifties.'
  return [{ type: type === 'Deposit' ? 'Deposited' : 'Withdrawn', data: { account, amount } }]
}
`

test('a decider of one’s own says where it parts from the run, and its history is travelled through beside it', async ({
  page,
}) => {
  const fold = await openFold(page, 'account-two-writers', 30)
  await showTab(page, 'Your fold')
  await fold.getByRole('button', { name: 'Write the fold yourself' }).click()
  await expect(part(page, 'Decisions')).toContainText('commands as the run did.')
  await writeIn(page, 'Your fold, in JavaScript', OVERDRAWN)
  const decisions = part(page, 'Decisions')
  await expect(decisions).toContainText(/It decides \d+ of \d+ commands otherwise/)
  await expect(decisions.getByRole('listitem').first()).toContainText(
    'the run rejected it; you make Withdrawn',
  )
  const before = await state(page).textContent()
  await decisions.getByRole('button', { name: 'Show the history that it makes' }).click()
  await expect(fold).toContainText('This is not what happened')
  const strip = fold.getByRole('region', { name: /^Events of/ })
  await expect(strip).toContainText('The run rejected this.')
  await expect(state(page)).toHaveText(/balance-\d+/)
  await goToTime(page, 1)
  await expect(state(page)).toHaveText('balance0')
  await goToTime(page, 30)
  await fold.getByRole('button', { name: 'Back to what happened' }).click()
  await expect(state(page)).toHaveText(before ?? '')
})

test('another scenario that is opened in the fold view shows its own log', async ({ page }) => {
  await openFold(page, 'account-ledger', 30)
  await expect(region(page).getByRole('button', { name: /^Event 57/ })).toBeVisible()
  await openFold(page, 'account', 19)
  await expect(state(page)).toHaveText('balance50')
  await expect(region(page).getByRole('button', { name: /^Event 2: Withdrawn/ })).toBeVisible()
  await expect(region(page).getByRole('button', { name: /^Event 3/ })).toHaveCount(0)
})

test('a link that carries a program asks before it is run', async ({ page, openFresh }) => {
  const fold = await openFold(page, 'account', 19)
  await showTab(page, 'Your fold')
  await fold.getByRole('button', { name: 'Write the fold yourself' }).click()
  await writeIn(page, 'Your fold, in JavaScript', DOUBLE)
  await expect(state(page)).toHaveText('balance300seen3')
  const other = await openFresh(await shareLink(page))
  await expect(state(other)).toHaveText('balance50')
  await expect(
    region(other).getByText('This scenario carries a program that somebody wrote.'),
  ).toBeVisible()
  await region(other).getByRole('button', { name: 'Run this program' }).click()
  await expect(state(other)).toHaveText('balance300seen3')
})

const HOSTILE: readonly (readonly [string, RegExp])[] = [
  ['while (true) {}', /too many steps/],
  ['for (;;) try { for (;;); } catch {}', /too many steps/],
  ['let all = []; while (true) all.push({ all })', /more than 32 MB|took too long/],
  ['return "a".repeat(2 ** 29)', /more than 32 MB/],
  ['return /(a+)+$/.test("a".repeat(60) + "b")', /too many steps/],
  ['return (function f() { return f() })()', /too deeply/],
  ['return fetch("https://example.com")', /'fetch' is not defined/],
  ['return globalThis.postMessage(1)', /TypeError/],
  ['return setTimeout(() => {}, 0)', /'setTimeout' is not defined/],
  ['return Date.now()', /no clock/],
  ['return Math.random()', /no dice/],
  ['return eval("document.title")', /'document' is not defined/],
  ['return Function("return self.location")()', /'self' is not defined/],
  ['return ({}).constructor.constructor("return process.env")()', /'process' is not defined/],
  ['return importScripts("data:,")', /'importScripts' is not defined/],
  ['let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x', /too deeply/],
  ['return { get balance() { while (true) {} } }', /too many steps/],
  ['let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o', /too deeply/],
  ['return JSON.parse("[".repeat(1e6))', /too deeply/],
  ['function* g() { yield* g() } return [...g()]', /too deeply/],
  ['Error.prepareStackTrace = () => { for (;;); }; throw new Error("so")', /Line 3: so/],
  ['return { [Symbol.toPrimitive]() { for (;;); } } * 2', /too many steps/],
  ['return Symbol("x")', /not plain data/],
  ['Object.prototype.toJSON = () => 7; return { a: 1 }', /changes how JSON is written/],
  ['return WebAssembly.Memory', /'WebAssembly' is not defined/],
  ['return Atomics.wait', /'Atomics' is not defined/],
  ['return new WebSocket("wss://example.com")', /'WebSocket' is not defined/],
  ['return this.constructor.constructor("return 1")()', /TypeError/],
  ['return import.meta', /SyntaxError/],
  ['let s = "a"; while (true) s += s', /too long|32 MB/],
  ['let x = 2n; for (;;) x *= x', /32 MB|too many steps/],
  // What no step counts is ended by the page's patience.
  ['for (;;) Array(3e7).includes(1)', /took too long|too many steps/],
]

test('whatever a program tries, it ends in a sentence and the page goes on', async ({ page }) => {
  test.setTimeout(240_000)
  const fold = await openFold(page, 'account', 19)
  await showTab(page, 'Your fold')
  await fold.getByRole('button', { name: 'Write the fold yourself' }).click()
  await expect(fold.getByText('Your fold is in force')).toBeVisible()
  for (const [n, [body, sentence]] of HOSTILE.entries()) {
    const source = `const initialState = { n: ${n} }\nfunction evolve(state, event) {\n  ${body}\n}`
    await writeIn(page, 'Your fold, in JavaScript', source)
    // While it tries, the page does what one asks of it.
    await goToTime(page, 3 + n / 20)
    await expect(page.getByLabel('Simulated time')).toHaveValue(/^00:0[345]\./)
    await expect(fold.getByRole('alert')).toContainText(sentence)
  }
  await writeIn(page, 'Your fold, in JavaScript', DOUBLE)
  await expect(fold.getByRole('alert')).toHaveCount(0)
  await goToTime(page, 19)
  await expect(state(page)).toHaveText('balance300seen3')
})

test('a decider that never ends is told once, and the fold stays', async ({ page }) => {
  const fold = await openFold(page, 'account', 19)
  await showTab(page, 'Your fold')
  await fold.getByRole('button', { name: 'Write the fold yourself' }).click()
  await writeIn(
    page,
    'Your fold, in JavaScript',
    DOUBLE.replace("return 'Not today.'", 'for (;;) {}'),
  )
  await expect(part(page, 'Decisions').getByRole('alert')).toContainText(
    'No command is decided with it. The program takes too many steps.',
  )
  await expect(state(page)).toHaveText('balance300seen3')
})

test('the article’s Python text runs as it stands, and each event is lit as it is folded', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openRun(page, 'account')
  await page.getByRole('button', { name: 'Run the article’s Python' }).click()
  const fold = region(page)
  await fold.getByRole('button', { name: 'Run', exact: true }).click()
  const does = part(page, 'What it does')
  await expect(does.locator('pre')).toHaveText('Current balance: 50')
  const steps = does.getByRole('list', { name: 'Steps' })
  await expect(steps.getByRole('listitem')).toHaveCount(3)
  await does.getByRole('button', { name: 'First step' }).click()
  await does.getByRole('button', { name: 'Step on' }).click()
  await expect(steps.locator('[aria-current=step]')).toHaveText(/Deposited.*balance = 100$/)
  await expect(fold.locator('.cm-litLine').first()).toContainText('Deposited')
  await expect(does.locator('pre')).toHaveText('')
  await axe(page)

  await writeIn(
    page,
    'Program in Python',
    'total = 0\nfor n in [1, 2]:\n    total += n\n    print(total)\nwhile True: pass',
  )
  await fold.getByRole('button', { name: 'Run', exact: true }).click()
  await goToTime(page, 8)
  await expect(does.getByRole('alert')).toContainText(
    'Line 5: The program did not come to an end and was stopped',
  )
  await does.getByRole('button', { name: 'To the end' }).click()
  await expect(does.locator('pre')).toHaveText('1\n3')
})

test('variations of the article’s Python run too: a while loop, a function, an error at its line', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const fold = await openFold(page, 'account', 19)
  await showTab(page, 'Python')
  const does = part(page, 'What it does')
  const run = async (text: string) => {
    await writeIn(page, 'Program in Python', text)
    await fold.getByRole('button', { name: 'Run', exact: true }).click()
  }
  const events = 'events = [\n    ("in", 100),\n    ("out", 50),\n]\n'
  await run(
    `${events}balance = 0\ni = 0\nwhile i < len(events):\n    kind, amount = events[i]\n    balance += amount if kind == "in" else -amount\n    i += 1\nprint(f"Current balance: {balance}")`,
  )
  await expect(does.locator('pre')).toHaveText('Current balance: 50')
  await does.getByRole('button', { name: 'First step' }).click()
  await does.getByRole('button', { name: 'Step on' }).click()
  await expect(fold.locator('.cm-litLine').first()).toContainText('("out", 50)')
  await expect(does.locator('[aria-current=step]')).toContainText('balance = 50')

  await run(
    `${events}def fold(events):\n    total = 0\n    for kind, amount in events:\n        total += amount if kind == "in" else -amount\n    return total\nprint(f"Total: {fold(events)}")`,
  )
  await expect(does.locator('pre')).toHaveText('Total: 50')
  await does.getByRole('button', { name: 'First step' }).click()
  await expect(does.locator('[aria-current=step]')).toContainText('total = 100')

  await run(`${events}for kind, amount in events:\n    total += amount`)
  await expect(does.getByRole('alert')).toContainText('Line 6: NameError')
  await expect(fold.locator('.cm-lintRange-error, .cm-lint-marker-error').first()).toBeVisible()
})

test('a log of 100,000 events is travelled through and goes out again, and a bad line is named', async ({
  page,
}) => {
  const fold = await openFold(page, 'account', 19)
  const file = fold.locator('input[type=file]')
  const first = '{"type":"AccountCreated","stream":"account-a","data":{"id":"a","balance":0}}'
  const lines = Array.from({ length: 99_999 }, (_, n) => {
    const type = n % 3 === 2 ? 'Withdrawn' : 'Deposited'
    return `{"type":"${type}","stream":"account-a","data":{"account":"a","amount":${n % 10}}}`
  })
  const buffer = Buffer.from([first, ...lines].join('\n'))
  await file.setInputFiles({ name: 'bank.jsonl', mimeType: 'application/x-ndjson', buffer })
  const slider = fold.getByRole('slider', { name: 'Events folded' })
  await expect(slider).toHaveAttribute('aria-valuetext', '100,000 of 100,000 events')
  await expect(state(page)).toHaveText('balance149991')
  const box = await slider.boundingBox()
  if (!box) throw new Error('no slider')
  const x = (share: number) => box.x + box.width * share
  const y = box.y + box.height / 2
  await page.mouse.move(x(0.99), y)
  await page.mouse.down()
  for (const share of [0.4, 0.9, 0.1, 0.6, 0.3]) await page.mouse.move(x(share), y, { steps: 10 })
  await page.mouse.up()
  await expect(page.getByText(/^after [23]\d,\d{3} events$/)).toBeVisible()
  await slider.fill('4')
  await expect(state(page)).toHaveText('balance-1')
  const questions = part(page, 'Questions')
  await questions.getByRole('button', { name: 'First' }).click()
  await expect(questions).toContainText('Event 3, Withdrawn, makes balance < 0 true')
  await expect(slider).toHaveAttribute('aria-valuetext', '4 of 100,000 events')

  const download = page.waitForEvent('download')
  await fold.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /JSON lines/ }).click()
  const written = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n')
  expect(written).toHaveLength(100_000)
  const { type, data } = JSON.parse(written[99_999] ?? '')
  expect({ type, data }).toEqual({ type: 'Withdrawn', data: { account: 'a', amount: 8 } })

  const bad = Buffer.from(`${first}\n${first}\nnot an event\n`)
  await file.setInputFiles({ name: 'bad.jsonl', mimeType: 'application/x-ndjson', buffer: bad })
  await expect(fold.getByRole('alert')).toContainText(
    'bad.jsonl: Line 3 is not JSON. Mend it or take it out; nothing was imported.',
  )
  await expect(slider).toHaveAttribute('aria-valuetext', '4 of 100,000 events')
})

test('the log of a run goes out as CloudEvents and comes in again', async ({ page }) => {
  const fold = await openFold(page, 'account', 19)
  await expect(state(page)).toHaveText('balance50')
  const download = page.waitForEvent('download')
  await fold.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /CloudEvents/ }).click()
  const path = await (await download).path()
  const written = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(written[1]).toMatchObject({
    specversion: '1.0',
    type: 'Deposited',
    subject: 'account-acc1',
    data: { amount: 100 },
  })
  await fold.locator('input[type=file]').setInputFiles(path)
  const slider = fold.getByRole('slider', { name: 'Events folded' })
  await expect(slider).toHaveAttribute('aria-valuetext', '3 of 3 events')
  await expect(state(page)).toHaveText('balance50')
})

test('programs run under a sub-path and in a sandboxed frame of another site', async ({
  openFresh,
  otherSite,
  page,
}) => {
  const { url, stop } = await serve('dist', { base: '/some/sub/path/' })
  const own = await openFresh(`${url}#/run/account?t=19000ms`)
  await runBoth(own.locator('body'))
  await own.context().close()
  const host = await otherSite(
    `<!doctype html><html lang="en"><title>A post</title><iframe title="figure" sandbox="allow-scripts" src="${url}#/run/account?t=19000ms" width="1200" height="800"></iframe>`,
  )
  await page.goto(host)
  await runBoth(page.frameLocator('iframe').locator('body'))
  await stop()
})

/** Writes a fold and runs the article's Python on a page. */
async function runBoth(body: Locator): Promise<void> {
  await body.getByRole('radio', { name: 'Fold' }).check({ force: true })
  const fold = body.getByRole('region', { name: 'Fold', exact: true })
  await fold.getByRole('radio', { name: 'Your fold' }).check({ force: true })
  await fold.getByRole('button', { name: 'Write the fold yourself' }).click()
  await expect(fold.getByText('Your fold is in force: 3 events folded')).toBeVisible()
  await fold.getByRole('radio', { name: 'Python' }).check({ force: true })
  await fold.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(fold.getByRole('list', { name: 'Steps' }).getByRole('listitem')).toHaveCount(3)
}

test('what a deleted key took is gone from the fold, and there before it', async ({ page }) => {
  await openRun(page, 'erasing-person', 20)
  await select(page, 'events')
  await page.getByRole('button', { name: 'Delete the key of Ann' }).click()
  await showFold(page)
  const strip = region(page).getByRole('region', { name: /^Events of account-acc1/ })
  const created = strip.getByRole('button', { name: /^Event 0: AccountCreated/ })
  await expect(strip).toContainText('The key of Ann is deleted')
  await goToTime(page, 21)
  await expect(created).not.toContainText('Ann')
  await goToTime(page, 1)
  await expect(created).toContainText('Ann')
})

test('streams of several kinds are folded each by its own decider', async ({ page }) => {
  const fold = await openFold(page, 'order-saga', 25)
  await fold.getByLabel('Stream').selectOption('order-o1')
  await expect(state(page)).toContainText('statusconfirmed')
  await fold.getByLabel('Stream').selectOption('stock-book')
  await expect(state(page)).toContainText('available3')
})

/** Keeps the page from losing its patience with a worker until the test says so: no clock decides when. */
async function holdPatience(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const held = new Map<number, () => void>()
    const [set, clear] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)]
    let next = -1
    const hold = (act: () => void, ms?: number, ...rest: unknown[]) => {
      if (ms !== 6_000) return set(act, ms, ...rest)
      held.set(next, act)
      return next--
    }
    const drop = (id?: number) => {
      if (!held.delete(id ?? 0)) clear(id)
    }
    const lose = () => {
      for (const act of [...held.values()]) act()
    }
    Object.assign(window, { setTimeout: hold, clearTimeout: drop, losePatience: lose })
  })
  return () => page.evaluate(() => (window as unknown as { losePatience(): void }).losePatience())
}

test('while a program that no step counts is running, the page goes to another moment and draws it', async ({
  page,
}) => {
  const losePatience = await holdPatience(page)
  const fold = await openFold(page, 'account', 19)
  await showTab(page, 'Your fold')
  await fold.getByRole('button', { name: 'Write the fold yourself' }).click()
  await expect(fold.getByText('Your fold is in force')).toBeVisible()
  await writeIn(
    page,
    'Your fold, in JavaScript',
    'const initialState = {}\nfunction evolve() { for (;;) Array(3e7).includes(1) }',
  )
  await expect(fold.getByText('Folding …')).toBeVisible()
  await page.getByRole('banner').getByRole('radio', { name: 'Canvas' }).check({ force: true })
  for (const atS of [8, 12, 4]) {
    await goToTime(page, atS)
    await expect(page.getByLabel('Simulated time')).toHaveValue(`00:${atS < 10 ? 0 : ''}${atS}.000`)
    const { factIndex } = await momentOf(page)
    await expect
      .poll(() => page.evaluate(async () => (await window.eventarium?.drawn())?.factIndex))
      .toBe(factIndex)
  }
  await showFold(page)
  await showTab(page, 'Your fold')
  await expect(fold.getByText('Folding …')).toBeVisible()
  await expect(fold.getByRole('alert')).toHaveCount(0)
  await losePatience()
  await expect(fold.getByRole('alert')).toContainText('The program took too long and was stopped.')
  await writeIn(page, 'Your fold, in JavaScript', DOUBLE)
  await goToTime(page, 19)
  await expect(state(page)).toHaveText('balance300seen3')
})

test('a condition about the fold is answered without the fold view, and playing stops there', async ({
  page,
}) => {
  await askAboutFold(page, 0)
  const panel = page.getByRole('region', { name: 'Ask' })
  await panel.getByRole('switch', { name: 'Stop when true' }).check()
  await page.getByLabel('Speed: simulated seconds a second').selectOption('10')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:07.100')
  const field = page.getByRole('combobox', { name: 'When was it true?' })
  await field.fill('fold account-acc9 balance > 60')
  await field.press('Enter')
  await expect(panel).toContainText('No fold has such a number.')
})

test('the tree of an event ends in the mail that went out for it, and a mail of a replay says that it is one again', async ({
  page,
}) => {
  await openRun(page, 'mailer-replay', 20)
  await select(page, 'mailer')
  await page.getByRole('button', { name: 'React from the beginning again' }).click()
  await goToTime(page, 40)
  await showFold(page)
  await region(page)
    .getByRole('button', { name: /^Event 3: Deposited/ })
    .click()
  const event = part(page, 'Event')
  await event.getByRole('button', { name: 'What led to it, and what came of it' }).click()
  const tree = event.getByRole('list', { name: 'Causation' })
  await expect(tree.getByRole('button')).toHaveText([
    /^Deposit account: acc1, amount: 20.*teller/,
    /^Deposited account: acc1, amount: 20.*account/,
    /^Mail: .*mailer, 00:1/,
    /^Mail: .*mailer again, 00:[23]/,
  ])
  await tree.getByRole('button', { name: /mailer again/ }).click()
  await expect(page.getByLabel('Simulated time')).toHaveValue(/^00:[23]/)
})

test('a condition about a fold is completed as it is written, number by number', async ({
  page,
}) => {
  await openRun(page, 'account', 19)
  await page.getByRole('radio', { name: 'Ask' }).check({ force: true })
  const field = page.getByRole('combobox', { name: 'When was it true?' })
  const offered = page.getByRole('listbox', { name: 'What can stand here' }).getByRole('option')
  await field.pressSequentially('fol')
  await expect(offered).toHaveText([/^folded/, /a number of a fold/])
  await field.press('ArrowUp')
  await field.press('Enter')
  await expect(field).toHaveValue('fold ')
  await expect(offered).toHaveText([/^fold account-acc1 balance/])
  await field.press('ArrowDown')
  await field.press('Enter')
  await expect(offered).toHaveText([/^</, /^<=/, /^>/, /^>=/, /^=/, /^!=/])
  await field.pressSequentially('> 60')
  await field.press('Enter')
  await expect(page.getByText('It becomes true once, at 00:07.100.')).toBeVisible()
})
