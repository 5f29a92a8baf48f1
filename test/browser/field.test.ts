import type { Browser, Page } from 'playwright-core'
import { openChromium, openHeadlessShell } from '../../scripts/pages/chromium.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ticket } from '../../server/contract/tickets.ts'
import { graveFindings } from '../support/axe.ts'
import { failOnFaults, keepPicture, openAs, openAt, openPage } from '../support/browser.ts'
import { takePhoto } from '../support/camera.ts'
import { eventually } from '../support/eventually.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { bringTicketsToWork } from '../support/tickets-at-work.ts'

/** No PBX is there: what is tried is the phone page and its connection. */
const NO_PBX = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
const NUMBER = '0912345678'
let hotline: Hotline
let browser: Browser
let people: Record<'agent' | 'noc' | 'field', Person>
/** Of the scripts of every page. */
const faults: string[][] = []

beforeAll(async () => {
  hotline = await startHotline({ amiUrl: NO_PBX })
  people = {
    agent: await hotline.hire('f-agent', 'agent'),
    noc: await hotline.hire('f-noc', 'noc'),
    field: await hotline.hire('f-field', 'field'),
  }
  browser = await openHeadlessShell()
})
afterEach(() => failOnFaults(...faults))
afterAll(async () => {
  await browser.close()
  await hotline.stop()
})

/** What a thumb cannot hit: buttons and links of the screen below 44 px. */
const SMALL = `[...document.querySelectorAll('#content a, #content button')]
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.textContent)`
/** A label that is cut off says something else. */
const CUT = `[...document.querySelectorAll('#content .mantine-Button-label')]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)`
const WIDE = 'document.documentElement.scrollWidth - innerWidth'

/** How large the photo of this address is. */
const sizeOf = (id: string) => `fetch('/api/attachments/${id}').then((answer) => answer.blob())
  .then(createImageBitmap).then(({ width, height }) => width + ' x ' + height)`

/** The page was opened at another address: it is the next one that the worker stands above. */
const IS_READY = `navigator.serviceWorker.getRegistration('/field')
  .then((worker) => worker?.active?.state === 'activated')`

/** What the worker keeps on the phone: files of the build and the page itself, and nothing else. */
const KEPT_FILES = `(async () => {
  const addresses = []
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) addresses.push(new URL(url).pathname)
  return {
    others: addresses.filter((path) => path !== '/field' && !path.startsWith('/assets/')),
    foreign: (await navigator.serviceWorker.getRegistrations())
      .map(({ scope }) => new URL(scope).pathname).filter((scope) => scope !== '/field'),
  }
})()`

const kept = (page: Page) => page.getByText('chưa gửi').first()
const read = (id: string) => people.noc.get(`/tickets/${id}`, ticket)

async function onThePhone(width = 360): Promise<Page> {
  const { page, faults: ofPage } = await openPage(browser)
  faults.push(ofPage)
  await page.setViewportSize({ width, height: 780 })
  await openAs(page, hotline.url, people.field)
  await page.waitForURL('**/field')
  return page
}

test('a technician without a connection concludes a job, and the service has it when it is back', async () => {
  const { field: id } = await bringTicketsToWork(people)
  const page = await onThePhone()
  const { code } = await read(id)
  const job = page.getByRole('article', { name: code })
  await job.getByRole('link', { name: /^Bản đồ: 12 Lê Lợi/ }).waitFor()
  expect(await page.evaluate(WIDE)).toBe(0)
  expect(await page.evaluate(SMALL)).toEqual([])
  expect(await page.evaluate(CUT)).toEqual([])
  expect(await page.content()).not.toContain(NUMBER)
  expect(await graveFindings(page, { rules: 'all', part: 'page' })).toEqual([])
  await keepPicture(page, 'field-jobs')

  await job.getByRole('button', { name: 'Đang đến' }).click()
  await job.getByRole('button', { name: /^Đang đến \d\d:\d\d$/ }).waitFor()
  expect(await page.evaluate(CUT)).toEqual([])

  await page.waitForFunction(IS_READY)
  await page.context().setOffline(true)
  await takePhoto(page, code)
  await keepPicture(page, 'field-photo')
  await job.getByRole('button', { name: 'Hoàn thành' }).click()
  const form = page.getByRole('form', { name: 'Hoàn thành tại địa chỉ' })
  await form.getByLabel('Kết luận').fill('Đã thay dây thuê bao, khách vào mạng được')
  await keepPicture(page, 'field-conclusion')
  await form.getByRole('button', { name: 'Gửi kết quả' }).click()
  await page.getByText('1 chưa gửi').waitFor()
  await keepPicture(page, 'field-unsent')
  expect((await read(id)).status).toBe('field_working')

  // the phone is switched off and on, still without a connection
  await page.reload()
  await page.getByText(/số liệu tính đến \d\d:\d\d/).waitFor()
  await job.getByRole('link', { name: /^Bản đồ: 12 Lê Lợi/ }).waitFor()
  await page.getByText('1 chưa gửi').waitFor()
  await page.getByText('1 ảnh chưa gửi').first().waitFor()
  expect(await page.evaluate(KEPT_FILES)).toEqual({ others: [], foreign: [] })
  expect(await page.evaluate(SMALL)).toEqual([])
  expect(await graveFindings(page, { rules: 'all', part: 'page' })).toEqual([])
  await keepPicture(page, 'field-offline')
  // somebody writes to the ticket meanwhile
  await people.noc.send('POST', `/tickets/${id}/notes`, { note: 'NOC đang chờ KT' }, ticket)

  await page.context().setOffline(false)
  await page.getByText(`Đã gửi ${code}`).waitFor()
  await kept(page).waitFor({ state: 'detached' })
  const after = await read(id)
  expect(after.status).toBe('noc_verifying')
  const [photo] = after.files.items
  expect(photo).toMatchObject({ type: 'image/jpeg', name: expect.stringContaining(code) })
  expect(await page.evaluate(sizeOf(photo?.id ?? ''))).toBe('1600 x 1200')
  expect(after.timeline.filter(({ note }) => note === 'Đang đến')).toHaveLength(1)
  expect(after.resolution).toBe('Đã thay dây thuê bao, khách vào mạng được')
  await job.waitFor({ state: 'detached' })
  await page.context().close()
})

