import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runChord, useAction } from '../../../actions.ts'
import { tell } from '../../../live-store.ts'
import { fakeLocks, fakePhone } from '../../../test-support/fake-phone.ts'
import type { FakePhone } from '../../../test-support/fake-phone.ts'
import { fakeService } from '../../../test-support/fake-service.ts'
import type { FakeService } from '../../../test-support/fake-service.ts'
import { mountHook } from '../../../test-support/mount.tsx'
import { inPage, mountRouted, settle } from '../../../test-support/page.tsx'
import { aCall, aPop, aSnapshot } from '../../../test-support/samples.ts'
import { speak } from '../../../test-support/texts.ts'
import { CallBar } from '../call-bar/call-bar.tsx'
import { BrowserPhone } from './browser-phone.ts'
import { PhoneMenu } from './phone-menu.tsx'

const ACCOUNT = { url: 'wss://pbx/ws', user: 'web-101', secret: 's3cret-of-101' }
const RINGS = [
  { type: 'link', link: 'registered' },
  { type: 'ringing', number: '102' },
] as const
let service: FakeService
let phone: FakePhone

beforeEach(() => {
  fakeLocks()
  phone = fakePhone()
  service = fakeService()
  service.answer('GET /api/desk/phone', {
    body: { device: 'web', isOffered: true, account: ACCOUNT },
  })
})
afterEach(() => {
  act(() => tell({ type: 'signed_out' }))
  speak('vi')
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const state = { ...aSnapshot().state, device: 'web' as const }

const press = (chord: string) => act(async () => void runChord(chord))

/** Whether the browser would ask before the page is left. */
function isKept(): boolean {
  const event = new Event('beforeunload', { cancelable: true })
  dispatchEvent(event)
  return event.defaultPrevented
}

async function page(snapshot: Parameters<typeof aSnapshot>[0] = {}) {
  const shown = await mountRouted(
    inPage(
      <>
        <PhoneMenu />
        <BrowserPhone load={phone.load} />
        <CallBar />
      </>,
    ),
  )
  act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot({ state, ...snapshot }) }))
  await settle()
  const text = () => shown.element.textContent ?? ''
  const find = (id: string) => shown.element.querySelector(`[data-testid="${id}"]`)
  return { ...shown, text, find }
}

