import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { chromium } from './chromium'
import { expect, test } from './fixture'

test.skip(!chromium, 'Chromium is not installed')

test('runs the first query', async ({ playground }) => {
  await playground.open()
  await expect(playground.query()).toContainText('elmar-mammadyarov')
  await playground.run()
  await expect(playground.response()).toContainText('Elmar Mammadyarov')
})

test('shows the documentation, the explorer and the history', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  await playground.run()
  await expect(playground.response()).toContainText('Elmar Mammadyarov')
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.getByRole('link', { name: 'Query', exact: true }).click()
  await expect(page.getByText('A person by one of its unique keys').first()).toBeVisible()
  await page.getByRole('button', { name: 'Show GraphiQL Explorer' }).click()
  await expect(page.locator('.graphiql-explorer-root')).toContainText('organization')
  await page.getByRole('button', { name: 'Show History' }).click()
  await expect(page.locator('.graphiql-history')).toContainText('elmar-mammadyarov')
})

test('runs every example of the menu without errors', async ({ playground }) => {
  const { page, server } = playground
  await playground.open()
  await playground.useToken(server.token)
  const titles = await page.getByLabel('Examples').locator('optgroup option').allTextContents()
  expect(titles.length).toBeGreaterThanOrEqual(12)
  for (const title of titles) {
    await test.step(title, async () => {
      await playground.choose(title)
      await playground.run()
      await expect(playground.response()).toContainText('"data"')
      await expect(playground.response()).not.toContainText('"errors"')
    })
  }
  await expect(page.getByRole('button', { name: 'Stop query' })).toBeVisible() // the last example is a subscription
})

test('shows examples in one tab, and edited ones in tabs of their own', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  const tabs = page.locator('.graphiql-tab')
  for (const title of ['Holders of an office', 'Evidence for meetings', 'Follow transactions']) {
    await playground.choose(title)
    await expect(tabs).toHaveCount(1)
  }
  await page.locator('.graphiql-query-editor .monaco-editor').click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.insertText('\n# edited')
  await playground.choose('Holders of an office')
  await expect(tabs).toHaveCount(2)
  await playground.choose('Evidence for meetings')
  await expect(tabs).toHaveCount(2)
  await tabs.first().click()
  await expect(playground.query()).toContainText('edited')
  await playground.choose('Holders of an office')
  await expect(tabs).toHaveCount(2)
})

test('keeps the active tab in view', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  for (let i = 0; i < 15; i++) await page.getByRole('button', { name: 'New tab' }).click()
  await expect(page.locator('.graphiql-tab-active')).toBeInViewport({ ratio: 0.95 })
  await expect(page.locator('.graphiql-tab').first()).not.toBeInViewport()
})

test('finds words of descriptions in the schema', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  await page.getByLabel('Find in the schema').fill('margins took place')
  const results = page.getByRole('list', { name: 'Results' }).getByRole('button')
  await expect(results.filter({ hasText: 'onMarginsOf' }).first()).toBeVisible()
  await results.filter({ hasText: 'Event.onMarginsOf' }).first().click()
  await expect(page.locator('.graphiql-doc-explorer-title')).toHaveText('onMarginsOf')
  await page.getByLabel('Find in the schema').fill('no such words anywhere')
  await expect(page.getByText('Nothing in the schema has these words.')).toBeVisible()
})

test('shows whose token it is', async ({ playground }) => {
  const { page, server } = playground
  await playground.open()
  const identity = page.getByLabel('Identity')
  await expect(identity).toHaveText('anonymous, may read')
  await playground.useToken(server.token)
  await expect(identity).toContainText('may read and write')
  await playground.useToken('wrong')
  await expect(identity).toContainText('rejected: ')
})

test('folds the bar on a phone', async ({ playground }) => {
  const { page } = playground
  await page.setViewportSize({ width: 390, height: 700 })
  await playground.open()
  await expect(page.getByLabel('Examples')).toBeHidden()
  expect((await page.locator('.bar').boundingBox())!.height).toBeLessThan(60)
  await page.getByRole('button', { name: 'Tools', exact: true }).click()
  await expect(page.getByLabel('Examples')).toBeVisible()
  await playground.choose('Holders of an office')
  await page.getByRole('button', { name: 'Hide tools', exact: true }).click()
  await expect(page.getByLabel('Token')).toBeHidden()
})

test('shows the response below the query in a narrow window', async ({ playground }) => {
  const { page } = playground
  await page.setViewportSize({ width: 420, height: 800 })
  await playground.open()
  await playground.run()
  await expect(playground.response()).toContainText('Elmar Mammadyarov')
  const query = (await page.locator('.graphiql-editors').boundingBox())!
  const response = (await page.locator('.graphiql-response').boundingBox())!
  expect(response.y).toBeGreaterThanOrEqual(query.y + query.height)
  expect(response.width).toBeGreaterThan(300)
  expect(response.height).toBeGreaterThan(200)
})

test('cannot write without a token', async ({ playground }) => {
  await playground.open()
  await playground.choose('Dry run of a commit')
  await playground.run()
  await expect(playground.response()).toContainText('FORBIDDEN')
})

