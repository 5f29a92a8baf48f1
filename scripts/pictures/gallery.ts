import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { createServer } from 'vite'
import { type Language, type Look, OFFICE, openWindow } from './stage.ts'

const LANGUAGES: readonly Language[] = ['vi', 'en']
const LOOKS: readonly Look[] = ['light', 'dark']

/** Every part in every state, from Vite's own server: no build has that page. Answers how many pictures. */
export async function pictureGallery(browser: Browser, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true })
  const root = 'agent-ui'
  const configFile = join(root, 'vite.config.ts')
  const server = await createServer({ root, configFile, server: { port: 0 }, logLevel: 'silent' })
  await server.listen()
  try {
    const [url = ''] = server.resolvedUrls?.local ?? []
    // oxlint-disable no-await-in-loop -- one window after the other
    for (const look of LOOKS)
      for (const language of LANGUAGES) {
        const page = await openWindow(browser, { language, look, size: OFFICE })
        await page.goto(`${url}dev/ui`)
        await page.locator('#gallery-of-parts').waitFor({ timeout: 25_000 })
        await page.screenshot({
          path: join(folder, `parts-${language}-${look}.png`),
          fullPage: true,
        })
        await page.context().close()
      }
    // oxlint-enable no-await-in-loop
  } finally {
    await server.close()
  }
  return LOOKS.length * LANGUAGES.length
}
