import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RequestFailed } from './request.ts'
import { sessionEnded, sessionStarted, signedOut } from './session.ts'
import { FakeUpload, fakeUploads } from './test-support/fake-upload.ts'
import { mount } from './test-support/mount.tsx'
import { settle, testClient } from './test-support/page.tsx'
import { aUser } from './test-support/samples.ts'
import { dropUploads, retryUpload, startUpload, useUploads } from './uploads.ts'
import type { Upload, UploadEnd } from './uploads.ts'

let shown: readonly Upload[] = []
let ends: UploadEnd[]
function Probe() {
  shown = useUploads('t')
  return null
}

beforeEach(() => {
  fakeUploads()
  ends = []
  mount(<Probe />)
})
afterEach(() => {
  act(dropUploads)
  vi.unstubAllGlobals()
})

const onEnd = (end: UploadEnd) => void ends.push(end)

async function send(name: string, size = 3) {
  const file = new Blob([new Uint8Array(size)])
  act(() => startUpload({ ticketId: 't', name, file, maxMb: 1, onEnd }))
  await settle()
}
async function answer(status: number, body: object) {
  FakeUpload.open[0]?.answer(status, body)
  await settle()
}
const clientIdOf = (request?: FakeUpload) =>
  new URLSearchParams(request?.address.split('?')[1]).get('clientId')

test('files go one after the other, and say how far they are', async () => {
  await send('a.png')
  await send('b.png')
  expect(FakeUpload.open).toHaveLength(1)
  act(() => FakeUpload.open[0]?.progress(1, 4))
  expect(shown.map(({ name, share }) => [name, share])).toEqual([
    ['a.png', 0.25],
    ['b.png', null],
  ])
  await answer(201, { id: 'f', name: 'a.png' })
  expect(shown.map(({ name }) => name)).toEqual(['b.png'])
  expect(ends.at(-1)).toMatchObject({ attached: { name: 'a.png' } })
  await answer(201, { id: 'g', name: 'b.png' })
  expect(shown).toEqual([])
})

test('what was refused stays and is sent again under the same id', async () => {
  await send('a.png')
  const first = clientIdOf(FakeUpload.open[0])
  await answer(507, {})
  const [upload] = shown
  expect(upload?.failure).toBeInstanceOf(RequestFailed)
  act(() => retryUpload(upload?.id ?? ''))
  await settle()
  expect(clientIdOf(FakeUpload.open[0])).toBe(first)
  await answer(201, { id: 'f', name: 'a.png' })
  expect(shown).toEqual([])
})

test('nothing goes out as another person: not after a sign-out, nor when somebody else comes in', async () => {
  const client = testClient()
  sessionStarted(client, aUser({ id: 'a' }))
  const leaves = [
    () => signedOut(client),
    () => {
      sessionEnded(client)
      sessionStarted(client, aUser({ id: 'b' }))
    },
  ]
  for (const leave of leaves) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await send('a.png')
    // oxlint-disable-next-line no-await-in-loop
    await send('b.png')
    const told = ends.length
    act(leave)
    // oxlint-disable-next-line no-await-in-loop
    await settle()
    expect([FakeUpload.open, shown, ends.length]).toEqual([[], [], told])
    act(() => sessionStarted(client, aUser({ id: 'a' })))
  }
  await send('c.png')
  expect(FakeUpload.open).toHaveLength(1)
})

test('who comes back after their session ended finds their files on the way', async () => {
  const client = testClient()
  sessionStarted(client, aUser())
  await send('a.png')
  act(() => sessionEnded(client))
  act(() => sessionStarted(client, aUser()))
  expect([FakeUpload.open.length, shown.length]).toEqual([1, 1])
})

test('what is too large is not sent at all', async () => {
  await send('film.mp4', 1024 * 1024 + 1)
  expect(FakeUpload.open).toEqual([])
  expect(shown[0]?.failure).toMatchObject({ codes: ['file_too_large'] })
})

function asksToStay(): boolean {
  const event = new Event('beforeunload', { cancelable: true })
  dispatchEvent(event)
  return event.defaultPrevented
}

test('the browser asks before a page is left that is still sending', async () => {
  expect(asksToStay()).toBe(false)
  await send('a.png')
  expect(asksToStay()).toBe(true)
  await answer(422, {})
  expect(asksToStay()).toBe(false)
})
