import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openHeadlessShell } from '../../scripts/pages/chromium.ts'
import { agentState } from '../../server/contract/desk.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { become } from '../support/agent-state.ts'
import { graveFindings } from '../support/axe.ts'
import { bringSession, failOnFaults, keepPicture, openAt, openPage } from '../support/browser.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import { playTone } from '../support/tone.ts'

let labHotline: LabHotline
let browser: Browser
let page: Page
let faults: string[]
let chisPhone: Phone

beforeAll(async () => {
  const [lab, chromium] = await Promise.all([
    startLabHotline({ lan: '101', mai: '102' }, { queues: { 'announce-frequency': '0' } }),
    openHeadlessShell(),
  ])
  labHotline = lab
  browser = chromium
  const chi = await lab.hotline.hire('chi', 'supervisor', '103')
  chisPhone = await lab.lab.startPhone({ extension: '103', behaviour: 'manual' })
  await lab.hotline.ready()
  ;({ page, faults } = await openPage(browser))
  await bringSession(page, lab.hotline.url, chi)
})
beforeEach(() => openAt(page, `${labHotline.hotline.url}/queues`))
afterAll(async () => {
  await browser.close()
  await labHotline.stop()
})
afterEach(() => failOnFaults(faults))

const dialog = () => page.getByRole('dialog')
const readable = async (part: 'menu' | 'dialog') =>
  expect(await graveFindings(page, { rules: 'all', part })).toEqual([])
const row = (extension: string) => page.getByTestId(`member-${extension}`)

test('a supervisor listens and takes over by keys; each act says what it does, and what came of it', async () => {
  const { person: lan, phone } = labHotline.deskOf('lan')
  await become(lan, await lan.listen(), 'ready')
  const call = await labHotline.lab.placeCall({ from: '0912345678' })
  const atLan = await phone.waitForCall()
  atLan.answer()
  const voice = playTone(phone.agent, atLan, 'agent')
  await row('101').getByRole('link', { name: 'Cuộc gọi của lan' }).waitFor()

  await row('101').getByRole('button', { name: 'Thao tác với lan' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Nghe thầm' }).waitFor()
  await readable('menu')
  await keepPicture(page, '12-member-menu')
  await page.keyboard.press('Enter')
  await dialog().getByText('khách và điện thoại viên không nghe thấy bạn').waitFor()
  await page.keyboard.type('kèm người mới')
  await readable('dialog')
  await keepPicture(page, '12-listen')
  await page.keyboard.press('Enter')
  const atChi = await chisPhone.waitForCall()
  await dialog().getByText('Điện thoại của bạn đang đổ chuông').waitFor()
  atChi.answer()
  await dialog().waitFor({ state: 'detached' })
  await row('101').getByText('chi đang nghe thầm').waitFor()
  await keepPicture(page, '12-listening')

  await row('101').getByRole('button', { name: 'Thao tác với lan' }).click()
  await page.getByRole('menuitem', { name: 'Nhận thay cuộc gọi' }).click()
  await dialog().getByLabel('Lý do').fill('khách khó')
  await page.keyboard.press('Enter')
  const own = await chisPhone.waitForCall()
  own.answer()
  await page.getByText('Điện thoại của bạn đang đổ chuông.').waitFor()
  expect(await atLan.ended).toMatchObject({ by: 'them' })
  voice.stop()
  await call.hangup()
})

test('waiting callers are moved up, sent to an agent, and promised a callback', async () => {
  const { lab } = labHotline
  const { person: lan } = labHotline.deskOf('lan')
  const { person: mai, phone } = labHotline.deskOf('mai')
  await become(lan, await lan.listen(), 'offline')
  const numbers = ['0912345671', '0912345672', '0912345673']
  for (const from of numbers) {
    const mark = lab.ami.mark()
    // oxlint-disable-next-line no-await-in-loop -- one behind the other
    await lab.placeCall({ from })
    // oxlint-disable-next-line no-await-in-loop
    await lab.ami.waitFor({ Event: 'QueueCallerJoin', CallerIDNum: from }, mark)
  }
  const waiting = page.getByRole('region', { name: 'Cuộc gọi đang chờ' })
  await waiting.getByText('0912 345 673').waitFor()
  await waiting.getByRole('button', { name: 'Thao tác với khách chờ ở vị trí 3' }).click()
  await page.getByRole('menuitem', { name: 'Đưa lên đầu hàng' }).click()
  await dialog().getByLabel('Lý do').fill('đã gọi ba lần')
  await page.keyboard.press('Enter')
  await page.getByText('Khách đã ở đầu hàng.').waitFor()
  await waiting.getByRole('row').nth(1).getByText('0912 345 673').waitFor()

  // on a pause, so that the queue itself rings nobody
  await mai.send('POST', '/desk/state', { state: 'paused', reason: 'meeting' }, agentState)
  await row('102').waitFor()
  await waiting.getByRole('button', { name: 'Thao tác với khách chờ ở vị trí 1' }).click()
  await page.getByRole('menuitem', { name: 'Chuyển cho điện thoại viên' }).click()
  await dialog().getByLabel('Lý do').fill('mai biết việc này')
  await readable('dialog')
  await keepPicture(page, '12-send')
  await page.keyboard.press('Enter')
  const atMai = await phone.waitForCall()
  atMai.reject(486)
  await page.getByText('Khách đang đổ chuông ở máy đã chọn.').waitFor()
  await waiting.getByRole('row').nth(1).getByText('0912 345 673').waitFor()

  await waiting.getByRole('button', { name: 'Hẹn gọi lại tất cả' }).click()
  await dialog().getByLabel('Lý do').fill('hết ca')
  await keepPicture(page, '12-close')
  await page.keyboard.press('Enter')
  await page.getByText('Đã hẹn gọi lại 3 khách.').waitFor()
  expect(phone.calls).toEqual([atMai])
})
