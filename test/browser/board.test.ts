import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHeadlessShell } from '../../scripts/pages/chromium.ts'
import { outageView } from '../../server/contract/casework/outages.ts'
import { callbackView } from '../../server/contract/callbacks.ts'
import { customer } from '../../server/contract/customers.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { graveFindings } from '../support/axe.ts'
import { keepPicture, openAs, openPage } from '../support/browser.ts'
import { createFullFloor } from '../support/full-floor.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import { withoutRoom } from '../support/list-layout.ts'

const floor = createFullFloor()
let hotline: Hotline
let browser: Browser
let desk: Awaited<ReturnType<typeof openPage>>
let page: Page

/** Whether the page itself, or what is around the board, is longer than the window. */
const SCROLLS = `[document.scrollingElement, document.getElementById('content')]
  .filter((one) => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth)
  .map((one) => one.id || one.tagName)`
/** Lists that have more than they show. */
const HIDDEN_ROWS = `[...document.querySelectorAll('#content table')]
  .filter((one) => one.parentElement.scrollHeight > one.parentElement.clientHeight)
  .map((one) => one.ariaLabel)`
/** Marks of callers and states of members that lie outside of their cell. */
const CUT_MARKS = `[...document.querySelectorAll('#content td [data-tone]')]
  .filter((one) => one.getBoundingClientRect().right > one.closest('td').getBoundingClientRect().right)
  .map((one) => one.textContent)`

beforeAll(async () => {
  hotline = await startHotline({
    amiUrl: 'ami://nobody:nothing@127.0.0.1:1/pbx1',
    env: { HOTLINE_QUEUES: 'hotline,hotline-tech' },
    createTelephony: (options) => floor.createTelephony(options),
  })
  const { admin } = hotline
  const mai = await hotline.hire('mai', 'agent', '101')
  const hoa = await hotline.hire('hoa', 'supervisor')
  const someone = {
    name: 'Công ty Cổ phần Thương mại Sao Mai',
    phones: [{ number: '0900000101' }, { number: '0912345678' }],
    contracts: [{ contractNo: 'HD-0001', area: 'Cầu Giấy' }],
  }
  await admin.send('POST', '/customers', someone, customer)
  const told = { message: 'Đứt cáp', expectedUntil: '2199-01-01T00:00:00Z' }
  await mai.send('POST', '/outages', { area: 'Cầu Giấy', ...told }, outageView)
  const matter = { channel: 'counter', number: '0900000102' }
  const { id } = await mai.send('POST', '/tickets', matter, ticket)
  await mai.send('POST', `/tickets/${id}/callbacks`, { inMinutes: 30, note: '' }, callbackView)
  floor.fill()
  browser = await openHeadlessShell()
  desk = await openPage(browser)
  page = desk.page
  await openAs(page, hotline.url, hoa)
  await page.getByTestId('member-120').waitFor()
})
afterAll(async () => {
  await browser.close()
  await hotline.stop()
})

async function wear(look: 'light' | 'dark'): Promise<void> {
  await page.evaluate(`document.documentElement.dataset.mantineColorScheme = '${look}'`)
}

test('twenty members and ten callers stand on one screen, and nothing of it scrolls', async () => {
  await page.getByTestId('waiting-1795.1').getByRole('link', { name: 'Sự cố' }).waitFor()
  await page.getByText(/^Hẹn \d/).waitFor()
  await page.getByText('Phiếu và hẹn gọi: ').waitFor()
  await keepPicture(page, 'board-1366-light')
  expect(await page.evaluate(SCROLLS)).toEqual([])
  expect(await page.evaluate(HIDDEN_ROWS)).toEqual([])
  expect(await withoutRoom(page)).toEqual([])
  expect(await page.evaluate(CUT_MARKS)).toEqual([])
  expect(await graveFindings(page, { rules: 'all', part: 'page' })).toEqual([])
  await wear('dark')
  expect(await graveFindings(page, { rules: 'contrast', part: 'page' })).toEqual([])
  await keepPicture(page, 'board-1366-dark')
  await page.setViewportSize({ width: 1920, height: 1080 })
  await keepPicture(page, 'board-1920-dark')
  await wear('light')
  await keepPicture(page, 'board-1920-light')
  expect(await withoutRoom(page)).toEqual([])
  expect(await page.evaluate(SCROLLS)).toEqual([])
  expect(await page.evaluate(HIDDEN_ROWS)).toEqual([])
  await page.setViewportSize({ width: 1366, height: 768 })
})

test('a member who talks is shown with the ticket; keys walk the rows and open what can be done', async () => {
  const talking = page.getByTestId('member-101')
  await talking.getByRole('link', { name: /^KN-/ }).waitFor()
  await talking.focus()
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate(`document.activeElement.dataset.testid`)).toBe('member-102')
  await page.keyboard.press('ContextMenu')
  await page.getByRole('menuitem', { name: 'hotline-tech' }).waitFor()
  await page.keyboard.press('Escape')
  await talking.focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Nghe thầm' }).waitFor()
  await keepPicture(page, 'board-menu')
  await page.keyboard.press('Escape')
})

test('one queue is shown alone, by its address, and all of them again', async () => {
  const rows = page.locator('[data-testid^="member-"]')
  expect(await rows.count()).toBe(20)
  await page.getByRole('navigation', { name: 'Hàng đợi' }).getByText('hotline-tech').click()
  await page.waitForURL(/queue=/)
  expect(await rows.count()).toBe(6)
  await page.reload()
  await page.getByTestId('member-120').waitFor()
  expect(await rows.count()).toBe(6)
  await keepPicture(page, 'board-one-queue')
  await page.getByRole('link', { name: 'Tất cả' }).click()
  await page.getByTestId('member-101').waitFor()
})

test('a target is set from a day on, and the figure says whether it is met', async () => {
  await page.getByRole('button', { name: 'Chỉ tiêu' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Số liệu').selectOption({ label: 'Xử lý trung bình' })
  await dialog.getByRole('textbox', { name: /^Giá trị/ }).fill('30')
  expect(await graveFindings(page, { rules: 'all', part: 'dialog' })).toEqual([])
  await keepPicture(page, 'board-targets')
  await dialog.getByRole('button', { name: 'Đặt chỉ tiêu' }).click()
  await dialog.getByRole('cell', { name: '≤ 30 giây' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('chưa đạt ≤ 0:30').waitFor()
})

test('a PBX that is away is told from a service that is away, and its figures say how old they are', async () => {
  floor.setLink('closed')
  await page.getByText(/^Mất kết nối tổng đài pbx1 từ/).waitFor()
  await page.locator('dl [data-silent="true"]').first().waitFor()
  expect(await page.locator('dl [data-silent="false"]').count()).toBe(5)
  await keepPicture(page, 'board-pbx-down')
  floor.setLink('ready')
  await page.getByText(/^Tổng đài pbx1: /).waitFor()
  expect(desk.faults).toEqual([])
})
