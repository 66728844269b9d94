/** One run, one hash: in Node, in a worker from an address, in one from a blob, and on a page that has no workers. */

import type { Page } from '@playwright/test'
import '../src/history/everything.ts'
import type {} from '../src/app/embedders.ts'
import { History } from '../src/history/history.ts'
import { hashOfRun } from '../src/history/runHash.ts'
import { findExample } from '../src/scenario/examples/index.ts'
import { hashOf, openRun } from './steps.ts'
import { expect, test } from './support/test.ts'

const runs = [
  ['orders', 60],
  ['notifications', 60],
  ['account', 20],
  ['combined', 60],
  ['mm1', 3600],
] as const

/** What Node computes. */
function hashInNode(exampleId: string, untilS: number): string {
  const example = findExample(exampleId)
  if (!example) throw new Error(`no example ${exampleId}`)
  const history = new History(example.scenario, [])
  const untilUs = untilS * 1_000_000
  while (history.computedUs <= untilUs && history.advance());
  const { records } = history.live
  return hashOfRun(records, records.facts.countAt(untilUs))
}

/** Where the page's workers have their scripts from. */
function schemes(page: Page): string[] {
  return page.workers().map((worker) => new URL(worker.url()).protocol)
}

for (const [exampleId, untilS] of runs) {
  test(`${exampleId} has the same hash in Node, in both kinds of worker and without one`, async ({
    page,
    baseURL,
    otherSite,
  }) => {
    const expected = hashInNode(exampleId, untilS)
    await openRun(page, exampleId)
    expect(await hashOf(page, untilS)).toBe(expected)
    expect(schemes(page)).toEqual(['http:'])

    await page.goto(
      await otherSite(
        `<!doctype html><html lang="en"><title>A post</title><iframe title="figure" sandbox="allow-scripts" src="${baseURL}embed.html?example=${exampleId}&autoplay=0"></iframe>`,
      ),
    )
    const frame = page.frames().find((each) => each.url().includes('embed.html'))
    await frame?.waitForFunction(() => window.eventarium)
    const inFrame = await frame?.evaluate((atUs) => window.eventarium?.hash(atUs), untilS * 1e6)
    expect(inFrame).toBe(expected)
    expect(schemes(page)).toEqual(['blob:'])

    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'))
    await openRun(page, exampleId)
    expect(await hashOf(page, untilS)).toBe(expected)
    expect(schemes(page)).toEqual([])
  })
}
