import { existsSync } from 'node:fs'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The machine's own browser; Playwright's would be fetched from elsewhere. */
export const chromium = (process.env.CHROMIUM ? [process.env.CHROMIUM] : usual).find((path) => existsSync(path))

if (!chromium && process.env.CI) {
  throw new Error('there is no Chromium: install it, or say with CHROMIUM=PATH where it is')
}
