import { act } from 'react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AttemptStage } from '#contract/callbacks.ts'
import { runChord } from '../../actions.ts'
import { speak } from '../../test-support/texts.ts'
import { tell } from '../../live-store.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { aCallback, anAttempt, aSnapshot } from '../../test-support/samples.ts'
import { ConfirmStrip } from './confirm-strip.tsx'

const CONFIRM = 'POST /api/callbacks/callback-1/confirm'

function promiseAt(stage: AttemptStage, owner = aSnapshot().user.id) {
  const attempt = anAttempt({ stage, outcome: null, endedAt: null })
  const assignee = { id: owner, displayName: 'Nguyễn An' }
  return aCallback({ status: 'dialing', attempts: [attempt], assignee })
}
const shown = () => mount(inPage(<ConfirmStrip />)).element
const hear = (stage: AttemptStage, owner?: string) =>
  act(() => tell({ type: 'callback_updated', callback: promiseAt(stage, owner) }))

beforeEach(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot() }))
afterEach(() =>
  act(() => {
    tell({ type: 'signed_out' })
    speak('vi')
  }),
)

test('a phone that was answered for a promise is confirmed with one key, once', async () => {
  const service = fakeService()
  service.answer(CONFIRM, { status: 202, body: {} })
  const strip = shown()
  hear('agent_ringing')
  expect(strip.querySelector('section')?.textContent).toBe('')
  hear('confirming')
  expect(strip.textContent).toContain('0912 345 678')
  expect(strip.textContent).toContain('Bấm 1 trên máy hoặc Alt+G')
  speak('en')
  expect(strip.textContent).toContain('Press 1 on the phone or Alt+G')
  act(() => void runChord('Alt+G'))
  await settle()
  expect(runChord('Alt+G')).toBe(false)
  expect(service.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([CONFIRM])
  hear('customer_ringing')
  expect(strip.querySelector('section')?.textContent).toBe('')
})

test('a colleague’s phone is not mine to confirm', () => {
  const strip = shown()
  hear('confirming', 'somebody-else')
  expect(strip.querySelector('section')?.textContent).toBe('')
})
