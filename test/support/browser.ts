import { mkdir } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Person } from './person.ts'

const SHOTS = process.env['SCREENSHOTS_DIR']

/**
 * A person's own browser profile, in which nothing fades or slides; `faults` are those of the scripts
 * of all its pages.
 */
export async function openPage(
  browser: Browser,
  options: { colorScheme?: 'light' | 'dark' } = {},
): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    colorScheme: options.colorScheme ?? 'light',
    // what still fades in has no contrast yet, and every frame is work
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  // five pages load at once, beside whatever else this machine does
  page.setDefaultTimeout(60_000)
  const faults: string[] = []
  context.on('weberror', (fault) => faults.push(fault.error().message))
  return { page, context, faults }
}

/** Throws what the scripts of pages did wrong, and forgets it: after each test. */
export function failOnFaults(...ofPages: string[][]): void {
  const found = ofPages.flatMap((faults) => faults.splice(0))
  if (found.length > 0) throw new Error(`scripts of the page failed: ${found.join('; ')}`)
}

/** Opens the page. Throws when there is none: the service looks for the built ones when it starts. */
export async function openAt(page: Page, url: string): Promise<void> {
  const answer = await page.goto(url)
  if (answer?.ok() !== true) {
    throw new Error(
      `${url} has no page: it was not built, or was being built, at the start of the service`,
    )
  }
}

/** Gives the browser profile of this page the session that the person has. */
export async function bringSession(page: Page, url: string, { cookie }: Person): Promise<void> {
  const [name = '', value = ''] = cookie.split('=')
  await page.context().addCookies([{ name, value, url: new URL(url).origin }])
}

/** Opens the page as who has signed in already; the form is for tests of its own. */
export async function openAs(page: Page, url: string, person: Person): Promise<void> {
  await bringSession(page, url, person)
  await openAt(page, url)
  await page.locator('#content').waitFor()
}

/** Signs in through the page. */
export async function signInAt(
  page: Page,
  url: string,
  username: string,
  password: string,
): Promise<void> {
  await openAt(page, url)
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('form', { name: 'Đăng nhập' }).waitFor({ state: 'detached' })
}

/** Keeps a picture when `SCREENSHOTS_DIR` is set, for people who look at the screens. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return
  await mkdir(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}/${name}.png` })
}
