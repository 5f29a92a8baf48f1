import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openChromium } from '../../scripts/pages/chromium.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import { startLab } from '../../scripts/pbx-lab/lab.ts'
import { seeWebSocket } from '../../scripts/doctor/see-websocket.ts'
import { keepPicture, openAs, openPage } from '../support/browser.ts'
import { answerInPage, CODE, ownCall, phoneRegistered } from '../support/desk-page.ts'
import { eventually } from '../support/eventually.ts'
import { keysHeard } from '../support/heard-keys.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'

const CUSTOMER = '0912345678'
let lab: Lab
let hotline: Hotline
let browser: Browser
let page: Page
let context: BrowserContext
let faults: string[]
/** What the page says to the PBX: the methods of its SIP requests. */
const methods: string[] = []

beforeAll(async () => {
  lab = await startLab({ queues: { wrapuptime: '0' }, globals: { HOTLINE_NOTICE: '' } })
  const { amiUrl, dialerUrl } = lab
  const env = { BROWSER_PHONE_URL: lab.browserPhoneUrl, BROWSER_PHONE_KEY: 'k'.repeat(32) }
  hotline = await startHotline({ amiUrl, dialerUrl, env })
  const lan = await hotline.hire('lan', 'agent', '101')
  const given = { secret: lab.access.secret }
  await hotline.admin.send('PUT', `/staff/${lan.user.id}/phone`, given, z.null())
  await lab.startPhone({ extension: '101', behaviour: 'busy' })
  await hotline.ready()
  // a microphone that hums, and that a page gets only when it is allowed to
  browser = await openChromium(['--use-fake-device-for-media-stream'])
  ;({ page, context, faults } = await openPage(browser))
  page.on('websocket', (socket) => {
    if (socket.url() !== lab.browserPhoneUrl) return
    socket.on('framesent', ({ payload }) => methods.push(String(payload).split(' ')[0] ?? ''))
  })
  await openAs(page, hotline.url, lan)
})
afterAll(async () => {
  await browser.close()
  await hotline.stop()
  await lab.stop()
})

const link = (of: Page) => of.getByTestId('phone-link')
const members = () => lab.cli('queue show hotline')

test('a microphone that the browser blocks is said so, and the phone stays on the desk', async () => {
  await page.getByRole('button', { name: 'Sẵn sàng' }).click()
  await link(page).click()
  await page.getByText('Trình duyệt này', { exact: true }).click()
  await page.getByText('Trình duyệt đang chặn micro').waitFor()
  await keepPicture(page, 'phone-1-blocked')
  await eventually(async () => expect(await members()).toContain('PJSIP/101'))
  expect(await members()).not.toContain('web-101')
})

test('the doctor finds the WebSocket of this PBX, and no other address of it', async () => {
  const seen = await seeWebSocket(lab.browserPhoneUrl, 5_000)
  expect(seen).toMatchObject({
    outcome: 'answers',
    reply: expect.stringMatching(/^SIP\/2\.0 [24]/),
  })
  const elsewhere = await seeWebSocket(lab.browserPhoneUrl.replace('/ws', '/else'), 5_000)
  expect(elsewhere.outcome).toBe('refused')
})

test('with it the page is the phone: in the queue in the place of the desk phone, never beside it', async () => {
  await context.grantPermissions(['microphone'])
  await page.getByText('Trình duyệt này', { exact: true }).click()
  await phoneRegistered(page)
  await eventually(async () => expect(await members()).toContain('PJSIP/web-101'))
  expect(await members()).not.toMatch(/PJSIP\/101\b/)
  await page.getByRole('button', { name: 'Thử micro' }).click()
  await page.getByText('Micro nghe được bạn.').waitFor()
  await keepPicture(page, 'phone-2-chosen')
  await page.keyboard.press('Escape')
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
  expect(kept).not.toContain(lab.access.secret)
})

test('a hotline call rings in the page, is answered by a key, held, muted and hung up there', async () => {
  const { agent: customers } = await lab.carrier()
  let heard = 0
  const keys = keysHeard()
  customers.onMedia = (packet) => {
    heard += 1
    keys.take(packet)
  }
  const call = await lab.placeCall({ from: CUSTOMER })
  const strip = page.getByRole('region', { name: 'Cuộc gọi đến' })
  await strip.getByText('0912 345 678').waitFor()
  await strip.getByRole('button', { name: 'Nghe máy' }).waitFor()
  await keepPicture(page, 'phone-3-ringing')
  await page.keyboard.press('F2')
  const talk = ownCall(page)
  await talk.getByText(CODE).waitFor()
  await talk.getByText(/^Tiếng (tốt|chập chờn|kém)$/).waitFor()
  expect(await lab.cli('core show channels concise')).toMatch(/PJSIP\/web-101-.*!Up!/)
  const sinceAnswer = heard
  // the customer hears the hum of the microphone
  await eventually(() => expect(heard).toBeGreaterThan(sinceAnswer + 20))
  // the ticket in front attaches its files by the same key
  await page.getByRole('button', { name: 'Chọn tệp' }).first().waitFor()
  await page.keyboard.press('Alt+u')
  await talk.getByText('Đang tắt tiếng').waitFor({ timeout: 5_000 })
  await page.keyboard.press('Alt+u')
  await talk.getByText('Đang tắt tiếng').waitFor({ state: 'detached' })
  await talk.getByRole('button', { name: 'Bàn phím số' }).click()
  await page.getByRole('button', { name: 'Phím 1' }).click()
  await page.keyboard.press('9')
  await page.keyboard.press('#')
  await eventually(() => expect(keys.text()).toBe('19#'))
  expect([methods.includes('REGISTER'), methods.includes('INFO')]).toEqual([true, false])
  await page.keyboard.press('Escape')
  await page.keyboard.press('F4')
  await talk.getByRole('button', { name: 'Nói tiếp' }).waitFor()
  await page.keyboard.press('Alt+u')
  await talk.getByText('Đang tắt tiếng').waitFor()
  await keepPicture(page, 'phone-4-held')
  await page.keyboard.press('F4')
  await talk.getByRole('button', { name: 'Giữ máy' }).waitFor()
  await page.keyboard.press('Alt+x')
  await call.outcome
  await talk.waitFor({ state: 'detached' })
})

