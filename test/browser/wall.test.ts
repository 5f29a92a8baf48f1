import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openHeadlessShell } from '../../scripts/pages/chromium.ts'
import type { TelephonyEars } from '../../server/ports.ts'
import type { QueueEventBody } from '../../server/queues/queue-event.ts'
import { graveFindings } from '../support/axe.ts'
import { bringSession, failOnFaults, keepPicture, openPage } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import { aCaller, aMember } from '../support/queue-events.ts'
import { createFakeTelephony } from '../support/telephony.ts'

/** The PBX is a script: what is tried is the screen. */
const telephony = createFakeTelephony(['pbx1'])
const told: { ears: TelephonyEars | null } = { ears: null }
const PEOPLE = ['Lan', 'Mai', 'Hòa', 'Tuấn', 'Nguyễn Thị Phương Thảo', 'Vinh', 'Hạnh', 'Quang']
/** Counts what the page plays. */
const COUNT_TONES = `globalThis.tones = 0
const { start } = OscillatorNode.prototype
OscillatorNode.prototype.start = function (...when) {
  globalThis.tones += 1
  return start.apply(this, when)
}`

let hotline: Hotline
let browser: Browser
let admin: Page
/** One page for all: opened by its code once, it comes back from whatever a test did. */
let screen: Page
const faults: string[][] = []

beforeAll(async () => {
  hotline = await startHotline({
    amiUrl: 'ami://nobody:nothing@127.0.0.1:1/pbx1',
    createTelephony(ears) {
      told.ears = ears
      return { ...telephony, start() {}, async stop() {} }
    },
  })
  const members = Array.from({ length: 20 }, (_, at) =>
    aMember(String(101 + at), {
      memberName: `${PEOPLE[at % PEOPLE.length]} ${at + 1}`,
      deviceStatus: at % 4 === 1 ? 2 : at === 6 ? 5 : 1,
      paused: at % 5 === 3,
      pauseReason: at % 5 === 3 ? 'break' : null,
    }),
  )
  happen({
    type: 'queue_snapshot',
    queues: [{ queue: 'hotline', strategy: 'ringall' }],
    members,
    callers: [],
  })
  setLink('ready')
  browser = await openHeadlessShell()
  ;[admin, screen] = await Promise.all([openOne(), openOne()])
  await bringSession(admin, hotline.url, hotline.admin)
  await screen.addInitScript(COUNT_TONES)
  // what the page waits for, nobody has to
  await screen.clock.install()
  await admin.goto(`${hotline.url}/wall-devices`)
  await openBoard('Sảnh')
})
afterAll(async () => {
  await browser.close()
  await hotline.stop()
})
afterEach(() => failOnFaults(...faults))

async function openOne(): Promise<Page> {
  const opened = await openPage(browser)
  faults.push(opened.faults)
  return opened.page
}

function happen(body: QueueEventBody): void {
  told.ears?.onQueueEvent({ pbxId: 'pbx1', at: new Date().toISOString(), ...body })
}

function setLink(link: 'ready' | 'connecting'): void {
  telephony.setLink('pbx1', link)
  told.ears?.onStatus(telephony.status())
}

/** As an administrator does it on the page of screens, by keys. */
async function makeCode(name: string): Promise<string> {
  await admin.getByRole('button', { name: 'Thêm màn hình' }).click()
  await admin.getByLabel('Tên màn hình').fill(name)
  await admin.keyboard.press('Enter')
  const code = (await admin.getByTestId('wall-code').textContent()) ?? ''
  await keepPicture(admin, `wall-code-${name}`)
  await admin.getByRole('button', { name: 'Xong' }).click()
  return code
}

const board = () => screen.getByTestId('wall')
const figure = (name: string) => screen.getByTestId(`wall-${name}`)

async function openBoard(name: string): Promise<void> {
  const code = await makeCode(name)
  await screen.goto(`${hotline.url}/wall`)
  await screen.getByLabel('Mã mở màn hình').fill(code.toLowerCase())
  await screen.keyboard.press('Enter')
  await board().waitFor()
}

