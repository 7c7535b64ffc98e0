import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from './chromium'
import { expect, test } from './fixture'

test.skip(!chromium, 'Chromium is not installed')
test.use({ mode: 'plain' })

test('the plain page runs operations and is accessible', async ({ playground: { page, server } }) => {
  await page.goto(server.address)
  await expect(page.getByText('go generate ./web')).toBeVisible()
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByLabel('Response')).toContainText('Elmar Mammadyarov')

  await page.getByLabel('Query').fill('mutation($n: String!) { commit(input: {dryRun: true, changes: {putTopic: {name: $n}}}) { outcomes { action } } }')
  await page.getByLabel('Variables').fill('{"n": "Water"}')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByLabel('Response')).toContainText('FORBIDDEN')
  await page.getByLabel('Token').fill(server.token)
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByLabel('Response')).toContainText('CREATED')

  await page.getByLabel('Variables').fill('{n: "Water"}')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByLabel('Response')).toContainText('The variables are not valid JSON')

  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map((v) => [v.id, v.nodes.map((n) => n.html)])).toEqual([])
})
