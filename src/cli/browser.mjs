/** Decides which browser the tests use: Playwright's own, else the system's, else one that it tries to install. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from '@playwright/test'

const isRoot = process.getuid?.() === 0
const linuxFolders = ['/usr/bin', '/usr/local/bin', '/snap/bin']
const linuxNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const windowsFolders = [
  process.env.PROGRAMFILES,
  process.env['PROGRAMFILES(X86)'],
  process.env.LOCALAPPDATA,
]

/** Where a Chromium may be, best first. */
function candidates() {
  const places = [
    chromium.executablePath(),
    process.env.CHROME_PATH,
    ...linuxFolders.flatMap((folder) => linuxNames.map((name) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...windowsFolders.map(
      (folder) => folder && join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    ),
  ]
  return places.filter((place) => place !== undefined && place !== '' && existsSync(place))
}

/** What Playwright needs to launch the browser; without `executablePath` there is none on this machine. */
export function launchOptions(executablePath = process.env.EVENTARIUM_BROWSER ?? candidates()[0]) {
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    // Chromium refuses its sandbox to root, and Debian's build calls home from the tests' console.
    args: isRoot ? ['--no-sandbox', '--disable-background-networking'] : [],
  }
}

/** The first browser here that really starts: a file may be there and its system libraries not. */
async function firstThatStarts() {
  for (const executablePath of candidates()) {
    try {
      const browser = await chromium.launch({ ...launchOptions(executablePath), timeout: 30_000 })
      await browser.close()
      return executablePath
    } catch {
      // The next candidate may start.
    }
  }
  return undefined
}

/** @param {string} command @param {string[]} args @param {number} limitS */
function install(command, args, limitS) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return (
    spawnSync(command, args, { env, timeout: limitS * 1000, killSignal: 'SIGKILL' }).status === 0
  )
}

function installPlaywrightBrowser() {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')
  install(process.execPath, [cli, 'install', 'chromium'], 240)
}

function installDebianPackage() {
  if (!isRoot || !existsSync('/etc/debian_version')) return
  const patience = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1']
  install('apt-get', [...patience, 'update'], 120) &&
    install('apt-get', [...patience, 'install', '-y', '--no-install-recommends', 'chromium'], 300)
}

/** A browser that starts, installed if need be; throws one sentence on what to do when there is none. */
export async function ensureBrowser() {
  for (const prepare of [() => {}, installPlaywrightBrowser, installDebianPackage]) {
    prepare()
    const executablePath = await firstThatStarts()
    if (executablePath !== undefined) return executablePath
  }
  throw new Error(
    'No Chromium starts on this machine and none could be downloaded: install Chromium or Google Chrome, or set CHROME_PATH to one, and run npm test again.',
  )
}
