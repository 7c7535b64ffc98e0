import { chromium } from './chromium'
import { expect, test } from './fixture'

test.skip(!chromium, 'Chromium is not installed')
test.use({ mode: 'trusted' })

test('the playground shows why operations are rejected when only trusted documents run', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  await expect(playground.response()).toContainText('DOCUMENT_NOT_TRUSTED') // for the introspection query
  await playground.run()
  await expect(playground.response()).toContainText('only trusted documents run on this server')
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await expect(page.getByText('Error fetching schema')).toBeVisible()
})