/** What sticks out of the window or is cut off within it. */
const CUT = `[...document.querySelectorAll('[data-testid="wall"] *')]
  .filter((one) => one.getClientRects().length > 0 && !one.closest('svg') && getComputedStyle(one).clipPath === 'none')
  .filter((one) => {
    const { right, bottom } = one.getBoundingClientRect()
    return right > innerWidth + 1 || bottom > innerHeight + 1 || one.scrollHeight > one.clientHeight + 4 && one.clientHeight > 0 && getComputedStyle(one).overflow === 'hidden'
  })
  .map((one) => one.className + ': ' + one.textContent.slice(0, 40))`

test('a screen is opened by its code and shows six figures and everybody, at either size, light and dark', async () => {
  const since = new Date(Date.now() - 25_000).toISOString()
  happen({ type: 'caller_joined', caller: aCaller('1.1', { joinedAt: since }) })
  await figure('waiting').getByText('1', { exact: true }).waitFor()
  expect(await figure('longest').getAttribute('data-tone')).toBe('warn')
  expect(await screen.getByRole('listitem').count()).toBe(20)
  expect(await screen.content()).not.toMatch(/912345678|912 345 678/)
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
  ] as const) {
    await screen.setViewportSize({ width, height })
    for (const look of ['light', 'dark'] as const) {
      await screen.evaluate(`document.documentElement.dataset.mantineColorScheme = '${look}'`)
      await keepPicture(screen, `wall-${width}-${look}`)
      expect(await screen.evaluate(CUT)).toEqual([])
      expect(
        await graveFindings(screen, { rules: look === 'light' ? 'all' : 'contrast', part: 'page' }),
      ).toEqual([])
    }
  }
  expect(await graveFindings(screen, { rules: 'styles', part: 'page' })).toEqual([])
  // what is read at five metres, in px of a screen of 1080 lines
  await screen.setViewportSize({ width: 1920, height: 1080 })
  const sizes = await screen.evaluate<number[]>(
    `['[data-testid="wall-waiting"] h2 + p', '[data-testid="wall-waiting"] h2', 'li span']
      .map((where) => parseFloat(getComputedStyle(document.querySelector(where)).fontSize))`,
  )
  expect(sizes[0]).toBeGreaterThanOrEqual(130)
  expect(sizes[1]).toBeGreaterThanOrEqual(40)
  expect(sizes[2]).toBeGreaterThanOrEqual(32)
  happen({ type: 'caller_left', queue: 'hotline', uniqueid: '1.1' })
  await figure('waiting').getByText('0', { exact: true }).waitFor()
})