test('a supervisor whose page is their phone hears a call in it', async () => {
  const chi = await openPage(browser)
  await chi.context.grantPermissions(['microphone'])
  const chief = await hotline.hire('chi', 'supervisor', '103')
  const given = { secret: lab.access.secret }
  await hotline.admin.send('PUT', `/staff/${chief.user.id}/phone`, given, z.null())
  await openAs(chi.page, hotline.url, chief)
  await answerInPage(chi.page)
  await chi.page.keyboard.press('Escape')
  const call = await lab.placeCall({ from: CUSTOMER })
  const talk = ownCall(page)
  await page.getByRole('region', { name: 'Cuộc gọi đến' }).getByText('0912 345 678').waitFor()
  await page.keyboard.press('F2')
  await talk.getByText(CODE).waitFor()

  await chi.page.goto(`${hotline.url}/queues`)
  await phoneRegistered(chi.page)
  const row = chi.page.getByTestId('member-101')
  await row.getByRole('button', { name: 'Thao tác với lan' }).click()
  await chi.page.getByRole('menuitem', { name: 'Nghe thầm' }).click()
  await chi.page.getByRole('dialog').getByLabel('Lý do').fill('kèm người mới')
  await chi.page.keyboard.press('Enter')
  // the dialog is over the buttons of the call: the page answers what was asked for
  await row.getByText('chi đang nghe thầm').waitFor()
  await chi.page.getByTestId('phone-call').getByText('cuộc gọi của điện thoại viên').waitFor()
  await keepPicture(chi.page, 'phone-7-spy')
  await call.hangup()
  await talk.waitFor({ state: 'detached' })
  await chi.context.close()
  expect(chi.faults).toEqual([])
})

test('a PBX that starts anew in the talk ends it, and the page rings again by itself', async () => {
  await lab.placeCall({ from: CUSTOMER })
  const strip = page.getByRole('region', { name: 'Cuộc gọi đến' })
  await strip.getByRole('button', { name: 'Nghe máy' }).waitFor()
  await page.keyboard.press('F2')
  const talk = ownCall(page)
  await talk.getByText(CODE).waitFor()
  await lab.killPbx()
  await page.getByTestId('phone-trouble').getByText('mất kết nối với tổng đài').waitFor()
  await keepPicture(page, 'phone-6-pbx-away')
  await lab.boot()
  await phoneRegistered(page)
  await talk.waitFor({ state: 'detached' })
  await page.getByTestId('phone-call').waitFor({ state: 'detached' })
  const again = await lab.placeCall({ from: CUSTOMER })
  await strip.getByRole('button', { name: 'Nghe máy' }).waitFor()
  await page.keyboard.press('F2')
  await talk.getByText(CODE).waitFor()
  await again.hangup()
  await talk.waitFor({ state: 'detached' })
  expect(await page.getByTestId('phone-call').count()).toBe(0)
})

test('a second tab is no phone and says so; it becomes one when the first is closed', async () => {
  const second = await context.newPage()
  await second.goto(hotline.url)
  await second.getByText('Điện thoại đang mở ở một thẻ khác').waitFor()
  await keepPicture(second, 'phone-5-second-tab')
  const contacts = await lab.cli('pjsip show contacts')
  expect(contacts.match(/web-101/g)).toHaveLength(1)
  await second.reload()
  await second.getByText('Điện thoại đang mở ở một thẻ khác').waitFor()
  expect(await lab.cli('pjsip show contacts')).toBe(contacts)
  await page.close()
  await phoneRegistered(second)
  page = second
})

test('back at the desk phone the page rings no more', async () => {
  await link(page).click()
  await page.getByText('Máy để bàn', { exact: true }).click()
  await page.locator('[data-testid=phone-link][data-link=off]').waitFor()
  await eventually(async () => expect(await members()).toMatch(/PJSIP\/101\b/))
  expect(await members()).not.toContain('web-101')
  expect(faults).toEqual([])
})
