import { chromium } from './chromium'
import { expect, test } from './fixture'

test.skip(!chromium, 'Chromium is not installed')
test.use({ mode: 'private' })

test('the token is sent with queries, introspection and subscriptions over both transports', async ({ playground }) => {
  const { page, server } = playground
  await playground.open()
  await playground.run()
  await expect(playground.response()).toContainText('UNAUTHENTICATED')
  await playground.useToken(server.token)
  await playground.run()
  await expect(playground.response()).toContainText('Elmar Mammadyarov')
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await expect(page.getByRole('link', { name: 'Query', exact: true })).toBeVisible() // the schema was fetched with the token

  for (const transport of ['WebSocket', 'server-sent events']) {
    await page.getByLabel('Subscribe over').selectOption(transport)
    await playground.choose('Follow transactions')
    await playground.run()
    await expect(playground.response()).toContainText('"author": "sample"')
    await playground.run() // stop the subscription
    await expect(page.getByRole('button', { name: 'Execute query' })).toBeVisible()
    await playground.choose('Meetings of a minister')
  }
})
