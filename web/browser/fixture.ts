import { type ConsoleMessage, expect, test as base, type Page } from '@playwright/test'
import { examples, type How, type Server, start } from './server'

/** The playground as a person sees it. */
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

  /** Chooses an example and waits until the editor has it. */
  async choose(title: string) {
    await this.page.getByLabel('Examples').selectOption({ label: title })
    const begins = examples.get(title)!.split('\n')[0]!
    await expect(this.query()).toContainText(begins)
  }

  /** Asks beside the page, as an editor. */
  async ask(query: string) {
    const answer = await this.page.request.post(`${this.server.address}/graphql`, {
      data: { query },
      headers: { authorization: `Bearer ${this.server.token}` },
    })
    expect(await answer.text()).not.toContain('"message"')
  }

  async run() {
    await this.page.getByRole('button', { name: /Execute query|Stop query/ }).click()
  }

  /** Runs from where the cursor is in an editor, which a click would move. */
  async runByKeys(editor: string) {
    const input = { query: '.graphiql-query-editor', variables: '.graphiql-editor-tool .graphiql-editor:not(.hidden)' }[editor]!
    await this.page.locator(`${input} :is(textarea, .native-edit-context)`).first().focus()
    await this.page.keyboard.press('ControlOrMeta+Enter')
  }

  async useToken(value: string) {
    await this.page.getByLabel('Token').fill(value)
    await this.page.getByLabel('Token').press('Enter')
  }

  query = () => this.page.locator('.graphiql-query-editor .view-lines')
  answer = () => this.page.locator('.graphiql-response .view-lines')
}

// refused is what Chromium itself says of an answer that is no 2xx.
const refused = /^Failed to load resource: the server responded with a status of 40[13]/

/** What a page must not do: ask other hosts, or complain (of its policy above all). */
function watch(page: Page, host: string) {
  const wrong: string[] = []
  page.on('request', (r) => {
    const at = new URL(r.url())
    if (at.host !== host && at.protocol !== 'blob:' && at.protocol !== 'data:') wrong.push(`asked ${r.url()}`)
  })
  page.on('websocket', (s) => new URL(s.url()).host === host || wrong.push(`opened ${s.url()}`))
  page.on('console', (m: ConsoleMessage) => m.type() === 'error' && !refused.test(m.text()) && wrong.push(m.text()))
  page.on('pageerror', (e) => wrong.push(String(e)))
  return wrong
}

export const test = base.extend<{ playground: Playground }, { how: How; server: Server }>({
  how: ['open', { scope: 'worker', option: true }],
  server: [
    async ({ how }, use) => {
      const server = await start(how)
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  playground: async ({ page, server }, use) => {
    const wrong = watch(page, new URL(server.address).host)
    await use(new Playground(page, server))
    expect(wrong).toEqual([])
  },
})

export { expect }
