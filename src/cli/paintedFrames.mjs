/**
 * From a seek to the painted frame, on the built product in Chromium while it computes a run of ten million facts: a
 * hand moves over the track at any moment of a frame, and it is counted how many frames go by until the engine says that
 * the moment is drawn. What the engine's worker does before that is read from a trace, in processor time: other work on
 * the machine is not in it.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { launchOptions } from './browser.mjs'
import { serve } from './serve.mjs'

/** Seeks of one opening: about as many as are made while the run is computed. */
const SEEKS = 120

/**
 * @param {string} root @param {string} folder where to build @param {(seed: number) => Promise<string>} linkTo
 * @param {number} openings
 */
export async function measurePaintedFrames(root, folder, linkTo, openings) {
  await build({ root, logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } })
  const server = await serve(folder)
  const browser = await chromium.launch(launchOptions())
  try {
    /** @type {any[]} */
    const all = []
    for (let seed = 1; seed <= openings; seed++) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.addInitScript(countDrawings)
      await page.goto(`${server.url}${await linkTo(seed)}`)
      await page.getByRole('slider', { name: 'Playhead' }).waitFor()
      // Half of the run is there, the other half is still to be computed.
      await page.evaluate(untilFacts, 5_000_000)
      const path = join(folder, 'trace.json')
      const categories = ['toplevel', 'devtools.timeline', 'blink.user_timing', '__metadata']
      await browser.startTracing(page, { categories, path })
      const seen = await page.evaluate(seekAround, SEEKS)
      await browser.stopTracing()
      all.push({ ...seen, ...beforeDrawings(JSON.parse(readFileSync(path, 'utf8')).traceEvents) })
      await page.close()
    }
    const of = (/** @type {string} */ name) => all.flatMap((each) => each[name])
    return {
      seeks: of('frames').length,
      facts: Math.max(...of('facts')),
      frames: spread(of('frames')),
      wallMs: spread(of('wallMs')),
      tasksBefore: spread(of('tasksBefore')),
      waitMs: spread(of('waitMs')),
      drawMs: spread(of('drawMs')),
    }
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** @param {number[]} values */
function spread(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (/** @type {number} */ share) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN }
}

/** Runs in the page before all else: marks what goes to the engine to be drawn, and what was drawn. */
function countDrawings() {
  const page = /** @type {any} */ (globalThis)
  const counts = {
    asked: 0,
    drawn: 0,
    facts: 0,
    done: false,
    computedUs: 0,
    onAsked() {},
    onDrawn() {},
  }
  page.drawings = counts
  page.Worker = class extends page.Worker {
    constructor(/** @type {any[]} */ ...how) {
      super(...how)
      this.addEventListener('message', (/** @type {any} */ { data }) => {
        if (data instanceof Float64Array) {
          page.performance.mark(`drawn ${++counts.drawn}`)
          counts.onDrawn()
        } else if (data?.type === 'progress') {
          const { factCount, done, computedUs } = data.progress
          Object.assign(counts, { facts: factCount, done, computedUs })
        }
      })
    }
    postMessage(/** @type {any} */ message, /** @type {any} */ transfer) {
      if (message instanceof Float64Array) {
        page.performance.mark(`asked ${++counts.asked}`)
        counts.onAsked()
      }
      return super.postMessage(message, transfer)
    }
  }
}

/** Runs in the page. @param {number} facts */
async function untilFacts(facts) {
  const { drawings, setTimeout } = /** @type {any} */ (globalThis)
  while (drawings.facts < facts) await new Promise((go) => setTimeout(go, 20))
}

/** Runs in the page: drags the thumb to moments that are computed, for as long as the run is. @param {number} seeks */
async function seekAround(seeks) {
  const page = /** @type {any} */ (globalThis)
  const { document, drawings, performance, requestAnimationFrame, setTimeout } = page
  const thumb = document.querySelector('[role=slider][aria-label^="Playhead"]')
  const track = thumb.parentElement.getBoundingClientRect()
  const box = thumb.getBoundingClientRect()
  const y = box.y + box.height / 2
  const endUs = page.eventarium.moment().scenario.durationMs * 1000
  let state = 7
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
  const held = document.elementFromPoint(Math.max(5, box.x + box.width / 2), y) ?? thumb
  const fire = (/** @type {string} */ type, /** @type {number} */ clientX) => {
    const what = { bubbles: true, cancelable: true, clientX, clientY: y, pointerId: 1 }
    const how = { isPrimary: true, button: 0, buttons: 1, pointerType: 'mouse' }
    held.dispatchEvent(new page.PointerEvent(type, { ...what, ...how }))
  }
  const frame = () => new Promise((go) => requestAnimationFrame(go))
  fire('pointerdown', box.x + box.width / 2)
  const frames = []
  const wallMs = []
  while (frames.length < seeks && !drawings.done) {
    await frame()
    await new Promise((go) => setTimeout(go, random() * 14))
    let awaited = -1
    drawings.onAsked = () => {
      if (awaited === -1) awaited = drawings.drawn + 1
    }
    const drawn = new Promise((go) => {
      drawings.onDrawn = () => awaited !== -1 && drawings.drawn >= awaited && go(performance.now())
    })
    let passed = 0
    let over = false
    const fromMs = performance.now()
    fire('pointermove', track.x + random() * track.width * 0.95 * (drawings.computedUs / endUs))
    const counting = (async () => {
      while (!over) {
        await frame()
        if (!over) passed++
      }
    })()
    wallMs.push((await drawn) - fromMs)
    over = true
    // The frame in which the hand moved is the first.
    frames.push(passed + 1)
    await counting
  }
  return { frames, wallMs, facts: drawings.facts }
}

/**
 * What the engine's worker did between a request to draw and its drawing.
 * @param {any[]} events
 */
function beforeDrawings(events) {
  const marks = events.filter(({ name }) => /^(asked|drawn) \d+$/.test(name))
  const at = new Map(marks.map((/** @type {any} */ mark) => [mark.name, mark]))
  const threads = new Map()
  for (const { name, pid, tid, args } of events) {
    if (name === 'thread_name') threads.set(`${pid}/${tid}`, args.name)
  }
  const isWorker = (/** @type {any} */ { pid, tid, ph }) =>
    ph === 'X' &&
    pid === marks[0]?.pid &&
    threads.get(`${pid}/${tid}`)?.startsWith('DedicatedWorker')
  const tasks = events.filter((event) => isWorker(event) && event.name.endsWith('RunTask'))
  const taken = events.filter((event) => isWorker(event) && event.name === 'HandlePostMessage')
  /** @type {{ tasksBefore: number[], waitMs: number[], drawMs: number[] }} */
  const found = { tasksBefore: [], waitMs: [], drawMs: [] }
  for (const asked of marks.filter(({ name }) => name.startsWith('asked'))) {
    const drawn = at.get(asked.name.replace('asked', 'drawn'))
    if (!drawn) continue
    const within = taken.filter(({ ts }) => ts >= asked.ts - 200 && ts < drawn.ts)
    const drawing = within.sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))[0]
    if (!drawing) continue
    const before = tasks.filter(
      ({ ts, dur, tdur }) => tdur > 100 && ts + dur > asked.ts && ts + dur <= drawing.ts + 10,
    )
    found.tasksBefore.push(before.length)
    found.waitMs.push(before.reduce((sum, { tdur }) => sum + tdur / 1000, 0))
    found.drawMs.push(drawing.tdur / 1000)
  }
  return found
}
