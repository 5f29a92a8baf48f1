import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openHeadlessShell } from '../../scripts/pages/chromium.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { graveFindings } from '../support/axe.ts'
import { failOnFaults, keepPicture, openAs, openPage } from '../support/browser.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'

/** No PBX is there: what is asked for, said and handed over is the service's own. */
const NO_PBX = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
/** From the key of the agent to the page of the supervisor. */
const HEARD_WITHIN_MS = 1_000
let hotline: Hotline
let browser: Browser
let agent: Page
let chief: Page
const faults: string[][] = []

beforeAll(async () => {
  ;[hotline, browser] = await Promise.all([startHotline({ amiUrl: NO_PBX }), openHeadlessShell()])
  const mai = await hotline.hire('mai', 'agent', '101')
  const bich = await hotline.hire('bich', 'supervisor')
  const order = { channel: 'counter', number: '0900000101', subject: 'Mất mạng cả tòa nhà' }
  await mai.send('POST', '/tickets', order, ticket)
  ;[agent, chief] = await Promise.all([open(mai), open(bich)])
})
afterEach(() => failOnFaults(...faults))
afterAll(async () => {
  await browser.close()
  await hotline.stop()
})

async function open(person: Person): Promise<Page> {
  const opened = await openPage(browser)
  faults.push(opened.faults)
  await openAs(opened.page, hotline.url, person)
  await opened.page.getByRole('banner').waitFor()
  return opened.page
}

async function isWell(page: Page, name: string): Promise<void> {
  await keepPicture(page, name)
  expect(await graveFindings(page, { rules: 'all', part: 'page' })).toEqual([])
}

test('help is asked for by one key within a field, and a supervisor comes', async () => {
  await agent.getByRole('link', { name: 'Phiếu', exact: true }).click()
  const search = agent.locator('#content input[type="search"]').first()
  await search.fill('mất mạng')
  const asks = chief.getByTestId(/^help-/).filter({ hasText: 'mai xin hỗ trợ' })
  await search.press('Alt+v')
  const askedAt = performance.now()
  await asks.waitFor()
  expect(performance.now() - askedAt).toBeLessThan(HEARD_WITHIN_MS)
  expect(await search.inputValue()).toBe('mất mạng')
  await agent.getByTestId('own-help').getByText('chưa có ai nhận').waitFor()
  await isWell(chief, 'shift-1-asks')
  await asks.getByRole('button', { name: 'Tôi đến' }).click()
  await agent.getByTestId('own-help').getByText('bich đang đến').waitFor()
  await asks.waitFor({ state: 'detached' })
  await isWell(agent, 'shift-2-coming')
  await agent.getByRole('button', { name: 'Thôi, không cần nữa' }).click()
  await agent.getByTestId('own-help').waitFor({ state: 'detached' })
})

test('a message stands on the page of who is on the shift until it is read', async () => {
  await chief.keyboard.press('g')
  await chief.keyboard.press('e')
  const form = chief.getByRole('form', { name: 'Nhắn tin' })
  await form.getByLabel('Nội dung').fill('Họp lúc 9 giờ ở phòng lớn')
  await form.getByRole('button', { name: 'Gửi' }).click()
  const said = agent.getByTestId('shift-message')
  await said.getByText('Họp lúc 9 giờ').waitFor()
  await isWell(agent, 'shift-3-message')
  await agent.reload()
  await said.getByRole('button', { name: 'Đã đọc' }).click()
  await said.waitFor({ state: 'detached' })
  await chief.getByRole('button', { name: 'Ai đã đọc' }).click()
  await chief.getByText(/^đọc lúc/).waitFor()
  expect(await chief.getByText('chưa đọc', { exact: true }).count()).toBe(0)
})

test('a shift is handed over, and its paper is black on white, without what is no paper', async () => {
  await agent.getByRole('link', { name: 'KN-2026-000001' }).click()
  await agent.getByRole('heading').first().waitFor()
  await agent.keyboard.press('Alt+v')
  await chief
    .getByTestId(/^help-/)
    .getByText('KN-2026-000001')
    .waitFor()
  const note = chief.getByRole('form', { name: 'Ghi chú cho ca sau' })
  await note.getByRole('textbox').fill('Cáp trục Xuân Thủy đứt,\nđội KT 2 đang hàn nối.')
  await note.getByRole('button', { name: 'Bàn giao ca' }).click()
  const last = chief.getByTestId(/^handover-/)
  await last.getByText('đội KT 2 đang hàn nối').waitFor()
  await isWell(chief, 'shift-4-hand-over')
  await last.getByRole('link', { name: 'In' }).click()
  const paper = chief.getByRole('article', { name: 'BIÊN BẢN BÀN GIAO CA' })
  await paper.getByText('Phiếu đang mở: 1').waitFor()
  await paper.getByText('Đang xin hỗ trợ: 1').waitFor()
  expect(await paper.getByText('Xem tất cả').first().isVisible()).toBe(false)
  await isWell(chief, 'shift-5-paper')
  expect(await graveFindings(chief, { rules: 'styles', part: 'page' })).toEqual([])
  await chief.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await keepPicture(chief, 'shift-6-printed')
  for (const part of ['button', '.mantine-Notification-root']) {
    // oxlint-disable-next-line no-await-in-loop
    expect(await chief.locator(`${part}:visible`).count()).toBe(0)
  }
  const look = `(({ color, backgroundColor }) => [color, backgroundColor])(
    getComputedStyle(document.querySelector('article')))`
  expect(await chief.evaluate(look)).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  const isA4 = (await chief.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(isA4).toMatch(/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/)
})
