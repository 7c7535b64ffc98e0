import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

const exampleFolder = join(root, 'web/examples')

/** The queries of the examples by their titles in the menu. */
export const examples = new Map(
  readdirSync(exampleFolder)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => {
      const words = name.replace(/^\d+_|\.graphql$/g, '').replaceAll('-', ' ')
      return [words.charAt(0).toUpperCase() + words.slice(1), readFileSync(join(exampleFolder, name), 'utf8')]
    }),
)

/**
 * How a server is configured: open for anonymous reading, private (a token is required), plain (built without the
 * playground), or trusted (trusted documents only).
 */
export type Mode = 'open' | 'private' | 'plain' | 'trusted'

const manifest = join(root, 'testdata/persisted/manifests/relay.json')
const options: Record<Mode, string[]> = { open: [], private: ['--private'], plain: [], trusted: ['--trusted', manifest, '--trusted-only'] }

export interface Server {
  address: string
  token: string // of an editor
  stop(): Promise<void>
}

/** Builds the program and starts it with the sample, in a temporary folder. */
export async function start(mode: Mode): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-'))
  const program = join(folder, 'chancery')
  execFileSync('go', ['build', ...(mode === 'plain' ? withoutPlayground(folder) : []), '-o', program, '.'], { cwd: root, stdio: 'inherit' })
  const token = execFileSync(program, ['token', 'create', 'Test', '--role=editor'], { cwd: folder, encoding: 'utf8' })
  const server = spawn(program, ['--listen', '127.0.0.1:0', ...options[mode]], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    let output = ''
    server.stdout.on('data', (part) => {
      output += part
      const match = /http:\/\/[^/]+/.exec(output)
      if (match) resolve(match[0])
    })
    server.once('exit', () => reject(new Error(`the server exited before it printed its address: ${output}`)))
  })
  return {
    address,
    token: /chancery_\S+/.exec(token)![0],
    async stop() {
      server.kill()
      await exited
      rmSync(folder, { recursive: true })
    },
  }
}

// Returns build flags that hide the built playground from the compiler.
function withoutPlayground(folder: string) {
  const overlay = join(folder, 'overlay.json')
  writeFileSync(overlay, JSON.stringify({ Replace: { [join(root, 'web/dist/index.html.gz')]: '' } }))
  return ['-overlay', overlay]
}
