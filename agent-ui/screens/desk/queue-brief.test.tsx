import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { QueuesBrief } from '#contract/queues.ts'
import { type FakeService, fakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { QueueBriefs } from './queue-brief.tsx'

const NOW = '2026-11-22T03:00:00.000Z'
let service: FakeService
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(NOW), toFake: ['Date'] })
  service = fakeService()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function shown(queues: QueuesBrief['queues']) {
  const body: QueuesBrief = { asOf: NOW, queues }
  service.answer('GET /api/queues/brief', { body })
  const { element } = mount(inPage(<QueueBriefs />))
  await settle()
  return [...element.querySelectorAll('li')].map((line) => line.textContent)
}

const queue = (name: string, change: Partial<QueuesBrief['queues'][number]> = {}) => ({
  pbxId: 'pbx1',
  name,
  waiting: 0,
  waitingSince: null,
  members: 3,
  free: [{ extension: '102', displayName: 'Trần Ngọc Mai' }],
  ...change,
})

test('an agent sees how many wait, how long the first, and who is free', async () => {
  const waitingSince = '2026-11-22T02:59:12.000Z'
  expect(await shown([queue('hotline', { waiting: 2, waitingSince, free: [] })])).toEqual([
    '2 khách chờlâu nhất 0:480/3 sẵn sàng',
  ])
})

test('several queues are told apart by name, and nobody waits without a time', async () => {
  expect(await shown([queue('hotline'), queue('vip', { free: [], members: 1 })])).toEqual([
    'hotline · 0 khách chờ1/3 sẵn sàng: Trần Ngọc Mai',
    'vip · 0 khách chờ0/1 sẵn sàng',
  ])
})

test('without a queue there is no panel', async () => {
  expect(await shown([])).toEqual([])
})
