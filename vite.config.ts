/** How the product is built and its unit tests are run: one build that works under any path and inside a frame. */

import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

export default defineConfig({
  base: './',
  plugins: [react()],
  define: { __APP_VERSION__: JSON.stringify(version) },
  worker: { format: 'es', rolldownOptions: { output: { topLevelVar: false } } },
  build: {
    target: 'es2022',
    // `const` stays `const`: V8 looks a constant up once, and a variable each time that it is asked for.
    rolldownOptions: { input: ['index.html', 'embed.html'], output: { topLevelVar: false } },
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
