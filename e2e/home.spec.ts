/** Home: the way to every run, by search. */
import { expect, test } from './support/test.ts'

test('whoever looks for a run by its words finds it and opens it', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'All runs' }).click()
  const runs = page.getByRole('region', { name: 'Further runs' })
  await expect(runs.getByRole('heading', { name: 'Further runs' })).toBeFocused()
  await expect(runs.getByRole('heading', { name: 'Further runs' })).toBeInViewport()
  const links = runs.getByRole('listitem').getByRole('link')
  await expect.poll(() => links.count()).toBeGreaterThan(60)

  await runs.getByRole('searchbox', { name: 'Find a run' }).fill('rabbitmq RETRY')
  await expect(links).toHaveText(['Delayed retry by dead letters'])
  await expect(runs.getByRole('status')).toHaveText('1 with these words')
  await runs.getByRole('searchbox').fill('rabbitmq offsets')
  await expect(runs.getByText('No run has all these words.')).toBeVisible()

  await runs.getByRole('searchbox').fill('retry')
  await links.first().click()
  await expect(page.getByRole('group', { name: /, queue/ }).first()).toBeVisible()
})
