import { NO_DAY } from '#contract/supervision/agent-day.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import { cleanNotifications, notificationsStore } from '@mantine/notifications'
import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LiveQueue, QueueMember } from '#contract/queues.ts'
import { tell } from '../../live-store.ts'
import { type FakeService, fakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, type, within } from '../../test-support/page.tsx'
import { MemberActions } from './member-actions.tsx'

const since = '2026-11-22T02:15:00.000Z'
const member: QueueMember = {
  extension: '101',
  displayName: 'Mai',
  state: 'in_call',
  pauseReason: null,
  stateSince: since,
  today: NO_DAY,
  hasPage: true,
}
const queue: LiveQueue = {
  pbxId: 'pbx1',
  name: 'hotline',
  waiting: [],
  members: [member],
  today: NO_CALLS,
}
let service: FakeService

beforeEach(() => {
  service = fakeService()
  service.answer('POST /api/queues/hotline/members/101', { status: 204 })
  act(() => {
    tell({ type: 'signed_out' })
    tell({ type: 'connection', status: 'connected' })
  })
})
afterEach(() => {
  act(() => cleanNotifications())
  vi.unstubAllGlobals()
})

async function press(label: string): Promise<void> {
  const found = document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)
  if (found === null) throw new Error(`there is no button "${label}"`)
  act(() => found.click())
  await settle()
}

const actions = (of: QueueMember = member) =>
  mount(inPage(<MemberActions queue={queue} member={of} />))
const PAUSE = 'Cho Mai tạm nghỉ'

test('a pause asks why, and is given by a second press', async () => {
  actions()
  await press(PAUSE)
  expect(service.asked).toEqual([])
  expect(document.body.textContent).toContain('Lý do cho Mai tạm nghỉ')
  await type(document.querySelector('select'), 'training')
  await within(document.body).press('Cho tạm nghỉ')
  expect(service.asked.map(({ body }) => body)).toEqual([{ paused: true, reason: 'training' }])
})

test('nothing is done when the question is left', async () => {
  actions()
  await press(PAUSE)
  await within(document.body).press('Hủy')
  expect(service.asked).toEqual([])
})

test('whoever is paused goes on by one press', async () => {
  actions({ ...member, state: 'paused', pauseReason: 'meeting' })
  await press('Cho Mai tiếp tục nhận cuộc gọi')
  expect(service.asked.map(({ body }) => body)).toEqual([{ paused: false }])
})

const LOST = { pbxId: 'pbx1', link: 'closed', since, version: null, problem: null } as const
const WAITS = 'Đang chờ kết nối lại tổng đài, chưa thực hiện được.'
const said = () => notificationsStore.getState().notifications.map(({ message }) => message)

test('a question that was open when the PBX was lost is no command either', async () => {
  actions()
  await press(PAUSE)
  act(() => tell({ type: 'pbx_status', pbx: [LOST] }))
  await within(document.body).press('Cho tạm nghỉ')
  expect(service.asked).toEqual([])
  expect(said()).toEqual([WAITS])
})

test('while the PBX is away the buttons say so and ask nothing', async () => {
  const { element } = actions()
  act(() => tell({ type: 'pbx_status', pbx: [LOST] }))
  await press(PAUSE)
  expect(document.querySelector('select')).toBeNull()
  const titles = [...element.querySelectorAll('button')].map(({ title }) => title)
  expect(new Set(titles)).toEqual(new Set([WAITS]))
  expect(said()).toEqual([WAITS])
})
