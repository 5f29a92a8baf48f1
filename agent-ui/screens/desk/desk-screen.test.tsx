import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tell } from '../../live-store.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../test-support/page.tsx'
import { aSnapshot } from '../../test-support/samples.ts'
import { forgetWorkspace, step } from '../../workspace-store.ts'
import { DeskScreen } from './desk-screen.tsx'

beforeEach(() => {
  fakeService()
  forgetWorkspace()
  for (const ticketId of ['a', 'b']) step({ type: 'ticket_opened', ticketId })
})
afterEach(() => {
  act(() => tell({ type: 'signed_out' }))
  forgetWorkspace()
  vi.unstubAllGlobals()
})

test('another tab begins at its top, however far down the last one was read', async () => {
  const { element } = await mountRouted(
    inPage(
      <main id="content">
        <DeskScreen />
      </main>,
    ),
  )
  act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot() }))
  await settle()
  const content = element.querySelector('main')
  if (content) content.scrollTop = 300
  act(() => tell({ type: 'counts', counts: { myOpenTickets: 3, callbacksDue: 0 } }))
  expect(content?.scrollTop).toBe(300)
  act(() => step({ type: 'tab_chosen', key: 'a' }))
  expect(content?.scrollTop).toBe(0)
})
