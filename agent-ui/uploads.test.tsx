import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RequestFailed } from './api.ts'
import { mount } from './test-support/mount.tsx'
import { settle } from './test-support/page.tsx'
import { dropUpload, retryUpload, startUpload, useUploads } from './uploads.ts'
import type { Upload, UploadEnd } from './uploads.ts'

/** What was sent and is not answered yet. */
class FakeRequest extends EventTarget {
  static open: FakeRequest[] = []
  address = ''
  status = 0
  responseText = ''
  upload = new EventTarget()
  open(_method: string, address: string): void {
    this.address = address
  }
  setRequestHeader(): void {}
  getResponseHeader(): null {
    return null
  }
  send(): void {
    FakeRequest.open.push(this)
  }
  answer(status: number, body: object): void {
    FakeRequest.open = FakeRequest.open.filter((one) => one !== this)
    Object.assign(this, { status, responseText: JSON.stringify(body) })
    this.dispatchEvent(new Event('load'))
  }
}

let shown: readonly Upload[] = []
let ends: UploadEnd[]
function Probe() {
  shown = useUploads('t')
  return null
}

beforeEach(() => {
  FakeRequest.open = []
  ends = []
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
  mount(<Probe />)
})
afterEach(() => {
  act(() => shown.forEach(({ id }) => dropUpload(id)))
  vi.unstubAllGlobals()
})

const onEnd = (end: UploadEnd) => void ends.push(end)

async function send(name: string, size = 3) {
  const file = new Blob([new Uint8Array(size)])
  act(() => startUpload({ ticketId: 't', name, file, maxMb: 1, onEnd }))
  await settle()
}
async function answer(status: number, body: object) {
  FakeRequest.open[0]?.answer(status, body)
  await settle()
}
const clientIdOf = (request?: FakeRequest) =>
  new URLSearchParams(request?.address.split('?')[1]).get('clientId')

test('files go one after the other, and say how far they are', async () => {
  await send('a.png')
  await send('b.png')
  expect(FakeRequest.open).toHaveLength(1)
  const progress = Object.assign(new Event('progress'), { loaded: 1, total: 4 })
  act(() => void FakeRequest.open[0]?.upload.dispatchEvent(progress))
  expect(shown.map(({ name, share }) => [name, share])).toEqual([
    ['a.png', 0.25],
    ['b.png', null],
  ])
  await answer(201, { id: 'f', name: 'a.png' })
  expect(shown.map(({ name }) => name)).toEqual(['b.png'])
  expect(ends.at(-1)).toMatchObject({ attached: { name: 'a.png' }, left: 1 })
  await answer(201, { id: 'g', name: 'b.png' })
  expect(ends.at(-1)).toMatchObject({ left: 0 })
})

test('what was refused stays and is sent again under the same id', async () => {
  await send('a.png')
  const first = clientIdOf(FakeRequest.open[0])
  await answer(507, {})
  const [upload] = shown
  expect(upload?.failure).toBeInstanceOf(RequestFailed)
  act(() => retryUpload(upload?.id ?? ''))
  await settle()
  expect(clientIdOf(FakeRequest.open[0])).toBe(first)
  await answer(201, { id: 'f', name: 'a.png' })
  expect(shown).toEqual([])
})

test('what is too large is not sent at all', async () => {
  await send('film.mp4', 1024 * 1024 + 1)
  expect(FakeRequest.open).toEqual([])
  expect(shown[0]?.failure).toMatchObject({ codes: ['file_too_large'] })
})

function leave(): boolean {
  const event = new Event('beforeunload', { cancelable: true })
  dispatchEvent(event)
  return event.defaultPrevented
}

test('the browser asks before a page is left that is still sending', async () => {
  expect(leave()).toBe(false)
  await send('a.png')
  expect(leave()).toBe(true)
  await answer(422, {})
  expect(leave()).toBe(false)
})
