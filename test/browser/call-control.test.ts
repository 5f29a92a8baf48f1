import type { Browser, Page } from 'playwright-core'
import { openHeadlessShell } from '../../scripts/pages/chromium.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { customer as customerSchema } from '../../server/contract/customers.ts'
import { graveFindings } from '../support/axe.ts'
import { keepPicture, openAs, openPage } from '../support/browser.ts'
import { codeOfOwnCall, hangUpByKeys, ownCall, ticketHeading } from '../support/desk-page.ts'
import { eventually } from '../support/eventually.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'

const CUSTOMER = '0912345678'
let labHotline: LabHotline
let browser: Browser
const faults: string[][] = []

interface Desk {
  page: Page
  phone: Phone
}
let lan: Desk
let mai: Desk

beforeAll(async () => {
  // a queue leaves agents alone for longer than any test waits
  const [lab, chromium] = await Promise.all([
    startLabHotline({ lan: '101', mai: '102' }, { queues: { wrapuptime: '120' } }),
    openHeadlessShell(),
  ])
  labHotline = lab
  browser = chromium
  const body = { name: 'Công ty Minh Tâm', phones: [{ number: CUSTOMER }] }
  await lab.hotline.admin.send('POST', '/customers', body, customerSchema)
  await lab.hotline.ready()
  ;[lan, mai] = await Promise.all([openDesk('lan'), openDesk('mai')])
})
afterAll(async () => {
  await browser.close()
  await labHotline.stop()
})

async function openDesk(name: string): Promise<Desk> {
  const opened = await openPage(browser)
  faults.push(opened.faults)
  const { person, phone } = labHotline.deskOf(name)
  await openAs(opened.page, labHotline.hotline.url, person)
  return { page: opened.page, phone }
}

const bar = ({ page }: Desk) => ownCall(page)
const rest = ({ page }: Desk) => page.getByTestId('wrap-up')

async function answered(desk: Desk) {
  const call = await labHotline.lab.placeCall({ from: CUSTOMER })
  ;(await desk.phone.waitForCall()).answer()
  await bar(desk).getByText('Công ty Minh Tâm').waitFor()
  return call
}

test('a customer is handed to a colleague by keys, who has the same ticket and ends the call by keys', async () => {
  await lan.page.getByRole('button', { name: 'Sẵn sàng' }).click()
  const call = await answered(lan)
  const code = await codeOfOwnCall(lan.page)
  await lan.page.keyboard.press('F8')
  await lan.page.getByRole('option', { name: /^mai/ }).waitFor()
  await lan.page.keyboard.type('mai')
  expect(await graveFindings(lan.page, { rules: 'all', part: 'dialog' })).toEqual([])
  await keepPicture(lan.page, '9-transfer')
  await lan.page.keyboard.press('Enter')
  ;(await mai.phone.waitForCall()).answer()
  await bar(mai).getByText('Công ty Minh Tâm').waitFor()
  await ticketHeading(mai.page, code).waitFor()
  await mai.page.getByRole('button', { name: 'Chuyển nền tối' }).click()
  await mai.page.mouse.move(0, 700)
  expect(await graveFindings(mai.page, { rules: 'contrast', part: 'page' })).toEqual([])
  await keepPicture(mai.page, '9-transferred')
  await hangUpByKeys(mai.page)
  expect(await call.outcome).toMatchObject({ by: 'them' })
  await bar(mai).waitFor({ state: 'detached' })
})

test('the rest after a call is prolonged and ended by keys, and then the queue rings at once', async () => {
  await bar(lan).waitFor({ state: 'detached' })
  await rest(lan)
    .getByText(/^[12]:\d\d$/)
    .waitFor()
  await lan.page.keyboard.press('Alt+p')
  await rest(lan)
    .getByText(/^2:\d\d$/)
    .waitFor()
  await eventually(async () =>
    expect(await labHotline.lab.cli('queue show hotline')).toContain('paused:wrap_up'),
  )
  expect(await graveFindings(lan.page, { rules: 'contrast', part: 'page' })).toEqual([])
  await keepPicture(lan.page, '9-wrap-up')
  // lan handed the customer on: what became of the matter is not hers to say
  expect(
    await rest(lan)
      .getByRole('button', { name: /Alt\+Y$/ })
      .count(),
  ).toBe(0)
  await lan.page.keyboard.press('Alt+a')
  await rest(lan).waitFor({ state: 'detached' })
})

test('what became of the matter is asked of whom the customer talked with last', async () => {
  await (await answered(lan)).hangup()
  await rest(lan)
    .getByRole('button', { name: /Alt\+Y$/ })
    .waitFor()
  await lan.page.keyboard.press('Alt+y')
  const solved = lan.page.getByRole('form', { name: 'Đã giải quyết trên cuộc gọi' })
  await solved.waitFor()
  expect(await solved.count()).toBe(1)
  await keepPicture(lan.page, '9-outcome')
})

test('no script of the pages failed during all of this', () => {
  expect(faults.flat()).toEqual([])
})
