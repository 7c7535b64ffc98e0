import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from './chromium'
import { expect, test } from './fixture'

test.skip(!chromium, 'there is no Chromium on this machine')

test('opens with the first query and answers it', async ({ playground }) => {
  await playground.open()
  await expect(playground.query()).toContainText('elmar-mammadyarov')
  await playground.run()
  await expect(playground.answer()).toContainText('Elmar Mammadyarov')
})
