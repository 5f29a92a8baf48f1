import { Notifications, cleanNotifications } from '@mantine/notifications'
import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RequestFailed } from '../../../request.ts'
import { fakeService } from '../../../test-support/fake-service.ts'
import { mount } from '../../../test-support/mount.tsx'
import { inPage, settle } from '../../../test-support/page.tsx'
import { filesApi } from '../../../ticket-files-api.ts'
import { dropUpload, retryUpload, useUploads } from '../../../uploads.ts'
import type { Upload } from '../../../uploads.ts'
import { useAttach } from './use-attach.ts'

let attach: ReturnType<typeof useAttach>
let uploads: readonly Upload[] = []
let answers: ((isTaken: boolean) => void)[]

function Probe() {
  attach = useAttach('t', 1)
  uploads = useUploads('t')
  return null
}

beforeEach(() => {
  answers = []
  fakeService()
  vi.spyOn(filesApi, 'attach').mockImplementation(
    (_ticketId, { name }, _onProgress, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('the person left')))
        answers.push((isTaken) =>
          isTaken
            ? resolve(JSON.parse(JSON.stringify({ id: name, name })))
            : reject(new RequestFailed('unreachable', null, null)),
        )
      }),
  )
  mount(
    inPage(
      <>
        <Notifications />
        <Probe />
      </>,
    ),
  )
})
afterEach(() => {
  act(() => {
    uploads.forEach(({ id }) => dropUpload(id))
    cleanNotifications()
  })
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function drop(...names: string[]) {
  act(() => attach(names.map((name) => new File(['x'], name))))
  await settle()
}
/** Of the file that is being sent now. */
async function answer(isTaken: boolean) {
  act(() => answers.shift()?.(isTaken))
  await settle()
}
const said = () =>
  [...document.querySelectorAll('[role="alert"]')]
    .map(({ textContent }) => textContent)
    .filter((words) => words?.includes('Đã đính kèm'))

test('what arrived of a drop is said once, also when its last file does not arrive', async () => {
  await drop('a.png', 'b.png', 'c.png')
  await answer(true)
  await answer(true)
  expect(said()).toEqual([])
  await answer(false)
  expect(said()).toEqual(['Đã đính kèm 2 tệp'])
})

test('each of two drops has its own message', async () => {
  await drop('a.png')
  await drop('b.png', 'c.png')
  await answer(true)
  expect(said()).toEqual(['Đã đính kèm a.png'])
  await answer(true)
  await answer(true)
  expect(said()).toContain('Đã đính kèm 2 tệp')
})

test('a file that is sent again is said by itself', async () => {
  await drop('a.png', 'b.png')
  await answer(false)
  act(() => retryUpload(uploads[0]?.id ?? ''))
  await answer(true)
  expect(said()).toEqual(['Đã đính kèm b.png'])
  await answer(true)
  expect(said()).toContain('Đã đính kèm a.png')
})
