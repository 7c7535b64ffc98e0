import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { chromium } from './chromium'
import { expect, test } from './fixture'

test.skip(!chromium, 'there is no Chromium on this machine')

test('opens with the first query and answers it', async ({ playground }) => {
  await playground.open()
  await expect(playground.query()).toContainText('elmar-mammadyarov')
  await playground.run()
  await expect(playground.answer()).toContainText('Elmar Mammadyarov')
})

test('shows the documentation, the explorer and the history', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  await playground.run()
  await expect(playground.answer()).toContainText('Elmar Mammadyarov')
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.getByRole('link', { name: 'Query', exact: true }).click()
  await expect(page.getByText('A person by one of its unique keys').first()).toBeVisible()
  await page.getByRole('button', { name: 'Show GraphiQL Explorer' }).click()
  await expect(page.locator('.graphiql-explorer-root')).toContainText('organization')
  await page.getByRole('button', { name: 'Show History' }).click()
  await expect(page.locator('.graphiql-history')).toContainText('elmar-mammadyarov')
})

test('answers every example of the menu', async ({ playground }) => {
  const { page, server } = playground
  await playground.open()
  await playground.useToken(server.token)
  const titles = await page.getByLabel('Examples').locator('optgroup option').allTextContents()
  expect(titles.length).toBeGreaterThanOrEqual(12)
  for (const title of titles) {
    await test.step(title, async () => {
      await playground.choose(title)
      await playground.run()
      await expect(playground.answer()).toContainText('"data"')
      await expect(playground.answer()).not.toContainText('"errors"')
    })
  }
  await expect(page.getByRole('button', { name: 'Stop query' })).toBeVisible() // the last one is a subscription
})

test('shows the answer below the query where the window is narrow', async ({ playground }) => {
  const { page } = playground
  await page.setViewportSize({ width: 420, height: 800 })
  await playground.open()
  await playground.run()
  await expect(playground.answer()).toContainText('Elmar Mammadyarov')
  const query = (await page.locator('.graphiql-editors').boundingBox())!
  const answer = (await page.locator('.graphiql-response').boundingBox())!
  expect(answer.y).toBeGreaterThanOrEqual(query.y + query.height)
  expect(answer.width).toBeGreaterThan(300)
  expect(answer.height).toBeGreaterThan(200)
})

test('refuses to write without a token', async ({ playground }) => {
  await playground.open()
  await playground.choose('Try a commit')
  await playground.run()
  await expect(playground.answer()).toContainText('FORBIDDEN')
})

for (const way of ['WebSocket', 'server-sent events']) {
  test(`follows what is committed, by ${way}`, async ({ playground }) => {
    const { page, server } = playground
    await playground.open()
    await playground.useToken(server.token)
    await page.getByLabel('Follow by').selectOption(way)
    await playground.choose('Follow what is written')
    await playground.run()
    await expect(playground.answer()).toContainText('"number": ') // one from before
    const topic = `Water, by ${way}`
    await playground.ask(`mutation { commit(input: {message: "${topic}", changes: {putTopic: {name: "${topic}"}}}) { userErrors { message } } }`)
    await expect(playground.answer()).toContainText(topic)
    await playground.run() // stops it
    await expect(page.getByRole('button', { name: 'Execute query' })).toBeVisible()
  })
}

