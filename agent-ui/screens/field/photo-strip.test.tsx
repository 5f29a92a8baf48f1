import { act } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { createPhotoOutbox } from '../../photo-outbox.ts'
import type { KeptPhoto } from '../../photo-shelf.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { aUser } from '../../test-support/samples.ts'
import { PhotoStrip } from './photo-strip.tsx'

/** The shelf of the device is read again and again; each time the photo is another object. */
const kept = (): KeptPhoto => ({
  id: '1',
  staffId: 'kt',
  ticketId: 't1',
  code: 'KN-1',
  name: 'KN-1 28-11-2026.jpg',
  photo: new Blob(['of the roof']),
  refusal: 'Phiếu đã đóng.',
})
const shelf = createPhotoOutbox({
  all: async () => [kept()],
  put: async () => undefined,
  remove: async () => undefined,
})

afterEach(() => vi.restoreAllMocks())

test('a photo that is refused can be saved on the phone, under its name', async () => {
  const made = vi.spyOn(URL, 'createObjectURL')
  const { element } = mount(inPage(<PhotoStrip mayGo />, { user: aUser({ id: 'kt' }) }))
  await settle()
  const link = () => element.querySelector('a')
  await act(async () => void (await shelf.load('kt')))
  await act(async () => void (await shelf.load('kt')))
  expect(made).toHaveBeenCalledTimes(1)
  expect(made.mock.lastCall?.[0]).toHaveProperty('size', 'of the roof'.length)
  expect(link()?.href).toBe(made.mock.results[0]?.value)
  expect(link()?.download).toBe('KN-1 28-11-2026.jpg')
})
