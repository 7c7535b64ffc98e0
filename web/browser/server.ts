import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

const folder = join(root, 'web/examples')

/** The examples by the titles that the menu gives them. */
export const examples = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => {
      const words = name.replace(/^\d+_|\.graphql$/g, '').replaceAll('-', ' ')
      return [words.charAt(0).toUpperCase() + words.slice(1), readFileSync(join(folder, name), 'utf8')]
    }),
)

export interface Server {
  address: string
  token: string // of an editor
  stop(): Promise<void>
}

/** Builds the program and starts it on the sample, in a folder that goes with it. */
export async function start(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-'))
  const program = join(folder, 'chancery')
  execFileSync('go', ['build', '-o', program, '.'], { cwd: root, stdio: 'inherit' })
  const token = execFileSync(program, ['token', 'create', 'Test', '--role=editor'], { cwd: folder, encoding: 'utf8' })
  const server = spawn(program, ['--listen', '127.0.0.1:0'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
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
