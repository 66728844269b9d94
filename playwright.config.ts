/** The browser tests: on the built product, in Chromium always, in Firefox and WebKit where Playwright has them. */

import { existsSync } from 'node:fs'
import { defineConfig, devices, firefox, webkit } from '@playwright/test'
import { launchOptions } from './src/cli/browser.mjs'

const others = [
  { name: 'firefox', browser: firefox, device: devices['Desktop Firefox'] },
  { name: 'webkit', browser: webkit, device: devices['Desktop Safari'] },
].filter(({ browser }) => existsSync(browser.executablePath()))

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  webServer: {
    command: 'node src/cli/start.mjs --built --quiet',
    // The server picks a free port; the name of the group becomes the variable that holds the address.
    wait: { stdout: /(?<eventarium_url>http:\S+)/ },
  },
  use: { baseURL: process.env.EVENTARIUM_URL ?? '', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'chromium',
      use: { ...devices['Desktop Chrome'], launchOptions: launchOptions() },
    },
    ...others.map(({ name, device }) => ({ name, use: { ...device } })),
  ],
})
