import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startDraftSync } from '../../draft-sync.ts'
import { keepDraft, readDraft } from '../../drafts.ts'
import { sessionStarted } from '../../session.ts'
import { aProblem, fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, testClient } from '../../test-support/page.tsx'
import { aUser } from '../../test-support/samples.ts'
import { useSignOut } from './use-sign-out.tsx'

const user = aUser({ id: 'lan' })
const words = { note: 'xin' }
/** There are no other tabs. */
class NoTabs {
  postMessage(): void {}
  close(): void {}
}

let service: FakeService
let stop: () => void

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
  service.answer('GET /api/drafts', { body: { items: [] } })
  service.answer('DELETE /api/session', { status: 204 })
  vi.stubGlobal('BroadcastChannel', NoTabs)
  stop = startDraftSync('lan')
})
afterEach(() => {
  stop()
  vi.unstubAllGlobals()
})

function Leave() {
  const { signOut, dialog } = useSignOut()
  return (
    <>
      <button type="button" onClick={signOut}>
        leave
      </button>
      {dialog}
    </>
  )
}

async function press(label: string) {
  const buttons = [...document.querySelectorAll('button')]
  await act(async () => buttons.find(({ textContent }) => textContent === label)?.click())
  await settle()
}

async function leaving() {
  const client = testClient()
  sessionStarted(client, user)
  keepDraft('lan', 'note.t1', words)
  mount(inPage(<Leave />, { client, user }))
  await press('leave')
}

const isOut = () => service.asked.some(({ method, path }) => `${method} ${path}` === SIGN_OUT)
const SIGN_OUT = 'DELETE /api/session'

test('who has nothing unsaved that would be lost leaves at once', async () => {
  const body = { key: 'note.t1', words, writtenAt: '2026-11-28T01:00:00.000Z', displaced: null }
  service.answer('PUT /api/drafts/note.t1', { body })
  await leaving()
  expect(isOut()).toBe(true)
})

test('who would lose words is asked, may stay with them, and may lose them', async () => {
  service.answer('PUT /api/drafts/note.t1', aProblem(422))
  await leaving()
  expect(document.body.textContent).toContain('chưa nhận bản nháp của 1 biểu mẫu')
  await press('Ở lại')
  expect([isOut(), readDraft('lan', 'note.t1')]).toEqual([false, words])
  await press('leave')
  await press('Đăng xuất và xóa bản nháp')
  expect([isOut(), readDraft('lan', 'note.t1')]).toEqual([true, null])
})
