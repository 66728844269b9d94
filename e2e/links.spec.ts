/** Links of every version and family open on the page at their fact, with the run that was shared. */
import { readdirSync, readFileSync } from 'node:fs'
import type {} from '../src/app/embedders.ts'
import { momentOf } from './steps.ts'
import { expect, test } from './support/test.ts'

const folder = new URL('../src/scenario/share/links/', import.meta.url)
/** Links whose run is another one since a rule was mended. */
const changed = JSON.parse(readFileSync(new URL('changed.json', folder), 'utf8'))

for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
  if (name in changed) continue
  test(`${name} opens as it was shared, and its run is verified`, async ({ page }) => {
    const fragment = readFileSync(new URL(name, folder), 'utf8').trim()
    const sent = JSON.parse(readFileSync(new URL(name.replace('.txt', '.json'), folder), 'utf8'))
    await page.goto(`./${fragment}`)
    await expect(page.getByRole('slider', { name: 'Playhead' })).toBeVisible()
    await expect.poll(async () => (await momentOf(page)).factIndex).toBe(sent.factIndex)
    const { branchId, branches, condition, watches, selection, scenario } = await momentOf(page)
    expect({ branchId, branches, condition, watches, selection }).toEqual({
      branchId: sent.branchId,
      branches: sent.branches,
      condition: sent.condition,
      watches: sent.watches,
      selection: sent.selection,
    })
    expect(scenario.fold).toBe(sent.scenario.fold)
    expect(await page.evaluate((atUs) => window.eventarium?.hash(atUs), sent.timeUs)).toBe(
      sent.hash,
    )
    await expect(page.getByText(/has the hash/)).toHaveCount(0)
  })
}

for (const name of Object.keys(changed)) {
  test(`${name} opens, and it is said from where on its run is another`, async ({ page }) => {
    await page.goto(`./${readFileSync(new URL(name, folder), 'utf8').trim()}`)
    await expect(page.getByText(/has the hash .*, and they part after 00:/)).toBeVisible()
  })
}
