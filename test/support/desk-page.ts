import type { Locator, Page } from 'playwright-core'

/** What an agent does and sees at the desk, by the keys and words that people use. */

/** A ticket's code, as people read it. */
export const CODE = /KN-\d{4}-\d{6}/

/** The row of the own call in the call bar. */
export const ownCall = (page: Page): Locator => page.getByTestId('own-call')

/** The call bar while something rings. */
export const ringing = (page: Page): Locator => page.getByRole('region', { name: 'Cuộc gọi đến' })

export const noteField = (page: Page): Locator =>
  page.getByRole('textbox', { name: 'Ghi chú nội bộ' })

export const ticketHeading = (page: Page, code: string): Locator =>
  page.getByRole('heading', { name: `Phiếu ${code}` })

/** By the button, until the PBX has confirmed it. */
export async function becomeReady(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sẵn sàng' }).click()
  await confirmedReady(page)
}

export async function confirmedReady(page: Page): Promise<void> {
  await page.locator('[data-testid=agent-state][data-state=ready]').waitFor()
  await page.getByText('Tổng đài chưa xác nhận').waitFor({ state: 'detached' })
}

/** Takes calls in the page from now on; the browser must give it a microphone. */
export async function answerInPage(page: Page): Promise<void> {
  await page.getByTestId('phone-link').click()
  await page.getByText('Trình duyệt này', { exact: true }).click()
  await phoneRegistered(page)
}

export const phoneRegistered = (page: Page): Promise<void> =>
  page.locator('[data-testid=phone-link][data-link=registered]').waitFor()

/** The code of the ticket of the own call, as soon as the call has one. */
export async function codeOfOwnCall(page: Page): Promise<string> {
  return (await ownCall(page).getByText(CODE).textContent()) ?? 'none'
}

/** Blind, by keys: a few letters of the name and Enter. */
export async function handOverByKeys(page: Page, name: string): Promise<void> {
  await page.keyboard.press('F8')
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).waitFor()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
}

/** By the key that asks once. */
export async function hangUpByKeys(page: Page): Promise<void> {
  await page.keyboard.press('F9')
  await ownCall(page).getByRole('button', { name: 'Bấm lần nữa để kết thúc' }).waitFor()
  await page.keyboard.press('F9')
}

/** In the dialog over a page whose session is over. */
export async function signInAgain(page: Page, password: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Mật khẩu' }).fill(password)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
}

/** As hands type, letter by letter, into whatever has the keyboard. */
export async function typeSlowly(page: Page, words: string): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- as hands do it
  for (const letter of words) await page.keyboard.type(letter, { delay: 60 })
}
