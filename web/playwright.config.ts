import { defineConfig } from '@playwright/test'
import { chromium } from './browser/chromium'

export default defineConfig({
  testDir: 'browser',
  outputDir: 'browser/results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 }, // test machines are slow
  forbidOnly: !!process.env.CI,
  reporter: 'list',
  use: {
    colorScheme: 'light',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: chromium,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
})
