import { type ConsoleMessage, expect, test as base, type Page } from '@playwright/test'
import { examples, type Mode, type Server, start } from './server'

/** Operates the playground as a person would. */
export class Playground {
  constructor(
    readonly page: Page,
    readonly server: Server,
  ) {}

  async open(link = '/') {
    await this.page.goto(this.server.address + link)
    await expect(this.page.locator('.graphiql-query-editor .view-lines')).toBeVisible()
    await expect(this.page.getByLabel('Examples')).toBeEnabled()
  }

  /** Selects an example and waits until the editor shows it. */
  async choose(title: string) {
    await this.page.getByLabel('Examples').selectOption({ label: title })
    const firstLine = examples.get(title)!.split('\n')[0]!
    await expect(this.query()).toContainText(firstLine)
  }

  /** Sends an operation outside of the page, with the token of an editor. */
  async execute(query: string) {
    const response = await this.page.request.post(`${this.server.address}/graphql`, {
      data: { query },
      headers: { authorization: `Bearer ${this.server.token}` },
    })
    expect(await response.text()).not.toContain('"message"')
  }

  async run() {
    await this.page.getByRole('button', { name: /Execute query|Stop query/ }).click()
  }

  /** Runs with the keyboard shortcut in an editor. A click would move the cursor. */
  async runByKeyboard(editor: string) {
    const input = { query: '.graphiql-query-editor', variables: '.graphiql-editor-tool .graphiql-editor:not(.hidden)' }[editor]!
    await this.page.locator(`${input} :is(textarea, .native-edit-context)`).first().focus()
    await this.page.keyboard.press('ControlOrMeta+Enter')
  }

  async useToken(value: string) {
    await this.page.getByLabel('Token').fill(value)
    await this.page.getByLabel('Token').press('Enter')
  }

  query = () => this.page.locator('.graphiql-query-editor .view-lines')
  response = () => this.page.locator('.graphiql-response .view-lines')
}

// Chromium logs this for responses with an error status.
const expectedError = /^Failed to load resource: the server responded with a status of 40[13]/

/** Collects what a page must not do: requests to other hosts, and errors in the console, such as violations of its policy. */
function recordViolations(page: Page, host: string) {
  const violations: string[] = []
  page.on('request', (r) => {
    const at = new URL(r.url())
    if (at.host !== host && at.protocol !== 'blob:' && at.protocol !== 'data:') violations.push(`requested ${r.url()}`)
  })
  page.on('websocket', (s) => new URL(s.url()).host === host || violations.push(`opened a WebSocket to ${s.url()}`))
  page.on('console', (m: ConsoleMessage) => m.type() === 'error' && !expectedError.test(m.text()) && violations.push(m.text()))
  page.on('pageerror', (e) => violations.push(String(e)))
  return violations
}

export const test = base.extend<{ playground: Playground }, { mode: Mode; server: Server }>({
  mode: ['open', { scope: 'worker', option: true }],
  server: [
    async ({ mode }, use) => {
      const server = await start(mode)
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  playground: async ({ page, server }, use) => {
    const violations = recordViolations(page, new URL(server.address).host)
    await use(new Playground(page, server))
    expect(violations).toEqual([])
  },
})

export { expect }
