import { chromium } from './chromium'
import { expect, test } from './fixture'

test.skip(!chromium, 'there is no Chromium on this machine')
test.use({ how: 'trusted' })

test('the playground says that only trusted documents are run', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  await expect(playground.answer()).toContainText('DOCUMENT_NOT_TRUSTED') // the schema was asked for
  await playground.run()
  await expect(playground.answer()).toContainText('only documents that this server was told to trust are run here')
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await expect(page.getByText('Error fetching schema')).toBeVisible()
})