test('opens what a link carries, and makes such links', async ({ playground }) => {
  const { page } = playground
  const link = new URLSearchParams({
    query: 'query One { __typename }\nquery Two($n: Int!) { transaction(number: $n) { number author } }',
    variables: '{"n": 1}',
    operationName: 'Two',
  })
  await playground.open(`/#${link}`)
  await expect(playground.query()).toContainText('query Two')
  await page.getByRole('button', { name: 'Link' }).click()
  await expect(page).toHaveURL(/#query=query\+One.*variables=.*operationName=Two/)
  await page.reload()
  await expect(playground.query()).toContainText('query Two')
  await expect(page.locator('.graphiql-tab')).toHaveCount(1)
})

for (const editor of ['variables', 'query']) {
  test(`runs the operation that a link names, from the ${editor}`, async ({ playground }) => {
    const { page } = playground
    const link = new URLSearchParams({
      query: 'query One { one: __typename }\n\nquery Two($n: Int!) { two: transaction(number: $n) { number } }',
      variables: '{"n": 1}',
      operationName: 'Two',
    })
    await playground.open(`/#${link}`)
    await expect(playground.query()).toContainText('query Two')
    const asked = page.waitForRequest((r) => r.postData()?.includes('two: transaction') ?? false)
    await playground.runByKeys(editor)
    expect((await asked).postDataJSON().operationName).toBe('Two')
    await expect(playground.answer()).toContainText('"number": 1')
    await expect(playground.answer()).not.toContainText('one')
  })
}

test('remembers variables and headers, and tokens only in the tab', async ({ playground }) => {
  const { page, server } = playground
  await playground.open()
  await playground.useToken(server.token)
  await playground.choose('Who holds an office and who held it')
  await page.getByRole('button', { name: 'Headers' }).click()
  await page.locator('.graphiql-editor:not(.hidden) .monaco-editor').last().click()
  await page.keyboard.insertText(`{"x-wanted": "kept", "authorization": "Bearer ${server.token}"}`)
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('x-wanted')
  const kept = await page.evaluate(() => JSON.stringify(localStorage))
  expect(kept).toContain('foreign-minister-of-azerbaijan')
  expect(kept).not.toContain(server.token)
  await page.reload()
  await expect(page.getByLabel('Token')).toHaveValue(server.token)
  await expect(playground.query()).toContainText('query Office')
  const tool = page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines')
  await expect(tool).toContainText('foreign-minister-of-azerbaijan')
  await page.getByRole('button', { name: 'Headers' }).click()
  await expect(tool).toContainText('x-wanted')
  await expect(tool).not.toContainText(server.token)
})

// SCREENSHOT=FILE keeps the picture, for the README.
test('has its picture taken', async ({ playground }, about) => {
  const { page } = playground
  await playground.open()
  await playground.choose('Who says so')
  await playground.run()
  await expect(playground.answer()).toContainText('Mammadyarov')
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.getByRole('link', { name: 'Query', exact: true }).click()
  await expect(page.getByText('A person by one of its unique keys').first()).toBeVisible()
  await page.mouse.move(700, 890)
  await page.screenshot({ path: process.env.SCREENSHOT ?? about.outputPath('playground.png') })
})

// What GraphiQL itself has to mend; nothing of ours is on the list.
const known = ['color-contrast', 'nested-interactive']

/** How light what lies behind something is, from 0 to 255. */
const lightness = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => Math.max(...getComputedStyle(element).backgroundColor.match(/[\d.]+/g)!.slice(0, 3).map(Number)))

for (const colorScheme of ['light', 'dark'] as const) {
  test(`can be used by everybody, in the ${colorScheme}`, async ({ playground }) => {
    const { page } = playground
    await page.emulateMedia({ colorScheme })
    await playground.open()
    await playground.choose('Who says so')
    await playground.run()
    await expect(playground.answer()).toContainText('Mammadyarov')
    for (const part of ['.bar', '.graphiql-container']) {
      expect((await lightness(page, part)) > 128, part).toBe(colorScheme === 'light')
    }
    const all = await new AxeBuilder({ page }).analyze()
    const serious = all.violations.filter((v) => ['serious', 'critical'].includes(v.impact ?? ''))
    expect(serious.filter((v) => !known.includes(v.id)).map((v) => [v.id, v.nodes.map((n) => n.html)])).toEqual([])
    const ours = await new AxeBuilder({ page }).include('.bar').analyze()
    expect(ours.violations.map((v) => [v.id, v.nodes.map((n) => n.html)])).toEqual([])
  })
}
