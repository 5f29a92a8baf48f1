import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { dropDraft, dropDraftsOf, keepDraft, readDraft } from './drafts.ts'
import { sendDrafts, startDraftSync } from './draft-sync.ts'
import { tell } from './live-store.ts'
import { aProblem, fakeService } from './test-support/fake-service.ts'
import type { FakeService } from './test-support/fake-service.ts'

const NOW = '2026-11-28T01:00:00.000Z'
const note = (text: string) => ({ note: text })

let service: FakeService
let stop: () => void = () => undefined

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW) })
  localStorage.clear()
  dispatchEvent(new StorageEvent('storage', { key: null }))
  service = fakeService()
  service.answer('GET /api/drafts', { body: { items: [] } })
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
const asked = (method: string) =>
  service.asked.filter((one) => one.method === method).map(({ path, body }) => ({ path, body }))
const kept = (text: string, writtenAt: string, displaced: object | null = null) => {
  const body = { key: 'note.t1', words: note(text), writtenAt, displaced }
  service.answer('PUT /api/drafts/note.t1', { body })
}
const has = (text: string, writtenAt: string) => {
  const items = [{ key: 'note.t1', words: note(text), writtenAt }]
  service.answer('GET /api/drafts', { body: { items } })
}
async function begin() {
  stop = startDraftSync('lan')
  await pass(0)
}
async function comeBack() {
  tell({ type: 'connection', status: 'disconnected' })
  tell({ type: 'connection', status: 'connected' })
  await pass(0)
}

describe('words typed here', () => {
  test('go to the server once the hands rest, and never later than eight seconds', async () => {
    await begin()
    kept('xin', NOW)
    keepDraft('lan', 'note.t1', note('xin'))
    await pass(1_400)
    expect(asked('PUT')).toEqual([])
    await pass(200)
    const sent = { words: note('xin'), writtenAt: NOW, over: null }
    expect(asked('PUT')).toEqual([{ path: '/api/drafts/note.t1', body: sent }])
    for (let count = 0; count < 9; count++) {
      keepDraft('lan', 'note.t1', note(`xin ${count}`))
      // oxlint-disable-next-line no-await-in-loop
      await pass(1_000)
    }
    expect(asked('PUT')).toHaveLength(2)
  })

  test('are tried again while the server is away, and at once when it is back', async () => {
    await begin()
    keepDraft('lan', 'note.t1', note('xin'))
    await pass(1_500)
    expect(asked('PUT')).toHaveLength(1)
    await pass(3_000)
    expect(asked('PUT')).toHaveLength(2)
    kept('xin', NOW)
    await comeBack()
    expect(asked('PUT')).toHaveLength(3)
    await pass(600_000)
    expect(asked('PUT')).toHaveLength(3)
  })

  test('that the server refuses stay here and are not sent over and over', async () => {
    await begin()
    service.answer('PUT /api/drafts/note.t1', aProblem(422))
    keepDraft('lan', 'note.t1', note('dài'))
    await pass(600_000)
    expect(asked('PUT')).toHaveLength(1)
    expect(readDraft('lan', 'note.t1')).toEqual(note('dài'))
  })

  test('of a person who is not signed in go nowhere', async () => {
    await begin()
    keepDraft('mai', 'note.t1', note('xin'))
    stop()
    keepDraft('lan', 'note.t1', note('xin'))
    await pass(60_000)
    expect(asked('PUT')).toEqual([])
  })

  test('are sent before the person leaves, who leaves none in this browser', async () => {
    await begin()
    kept('xin', NOW)
    keepDraft('lan', 'note.t1', note('xin'))
    await act(() => sendDrafts())
    expect(asked('PUT')).toHaveLength(1)
    dropDraftsOf('lan')
    expect(readDraft('lan', 'note.t1')).toBeNull()
    await pass(60_000)
    expect(asked('DELETE')).toEqual([])
  })
})

