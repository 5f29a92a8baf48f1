import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RequestFailed } from './request.ts'
import { createPhotoOutbox } from './photo-outbox.ts'
import type { PhotoOutbox } from './photo-outbox.ts'
import type { KeptPhoto } from './photo-shelf.ts'
import { loadTexts } from './test-support/texts.ts'
import { filesApi } from './ticket-files-api.ts'

const JOB = { id: 't1', code: 'KN-1' }
const PHOTO = { name: 'a.jpg', photo: new Blob(['x']) }
let kept: KeptPhoto[]
let sent: string[]
let outbox: PhotoOutbox
let asked: string[]
let answers: (RequestFailed | null)[]

beforeEach(() => {
  loadTexts()
  kept = []
  sent = []
  asked = []
  answers = []
  outbox = createPhotoOutbox({
    all: async () => kept,
    put: async (photo) => void (kept = [...kept.filter(({ id }) => id !== photo.id), photo]),
    remove: async (id) => void (kept = kept.filter((photo) => photo.id !== id)),
  })
  vi.spyOn(filesApi, 'attach').mockImplementation(async (ticketId, { clientId }) => {
    asked.push(`${ticketId} ${clientId}`)
    const failure = answers.shift() ?? null
    if (failure !== null) throw failure
    return JSON.parse('{}')
  })
})
afterEach(() => vi.restoreAllMocks())

const send = (staffId = 'kt') => outbox.send(staffId, ({ code }) => void sent.push(code))

test('a photo is kept until the service has it, and sent again under the same id', async () => {
  await outbox.keep('kt', JOB, PHOTO)
  answers = [new RequestFailed('unreachable', null, null)]
  await send()
  expect(kept).toMatchObject([{ ticketId: 't1', refusal: null }])
  await send()
  expect(kept).toEqual([])
  expect(asked).toHaveLength(2)
  expect(new Set(asked).size).toBe(1)
  expect(sent).toEqual(['KN-1'])
})

test('what cannot be sent now keeps the others waiting; what is refused does not', async () => {
  await outbox.keep('kt', JOB, PHOTO)
  await outbox.keep('kt', { ...JOB, id: 't2' }, PHOTO)
  answers = [new RequestFailed('unavailable', null, null)]
  await send()
  expect(asked).toHaveLength(1)
  answers = [new RequestFailed('forbidden', null, null, { code: 'not_your_ticket' })]
  await send()
  expect(kept.map(({ ticketId, refusal }) => [ticketId, refusal])).toEqual([
    ['t1', 'Kỹ thuật viên chỉ mở được tệp của phiếu mình nhận.'],
  ])
  await outbox.drop('kt', kept[0]?.id ?? '')
  expect(kept).toEqual([])
})

test('a photo waits for its own person while somebody else is signed in on the phone', async () => {
  await outbox.keep('kt', JOB, PHOTO)
  await outbox.keep('kt', { ...JOB, id: 't2' }, PHOTO)
  const fault = { path: '', message: 'somebody else', code: 'other_person' }
  answers = [new RequestFailed('conflict', null, null, { faults: [fault] })]
  await send()
  expect(asked).toHaveLength(1)
  expect(kept.map(({ refusal }) => refusal)).toEqual([null, null])
  expect(vi.mocked(filesApi.attach).mock.lastCall?.[1].staffId).toBe('kt')
})

test('nobody sends what another person left on the phone', async () => {
  await outbox.keep('kt', JOB, PHOTO)
  await send('somebody')
  expect(asked).toEqual([])
  expect(kept).toHaveLength(1)
})
