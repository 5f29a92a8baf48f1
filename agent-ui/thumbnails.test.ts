import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as scale from './scale-photo.ts'
import { filesApi } from './ticket-files-api.ts'
import { sendThumbnail } from './thumbnails.ts'

const PICTURE = { id: 'f', type: 'image/png' } as const
const LARGE = new Blob([new Uint8Array(20_000)])
const SMALL = new Blob(['small'])

let sent: unknown[]
beforeEach(() => {
  sent = []
  vi.spyOn(scale, 'smallPicture').mockResolvedValue(SMALL)
  vi.spyOn(filesApi, 'putThumbnail').mockImplementation(async (...order) => {
    sent.push(order)
    return JSON.parse('{}')
  })
})
afterEach(() => vi.restoreAllMocks())

test('the small picture of what was attached is sent after it, as its own person’s', async () => {
  await sendThumbnail(PICTURE, LARGE, 'kt')
  expect(sent).toEqual([['f', SMALL, 'kt']])
})

test.each([
  ['what is no picture', { id: 'f', type: 'application/pdf' } as const, LARGE],
  ['what is small already', PICTURE, SMALL],
])('%s has none', async (_what, attached, file) => {
  await sendThumbnail(attached, file)
  expect(sent).toEqual([])
})

test('a picture that cannot be read, and one that does not arrive, are no failure', async () => {
  vi.mocked(scale.smallPicture).mockResolvedValue(null)
  await sendThumbnail(PICTURE, LARGE)
  expect(sent).toEqual([])
  vi.mocked(scale.smallPicture).mockResolvedValue(SMALL)
  vi.mocked(filesApi.putThumbnail).mockRejectedValue(new Error('no connection'))
  await expect(sendThumbnail(PICTURE, LARGE)).resolves.toBeUndefined()
})
