import { act } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Ticket } from '#contract/tickets.ts'
import { mount } from '../../../test-support/mount.tsx'
import { inPage, settle } from '../../../test-support/page.tsx'
import { aTicket } from '../../../test-support/samples.ts'
import { filesApi } from '../../../ticket-files-api.ts'
import { startUpload } from '../../../uploads.ts'
import { TicketFiles } from './ticket-files.tsx'

afterEach(() => vi.restoreAllMocks())

/** Counts how often its files are asked for, as each drawing of them does. */
function countedTicket() {
  const { files, ...rest } = aTicket()
  let draws = 0
  const ticket: Ticket = {
    ...rest,
    get files() {
      draws += 1
      return files
    },
  }
  return { ticket, draws: () => draws }
}

test('progress is shown without drawing the other files again, and is no announcement', async () => {
  const sending = vi.spyOn(filesApi, 'attach').mockImplementation(
    (_ticketId, _file, _onProgress, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('the person left')))
      }),
  )
  const { ticket, draws } = countedTicket()
  const { element } = mount(inPage(<TicketFiles ticket={ticket} />))
  const order = { ticketId: ticket.id, name: 'a.png', file: new Blob(), maxMb: 1 }
  act(() => startUpload({ ...order, onEnd: () => undefined }))
  await settle()
  const before = draws()
  act(() => sending.mock.lastCall?.[2](0.4))
  expect(element.querySelector('li')?.textContent).toContain('Đang gửi 40%')
  expect(draws()).toBe(before)
  expect(element.querySelector('[role="status"]')).toBeNull()
})
