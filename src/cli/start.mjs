/**
 * `npm start`: builds the product, serves it on a free port, says where, and opens a browser where there is one.
 * `--built` serves what is in dist already, `--quiet` opens nothing; Playwright starts it with both.
 */

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serve } from './serve.mjs'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const options = process.argv.slice(2)

/** @param {string} url */
function openBrowser(url) {
  const isHeadless =
    process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
  if (process.env.CI || isHeadless) return
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]]
  spawn(/** @type {string} */ (command), /** @type {string[]} */ (args), {
    detached: true,
    stdio: 'ignore',
  })
    .on('error', () => {})
    .unref()
}

if (!options.includes('--built')) {
  const { build } = await import('vite')
  await build({ logLevel: 'warn' })
}
if (!existsSync(dist)) {
  console.error('There is no built product in dist yet: run npm run build first.')
  process.exit(1)
}
const { url } = await serve(dist)
console.log(`Eventarium runs at ${url} (Ctrl+C stops it)`)
if (!options.includes('--quiet')) openBrowser(url)
