import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openHeadlessShell } from '../../scripts/pages/chromium.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { customer as customerSchema } from '../../server/contract/customers.ts'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { ticket as ticketSchema } from '../../server/contract/tickets.ts'
import { keepPicture, openAs, openPage, signInAt } from '../support/browser.ts'
import { becomeReady } from '../support/desk-page.ts'
import { type Hotline, PASSWORD } from '../support/hotline.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import { withoutRoom } from '../support/list-layout.ts'
import type { Person } from '../support/person.ts'
import { createShiftedClock } from '../support/shifted-clock.ts'
import { eventually } from '../support/eventually.ts'

const CUSTOMER = '0912345678'
const clock = createShiftedClock()
let labHotline: LabHotline
let lab: Lab
let hotline: Hotline
let hoa: Person
let phone: Phone
let browser: Browser
let page: Page
let context: BrowserContext
let faults: string[]

beforeAll(async () => {
  labHotline = await startLabHotline({ lan: '101' }, { clock })
  ;({ lab, hotline } = labHotline)
  ;({ phone } = labHotline.deskOf('lan'))
  hoa = await hotline.hire('hoa', 'supervisor')
  const body = {
    name: 'Công ty Minh Tâm',
    kind: 'organisation',
    phones: [{ number: CUSTOMER }],
    contracts: [{ contractNo: 'HD-0001', installationAddress: '12 Lê Lợi, Hà Nội' }],
  }
  await hotline.admin.send('POST', '/customers', body, customerSchema)
  const earlier = { channel: 'counter', number: CUSTOMER, subject: 'Đứt cáp đầu ngõ' }
  await hotline.admin.send('POST', '/tickets', earlier, ticketSchema)
  await hotline.ready()
  browser = await openHeadlessShell()
  ;({ page, context, faults } = await openPage(browser))
})
afterAll(async () => {
  await browser.close()
  await labHotline.stop()
})

/** What whoever answers needs in the first second, and would have to scroll to. */
function outOfView(): Promise<string[]> {
  const shown = {
    'open ticket': page.getByRole('region', { name: 'Phiếu đang mở khác' }).locator('li').first(),
    'first field': page.getByLabel('Tiêu đề', { exact: true }),
    customer: page.getByRole('heading', { name: 'Khách hàng', exact: true }),
  }
  const seen = Object.entries(shown).map(async ([name, part]) => {
    const [box, content] = await Promise.all([
      part.boundingBox(),
      page.locator('main').boundingBox(),
    ])
    if (box === null || content === null) return [name]
    const isIn = box.y >= content.y && box.y + box.height <= content.y + content.height
    return isIn ? [] : [name]
  })
  return Promise.all(seen).then((lists) => lists.flat())
}

/** The form that is made ready while a call rings: laid out, seen by nobody, and without a place of its own. */
const READY_FORM = `(() => {
  const form = document.querySelector('form[aria-label="Phiếu …"]')
  const before = document.activeElement
  form.querySelector('input').focus()
  return {
    isLaidOut: form.offsetHeight > 100,
    isSeen: form.checkVisibility(),
    takesFocus: document.activeElement !== before,
    scrollsBy: form.closest('main').scrollHeight - form.closest('main').clientHeight,
  }
})()`

test('an agent signs in and is a member of the real queue when the page says ready', async () => {
  await signInAt(page, hotline.url, 'lan', PASSWORD)
  await becomeReady(page)
  expect(await lab.cli('queue show hotline')).toContain('PJSIP/101')
  await keepPicture(page, '1-ready')
})

