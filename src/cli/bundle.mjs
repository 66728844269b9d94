/**
 * `npm run simulate|conformance|bench`: bundles the command line, which is TypeScript, and runs it in a process of its
 * own, so that what is measured is the built engine and nothing of the bundler shares its memory.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'
import { benchInBrowser } from './benchInBrowser.mjs'
import { numbersForNames } from './constants.mjs'
import { measurePaintedFrames } from './paintedFrames.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const entry = join(root, 'src/cli/main.ts')

if (!existsSync(entry)) {
  console.error('src/cli/main.ts is missing: the command line is not part of this checkout.')
  process.exit(1)
}
const cache = join(root, 'node_modules/.cache/eventarium')
mkdirSync(cache, { recursive: true })
// A folder of its own, since two commands may run at once.
const folder = mkdtempSync(join(cache, 'cli-'))
try {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [numbersForNames()],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20',
      minify: false,
      sourcemap: 'inline',
      // Constants stay constants, as in `vite.config.ts`.
      rolldownOptions: {
        input: { main: entry, longRun: join(root, 'src/cli/bench/longRun.ts') },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs', topLevelVar: false },
        checks: { pluginTimings: false },
      },
    },
  })
  const args = process.argv.slice(2)
  const isAll = !args.includes('--events') && !args.includes('--broadcasts')
  if (args[0] === 'bench' && isAll) {
    const report = join(folder, 'browser.json')
    const quick = args.includes('--quick')
    const inBrowser = await benchInBrowser(root, join(folder, 'browser'), quick)
    if (!('skipped' in inBrowser)) {
      console.error('bench, browser: from seeks to painted frames')
      const { linkToLongRun } = await import(pathToFileURL(join(folder, 'longRun.mjs')).href)
      const page = join(folder, 'page')
      const painted = await measurePaintedFrames(root, page, linkToLongRun, quick ? 1 : 3)
      Object.assign(inBrowser, { painted })
    }
    writeFileSync(report, JSON.stringify(inBrowser))
    args.push(`--browser=${report}`)
  }
  const main = ['--enable-source-maps', join(folder, 'main.mjs')]
  const run = spawnSync(process.execPath, [...main, ...args], { stdio: 'inherit' })
  process.exitCode = run.status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
