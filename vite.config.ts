/** How the product is built and its unit tests are run: one build that works under any path and inside a frame. */

import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import react from '@vitejs/plugin-react'
import type { BuildEnvironmentOptions, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { numbersForNames } from './src/cli/constants.mjs'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

/** What both builds, the page's and its workers', ask of the bundler. */
const bundling: BuildEnvironmentOptions['rolldownOptions'] = {
  // `const` stays `const`: V8 looks a constant up once, and a variable each time that it is asked for.
  output: { topLevelVar: false },
  checks: { pluginTimings: false },
}

/** MicroPython's loader asks for modules of Node's where it finds itself in Node, which is never in what is built. */
function withoutNode(): Plugin {
  const nothing = '\0nothing'
  return {
    name: 'without-node',
    enforce: 'pre',
    resolveId: (id, importer) =>
      importer?.endsWith('/micropython.mjs') && isBuiltin(id) ? nothing : undefined,
    load: (id) => (id === nothing ? 'export {}' : undefined),
  }
}

export default defineConfig({
  base: './',
  plugins: [react(), { ...numbersForNames(), apply: 'build' }],
  define: { __APP_VERSION__: JSON.stringify(version) },
  worker: {
    format: 'es',
    rolldownOptions: bundling,
    plugins: () => [withoutNode(), numbersForNames()],
  },
  build: {
    target: 'es2022',
    rolldownOptions: { ...bundling, input: ['index.html', 'embed.html'] },
  },
  test: {
    environment: 'node',
    maxWorkers: '100%',
    include: ['src/**/*.spec.{ts,tsx}'],
    setupFiles: 'src/testing/seed.ts',
    // A stop for what hangs, not a limit on speed: machines differ.
    testTimeout: 120_000,
  },
})
