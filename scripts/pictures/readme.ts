import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { type Size, goTo, OFFICE, openWindow, PHONE, signInOnce } from './stage.ts'

/** Of a picture in the README, in bytes. */
const MOST_BYTES = 120_000
const CALL_MS = 180_000

/** The four pictures that the README shows, in Vietnamese and light. */
export async function pictureForReadme(
  browser: Browser,
  { url, folder }: { url: string; folder: string },
): Promise<number> {
  await mkdir(folder, { recursive: true })
  const open = async (username: string, size: Size) => {
    const cookies = await signInOnce(browser, url, username)
    const page = await openWindow(browser, { language: 'vi', look: 'light', size, cookies })
    await page.goto(url)
    await page.locator('#content').waitFor()
    return page
  }
  const desk = await open('lan', OFFICE)
  await talk(desk)
  await keep(desk, folder, 'desk-in-a-call')
  const noc = await open('noc', OFFICE)
  await goTo(noc, '/noc')
  await keep(noc, folder, 'noc-board')
  const field = await open('kythuat', PHONE)
  await goTo(field, '/field')
  // its ticket is read
  await field.getByRole('button', { name: 'Hoàn thành' }).first().waitFor()
  await keep(field, folder, 'field-phone')
  const queues = await open('giamsat', OFFICE)
  await queues.getByRole('button', { name: 'Đóng' }).click()
  await goTo(queues, '/queues')
  await queues.getByRole('region', { name: 'Cuộc gọi đang chờ' }).getByRole('row').nth(1).waitFor()
  await keep(queues, folder, 'live-queues')
  return 4
}

/** Waits until the person at this page talks with a customer who is known. */
async function talk(page: Page): Promise<void> {
  await page.getByTestId('own-call').filter({ hasText: ' · ' }).waitFor({ timeout: CALL_MS })
  await page.locator('#content [aria-busy="true"]').waitFor({ state: 'detached' })
  // what is drawn after the fields that are typed in first
  await page.getByRole('form', { name: 'Ghi chú nội bộ' }).waitFor()
}

/** As WebP: a third of the same as PNG. Throws when it is too large for a README. */
async function keep(page: Page, folder: string, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 })
  const picture = Buffer.from(data, 'base64')
  if (picture.length > MOST_BYTES) throw new Error(`${name}: ${picture.length} bytes`)
  await writeFile(join(folder, `${name}.webp`), picture)
}