test('a code in the address is taken out of it at once; withdrawn the screen goes dark, and its cookie opens nothing', async () => {
  const code = await makeCode('Kho')
  const other = await openOne()
  const tries: string[] = []
  other.on('request', (one) => {
    if (one.url().endsWith('/wall/session')) tries.push(one.url())
  })
  await other.goto(`${hotline.url}/wall#code=${code}`)
  await other.getByTestId('wall').waitFor()
  expect(other.url()).toBe(`${hotline.url}/wall`)
  expect(await other.evaluate('document.cookie')).toBe('')
  await admin.reload()
  const row = admin.getByRole('row', { name: /Kho/ })
  await row.getByText('Đang hiện').waitFor()
  await keepPicture(admin, 'wall-devices')
  await row.getByRole('button', { name: /Thu hồi/ }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click()
  await other.getByText('Màn hình này đã bị thu hồi').waitFor()
  await keepPicture(other, 'wall-door')
  expect(await graveFindings(other, { rules: 'all', part: 'page' })).toEqual([])
  await other.goBack()
  expect(other.url()).not.toContain(code)
  await other.goto(`${hotline.url}/wall`)
  await other.getByLabel('Mã mở màn hình').waitFor()
  // the code opens nothing a second time and was not tried
  expect(tries).toHaveLength(1)
  await other.context().close()
})

test('a PBX that is away is told from a service that is away, and both are come back from', async () => {
  setLink('connecting')
  await screen.getByText(/^Mất kết nối tổng đài pbx1 từ/).waitFor()
  expect(await figure('waiting').getAttribute('data-tone')).toBe('old')
  expect(await figure('promises').getAttribute('data-tone')).toBe('ok')
  await keepPicture(screen, 'wall-pbx-away')
  setLink('ready')
  await screen.getByText(/^Mất kết nối tổng đài/).waitFor({ state: 'detached' })
  await hotline.service.stop()
  await eventually(async () => {
    await screen.clock.fastForward(1_000)
    expect(await screen.getByText(/^Mất kết nối máy chủ từ/).count()).toBe(1)
  })
  expect(await figure('promises').getAttribute('data-tone')).toBe('old')
  await keepPicture(screen, 'wall-service-away')
  await hotline.restart()
  setLink('ready')
  await eventually(async () => {
    await screen.clock.fastForward(1_000)
    expect(await figure('promises').getAttribute('data-tone')).toBe('ok')
  })
  expect(await screen.getByText(/^Mất kết nối máy chủ/).count()).toBe(0)
})

test('an alarm shows in the page and on the wall with a sound, and is taken by a person', async () => {
  await admin.goto(`${hotline.url}/alarms`)
  await admin.getByRole('button', { name: 'Thêm ngưỡng' }).click()
  const form = admin.getByRole('form', { name: 'Thêm ngưỡng' })
  await form.getByLabel('Báo khi đạt').fill('1')
  await form.getByLabel('Hết báo khi về').fill('1')
  await admin.keyboard.press('Control+Enter')
  await form.locator('[aria-invalid="true"]').waitFor()
  await form.getByLabel('Hết báo khi về').fill('0')
  await form.getByLabel('Mức độ').selectOption('critical')
  await keepPicture(admin, 'alarms-form')
  expect(await graveFindings(admin, { rules: 'all', part: 'dialog' })).toEqual([])
  await admin.keyboard.press('Control+Enter')
  await form.waitFor({ state: 'detached' })
  expect(await screen.evaluate('tones')).toBe(0)
  happen({ type: 'caller_joined', caller: aCaller('2.1', { joinedAt: new Date().toISOString() }) })
  const banner = admin.getByTestId('alarm-banner')
  await banner.getByText('1 cảnh báo chưa ai nhận: Nhiều khách chờ').waitFor()
  await keepPicture(admin, 'alarms')
  expect(await graveFindings(admin, { rules: 'all', part: 'page' })).toEqual([])
  // the wall is told of it within three seconds
  const onWall = screen.getByTestId('wall-alarm')
  await onWall.getByText('Nhiều khách chờ').waitFor()
  await eventually(async () => expect(await screen.evaluate('tones')).toBeGreaterThanOrEqual(2))
  await keepPicture(screen, 'wall-alarm')
  expect(await screen.evaluate(CUT)).toEqual([])
  // a page that nobody has touched may not be heard: it says so, and one click mends it
  const untouched = await screen.context().newPage()
  await untouched.goto(`${hotline.url}/wall`)
  const unblock = untouched.getByRole('button', { name: /^Trình duyệt đang chặn âm thanh/ })
  await unblock.click()
  await unblock.waitFor({ state: 'detached' })
  await untouched.close()
  const open = admin.getByRole('region', { name: 'Đang diễn ra' })
  await open.getByRole('button', { name: /^Nhận xử lý/ }).click()
  await open.getByText(/^Quản trị viên nhận lúc/).waitFor()
  await banner.waitFor({ state: 'detached' })
  await screen.locator('[data-testid=wall-alarm][data-tone=calm]').waitFor()
  happen({ type: 'caller_left', queue: 'hotline', uniqueid: '2.1' })
  await open.getByText('Không có cảnh báo nào').waitFor()
  const log = admin.getByRole('region', { name: 'Nhật ký cảnh báo' })
  await log.getByLabel('Trạng thái').selectOption('ended')
  await log.getByRole('table').getByText('Nhiều khách chờ').waitFor()
  await keepPicture(admin, 'alarms-log')
  await onWall.waitFor({ state: 'detached' })
})
