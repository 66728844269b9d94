/**
 * `npm test`: every check of the product, cheapest first, each in one line; the first that fails prints what it saw
 * and ends the run. It needs nothing but Node and npm: see browser.mjs for the browser.
 */

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { ensureBrowser } from './browser.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'eventarium-test-'))
const firstLoadLimitKb = 200
const stepLimitMs = 30 * 60_000

/**
 * A step resolves to what it counted and what is to be read if it failed, or throws one sentence.
 * @typedef {{ passed: number, failed: number, note?: string, output?: string }} Outcome
 */

/**
 * Runs a tool of node_modules/.bin and collects what it says.
 * @param {string} command @param {Record<string, string>} [env]
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(command, env = {}) {
  return new Promise((done) => {
    const path = join(root, 'node_modules/.bin') + delimiter + process.env.PATH
    const child = spawn(command, {
      cwd: root,
      shell: true,
      env: { ...process.env, PATH: path, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: stepLimitMs,
    })
    let output = ''
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('close', (code, signal) => {
      if (signal !== null) output += `\n${command} was stopped by ${signal}\n`
      done({ code: code ?? 1, output })
    })
  })
}

/** A step that either holds or does not. @param {string} command */
async function check(command) {
  const { code, output } = await run(command)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output }
}

/** @param {string} file @returns {any} what a reporter wrote, or nothing if it did not get that far */
function report(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/**
 * A tool that ended badly has failed, whatever its report says: a file that cannot be imported holds no test.
 * @param {number} code @param {string} output @param {number} passed @param {number} failed
 */
function counted(code, output, passed, failed) {
  return {
    passed,
    failed: code === 0 ? failed : Math.max(failed, 1),
    output,
    note: `${passed} tests`,
  }
}

async function unitTests() {
  const file = join(reports, 'unit.json')
  const { code, output } = await run(
    `vitest run --reporter=default --reporter=json --outputFile.json="${file}"`,
  )
  const { numPassedTests = 0, numFailedTests = 0 } = report(file) ?? {}
  const outcome = counted(code, output, numPassedTests, numFailedTests)
  return { ...outcome, note: `${outcome.note}, seed ${process.env.SEED ?? 1}` }
}

async function browserTests() {
  const file = join(reports, 'browser.json')
  const { code, output } = await run('playwright test --reporter=list,json', {
    EVENTARIUM_BROWSER: await ensureBrowser(),
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
  const { expected = 0, unexpected = 0, flaky = 0 } = report(file)?.stats ?? {}
  return counted(code, output, expected, unexpected + flaky)
}

/** Kilobytes, gzipped, of the scripts that the browser loads before a page can start. @param {string} page */
function firstLoadKb(page) {
  const html = readFileSync(join(root, 'dist', page), 'utf8')
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? []
  const scripts = tags
    .map((tag) => /(?:src|href)="([^"]+\.js)"/.exec(tag)?.[1] ?? '')
    .filter(Boolean)
  const sizes = scripts.map((src) => gzipSync(readFileSync(join(root, 'dist', src))).length)
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

async function firstLoad() {
  const home = firstLoadKb('index.html')
  const figure = firstLoadKb('embed.html')
  const note = `home ${home.toFixed(1)} KB, figure ${figure.toFixed(1)} KB`
  const isGood = home > 0 && figure > 0 && home <= firstLoadLimitKb && figure < home
  const output = `${note}: home may have ${firstLoadLimitKb} KB of gzipped JavaScript, the figure less than home.\n`
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, note, output }
}

/** @type {Array<[string, () => Promise<Outcome>]>} */
const steps = [
  ['format and lint', () => check('biome ci --error-on-warnings --colors=off')],
  ['types', () => check('tsc --build')],
  ['unused code', () => check('knip --no-progress')],
  ['unit, property and conformance tests', unitTests],
  ['build', () => check('vite build')],
  ['first load', firstLoad],
  ['browser tests', browserTests],
]

let passed = 0
let failed = 0
for (const [name, step] of steps) {
  const start = performance.now()
  /** @type {Outcome} */
  const outcome = await step().catch((error) => ({ passed: 0, failed: 1, output: error.message }))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const note = outcome.note === undefined ? '' : ` (${outcome.note})`
  passed += outcome.passed
  failed += outcome.failed
  console.log(`${outcome.failed === 0 ? 'ok    ' : 'FAILED'} ${name}${note} ${seconds} s`)
  if (outcome.failed > 0) {
    console.log(outcome.output)
    break
  }
}
rmSync(reports, { recursive: true, force: true })
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
