import { chromium } from './chromium'
import { expect, test } from './fixture'

test.skip(!chromium, 'there is no Chromium on this machine')
test.use({ how: 'private' })

test('a private server is read with a token, whatever brings the answers', async ({ playground }) => {
  const { page, server } = playground
  await playground.open()
  await playground.run()
  await expect(playground.answer()).toContainText('UNAUTHENTICATED')
  await playground.useToken(server.token)
  await playground.run()
  await expect(playground.answer()).toContainText('Elmar Mammadyarov')
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await expect(page.getByRole('link', { name: 'Query', exact: true })).toBeVisible() // the schema came with the token

  for (const way of ['WebSocket', 'server-sent events']) {
    await page.getByLabel('Follow by').selectOption(way)
    await playground.choose('Follow what is written')
    await playground.run()
    await expect(playground.answer()).toContainText('"author": "sample"')
    await playground.run() // stops it
    await expect(page.getByRole('button', { name: 'Execute query' })).toBeVisible()
    await playground.choose('Whom a minister met')
  }
})
