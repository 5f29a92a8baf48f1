import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { tell } from '../../../live-store.ts'
import { fakeSpeaker } from '../../../test-support/fake-speaker.ts'
import type { FakeSpeaker } from '../../../test-support/fake-speaker.ts'
import { mountHook } from '../../../test-support/mount.tsx'
import { inPage } from '../../../test-support/page.tsx'
import { aCallback, aPop, aSnapshot } from '../../../test-support/samples.ts'
import { Ringing } from './ringing.ts'
import { useSound } from './sound.ts'

let speaker: FakeSpeaker
const NAME = 'Hotline DCNET'

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  speaker = fakeSpeaker()
  tell({ type: 'signed_out' })
  tell({ type: 'connection', status: 'connected' })
  tell({ type: 'desk_snapshot', snapshot: aSnapshot() })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function ringingPage() {
  return mountHook(Ringing, undefined, (node) => inPage(node))
}

function hear(change: Parameters<typeof aPop>[0] = {}): void {
  act(() => tell({ type: 'screen_pop', pop: aPop(change) }))
}

function paint(): void {
  act(() => void vi.advanceTimersToNextFrame().advanceTimersByTime(1))
}

function ring(change: Parameters<typeof aPop>[0] = {}): void {
  hear(change)
  paint()
}

function pass(ms: number): void {
  act(() => void vi.advanceTimersByTime(ms))
}

describe('the title of the tab', () => {
  test('names the caller by turns while the phone rings, then is the page’s again', () => {
    ringingPage()
    ring()
    expect(document.title).toContain('0912 345 678')
    pass(1_000)
    expect(document.title).toBe(NAME)
    pass(1_000)
    expect(document.title).toContain('0912 345 678')
    ring({ rev: 2, stage: 'answered' })
    expect(document.title).toBe(NAME)
    pass(5_000)
    expect(document.title).toBe(NAME)
  })

  test('changes once the ring is on screen, and with the sound at once on a page behind others', () => {
    ringingPage()
    hear()
    expect([document.title, speaker.chimes]).toEqual([NAME, 0])
    paint()
    expect([document.title === NAME, speaker.chimes]).toEqual([false, 1])
    ring({ rev: 2, stage: 'answered' })
    const sight = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    hear({ id: 'pop-2', rev: 1 })
    expect([document.title === NAME, speaker.chimes]).toEqual([false, 2])
    sight.mockRestore()
  })

  test('stands still for who wants no motion', () => {
    vi.stubGlobal('matchMedia', () => ({
      matches: true,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }))
    ringingPage()
    ring()
    pass(1_000)
    expect(document.title).toContain('0912 345 678')
  })

  test('shows no number of a caller who hides it', () => {
    ringingPage()
    const number = { ...aPop().call.number, kind: 'anonymous', display: 'Số ẩn' } as const
    ring({ call: { ...aPop().call, number } })
    expect(document.title).toContain('…')
  })

  test('names the customer of a promise, not our own number that calls back', () => {
    const customer = { ...aPop().call.number, display: '0987 654 321' }
    const promised = aCallback({ number: customer })
    act(() => tell({ type: 'callback_updated', callback: promised }))
    ringingPage()
    const promise = { callbackId: promised.id, dueAt: promised.dueAt, note: '' }
    ring({ promise, call: { ...aPop().call, direction: 'callback' } })
    expect(document.title).toContain('0987 654 321')
  })
})

describe('the sound', () => {
  test('is heard every three seconds until the call is answered', () => {
    ringingPage()
    ring()
    expect(speaker.chimes).toBe(1)
    pass(6_000)
    expect(speaker.chimes).toBe(3)
    ring({ rev: 2, stage: 'answered' })
    pass(6_000)
    expect(speaker.chimes).toBe(3)
  })

  test('stops when the link is lost, so that no tab rings for ever', () => {
    ringingPage()
    ring()
    act(() => tell({ type: 'connection', status: 'disconnected' }))
    pass(9_000)
    expect(speaker.chimes).toBe(1)
    expect(document.title).toBe(NAME)
  })

  test('stops when the PBX of the call is lost, and not for another one', () => {
    ringingPage()
    ring()
    const lost = { link: 'closed', since: new Date().toISOString(), version: null, problem: null }
    const status = (pbxId: string) => ({ ...lost, pbxId, link: 'closed' as const })
    act(() => tell({ type: 'pbx_status', pbx: [status('pbx2')] }))
    pass(3_000)
    expect(speaker.chimes).toBe(2)
    act(() => tell({ type: 'pbx_status', pbx: [status('pbx1')] }))
    pass(9_000)
    expect(speaker.chimes).toBe(2)
    expect(document.title).toBe(NAME)
  })

  test('stops with the page', () => {
    const page = ringingPage()
    ring()
    page.unmount()
    pass(9_000)
    expect(speaker.chimes).toBe(1)
  })

  test('is in one tab only: another is silent until the first is closed', () => {
    const waiting: (() => Promise<void>)[] = []
    const request = (_name: string, _options: unknown, sounding: () => Promise<void>) => {
      waiting.push(sounding)
      return new Promise<void>(() => undefined)
    }
    vi.stubGlobal('navigator', { locks: { request } })
    ringingPage()
    ring()
    pass(8_000)
    expect(speaker.chimes).toBe(0)
    expect(document.title).toContain('0912 345 678')
    void waiting[0]?.()
    expect(speaker.chimes).toBe(1)
  })

  test('can be turned off and on again, and the choice is kept', () => {
    const sound = mountHook(useSound, undefined)
    ringingPage()
    act(() => sound.now.toggle())
    expect(sound.now.isOn).toBe(false)
    expect(localStorage.getItem('hotline.sound')).toBe('off')
    ring()
    pass(3_000)
    expect(speaker.chimes).toBe(0)
    act(() => sound.now.toggle())
    paint()
    expect(speaker.chimes).toBe(1)
    expect(localStorage.getItem('hotline.sound')).toBe('on')
  })
})

describe('the notice of the system', () => {
  class FakeNotification extends EventTarget {
    static permission = 'granted'
    static shown: string[] = []
    readonly #text: string

    constructor(text: string) {
      super()
      this.#text = text
      FakeNotification.shown.push(text)
    }

    close(): void {
      FakeNotification.shown = FakeNotification.shown.filter((text) => text !== this.#text)
    }
  }

  beforeEach(() => {
    FakeNotification.permission = 'granted'
    FakeNotification.shown = []
    vi.stubGlobal('Notification', FakeNotification)
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  })
  afterEach(() => void vi.restoreAllMocks())

  test('names a caller whom nobody has seen for five seconds, until the call is answered', () => {
    ringingPage()
    hear()
    pass(4_999)
    expect(FakeNotification.shown).toEqual([])
    pass(1)
    expect(FakeNotification.shown).toEqual([expect.stringContaining('0912 345 678')])
    hear({ rev: 2, stage: 'answered' })
    expect(FakeNotification.shown).toEqual([])
  })

  test('is not shown to who sees the page, nor without their leave', () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
    ringingPage()
    hear()
    pass(6_000)
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    FakeNotification.permission = 'denied'
    hear({ rev: 2, stage: 'answered' })
    hear({ id: 'pop-2', rev: 1 })
    pass(6_000)
    expect(FakeNotification.shown).toEqual([])
  })
})
