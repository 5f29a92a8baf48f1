import type { Browser, Locator, Page } from 'playwright-core'
import { openHeadlessShell } from '../../scripts/pages/chromium.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { textModule } from '../../server/contract/casework/text-modules.ts'
import { staffMember } from '../../server/contract/staff.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { eventually } from '../support/eventually.ts'
import { openAs, openPage, signInAt } from '../support/browser.ts'
import { noteField, signInAgain, typeSlowly } from '../support/desk-page.ts'
import { type Hotline, PASSWORD, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'

/** No PBX is there: what is tried is the page. */
const NO_PBX = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
const NEW_PASSWORD = 'mot-mat-khau-khac-19000382'
let hotline: Hotline
let browser: Browser
let page: Page
let faults: string[]

beforeAll(async () => {
  hotline = await startHotline({ amiUrl: NO_PBX })
  const text = { name: 'camon', title: 'Cảm ơn', text: 'Cảm ơn, {agent}.' }
  await hotline.admin.send('POST', '/text-modules', text, textModule)
  browser = await openHeadlessShell()
})
afterAll(async () => {
  await browser.close()
  await hotline.stop()
})

let username: string
let agent: Person
let ticketId: string
let address: string
let n = 0
beforeEach(async () => {
  username = `agent-${(n += 1)}`
  agent = await hotline.hire(username, 'agent')
  const order = { channel: 'counter', number: '0900000101', subject: 'Mất mạng' }
  ;({ id: ticketId } = await agent.send('POST', '/tickets', order, ticket))
  ;({ page, faults } = await openPage(browser))
  address = `${hotline.url}/tickets/${ticketId}`
})
afterEach(() => page.context().close())

/** The ticket, in the page of its agent. */
async function openTicket(): Promise<void> {
  await openAs(page, address, agent)
  await contentOf(page).waitFor()
}

const contentOf = (shown: Page) => shown.getByRole('textbox', { name: 'Nội dung', exact: true })

/** An administrator gives a new password, which ends all sessions of the person. */
async function endSession(): Promise<void> {
  await hotline.admin.send(
    'PATCH',
    `/staff/${agent.user.id}`,
    { version: 1, password: NEW_PASSWORD },
    staffMember,
  )
}

test('a session that ends in mid-typing keeps the page and every word, and takes none elsewhere', async () => {
  await openTicket()
  const field = contentOf(page)
  await field.fill('Khách báo ')
  await endSession()
  const over = page.getByText('Phiên đăng nhập đã hết hạn')
  const words = 'mất mạng từ tối qua'
  await typeSlowly(page, words)
  await over.first().waitFor()
  const password = page.getByRole('dialog').getByRole('textbox', { name: 'Mật khẩu' })
  await password.waitFor()
  expect(await field.inputValue()).toBe(`Khách báo ${words}`)
  expect(await password.inputValue()).toBe('')
  await signInAgain(page, NEW_PASSWORD)
  expect(await field.inputValue()).toBe(`Khách báo ${words}`)
  await page.keyboard.type('.')
  expect(await field.inputValue()).toBe(`Khách báo ${words}.`)
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Đã lưu \d\d:\d\d:\d\d$/).waitFor()
  expect(faults).toEqual([])
})

test('another person who signs in there finds nothing of the one before', async () => {
  await openTicket()
  await contentOf(page).fill('riêng của tôi')
  await hotline.hire(`other-${n}`, 'noc')
  await endSession()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Tên đăng nhập').fill(`other-${n}`)
  await dialog.getByRole('textbox', { name: 'Mật khẩu' }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.waitForURL('**/noc')
  expect(await page.content()).not.toContain('riêng của tôi')
  expect(faults).toEqual([])
})

test('signing out in one tab leaves them all', async () => {
  await signInAt(page, address, username, PASSWORD)
  await contentOf(page).waitFor()
  const second = await page.context().newPage()
  await second.goto(hotline.url)
  await second.getByRole('button', { name: /^Tài khoản/ }).click()
  await second.getByRole('menuitem', { name: 'Đăng xuất' }).click()
  const forms = [second, page].map((tab) => tab.getByRole('form', { name: 'Đăng nhập' }))
  await Promise.all(forms.map((form) => form.waitFor()))
  // whoever comes back types the password alone
  expect(await page.getByLabel('Tên đăng nhập').inputValue()).toBe(username)
  expect(await page.content()).not.toContain('Mất mạng')
  expect(faults).toEqual([])
})

const reads = (field: Locator, text: string) =>
  eventually(async () => expect(await field.inputValue()).toBe(text))

test('words typed in one browser are in another one after it is opened, and gone from both once saved', async () => {
  await openTicket()
  const kept = [`note.${ticketId}`, ticketId].map((key) =>
    page.waitForResponse(
      (answer) =>
        answer.request().method() === 'PUT' && answer.url().endsWith(`/api/drafts/${key}`),
    ),
  )
  await noteField(page).fill('Khách hẹn sau 14h30')
  await contentOf(page).fill('Đèn LOS đỏ')
  await Promise.all(kept)
  const { page: other, context, faults: ofOther } = await openPage(browser)
  await openAs(other, address, agent)
  await reads(noteField(other), 'Khách hẹn sau 14h30')
  await reads(contentOf(other), 'Đèn LOS đỏ')
  // a text of ours goes behind what was typed elsewhere, by keys
  await noteField(other).press('End')
  await other.keyboard.type('. ::ca')
  await other.getByRole('option', { name: /^camon/ }).waitFor()
  await other.keyboard.press('Tab')
  expect(await noteField(other).inputValue()).toBe(`Khách hẹn sau 14h30. Cảm ơn, ${username}.`)
  const dropped = other.waitForResponse((answer) => answer.request().method() === 'DELETE')
  await noteField(other).press('Control+Enter')
  await reads(noteField(other), '')
  await dropped
  await page.reload()
  await reads(contentOf(page), 'Đèn LOS đỏ')
  await reads(noteField(page), '')
  await context.close()
  expect([...faults, ...ofOther]).toEqual([])
})
