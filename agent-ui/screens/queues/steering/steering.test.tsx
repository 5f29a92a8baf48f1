import { NO_DAY } from '#contract/supervision/agent-day.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import { cleanNotifications, notificationsStore } from '@mantine/notifications'
import { act } from 'react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LiveQueue, PbxStatus, QueueMember, WaitingCaller } from '#contract/queues.ts'
import { tell } from '../../../live-store.ts'
import { type FakeService, fakeService } from '../../../test-support/fake-service.ts'
import { mount } from '../../../test-support/mount.tsx'
import { inPage, settle, type, within } from '../../../test-support/page.tsx'
import { aUser } from '../../../test-support/samples.ts'
import { CallerMenu } from './caller-menu.tsx'
import { CloseQueue } from './close-queue.tsx'
import { HeardBy } from './heard-by.tsx'
import { MemberMenu } from './member-menu.tsx'

const since = '2026-11-22T02:15:00.000Z'
const PBX: PbxStatus = { pbxId: 'pbx1', link: 'ready', since, version: '22', problem: null }
const member: QueueMember = {
  extension: '101',
  displayName: 'Mai',
  state: 'in_call',
  pauseReason: null,
  stateSince: since,
  today: NO_DAY,
  hasPage: true,
  callId: 'call-1',
}
const { callId: _ofMai, ...idle } = member
const lan: QueueMember = { ...idle, extension: '102', displayName: 'Lan', state: 'ready' }
const caller: WaitingCaller = {
  uniqueid: 'pbx1-1.2',
  number: { raw: '0912345678', kind: 'mobile', key: '+84912345678', display: '0912 345 678' },
  customerName: null,
  position: 2,
  joinedAt: since,
  isPlace: false,
}
const queue: LiveQueue = {
  pbxId: 'pbx1',
  name: 'hotline',
  waiting: [caller],
  members: [member, lan],
  today: NO_CALLS,
}
let service: FakeService
const person = (id: string, extension: string) => ({
  id,
  displayName: id,
  role: 'agent',
  extension,
  state: 'ready',
})

beforeEach(() => {
  service = fakeService()
  const people = [person('mai', '101'), person('lan', '102')]
  service.answer('GET /api/directory', { body: { people, queues: [], pbxs: [] } })
  act(() => {
    tell({ type: 'signed_out' })
    tell({ type: 'connection', status: 'connected' })
    tell({ type: 'pbx_status', pbx: [PBX] })
  })
})
afterEach(() => {
  act(() => cleanNotifications())
  vi.unstubAllGlobals()
})

const chief = aUser({ role: 'supervisor', extension: '109' })
const show = (node: ReactNode, user = chief) => mount(inPage(node, { user }))
const shown = () => document.body.textContent
const said = () => notificationsStore.getState().notifications.map(({ message }) => message)

async function open(label: string): Promise<void> {
  const found = document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)
  if (found === null) throw new Error(`there is no button "${label}"`)
  act(() => found.click())
  await settle()
}
async function pick(text: string): Promise<void> {
  const items = [...document.querySelectorAll<HTMLButtonElement>('[role="menuitem"]')]
  const found = items.find((item) => item.textContent?.startsWith(text))
  if (found === undefined) throw new Error(`the menu has no "${text}"`)
  act(() => found.click())
  await settle()
}
const press = (label: string) => within(document.body).press(label)
const reasonField = () =>
  document.querySelector<HTMLInputElement>('form input[type="text"], form input:not([type])')
const MAI = 'Thao tác với Mai'
const SECOND = 'Thao tác với khách chờ ở vị trí 2'

test('who listens reads first that nobody hears them, and then that the PBX has said so', async () => {
  service.answer('POST /api/calls/call-1/monitor', { status: 204 })
  show(<MemberMenu queue={queue} member={member} />)
  await open(MAI)
  await pick('Nghe thầm')
  expect(shown()).toContain('khách và điện thoại viên không nghe thấy bạn')
  expect(service.asked).toEqual([])
  await press('Nghe')
  expect(service.asked).toMatchObject([
    { path: '/api/calls/call-1/monitor', body: { mode: 'listen', extension: '101' } },
  ])
  expect(said()).toEqual(['Bạn đang nghe.'])
  expect(document.querySelector('[role="dialog"]')).toBeNull()
})

test('why it was not done stays where it was asked for', async () => {
  const fault = { path: '', message: 'x', code: 'already_listened' }
  service.answer('POST /api/calls/call-1/monitor', {
    status: 409,
    body: { type: 'about:blank', title: 'Conflict', status: 409, detail: 'x', errors: [fault] },
  })
  show(<MemberMenu queue={queue} member={member} />)
  await open(MAI)
  await pick('Nhắc riêng')
  await press('Nhắc')
  expect(shown()).toContain('Đã có người nghe điện thoại viên này.')
  expect(document.querySelector('[role="dialog"]')).not.toBeNull()
})

