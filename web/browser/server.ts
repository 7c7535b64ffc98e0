import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

const menu = join(root, 'web/examples')

/** The examples by the titles that the menu gives them. */
export const examples = new Map(
  readdirSync(menu)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => {
      const words = name.replace(/^\d+_|\.graphql$/g, '').replaceAll('-', ' ')
      return [words.charAt(0).toUpperCase() + words.slice(1), readFileSync(join(menu, name), 'utf8')]
    }),
)

/** Open to this machine, only to who has a token, without the playground in it, or for trusted documents only. */
export type How = 'open' | 'private' | 'plain' | 'trusted'

const manifest = join(root, 'testdata/persisted/manifests/relay.json')
const options: Record<How, string[]> = { open: [], private: ['--private'], plain: [], trusted: ['--trusted', manifest, '--trusted-only'] }

export interface Server {
  address: string
  token: string // of an editor
  stop(): Promise<void>
}

/** Builds the program and starts it on the sample, in a folder that goes with it. */
export async function start(how: How): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-'))
  const program = join(folder, 'chancery')
  execFileSync('go', ['build', ...(how === 'plain' ? withoutPage(folder) : []), '-o', program, '.'], { cwd: root, stdio: 'inherit' })
  const token = execFileSync(program, ['token', 'create', 'Test', '--role=editor'], { cwd: folder, encoding: 'utf8' })
  const server = spawn(program, ['--listen', '127.0.0.1:0', ...options[how]], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    server.stdout.on('data', (part) => {
      said += part
      const found = /http:\/\/[^/]+/.exec(said)
      if (found) resolve(found[0])
    })
    server.once('exit', () => reject(new Error(`the server ended: ${said}`)))
  })
  return {
    address,
    token: /chancery_\S+/.exec(token)![0],
    async stop() {
      server.kill()
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

// withoutPage has the build believe that nobody has made the playground.
function withoutPage(folder: string) {
  const overlay = join(folder, 'overlay.json')
  writeFileSync(overlay, JSON.stringify({ Replace: { [join(root, 'web/dist/index.html.gz')]: '' } }))
  return ['-overlay', overlay]
}
