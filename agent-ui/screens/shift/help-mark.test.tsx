import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NO_DAY } from '#contract/supervision/agent-day.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import type { LiveQueue } from '#contract/queues.ts'
import { fakeService, type FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, within } from '../../test-support/page.tsx'
import { aHelp, aUser } from '../../test-support/samples.ts'
import { MemberList } from '../queues/board/member-list.tsx'

const member = (extension: string) => {
  const since = { pauseReason: null, stateSince: '2026-11-22T03:00:00.000Z' }
  return {
    extension,
    displayName: extension,
    state: 'in_call',
    ...since,
    hasPage: true,
    today: NO_DAY,
  } as const
}
const QUEUE: LiveQueue = {
  pbxId: 'pbx1',
  name: 'hotline',
  waiting: [],
  members: [member('101'), member('102')],
  today: NO_CALLS,
}

let service: FakeService
beforeEach(() => {
  service = fakeService()
  service.answer('GET /api/help', { body: { items: [aHelp()] } })
})
afterEach(() => vi.unstubAllGlobals())

async function shown() {
  const node = <MemberList queues={[QUEUE]} />
  const { element } = await mountRouted(inPage(node, { user: aUser({ role: 'supervisor' }) }))
  await settle()
  const mark = (extension: string) =>
    element.querySelector(`[data-testid="help-mark-${extension}"]`)
  return { element, mark }
}

test('the board marks who asks for help, since when, and lets a supervisor come', async () => {
  const { element, mark } = await shown()
  expect(mark('101')?.textContent).toContain('Xin hỗ trợ')
  expect(mark('101')?.querySelector('[role="timer"]')).not.toBeNull()
  expect(mark('102')).toBeNull()
  const taken = aHelp({ takenBy: { id: 'chief', displayName: 'Trưởng ca' } })
  service.answer('POST /api/help/help-1/take', { body: taken })
  service.answer('GET /api/help', { body: { items: [taken] } })
  await within(element).press('Tôi đến')
  expect(mark('101')?.textContent).toContain('Trưởng ca đang đến')
  expect(mark('101')?.querySelector('button')).toBeNull()
})
