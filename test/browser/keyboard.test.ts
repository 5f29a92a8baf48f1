import type { Browser, Locator, Page } from 'playwright-core'
import { openHeadlessShell } from '../../scripts/pages/chromium.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { pageOf } from '../../server/contract/primitives.ts'
import { ticket, ticketRow } from '../../server/contract/tickets.ts'
import { eventually } from '../support/eventually.ts'
import { bringSession, failOnFaults, keepPicture, openAt, openPage } from '../support/browser.ts'
import { noteField } from '../support/desk-page.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'

/** No PBX is there: what is tried is the page. */
const NO_PBX = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
let hotline: Hotline
let browser: Browser
let page: Page
let faults: string[]
let codes: string[]

beforeAll(async () => {
  hotline = await startHotline({ amiUrl: NO_PBX })
  browser = await openHeadlessShell()
  const agent = await hotline.hire('agent-keys', 'agent', '101')
  const made = []
  for (const subject of ['Mất mạng cả nhà', 'Đứt cáp ngoài ngõ']) {
    const order = { channel: 'counter', number: '0900000101', subject }
    // oxlint-disable-next-line no-await-in-loop -- so that their codes follow this order
    made.push(await agent.send('POST', '/tickets', order, ticket))
  }
  codes = made.map(({ code }) => code)
  // What is new is found a moment later.
  await eventually(async () => {
    const found = await agent.get(`/tickets?q=${codes[1]}`, pageOf(ticketRow))
    if (found.items.length !== 1) throw new Error('not found yet')
  })
  ;({ page, faults } = await openPage(browser))
  await bringSession(page, hotline.url, agent)
})
afterEach(async () => {
  await page.evaluate(() => sessionStorage.clear())
  failOnFaults(faults)
})
afterAll(async () => {
  await browser.close()
  await hotline.stop()
})

beforeEach(async () => {
  await openAt(page, `${hotline.url}/desk`)
  await page.getByRole('heading', { name: 'Bàn làm việc' }).waitFor()
})

const press = (keys: string) => page.keyboard.press(keys)
const content = () => page.locator('#content')
const palette = () => page.getByRole('dialog', { name: 'Tìm hoặc ra lệnh' })
const subject = () => page.getByRole('textbox', { name: 'Tiêu đề' })
const note = () => noteField(page)
const tab = (code: string) => page.getByRole('button', { name: new RegExp(code), pressed: true })

/** By the palette, as hands do it: a few letters and Enter. */
async function openTicket(letters: string, code: string): Promise<void> {
  await press('Control+k')
  expect(await focus(palette().getByRole('textbox'))).toBe(true)
  await page.keyboard.type(letters)
  await palette().getByText(code).waitFor()
  await press('Enter')
  await tab(code).waitFor()
  await note().waitFor()
}

/** Waits until a field has the keyboard. */
async function focus(field: Locator): Promise<boolean> {
  const focused = field.and(page.locator(':focus'))
  await focused.waitFor()
  return focused.isVisible()
}

test('two tickets by their words, from tab to tab, a note, and both closed, without the mouse', async () => {
  await openTicket('mat mang ca nha', codes[0] ?? '')
  await press('Alt+t')
  expect(await focus(subject())).toBe(true)
  await openTicket(codes[1] ?? '', codes[1] ?? '')
  await press('Alt+j')
  expect(await focus(note())).toBe(true)
  await page.keyboard.type('Khách sẽ gọi lại')
  await page.getByRole('img', { name: 'Có nội dung chưa lưu' }).waitFor()
  await press('Alt+1')
  await tab(codes[0] ?? '').waitFor()
  expect(await focus(content())).toBe(true)
  await keepPicture(page, 'keyboard-tabs')
  await press('Alt+w')
  await tab(codes[1] ?? '').waitFor()
  expect(await focus(page.getByRole('button'))).toBe(true)
  await press('Alt+w')
  await page.getByRole('heading', { name: 'Bàn làm việc' }).waitFor()
  expect(await focus(content())).toBe(true)
})

