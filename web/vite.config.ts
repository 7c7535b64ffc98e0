import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const dist = join(import.meta.dirname, 'dist')

// Compresses every file of the build. The server embeds only the compressed files and
// decompresses them for the few clients that do not accept gzip, because a binary with both
// would be three times as large.
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async closeBundle() {
      for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || entry.name === '.gitkeep') continue
        const file = join(entry.parentPath, entry.name)
        await writeFile(`${file}.gz`, await promisify(gzip)(await readFile(file), { level: 9 }))
        await rm(file)
      }
    },
  }
}

const server = process.env.CHANCERY ?? 'http://127.0.0.1:8080'

export default defineConfig({
  base: '/',
  logLevel: 'warn',
  plugins: [react(), compressed()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // fonts and images as files, so that the policy need not allow data: URLs
    chunkSizeWarningLimit: 5000, // the editor is that large
    rolldownOptions: {
      // The directive "use no memo" of libraries, which has no effect here.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
    license: { fileName: 'licenses.md' },
  },
  worker: { format: 'es' },
  server: { proxy: { '/graphql': { target: server, ws: true } } },
})