for (const transport of ['WebSocket', 'server-sent events']) {
  test(`receives new transactions over ${transport}`, async ({ playground }) => {
    const { page, server } = playground
    await playground.open()
    await playground.useToken(server.token)
    await page.getByLabel('Subscribe over').selectOption(transport)
    await playground.choose('Follow transactions')
    await playground.run()
    await expect(playground.response()).toContainText('"number": ') // a past transaction
    const topic = `Water, over ${transport}`
    await playground.execute(`mutation { commit(input: {message: "${topic}", changes: {putTopic: {name: "${topic}"}}}) { userErrors { message } } }`)
    await expect(playground.response()).toContainText(topic)
    const received = Number(/"received": (\d+)/.exec((await playground.response().innerText()).replaceAll('\u00a0', ' '))![1])
    const later = `Ice, over ${transport}`
    await playground.execute(`mutation { commit(input: {message: "${later}", changes: {putTopic: {name: "${later}"}}}) { userErrors { message } } }`)
    await expect(playground.response()).toContainText(later)
    await expect(playground.response()).toContainText(`"received": ${received + 1}`) // the ones before it are below
    await playground.run() // stop the subscription
    await expect(page.getByRole('button', { name: 'Execute query' })).toBeVisible()
  })
}

test('opens a shared link, and creates one', async ({ playground }) => {
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
  test(`the keyboard shortcut in the ${editor} editor runs the operation that a link names`, async ({ playground }) => {
    const { page } = playground
    const link = new URLSearchParams({
      query: 'query One { one: __typename }\n\nquery Two($n: Int!) { two: transaction(number: $n) { number } }',
      variables: '{"n": 1}',
      operationName: 'Two',
    })
    await playground.open(`/#${link}`)
    await expect(playground.query()).toContainText('query Two')
    const request = page.waitForRequest((r) => r.postData()?.includes('two: transaction') ?? false)
    await playground.runByKeyboard(editor)
    expect((await request).postDataJSON().operationName).toBe('Two')
    await expect(playground.response()).toContainText('"number": 1')
    await expect(playground.response()).not.toContainText('one')
  })
}

test('stores variables and headers permanently, but tokens only for the tab', async ({ playground }) => {
  const { page, server } = playground
  await playground.open()
  await playground.useToken(server.token)
  await playground.choose('Holders of an office')
  await page.getByRole('button', { name: 'Headers' }).click()
  await page.locator('.graphiql-editor:not(.hidden) .monaco-editor').last().click()
  await page.keyboard.insertText(`{"x-custom": "stored", "authorization": "Bearer ${server.token}"}`)
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('x-custom')
  const stored = await page.evaluate(() => JSON.stringify(localStorage))
  expect(stored).toContain('foreign-minister-of-azerbaijan')
  expect(stored).not.toContain(server.token)
  await page.reload()
  await expect(page.getByLabel('Token')).toHaveValue(server.token)
  await expect(playground.query()).toContainText('query Office')
  const tool = page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines')
  await expect(tool).toContainText('foreign-minister-of-azerbaijan')
  await page.getByRole('button', { name: 'Headers' }).click()
  await expect(tool).toContainText('x-custom')
  await expect(tool).not.toContainText(server.token)
})

// Set SCREENSHOT to a file to store the picture of the README.
test('takes the screenshot of the README', async ({ playground }, info) => {
  const { page } = playground
  await playground.open()
  await playground.choose('Evidence for meetings')
  await playground.run()
  await expect(playground.response()).toContainText('Mammadyarov')
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
  await page.getByRole('link', { name: 'Query', exact: true }).click()
  await expect(page.getByText('A person by one of its unique keys').first()).toBeVisible()
  await page.mouse.move(700, 890)
  await page.screenshot({ path: process.env.SCREENSHOT ?? info.outputPath('playground.png') })
})

// Accessibility problems of GraphiQL itself, which are ignored.
const knownProblems = ['color-contrast', 'nested-interactive']

/** Returns the lightness of the background of an element, from 0 to 255. */
const lightness = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => Math.max(...getComputedStyle(element).backgroundColor.match(/[\d.]+/g)!.slice(0, 3).map(Number)))

for (const colorScheme of ['light', 'dark'] as const) {
  test(`is accessible in the ${colorScheme} color scheme`, async ({ playground }) => {
    const { page } = playground
    await page.emulateMedia({ colorScheme })
    await playground.open()
    await playground.choose('Evidence for meetings')
    await playground.run()
    await expect(playground.response()).toContainText('Mammadyarov')
    for (const part of ['.bar', '.graphiql-container']) {
      expect((await lightness(page, part)) > 128, part).toBe(colorScheme === 'light')
    }
    const all = await new AxeBuilder({ page }).analyze()
    const serious = all.violations.filter((v) => ['serious', 'critical'].includes(v.impact ?? ''))
    expect(serious.filter((v) => !knownProblems.includes(v.id)).map((v) => [v.id, v.nodes.map((n) => n.html)])).toEqual([])
    const bar = await new AxeBuilder({ page }).include('.bar').analyze()
    expect(bar.violations.map((v) => [v.id, v.nodes.map((n) => n.html)])).toEqual([])
  })
}
