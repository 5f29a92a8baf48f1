import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { SipCall } from '../../scripts/pbx-lab/sip/call.ts'
import { draftList } from '../../server/contract/casework/drafts.ts'
import { staffMember } from '../../server/contract/staff.ts'
import { keepPicture } from '../support/browser.ts'
import {
  CODE,
  codeOfOwnCall,
  confirmedReady,
  handOverByKeys,
  hangUpByKeys,
  noteField,
  ownCall,
  phoneRegistered,
  signInAgain,
  ticketHeading,
  typeSlowly,
} from '../support/desk-page.ts'
import { eventually } from '../support/eventually.ts'
import { signIn } from '../support/person.ts'
import { idOf, openCalls, read } from './books.ts'
import { answerByKey, BINH, callLan, day } from './day.ts'
import { type Hands, handsOf, handsSince } from './hands.ts'

/** Where `scripts/walk-day` reads what the main job took. */
const FIGURES = process.env['WALK_FIGURES']
const HALF_AN_HOUR_MS = 30 * 60_000

/** What an agent's day has beside the one case. */
export function deskWork(): void {
  test('the main job: one call with a note and a promise, by keys alone, counted', async () => {
    const { lab, lan } = day
    const { page } = lan
    const call = await lab.placeCall({ from: BINH.number })
    const before = await handsOf(page)
    await answerByKey(page)
    await ownCall(page).getByText(CODE).waitFor()
    const answeredAt = performance.now()
    await page.locator('input:focus').and(page.getByLabel('Tiêu đề')).waitFor()
    await page.keyboard.type('Đèn LOS đỏ')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Đã lưu').first().waitFor()
    await page.keyboard.press('Alt+h')
    const submit = page.getByRole('button', { name: /^Hẹn gọi lại lúc/ })
    await submit.and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText(/^Còn /).first().waitFor()
    const seconds = (performance.now() - answeredAt) / 1000
    const hands = await handsSince(page, before)
    const code = await codeOfOwnCall(page)
    const { subject, callbacks } = await read(await idOf(code, BINH.number))
    expect([subject, callbacks[0]?.status]).toEqual(['Đèn LOS đỏ', 'scheduled'])
    const dueInMs = Date.parse(callbacks[0]?.dueAt ?? '') - day.hotline.nowMs()
    expect(Math.abs(dueInMs - HALF_AN_HOUR_MS)).toBeLessThan(60_000)
    // the phone is answered by one of the keys, as it would be by its handset
    expect(hands).toEqual({ clicks: 0, keys: 4 })
    await tellFigures(hands, seconds)
    await call.hangup()
    await ownCall(page).waitFor({ state: 'detached' })
  })

  test('transfer: the customer goes to another agent’s browser with the same ticket', async () => {
    const { lan, mai, maisPhone } = day
    await callLan(BINH.number)
    const code = await codeOfOwnCall(lan.page)
    await handOverByKeys(lan.page, 'mai')
    atMai = await maisPhone.waitForCall()
    atMai.answer()
    await ownCall(mai.page).getByText(BINH.name).waitFor()
    await ticketHeading(mai.page, code).waitFor()
    await ownCall(lan.page).waitFor({ state: 'detached' })
    const { calls } = await read(await idOf(code, BINH.number))
    expect(calls.at(-1)?.agents).toEqual(['lan', 'mai'])
  })

  test('reload in mid-call: the call, its ticket and the words are there; a page that is the phone asks first', async () => {
    const { lan, mai } = day
    const { page } = mai
    const code = await codeOfOwnCall(page)
    await noteField(page).fill('Khách đọc số máy phụ')
    await page.reload()
    await ownCall(page).getByText(code).waitFor()
    await ticketHeading(page, code).waitFor()
    await eventually(async () =>
      expect(await noteField(page).inputValue()).toBe('Khách đọc số máy phụ'),
    )
    await noteField(page).press('Control+Enter')
    await eventually(async () => expect(await noteField(page).inputValue()).toBe(''))
    await hangUpByKeys(page)
    await ownCall(page).waitFor({ state: 'detached' })
    await atMai?.ended
    const notes = await notesOf(await idOf(code, BINH.number))
    expect(notes).toEqual(['Khách đọc số máy phụ'])

    const call = await callLan(BINH.number)
    const asked = lan.page.waitForEvent('dialog')
    const reload = lan.page.evaluate('location.reload()').catch(() => null)
    const question = await asked
    expect(question.type()).toBe('beforeunload')
    await question.dismiss()
    await reload
    await ownCall(lan.page).getByText(CODE).waitFor()
    await call.hangup()
    await ownCall(lan.page).waitFor({ state: 'detached' })
  })

  test('two tabs: both show the call and the words, one is the phone', async () => {
    const { lab, hotline, lan } = day
    const call = await callLan(BINH.number)
    const code = await codeOfOwnCall(lan.page)
    const second = await lan.context.newPage()
    await second.goto(hotline.url)
    await second.getByText('Điện thoại đang mở ở một thẻ khác').waitFor()
    await ownCall(second).getByText(code).waitFor()
    await ticketHeading(second, code).waitFor()
    await noteField(lan.page).fill('Đã thử cáp khác')
    await eventually(async () =>
      expect(await noteField(second).inputValue()).toBe('Đã thử cáp khác'),
    )
    await noteField(second).press('Control+Enter')
    await eventually(async () => expect(await noteField(lan.page).inputValue()).toBe(''))
    expect(await notesOf(await idOf(code, BINH.number))).toEqual(['Đã thử cáp khác'])
    expect((await lab.cli('pjsip show contacts')).match(/web-101/g)).toHaveLength(1)
    await second.close()
    expect(await lab.cli('core show channels concise')).toMatch(/PJSIP\/web-101-.*!Up!/)
    await call.hangup()
    await ownCall(lan.page).waitFor({ state: 'detached' })
  })

  test('expiry in mid-typing, in a call: no word is lost or goes elsewhere, and the talk goes on', async () => {
    const { lab, hotline, lan } = day
    const { page } = lan
    const call = await callLan(BINH.number)
    const id = await idOf(await codeOfOwnCall(page), BINH.number)
    await noteField(page).click()
    await page.keyboard.type('Khách báo ')
    await endSession(lan.person.user.id)
    await typeSlowly(page, 'mất mạng từ tối qua')
    await page.getByText('Phiên đăng nhập đã hết hạn').first().waitFor()
    const password = page.getByRole('dialog').getByRole('textbox', { name: 'Mật khẩu' })
    await password.waitFor()
    const words = 'Khách báo mất mạng từ tối qua'
    expect(await noteField(page).inputValue()).toBe(words)
    expect(await password.inputValue()).toBe('')
    expect(await lab.cli('core show channels concise')).toMatch(/PJSIP\/web-101-.*!Up!/)
    await keepPicture(page, 'day-8-expiry')
    await signInAgain(page, NEW_PASSWORD)
    expect(await noteField(page).inputValue()).toBe(words)
    await ownCall(page).getByText(CODE).waitFor()
    await phoneRegistered(page)
    await page.keyboard.type('.')
    await page.keyboard.press('Control+Enter')
    await eventually(async () => expect(await noteField(page).inputValue()).toBe(''))
    expect(await notesOf(id)).toEqual([`${words}.`])
    await call.hangup()
    await ownCall(page).waitFor({ state: 'detached' })
    await eventually(async () => expect(await openCalls()).toBe(0))
    lan.person = await signIn(hotline.url, 'lan', NEW_PASSWORD)
    await eventually(async () =>
      expect((await lan.person.get('/drafts', draftList)).items).toEqual([]),
    )
    // whoever was signed out is in no queue until they say so
    await page.locator('[data-testid=agent-state][data-state=offline]').waitFor()
    await page.keyboard.press('Alt+a')
    await confirmedReady(page)
  })
}

let atMai: SipCall | null = null
const NEW_PASSWORD = 'mot-mat-khau-khac-19000382'

/** The notes of people on a ticket, the oldest first. */
export async function notesOf(id: string): Promise<(string | null)[]> {
  const { timeline } = await read(id)
  return timeline.filter(({ kind }) => kind === 'note').map(({ note }) => note)
}

/** An administrator gives a new password, which ends all sessions of the person. */
async function endSession(staffId: string): Promise<void> {
  const { admin } = day.hotline
  const all = await admin.get('/staff', z.object({ items: z.array(staffMember) }))
  const version = all.items.find(({ id }) => id === staffId)?.version
  await admin.send('PATCH', `/staff/${staffId}`, { version, password: NEW_PASSWORD }, staffMember)
}

async function tellFigures({ clicks, keys }: Hands, seconds: number): Promise<void> {
  const line = `main job (one call with note and promise): ${clicks} clicks, ${keys} keys (one answers) and the words, ${seconds.toFixed(1)} s of the page from the answer to the promise`
  if (FIGURES !== undefined) await writeFile(FIGURES, `${line}\n`)
}
