import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sendWithProgress } from './send-with-progress.ts'
import { AS_PERSON } from '#contract/staff.ts'
import { filesApi } from './ticket-files-api.ts'
import { FakeUpload, fakeUploads } from './test-support/fake-upload.ts'

beforeEach(() => {
  vi.useFakeTimers()
  fakeUploads()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const sent = () => sendWithProgress('/files', new Blob(['x']), { onProgress: () => undefined })

test('is given up after a minute in which nothing moved, however long it takes in all', async () => {
  const answer = sent()
  for (const loaded of [1, 2, 3]) {
    vi.advanceTimersByTime(50_000)
    FakeUpload.open[0]?.progress(loaded, 4)
  }
  vi.advanceTimersByTime(59_000)
  expect(FakeUpload.open).toHaveLength(1)
  vi.advanceTimersByTime(1_000)
  expect(FakeUpload.open).toEqual([])
  expect(await answer).toBeNull()
})

test('leaves no clock behind when it is answered', async () => {
  const answer = sent()
  FakeUpload.open[0]?.answer(201, { id: 'f' })
  expect((await answer)?.status).toBe(201)
  expect(vi.getTimerCount()).toBe(0)
})

test('says whose it is where that matters', () => {
  void filesApi.attach('t', { file: new Blob(['x']), name: 'a', clientId: 'c' }, () => undefined)
  const photo = { file: new Blob(['x']), name: 'a', clientId: 'c', staffId: 'kt' }
  void filesApi.attach('t', photo, () => undefined)
  expect(FakeUpload.open.map(({ headers }) => headers[AS_PERSON])).toEqual([undefined, 'kt'])
})