test('a call is taken over, or ended, for a reason', async () => {
  service.answer('POST /api/calls/call-1/take-over', { status: 204 })
  show(<MemberMenu queue={queue} member={member} />)
  await open(MAI)
  await pick('Nhận thay cuộc gọi')
  await press('Nhận cuộc gọi')
  expect(service.asked).toEqual([])
  await type(reasonField(), 'khách khó')
  await press('Nhận cuộc gọi')
  expect(service.asked.map(({ body }) => body)).toEqual([{ reason: 'khách khó' }])
})

test('what the PBX or the own phone lacks is said in the menu, and cannot be pressed', async () => {
  act(() => tell({ type: 'pbx_status', pbx: [{ ...PBX, maySteer: false, controlLacks: 'user' }] }))
  show(<MemberMenu queue={queue} member={member} />, aUser({ role: 'supervisor', extension: null }))
  await open(MAI)
  const items = [...document.querySelectorAll<HTMLButtonElement>('[role="menuitem"]')]
  expect(items.map(({ disabled }) => disabled)).toEqual([true, true, true, true, true, false])
  expect(shown()).toContain('Tổng đài chưa có bản cấu hình mới')
  expect(shown()).toContain('Tổng đài chưa cấp quyền kết thúc')
})

test('a member without a call has only a turn to be changed', async () => {
  service.answer('POST /api/queues/hotline/members/102/penalty', { status: 204 })
  show(<MemberMenu queue={queue} member={lan} />)
  await open('Thao tác với Lan')
  expect(document.querySelectorAll('[role="menuitem"]')).toHaveLength(1)
  await pick('Đổi bậc ưu tiên')
  const [penalty, why] = document.querySelectorAll<HTMLInputElement>('form input')
  await type(penalty ?? null, '5')
  await type(why ?? null, 'mới vào nghề')
  await press('Đổi')
  expect(service.asked.map(({ body }) => body)).toEqual([{ penalty: 5, reason: 'mới vào nghề' }])
})

test('a waiting caller is sent to a member who can be rung', async () => {
  service.answer('POST /api/queues/hotline/waiting/pbx1-1.2/send', { status: 204 })
  show(<CallerMenu queue={queue} caller={caller} />)
  await open(SECOND)
  await pick('Chuyển cho điện thoại viên')
  const choices = [...document.querySelectorAll('form option')].map(
    ({ textContent }) => textContent,
  )
  expect(choices).toEqual(['Lan · Sẵn sàng'])
  await type(reasonField(), 'cần gấp')
  await press('Chuyển')
  expect(service.asked.at(-1)).toMatchObject({ body: { staffId: 'lan', reason: 'cần gấp' } })
  expect(said()).toEqual(['Khách đang đổ chuông ở máy đã chọn.'])
})

test('who keeps a place is moved up, and sent to nobody', async () => {
  service.answer('POST /api/queues/hotline/waiting/pbx1-1.2/move-up', { status: 204 })
  show(<CallerMenu queue={queue} caller={{ ...caller, isPlace: true }} />)
  await open(SECOND)
  expect(document.querySelectorAll('[role="menuitem"]')).toHaveLength(1)
  await pick('Đưa lên đầu hàng')
  await type(reasonField(), 'đã chờ lâu')
  await press('Đưa lên đầu')
  expect(service.asked.map(({ body }) => body)).toEqual([{ reason: 'đã chờ lâu' }])
})

test('a closed queue says how many are called back, and who is not', async () => {
  const body = { promised: 3, stayed: 1, unheard: 0 }
  service.answer('POST /api/queues/hotline/close', { body })
  show(<CloseQueue queue={queue} />)
  await press('Hẹn gọi lại tất cả')
  expect(shown()).toContain('Mọi khách đang chờ, kể cả khách đã nói chuyện')
  await type(reasonField(), 'hết ca')
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('form button[type="submit"]')]
  act(() => buttons[0]?.click())
  await settle()
  expect(said()).toEqual([
    'Đã hẹn gọi lại 3 khách. Không hẹn: 1 (đã có người nghe máy, đã gác máy, hoặc là đồng nghiệp đang hỏi).',
  ])
})

test('the row of a member says who hears them', () => {
  const heard = { ...member, heardBy: 'Chi', heardAs: 'whisper' } as const
  const { element } = show(<HeardBy member={heard} />)
  expect(element.textContent).toContain('Chi đang nhắc riêng')
})
