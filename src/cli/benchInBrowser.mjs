/** Runs the bench in Chromium's worker: builds it, serves it to itself and takes the report. */

import { copyFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { launchOptions } from './browser.mjs'
import { numbersForNames } from './constants.mjs'
import { serve } from './serve.mjs'

/** An isolated page has a clock of microseconds; others see tenths of milliseconds. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
}

/**
 * The report, or a sentence that says why there is none.
 * @param {string} root @param {string} folder where to build @param {boolean} quick
 * @returns {Promise<object>}
 */
export async function benchInBrowser(root, folder, quick) {
  const options = launchOptions()
  if (options.executablePath === undefined) {
    return {
      skipped:
        'No Chromium was found, so the browser was skipped: run npm test once, which finds or installs one.',
    }
  }
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [numbersForNames()],
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: {
        input: join(root, 'src/cli/bench/bench.worker.ts'),
        // Constants stay constants, as in `vite.config.ts`.
        output: { entryFileNames: 'bench.mjs', chunkFileNames: '[name].mjs', topLevelVar: false },
        checks: { pluginTimings: false },
      },
    },
  })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Bench</title>')
  const peer = join(root, 'node_modules/simjs/sim.js')
  if (existsSync(peer)) copyFileSync(peer, join(folder, 'simjs.mjs'))
  const server = await serve(folder, { headers: ISOLATED })
  const browser = await chromium.launch(options)
  try {
    const page = await browser.newPage()
    await page.goto(server.url)
    await page.exposeFunction('say', (/** @type {string} */ line) => {
      console.error(`bench, browser: ${line}`)
    })
    return await page.evaluate(measureInWorker, quick)
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** Runs in the page. @param {boolean} quick @returns {Promise<object>} */
function measureInWorker(quick) {
  const { Worker, say } = /** @type {any} */ (globalThis)
  return new Promise((resolve, reject) => {
    const worker = new Worker('/bench.mjs', { type: 'module' })
    worker.onmessage = (/** @type {any} */ { data: { said, report, failed } }) => {
      if (said !== undefined) say(said)
      else if (report !== undefined) resolve(report)
      else reject(new Error(failed))
    }
    worker.onerror = (/** @type {any} */ error) => reject(new Error(error.message))
    worker.postMessage({ quick })
  })
}
