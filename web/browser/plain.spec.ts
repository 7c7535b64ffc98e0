import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from './chromium'
import { expect, test } from './fixture'

test.skip(!chromium, 'there is no Chromium on this machine')
test.use({ how: 'plain' })

test('the page without the playground asks all the same', async ({ playground: { page, server } }) => {
  await page.goto(server.address)
  await expect(page.getByText('go generate ./web')).toBeVisible()
  await page.getByRole('button', { name: 'Ask' }).click()
  await expect(page.getByLabel('Answer')).toContainText('Elmar Mammadyarov')

  await page.getByLabel('Query').fill('mutation($n: String!) { commit(input: {dryRun: true, changes: {putTopic: {name: $n}}}) { outcomes { action } } }')
  await page.getByLabel('Variables').fill('{"n": "Water"}')
  await page.getByRole('button', { name: 'Ask' }).click()
  await expect(page.getByLabel('Answer')).toContainText('FORBIDDEN')
  await page.getByLabel('Token').fill(server.token)
  await page.getByRole('button', { name: 'Ask' }).click()
  await expect(page.getByLabel('Answer')).toContainText('CREATED')

  await page.getByLabel('Variables').fill('{n: "Water"}')
  await page.getByRole('button', { name: 'Ask' }).click()
  await expect(page.getByLabel('Answer')).toContainText('The variables are no JSON')

  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map((v) => [v.id, v.nodes.map((n) => n.html)])).toEqual([])
})