test('a real SIP call is on the screen while it rings, and its ticket when it is answered', async () => {
  const call = await lab.placeCall({ from: CUSTOMER })
  const strip = page.getByRole('region', { name: 'Cuộc gọi đến' })
  await strip.getByText('0912 345 678').waitFor()
  await strip.getByText('Công ty Minh Tâm').waitFor()
  await keepPicture(page, '2-ringing')
  await page.locator('form[aria-label="Phiếu …"]').waitFor({ state: 'attached' })
  expect(await page.evaluate(READY_FORM)).toEqual({
    isLaidOut: true,
    isSeen: false,
    takesFocus: false,
    scrollsBy: 0,
  })
  const atAgent = await phone.waitForCall()
  atAgent.answer()
  await page
    .getByText(/KN-\d{4}-\d{6}/)
    .first()
    .waitFor()
  await page.getByText('HD-0001').first().waitFor()
  await page.locator('input:focus').and(page.getByLabel('Tiêu đề')).waitFor()
  const others = page.getByRole('region', { name: 'Phiếu đang mở khác' })
  await others.getByText('Đứt cáp đầu ngõ').waitFor()
  expect(await outOfView()).toEqual([])
  await keepPicture(page, '3-answered')
  await page.reload()
  await page
    .getByText(/KN-\d{4}-\d{6}/)
    .first()
    .waitFor()
  await call.hangup()
  await page.getByText('Đã kết thúc cuộc gọi').first().waitFor()
  expect(await page.getByRole('heading', { name: /^Phiếu KN-/ }).count()).toBe(1)
})

test('a promise made with the keyboard is dialled half an hour later and is then kept', async () => {
  await page.keyboard.press('Alt+h')
  await page.getByRole('form', { name: 'Hẹn gọi lại' }).waitFor()
  await keepPicture(page, '4-promise')
  await page.getByRole('button', { name: /^Hẹn gọi lại lúc/ }).click()
  await page.getByText(/^Còn /).first().waitFor()
  await keepPicture(page, '5-promised')
  const customer = await lab.customerPhone({ number: CUSTOMER, behaviour: 'manual' })

  // the deadline of what is under way at the PBX must not pass with it
  clock.jump(30 * 60_000)
  const atAgent = await phone.waitForCall()
  atAgent.answer()
  await page.getByText('Máy bạn đã nhấc', { exact: false }).first().waitFor()
  await page.keyboard.press('Alt+g')
  const atCustomer = await customer.waitForCall()
  expect(atCustomer.caller).toContain('19000382')
  atCustomer.answer()
  await page.getByText('Gọi lại theo hẹn').first().waitFor()
  await keepPicture(page, '6-called-back')
  await atCustomer.hangup()
  await page.getByText('Không có hẹn gọi lại').waitFor()
})

test('whoever called back says how it went by one key, also after a reload', async () => {
  const strip = page.getByRole('region', { name: 'Kết quả gọi lại chờ xác nhận' })
  await strip.getByText('Nói chuyện').waitFor()
  await page.reload()
  await strip.getByText('Công ty Minh Tâm').waitFor()
  await keepPicture(page, '6-word')
  await page.keyboard.press('Alt+y')
  // A ticket that the guidance has not begun on is solved by saying how.
  await page
    .getByRole('textbox', { name: 'Đã xử lý thế nào?' })
    .fill('Hướng dẫn khởi động lại modem')
  await keepPicture(page, '6-word-asked')
  await page.keyboard.press('Enter')
  await strip.getByText('Nói chuyện').waitFor({ state: 'detached' })
  await page.getByText('KH đã xác nhận').first().waitFor()
  expect(await strip.textContent()).toBe('')
  await keepPicture(page, '6-word-said')
})

