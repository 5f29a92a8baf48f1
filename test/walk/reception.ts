import { expect, test } from 'vitest'
import { deskSnapshot } from '../../server/contract/desk.ts'
import { sessionView } from '../../server/contract/staff.ts'
import { keepPicture, signInAt } from '../support/browser.ts'
import {
  answerInPage,
  becomeReady,
  codeOfOwnCall,
  confirmedReady,
  ownCall,
  ringing,
  ticketHeading,
} from '../support/desk-page.ts'
import { eventually } from '../support/eventually.ts'
import { PASSWORD } from '../support/hotline.ts'
import { idOf, read, ticketsOf } from './books.ts'
import { answerByKey, callLan, COMPANY, day, everybody } from './day.ts'

/** The ticket that goes through the whole process today. */
export const matter = { id: 'none', code: 'none' }

/** From signing in to a customer who was guided and is promised a call. */
export function reception(): void {
  test('sign in: each lands where their work is', async () => {
    const { hotline, lan, mai, noc, field } = day
    await Promise.all(
      everybody().map(({ page, name }) => signInAt(page, hotline.url, name, PASSWORD)),
    )
    await lan.page.waitForURL('**/desk')
    await mai.page.waitForURL('**/desk')
    await noc.page.waitForURL('**/noc')
    await field.page.waitForURL('**/field')
    const asked = await lan.page.request.get(`${hotline.url}/api/session`)
    expect(sessionView.parse(await asked.json()).user.username).toBe('lan')
  })

  test('ready: by one key, and the page is the phone in the real queue', async () => {
    const { lab, lan, mai } = day
    await answerInPage(lan.page)
    await lan.page.keyboard.press('Escape')
    await lan.page.keyboard.press('Alt+a')
    await confirmedReady(lan.page)
    await eventually(async () =>
      expect(await lab.cli('queue show hotline')).toContain('PJSIP/web-101'),
    )
    const { state } = await lan.person.get('/desk', deskSnapshot)
    expect(state).toMatchObject({ state: 'ready', confirmed: true, device: 'web' })
    await becomeReady(mai.page)
    expect(await lab.cli('queue show hotline')).toContain('PJSIP/102')
    await mai.page.getByRole('button', { name: 'Ngoại tuyến' }).click()
    await mai.page.locator('[data-testid=agent-state][data-state=offline]').waitFor()
  })

  test('call and pop: known while it rings, its ticket when it is answered, the words are saved', async () => {
    const { lab, lan } = day
    const call = await lab.placeCall({ from: COMPANY.number })
    await ringing(lan.page).getByText('0912 345 678').waitFor()
    await ringing(lan.page).getByText(COMPANY.name).waitFor()
    await keepPicture(lan.page, 'day-1-ringing')
    await answerByKey(lan.page)
    matter.code = await codeOfOwnCall(lan.page)
    matter.id = await idOf(matter.code, COMPANY.number)
    await ticketHeading(lan.page, matter.code).waitFor()
    await lan.page.locator('input:focus').and(lan.page.getByLabel('Tiêu đề')).waitFor()
    await lan.page.keyboard.type('Mất mạng từ sáng')
    await lan.page.keyboard.press('Control+Enter')
    await lan.page.getByText('Đã lưu').first().waitFor()
    await call.hangup()
    await ownCall(lan.page).waitFor({ state: 'detached' })
    expect(await read(matter.id)).toMatchObject({
      status: 'new',
      subject: 'Mất mạng từ sáng',
      customer: { name: COMPANY.name },
      assignee: { id: lan.person.user.id },
    })
  })

  test('attach: the customer calls again, and one key puts the call to the ticket that is open', async () => {
    const { lan } = day
    const call = await callLan(COMPANY.number)
    const second = await codeOfOwnCall(lan.page)
    expect(second).not.toBe(matter.code)
    await lan.page.getByRole('button', { name: 'Gộp vào phiếu này' }).waitFor()
    await keepPicture(lan.page, 'day-2-attach')
    await lan.page.keyboard.press('Alt+l')
    await ticketHeading(lan.page, matter.code).waitFor()
    await ownCall(lan.page).getByText(matter.code).waitFor()
    expect((await ticketsOf(COMPANY.number)).filter((row) => row.merged_into === null)).toEqual([
      expect.objectContaining({ id: matter.id }),
    ])
    expect((await read(matter.id)).calls).toHaveLength(2)
    customersCall = call
  })

  test('guidance and promise: steps by digits, and what is not sure yet is promised a call', async () => {
    const { lan } = day
    const { page } = lan
    await page.keyboard.press('Alt+n')
    const begin = page.getByRole('form', { name: 'Bắt đầu hướng dẫn' })
    await begin.getByLabel('Nhóm sự cố').selectOption('NO_INTERNET')
    await begin.getByRole('button', { name: 'Thực hiện' }).click()
    const guidance = page.getByRole('form', { name: 'Hướng dẫn khách hàng' })
    await guidance.waitFor()
    await page.keyboard.press('Alt+n')
    await page.keyboard.press('1')
    await page.keyboard.press('2')
    await page.keyboard.press('2')
    const answers = guidance.locator('[aria-pressed=true]')
    await eventually(async () => expect(await answers.allTextContents()).toEqual(['Được', 'Chưa']))
    await keepPicture(page, 'day-3-guidance')
    await page.getByRole('button', { name: 'Chưa rõ → hẹn gọi lại' }).click()
    await page.getByText(/^Còn /).first().waitFor()
    await customersCall?.hangup()
    await ownCall(page).waitFor({ state: 'detached' })
    const { status, callbacks, guidance: kept } = await read(matter.id)
    expect(status).toBe('callback_due')
    expect(callbacks).toMatchObject([
      { status: 'scheduled', reason: 'guidance', assignee: { id: lan.person.user.id } },
    ])
    expect(kept?.steps).toMatchObject({ GEN_1: { answer: 'ok' }, GEN_2: { answer: 'nok' } })
  })
}

let customersCall: Awaited<ReturnType<typeof callLan>> | null = null