describe('the page as a phone', () => {
  test('registers while the person answers here, and not while they are at their desk', async () => {
    const shown = await page()
    expect(phone.opened).toEqual(['web-101@wss://pbx/ws'])
    phone.hear({ type: 'link', link: 'registered' })
    expect(shown.find('phone-link')?.getAttribute('data-link')).toBe('registered')
    service.answer('GET /api/desk/phone', {
      body: { device: 'desk', isOffered: true, account: null },
    })
    act(() => tell({ type: 'agent_state', state: aSnapshot().state }))
    await settle()
    expect(phone.did).toEqual(['stop'])
    expect(shown.find('phone-link')?.getAttribute('data-link')).toBe('off')
  })

  test('hears within a minute that its account is another one', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    await page()
    const account = { ...ACCOUNT, user: 'web-107' }
    service.answer('GET /api/desk/phone', { body: { device: 'web', isOffered: true, account } })
    await act(() => vi.advanceTimersByTimeAsync(60_000))
    expect(phone.opened.at(-1)).toBe('web-107@wss://pbx/ws')
  })

  test('shows which microphone and speakers were chosen, also one that is not plugged in', async () => {
    localStorage.setItem('hotline.phone.mic', 'usb')
    localStorage.setItem('hotline.phone.ring', 'gone')
    const kinds = { usb: 'audioinput', desk: 'audiooutput' }
    const devices = Object.entries(kinds).map(([deviceId, kind]) => ({
      deviceId,
      kind,
      label: deviceId,
    }))
    Reflect.set(navigator, 'mediaDevices', { enumerateDevices: async () => devices })
    // nothing is drawn here: the popover warns that it finds no place for the keyboard
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const shown = await page()
    await act(async () =>
      document.querySelector<HTMLElement>('[data-testid="phone-link"]')?.click(),
    )
    await settle()
    const chosen = [...document.querySelectorAll('select')].map(
      ({ selectedOptions: [option] }) => option?.textContent,
    )
    expect(chosen).toEqual(['usb', 'Theo máy tính', 'Thiết bị đã chọn (hiện không thấy)'])
    shown.unmount()
    warn.mockRestore()
    localStorage.clear()
  })

  test('lets the choice keep the keyboard while it is on its way, and takes it once', async () => {
    const answer = Promise.withResolvers<Response>()
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const shown = await page()
    await act(async () =>
      document.querySelector<HTMLElement>('[data-testid="phone-link"]')?.click(),
    )
    await settle()
    const asked = vi.fn<() => Promise<Response>>(() => answer.promise)
    vi.stubGlobal('fetch', asked)
    const desk = document.querySelector<HTMLInputElement>('input[value="desk"]')
    desk?.focus()
    act(() => desk?.click())
    await settle()
    // a browser takes the keyboard from what is disabled, and Escape would close nothing
    expect([desk?.disabled, document.activeElement === desk]).toEqual([false, true])
    act(() => document.querySelector<HTMLInputElement>('input[value="web"]')?.click())
    await settle()
    expect(asked).toHaveBeenCalledTimes(1)
    shown.unmount()
    warn.mockRestore()
  })

  test('is not offered to who has no secret', async () => {
    service.answer('GET /api/desk/phone', {
      body: { device: 'desk', isOffered: false, account: null },
    })
    const shown = await page({ state: aSnapshot().state })
    expect(shown.find('phone-link')).toBeNull()
    expect(phone.opened).toEqual([])
  })

  test('answers by a key, says who it is in both languages, holds and mutes', async () => {
    const shown = await page()
    phone.hear(...RINGS)
    expect(shown.find('phone-call')?.textContent).toContain('Đang đổ chuông102')
    await press('F2')
    phone.hear({ type: 'talking' }, { type: 'quality', quality: 'bad' })
    expect(shown.text()).toContain('Tiếng kém')
    await press('F4')
    // the ticket of the call comes after it, and has files to attach by the same key
    mountHook(useAction, { id: 'ticket.attach', keys: 'Alt+U', label: '', run: () => {} })
    await press('Alt+U')
    phone.hear({ type: 'muted', isMuted: true })
    expect(shown.text()).toContain('Đang tắt tiếng')
    speak('en')
    expect(shown.text()).toContain('You are muted')
    await press('Alt+X')
    expect(phone.did).toEqual(['answer', 'hold', 'mute', 'hang up'])
    phone.hear({ type: 'ended' })
    expect(shown.find('phone-call')).toBeNull()
    await press('F2')
    expect(phone.did).toHaveLength(4)
  })

  test('has its buttons in the row of the customer who rings, and no row of its own', async () => {
    const shown = await page({ pops: [aPop()] })
    phone.hear(...RINGS)
    expect(shown.find('incoming-call')?.textContent).toContain('Nghe máy')
    expect(shown.find('phone-call')).toBeNull()
  })

  test('hangs up by itself only where the PBX is not told to', async () => {
    const shown = await page({ call: aCall() })
    phone.hear(...RINGS, { type: 'talking' })
    const talk = () => shown.find('own-call')?.textContent
    expect(shown.find('own-call')?.querySelector('[aria-label="Giữ máy"]')).not.toBeNull()
    expect(talk()).not.toContain('Gác máy')
    const since = '2026-11-22T02:00:00.000Z'
    const known = { link: 'ready', since, version: null, problem: null } as const
    const pbx = { ...known, pbxId: aCall().pbxId, controlLacks: 'user' } as const
    act(() => tell({ type: 'pbx_status', pbx: [pbx] }))
    expect(talk()).toContain('Gác máy')
  })

  test.each([
    [{ type: 'mic', trouble: 'blocked' }, 'Trình duyệt đang chặn micro'],
    [{ type: 'mic', trouble: 'absent' }, 'Không tìm thấy micro'],
    [{ type: 'link', link: 'away' }, 'mất kết nối với tổng đài'],
    [{ type: 'link', link: 'refused' }, 'không nhận mật khẩu'],
  ] as const)('says what is wrong: %j, and leads back to the desk', async (news, words) => {
    const shown = await page()
    phone.hear(news)
    expect(shown.find('phone-trouble')?.textContent).toContain(words)
    service.answer('POST /api/desk/phone', { body: { device: 'desk' } })
    const [toDesk] = [...(shown.find('phone-trouble')?.querySelectorAll('button') ?? [])].slice(-1)
    await act(async () => toDesk?.click())
    await settle()
    expect(service.asked.at(-1)).toMatchObject({ method: 'POST', body: { device: 'desk' } })
  })

  test('asks before it is left in a call', async () => {
    await page()
    expect(isKept()).toBe(false)
    phone.hear(...RINGS, { type: 'answering' }, { type: 'talking' })
    expect(isKept()).toBe(true)
    phone.hear({ type: 'ended' })
    expect(isKept()).toBe(false)
  })

  test('keeps its secret nowhere', async () => {
    await page()
    expect(JSON.stringify([localStorage, sessionStorage])).not.toContain(ACCOUNT.secret)
    expect(document.body.innerHTML).not.toContain(ACCOUNT.secret)
  })
})
