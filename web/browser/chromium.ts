import { existsSync } from 'node:fs'

const usualPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The path of the installed browser, so that Playwright need not download one. */
export const chromium = (process.env.CHROMIUM ? [process.env.CHROMIUM] : usualPaths).find((path) => existsSync(path))

if (!chromium && process.env.CI) {
  throw new Error('Chromium was not found: install it, or set CHROMIUM to its path')
}
