/** The article's table: every statement opens, and the run behind it stands at the moment that shows it. */

import { node } from './steps.ts'
import { expect, test } from './support/test.ts'

test('a statement tells how much of it is true, and opens the run that shows it', async ({
  page,
}) => {
  await page.goto('./')
  const statement = page.getByRole('button', { name: 'guaranteed delivery' })
  await statement.click()
  await expect(statement).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByText(/^Only with acknowledgements after the work/)).toBeVisible()

  await page.getByRole('link', { name: 'Show me' }).click()
  await expect(page).toHaveURL(/#\/claim\/queue-delivery$/)
  await expect(page.getByLabel('Simulated time')).toHaveValue('00:09.000')
  await expect(page.getByText(/“guaranteed delivery”: Only with/)).toBeVisible()
  await expect(node(page, 'worker')).toHaveAccessibleDescription(/done/)
  await expect(
    page.getByRole('button', { name: /^(Fault|Broken promise): .*crash/i }).first(),
  ).toBeVisible()
})

test('the way back leads to the same statement', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('button', { name: 'replay can be slow' }).click()
  await page.getByRole('link', { name: 'Show me' }).click()
  await expect(node(page, 'balance')).toBeVisible()
  await page.goBack()
  const statement = page.getByRole('button', { name: 'replay can be slow' })
  await expect(statement).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByRole('link', { name: 'Show me' })).toBeInViewport()
})

test('every cell of the table holds statements that open, one at a time', async ({ page }) => {
  await page.goto('./')
  const statements = page.getByRole('table').getByRole('button')
  await expect(statements).toHaveCount(30)
  await statements.first().click()
  await statements.last().click()
  await expect(page.getByRole('button', { expanded: true })).toHaveCount(1)
  await expect(page.getByRole('link', { name: 'Show me' })).toHaveCount(1)
})
