import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Role } from '../../server/contract/staff.ts'
import { DEMO_PASSWORD } from '../demo/people.ts'

export type Language = 'vi' | 'en'
export type Look = 'light' | 'dark'
export interface Size {
  width: number
  height: number
}

/** Who of the demo shows the screens of a role. */
export const SHOWN_BY: Record<Role, string> = {
  agent: 'lan',
  noc: 'noc',
  field: 'kythuat',
  supervisor: 'giamsat',
  admin: 'admin',
}

export const OFFICE: Size = { width: 1366, height: 768 }
export const BOARD: Size = { width: 1920, height: 1080 }
export const PHONE: Size = { width: 390, height: 844 }

const TZ = { locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' } as const

/** The cookies of who signed in, for as many windows as are wanted. */
export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

/** Signs in as one of the demo, through the page's own form. */
export async function signInOnce(
  browser: Browser,
  url: string,
  username: string,
): Promise<Cookies> {
  const context = await browser.newContext(TZ)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.locator('input[type="password"]').fill(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await page.locator('#content').waitFor()
  const cookies = await context.cookies()
  await context.close()
  return cookies
}

/** A window in one language and look, nothing moving. */
export async function openWindow(
  browser: Browser,
  window: { language: Language; look: Look; size: Size; cookies?: Cookies },
): Promise<Page> {
  const { language, look, size, cookies } = window
  const context = await browser.newContext({
    ...TZ,
    viewport: size,
    colorScheme: look,
    reducedMotion: 'reduce',
    // what is asked of the page is a script that the service did not send
    bypassCSP: true,
  })
  if (cookies) await context.addCookies(cookies)
  await context.addInitScript(`
    localStorage.setItem('hotline.language', '${language}')
    localStorage.setItem('hotline.colorScheme', '${look}')
  `)
  return context.newPage()
}

const IDLE = `document.querySelector('[aria-busy="true"]') === null`

/** Goes there as a link does, and waits for what the screen asked for. */
export async function goTo(page: Page, address: string): Promise<void> {
  const to = JSON.stringify(address)
  // the router leaves itself in the window for tools; a call that is answered meanwhile brings its own screen
  const isThere = `__TSR_ROUTER__.state.status === 'idle' &&
    (location.pathname === ${to} || void __TSR_ROUTER__.navigate({ to: ${to} }))`
  await page.waitForFunction(isThere, null, { polling: 50 })
  await page.getByRole('heading').first().waitFor()
  // what was read may ask for more: twice idle is done
  for (const _ of [1, 2]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await page.waitForFunction(IDLE, null, { polling: 100 })
  }
}