describe('before the person leaves', () => {
  test('what another tab typed is sent too', async () => {
    await begin()
    kept('xin', NOW)
    const copy = { words: note('xin'), at: NOW, sentAt: null, triedAt: null, other: null }
    localStorage.setItem('hotline.draft.lan.note.t1', JSON.stringify(copy))
    expect(await act(() => sendDrafts())).toBe(0)
    expect(asked('PUT')).toHaveLength(1)
  })

  test('what is on its way is waited for, and what was typed over it is sent', async () => {
    await begin()
    const answer = Promise.withResolvers<Response>()
    const dead = vi.fn<() => Promise<Response>>(() => answer.promise)
    const live = globalThis.fetch
    vi.stubGlobal('fetch', dead)
    keepDraft('lan', 'note.t1', note('xin'))
    await pass(1_500)
    expect(dead).toHaveBeenCalledOnce()
    keepDraft('lan', 'note.t1', note('xin chào'))
    vi.stubGlobal('fetch', live)
    kept('xin chào', '2026-11-28T01:00:01.500Z')
    const left = sendDrafts()
    const body = { key: 'note.t1', words: note('xin'), writtenAt: NOW, displaced: null }
    answer.resolve(new Response(JSON.stringify(body)))
    await pass(0)
    expect(await left).toBe(0)
    expect(asked('PUT')).toMatchObject([{ body: { words: note('xin chào') } }])
  })

  test('words that the server does not take are counted', async () => {
    await begin()
    service.answer('PUT /api/drafts/note.t1', aProblem(422))
    keepDraft('lan', 'note.t1', note('dài'))
    await pass(2_000)
    expect(await act(() => sendDrafts())).toBe(1)
  })

  test('nobody waits longer than three seconds for a server that does not answer', async () => {
    await begin()
    vi.stubGlobal('fetch', () => new Promise<never>(() => {}))
    keepDraft('lan', 'note.t1', note('xin'))
    const left = sendDrafts()
    await pass(3_000)
    expect(await left).toBe(1)
  })

  test('an answer that comes after they left brings no words back', async () => {
    await begin()
    const answer = Promise.withResolvers<Response>()
    vi.stubGlobal('fetch', () => answer.promise)
    keepDraft('lan', 'note.t1', note('xin'))
    await pass(1_500)
    stop()
    dropDraftsOf('lan')
    const writtenAt = '2026-11-28T01:01:00.000Z'
    const body = { key: 'note.t1', words: note('máy kia'), writtenAt, displaced: null }
    answer.resolve(new Response(JSON.stringify(body)))
    await pass(0)
    expect(readDraft('lan', 'note.t1')).toBeNull()
  })
})

describe('words that are saved', () => {
  test('are dropped at the server, also when it is away at the moment', async () => {
    await begin()
    kept('xin', NOW)
    keepDraft('lan', 'note.t1', note('xin'))
    await pass(2_000)
    const drop = `DELETE /api/drafts/note.t1?until=${encodeURIComponent('2026-11-28T01:00:02.000Z')}`
    service.answer(drop, aProblem(503))
    dropDraft('lan', 'note.t1')
    expect(readDraft('lan', 'note.t1')).toBeNull()
    has('xin', NOW)
    await pass(10)
    expect(asked('DELETE')).toHaveLength(1)
    service.answer(drop, { status: 204 })
    await comeBack()
    expect(readDraft('lan', 'note.t1')).toBeNull()
    expect(asked('DELETE')).toHaveLength(2)
    service.answer('GET /api/drafts', { body: { items: [] } })
    await pass(600_000)
    expect(asked('DELETE')).toHaveLength(2)
    expect(localStorage).toHaveLength(0)
  })

  test('within a second never went to the server and are not dropped there', async () => {
    await begin()
    keepDraft('lan', 'note.t1', note('xin'))
    dropDraft('lan', 'note.t1')
    await pass(60_000)
    expect([asked('PUT'), asked('DELETE')]).toEqual([[], []])
  })

  test('on another device are gone here too', async () => {
    await begin()
    kept('xin', NOW)
    keepDraft('lan', 'note.t1', note('xin'))
    await pass(12_000)
    await comeBack()
    expect(readDraft('lan', 'note.t1')).toBeNull()
  })
})

describe('words of another device', () => {
  test('are here after the page is opened', async () => {
    has('từ máy kia', NOW)
    await begin()
    expect(readDraft('lan', 'note.t1')).toEqual(note('từ máy kia'))
    await pass(60_000)
    expect(asked('PUT')).toEqual([])
  })

  test('come when the page is looked at again, and not under the hands', async () => {
    await begin()
    kept('ở đây', NOW)
    keepDraft('lan', 'note.t1', note('ở đây'))
    await pass(6_000)
    has('máy kia', '2026-11-28T01:00:05.000Z')
    dispatchEvent(new Event('focus'))
    await pass(0)
    expect(readDraft('lan', 'note.t1')).toEqual(note('ở đây'))
    kept('ở đây', '2026-11-28T01:00:06.000Z')
    await pass(60_000)
    has('máy kia, mới', '2026-11-28T01:01:00.000Z')
    dispatchEvent(new Event('focus'))
    await pass(0)
    expect(readDraft('lan', 'note.t1')).toEqual(note('máy kia, mới'))
  })
})