test('what was typed is found in its field again after the palette', async () => {
  await openTicket(codes[1] ?? '', codes[1] ?? '')
  await press('Alt+j')
  expect(await focus(note())).toBe(true)
  await press('Control+k')
  await palette().waitFor()
  await keepPicture(page, 'keyboard-palette')
  await press('Escape')
  await palette().waitFor({ state: 'detached' })
  expect(await focus(note())).toBe(true)
  await page.keyboard.type('!')
  expect(await note().inputValue()).toContain('!')
})

test('after a promise, and after Escape in a field, the keyboard is not on the body', async () => {
  await openTicket(codes[0] ?? '', codes[0] ?? '')
  await press('Alt+t')
  await press('Escape')
  expect(await focus(content())).toBe(true)
  await press('Alt+h')
  await page.getByRole('form', { name: 'Hẹn gọi lại' }).waitFor()
  await press('Escape')
  expect(await focus(page.getByRole('button'))).toBe(true)
  await press('Enter')
  expect(await focus(page.getByRole('button', { name: /^Hẹn gọi lại lúc/ }))).toBe(true)
  await press('Enter')
  await page.getByRole('form', { name: 'Hẹn gọi lại' }).waitFor({ state: 'detached' })
  expect(await focus(page.getByRole('button'))).toBe(true)
  // in the narrow rail no choice of the time is cut, whatever the font
  await page.getByTestId('promise').getByRole('button').last().click()
  await page.getByRole('menuitem', { name: 'Dời lịch' }).click()
  const times = page.getByTestId('promise').getByRole('radiogroup')
  await keepPicture(page, 'keyboard-times')
  const cut = await times.evaluate(
    (one) => Number(Reflect.get(one, 'scrollWidth')) - Number(Reflect.get(one, 'clientWidth')),
  )
  expect(cut).toBe(0)
})

test('screens go by g and a letter, and the next work by one key', async () => {
  await press('g')
  await press('t')
  await page.waitForURL(/\/tickets/)
  expect(await focus(page.getByRole('searchbox'))).toBe(true)
  await press('Escape')
  await press('g')
  await press('c')
  await page.waitForURL(/\/calls/)
  await press('Alt+q')
  await page.waitForURL(/\/desk/)
  await page.getByRole('heading', { name: /^Phiếu KN-/ }).waitFor()
})

/** More than a window of rows, so that the list scrolls. */
const MANY = 40
const scrolled = () => page.evaluate<number>(`document.querySelector('#content').scrollTop`)

/** A hand is slower than the page, which hears of its scrolling with the next frame. */
const SCROLLED_BY_HAND = `new Promise((done) => {
  document.querySelector('#content').scrollTop = 600
  requestAnimationFrame(() => requestAnimationFrame(done))
})`

test('back from a ticket the list has its filters and its place, by the link and by the browser', async () => {
  const order = { channel: 'counter', number: '0900000102', kind: 'request' }
  await Promise.all(
    Array.from({ length: MANY }, () => hotline.admin.send('POST', '/tickets', order, ticket)),
  )
  await page.goto(`${hotline.url}/tickets?kind=request&scope=all`)
  for (const back of [
    () => page.getByRole('link', { name: '← Phiếu xử lý' }).click(),
    () => page.goBack(),
  ]) {
    // oxlint-disable no-await-in-loop -- one way after the other
    await page.locator('[data-row]').first().waitFor()
    // again until the list is as long as that
    await eventually(async () => {
      await page.evaluate(SCROLLED_BY_HAND)
      expect(await scrolled()).toBe(600)
    })
    // a row in the middle of the window: a link would be brought into it first
    await page.mouse.click(700, 500)
    await page.getByRole('heading', { name: /^Phiếu KN-/ }).waitFor()
    expect(await scrolled()).toBe(0)
    await back()
    await page.waitForURL(/kind=request/)
    await eventually(async () => expect(await scrolled()).toBe(600))
    // oxlint-enable no-await-in-loop
  }
})