test('what was sent and not answered is not done twice, and a refusal says why', async () => {
  const { field: id } = await bringTicketsToWork(people)
  const page = await onThePhone(390)
  const { code } = await read(id)
  const job = page.getByRole('article', { name: code })
  // the service hears it, the answer is lost on the way
  await page.route('**/notes', async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })
  await job.getByRole('button', { name: 'Đang đến' }).click()
  await kept(page).waitFor()
  await eventually(async () => expect(await notesOf(id)).toHaveLength(1))
  await page.unroute('**/notes')
  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await kept(page).waitFor({ state: 'detached' })
  expect(await notesOf(id)).toHaveLength(1)

  // somebody else signs in on the phone while a photo waits: it does not go out as theirs
  const [own] = await page.context().cookies()
  if (own === undefined) throw new Error('nobody is signed in')
  const [, value = ''] = people.agent.cookie.split('=')
  await page.context().addCookies([{ ...own, value }])
  const refused = page.waitForResponse((answer) => answer.status() === 409)
  await takePhoto(page, code)
  expect((await refused).url()).toContain(`/tickets/${id}/attachments`)
  expect((await read(id)).files.items).toEqual([])
  await page.context().addCookies([own])
  await page.evaluate(`dispatchEvent(new Event('online'))`)
  await page.getByText('1 ảnh chưa gửi').first().waitFor({ state: 'detached' })
  expect((await read(id)).files.items.map(({ by }) => by?.displayName)).toEqual(['f-field'])

  await page.context().setOffline(true)
  await job.getByRole('button', { name: 'Không làm được' }).click()
  const form = page.getByRole('form', { name: 'Không hoàn thành được' })
  await form.getByLabel('Lý do').fill('Khách không có nhà')
  await form.getByRole('button', { name: 'Gửi kết quả' }).click()
  await page.getByText('1 chưa gửi').waitFor()
  const { version } = await read(id)
  const done = { action: 'field_done', version, conclusion: 'làm từ máy khác' }
  await people.field.send('POST', `/tickets/${id}/actions`, done, ticket)
  await page.context().setOffline(false)
  await page.getByText('không được nhận').waitFor()
  await page.getByText('Khách không có nhà').waitFor()
  await job.waitFor({ state: 'detached' })
  await keepPicture(page, 'field-refused')
  await page.getByRole('button', { name: `Bỏ thao tác của ${code}` }).click()
  await page.getByText('không được nhận').waitFor({ state: 'detached' })
  expect((await read(id)).status).toBe('noc_verifying')
  await page.context().close()
})

const notesOf = async (id: string) =>
  (await read(id)).timeline.filter(({ note }) => note === 'Đang đến')

test('the page can be installed', async () => {
  const whole = await openChromium()
  const { page, faults: ofPage } = await openPage(whole)
  faults.push(ofPage)
  await openAt(page, hotline.url)
  const session = await page.context().newCDPSession(page)
  const { errors, data } = await session.send('Page.getAppManifest')
  expect([errors, data?.includes('Hotline DCNET')]).toEqual([[], true])
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // a profile of a test is as private as an incognito window
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])
  await whole.close()
})