test('of two customers with one number the agent picks, and the next call knows it', async () => {
  const number = '0900000110'
  for (const name of ['Nguyễn Văn Mẫu', 'Nguyễn Thị Mẫu']) {
    // One after the other, so that their codes follow this order.
    // oxlint-disable-next-line no-await-in-loop
    await hotline.admin.send('POST', '/customers', { name, phones: [{ number }] }, customerSchema)
  }
  const first = await lab.placeCall({ from: number })
  ;(await phone.waitForCall()).answer()
  await page.getByText('Số này thuộc nhiều khách hàng').waitFor()
  await keepPicture(page, '8-candidates')
  await page.getByRole('button', { name: 'Chọn Nguyễn Thị Mẫu' }).click()
  await page.getByText('Số này thuộc nhiều khách hàng').waitFor({ state: 'detached' })
  await first.hangup()
  const second = await lab.placeCall({ from: number })
  const atAgent = await phone.waitForCall()
  const strip = page.getByRole('region', { name: 'Cuộc gọi đến' })
  await strip.getByText('Nguyễn Thị Mẫu').waitFor()
  expect(await strip.getByText('Nguyễn Văn Mẫu').count()).toBe(0)
  await second.hangup()
  await atAgent.ended
})

test('a second tab shows the same call, and both lose it when the caller gives up', async () => {
  const second = await context.newPage()
  await second.goto(hotline.url)
  const call = await lab.placeCall({ from: '0900000105' })
  const atAgent = await phone.waitForCall()
  const strips = [page, second].map((tab) => tab.getByRole('region', { name: 'Cuộc gọi đến' }))
  await Promise.all(strips.map((strip) => strip.getByText('0900 000 105').waitFor()))
  await call.hangup()
  await atAgent.ended
  await Promise.all(
    strips.map((strip) => strip.getByText('0900 000 105').waitFor({ state: 'detached' })),
  )
  const shown = await Promise.all(strips.map((strip) => strip.textContent()))
  expect(shown).toEqual(['', ''])
  await second.close()
})

test('a supervisor sees the waiting caller, the member and the counts of today', async () => {
  const desk = await openPage(browser)
  await openAs(desk.page, hotline.url, hoa)
  await desk.page.getByText('Không có cuộc gọi chờ').first().waitFor()
  const call = await lab.placeCall({ from: '0900000106' })
  await desk.page.getByText('0900 000 106').waitFor()
  expect(await withoutRoom(desk.page)).toEqual([])
  await keepPicture(desk.page, '7-queues')
  await (
    await phone.waitForCall()
  ).ringing
  await call.hangup()
  await desk.page.getByText('0900 000 106').waitFor({ state: 'detached' })
  expect(desk.faults).toEqual([])
  await desk.context.close()
})

test('the list of calls names the customer and has room for everything it says', async () => {
  await page.goto(`${hotline.url}/calls`)
  await page.getByRole('link', { name: 'Công ty Minh Tâm' }).first().waitFor()
  await page.getByRole('cell', { name: 'Khách gác máy khi chờ' }).first().waitFor()
  expect(await withoutRoom(page)).toEqual([])
  await page
    .getByRole('button', { name: /^Gọi: 0/ })
    .first()
    .waitFor()
  await keepPicture(page, '8-calls')
  await page.getByRole('searchbox', { name: 'Tìm số, tên khách, mã phiếu' }).fill('cty minh tam')
  await page.waitForURL(/[?&]q=/)
  await page.getByText('Không có cuộc gọi phù hợp').waitFor()
  await page.getByRole('searchbox').fill('minh tam')
  await page.getByRole('link', { name: 'Công ty Minh Tâm' }).first().waitFor()
  expect(await page.getByText('0900 000 106').count()).toBe(0)
})

test('ten minutes after the last page was closed its phone is in the real queue no more', async () => {
  expect(await lab.cli('queue show hotline')).toContain('PJSIP/101')
  await page.close()
  await eventually(async () => {
    const [queue] = (await hoa.get('/queues', queuesSnapshot)).queues
    expect(queue?.members).toMatchObject([{ extension: '101', hasPage: false }])
  })
  clock.shift(10 * 60_000)
  await eventually(async () =>
    expect(await lab.cli('queue show hotline')).not.toContain('PJSIP/101'),
  )
})

test('no script of the page failed during all of this', () => {
  expect(faults).toEqual([])
})
