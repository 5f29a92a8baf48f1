import { fileURLToPath } from 'node:url'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../demo/people.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** What measures inside of the page. */
export const IN_PAGE = fileURLToPath(new URL('in-page.js', import.meta.url))
/** The agents' screens. */
const OFFICE_SCREEN = { width: 1366, height: 768 }

/** A headless Chromium of the system. */
export function openChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: [...FLAGS, ...flags] })
}

/**
 * The same Chromium without what belongs to a window: it opens a person's first page for a third of
 * the work, but has no microphone and installs no page. Its scripts have one thread each: helpers beside
 * them would only take the processor from other pages.
 */
export function openHeadlessShell(): Promise<Browser> {
  const args = [...FLAGS, '--js-flags=--single-threaded']
  return chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args })
}

/** A person's own browser profile, and the protocol of its page. */
export async function openPage(browser: Browser): Promise<{ page: Page; cdp: CDPSession }> {
  const context = await browser.newContext({
    viewport: OFFICE_SCREEN,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    // what the bench asks the page is a script that the service did not send
    bypassCSP: true,
  })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  return { page, cdp }
}

/** Signs in by the page's own form. */
export async function signInAt(page: Page, url: string, username: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.locator('input[type="password"]').fill(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await page.locator('#content').waitFor()
}
