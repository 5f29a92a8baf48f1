import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { keepPicture } from '../support/browser.ts'
import { takePhoto } from '../support/camera.ts'
import { ownCall, ringing, ticketHeading } from '../support/desk-page.ts'
import { eventually } from '../support/eventually.ts'
import { read } from './books.ts'
import { answerByKey, COMPANY, day } from './day.ts'
import { matter } from './reception.ts'

const HALF_AN_HOUR_MS = 30 * 60_000
const CONCLUSION = 'Đã thay dây thuê bao, khách vào mạng được'

/** The promised call, NOC, the technician, the answer, and the end of the matter. */
export function theCase(): void {
  test('callback: the page rings, one key calls the customer, one says that it is not solved', async () => {
    const { lab, hotline, lan } = day
    const { page } = lan
    const customer = await lab.customerPhone({ number: COMPANY.number, behaviour: 'manual' })
    await hotline.shift(HALF_AN_HOUR_MS)
    await answerByKey(page)
    await page.getByText('Máy bạn đã nhấc', { exact: false }).first().waitFor()
    await page.keyboard.press('Alt+g')
    const atCustomer = await customer.waitForCall()
    expect(atCustomer.caller).toContain('19000382')
    atCustomer.answer()
    await ownCall(page).getByText(COMPANY.name).waitFor()
    await page.getByText('Đang quay số…').waitFor({ state: 'detached' })
    await keepPicture(page, 'day-4-callback')
    await atCustomer.hangup()
    const strip = page.getByRole('region', { name: 'Kết quả gọi lại chờ xác nhận' })
    await strip.getByText('Nói chuyện').waitFor()
    await page.keyboard.press('Alt+u')
    await strip.getByText('Nói chuyện').waitFor({ state: 'detached' })
    const { status, team, callbacks } = await read(matter.id)
    expect([status, team]).toEqual(['noc_queued', 'noc'])
    expect(callbacks).toMatchObject([
      { status: 'done', verdict: 'kept', attempts: [{ outcome: 'reached' }] },
    ])
    expect(customer.calls).toHaveLength(1)
  })

  test('NOC: the fault is on the board without a reload, is taken and handed to KT by keys', async () => {
    const { page, person } = day.noc
    const row = page.getByRole('listitem').filter({ hasText: matter.code })
    const lane = (name: string) => page.getByRole('region', { name }).filter({ has: row })
    await lane('Chờ nhận').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('n')
    await lane('Đang chẩn đoán').waitFor()
    await page.keyboard.press('t')
    const form = page.getByRole('form', { name: 'Chuyển Kỹ thuật' })
    await form.getByLabel('Nguyên nhân').selectOption('fibre_cut')
    await form.getByLabel('Ghi chú').fill('Suy hao cao')
    await keepPicture(page, 'day-5-noc')
    await form.getByRole('button', { name: 'Thực hiện' }).click()
    await lane('Chờ KT').waitFor()
    const ticket = await read(matter.id)
    // typed by nobody: it came with the contract of the number that called
    const address = '12 Lê Lợi, Cầu Giấy, Hà Nội'
    expect(ticket).toMatchObject({ status: 'field_queued', causeCode: 'fibre_cut', address })
    expect(ticket.contact.number?.key).toBe('+84912345678')
    const accepted = ticket.timeline.find(({ fields }) => fields['action'] === 'accept')
    expect(accepted?.actor?.id).toBe(person.user.id)
  })

  test('KT: takes the job, works a minute without a connection, and all of it arrives once', async () => {
    const { page, context, person } = day.field
    const job = page.getByRole('article', { name: matter.code })
    await job.getByRole('button', { name: 'Tiếp nhận xử lý' }).click()
    await job.getByRole('link', { name: /^Bản đồ: 12 Lê Lợi/ }).waitFor()
    expect(await page.content()).not.toContain('345 678')
    await job.getByRole('button', { name: 'Đang đến' }).click()
    await job.getByRole('button', { name: /^Đang đến \d\d:\d\d$/ }).waitFor()

    const orders = ordersToCall(page)
    await context.setOffline(true)
    await job.getByRole('button', { name: 'Gọi khách' }).click()
    await page.getByText('Không kết nối được máy chủ').first().waitFor()
    await job.getByRole('button', { name: 'Đã đến' }).click()
    await takePhoto(page, matter.code)
    await job.getByRole('button', { name: 'Hoàn thành' }).click()
    const form = page.getByRole('form', { name: 'Hoàn thành tại địa chỉ' })
    await form.getByLabel('Kết luận').fill(CONCLUSION)
    await form.getByRole('button', { name: 'Gửi kết quả' }).click()
    await page.getByText('2 chưa gửi').waitFor()
    // the minute in which every retry fails
    await context.clock.runFor(60_000)
    await page.getByText('2 chưa gửi').waitFor()
    await keepPicture(page, 'day-6-field-offline')
    expect((await read(matter.id)).status).toBe('field_working')

    await context.setOffline(false)
    await page.getByText('chưa gửi').first().waitFor({ state: 'detached' })
    await job.waitFor({ state: 'detached' })
    // a call that was ordered for then is not placed a minute later
    expect(orders).toHaveLength(1)
    const ticket = await read(matter.id)
    expect(ticket).toMatchObject({ status: 'noc_verifying', resolution: CONCLUSION })
    expect(ticket.files.items).toMatchObject([{ type: 'image/jpeg' }])
    const notes = ticket.timeline.filter(
      ({ kind, actor }) => kind === 'note' && actor?.id === person.user.id,
    )
    expect(notes.map(({ note }) => note)).toEqual(['Đang đến', 'Đã đến'])
  })

  test('NOC: sees it come back and confirms by its key', async () => {
    const { page } = day.noc
    const row = page.getByRole('listitem').filter({ hasText: matter.code })
    await page.getByRole('region', { name: 'Kiểm tra lại' }).filter({ has: row }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('v')
    const form = page.getByRole('form', { name: 'Ghi kết quả kiểm tra' })
    await form.getByRole('combobox', { name: /^Kết quả/ }).selectOption('ok')
    await form.getByLabel('Kết quả đo, kiểm tra').fill('Ping 2 ms, không mất gói')
    await form.getByRole('button', { name: 'Thực hiện' }).click()
    await row.waitFor({ state: 'detached' })
    const { status, assignee } = await read(matter.id)
    expect([status, assignee?.id]).toEqual(['customer_reply', day.lan.person.user.id])
  })

  test('reply: the customer is called from the ticket, which is the evidence of the answer', async () => {
    const { lab, lan } = day
    const { page } = lan
    await ticketHeading(page, matter.code).waitFor()
    await page.getByText('Chưa có bằng chứng trả lời').waitFor()
    const customer = await lab.customerPhone({ number: COMPANY.number, behaviour: 'manual' })
    await page.getByRole('button', { name: 'Gọi khách' }).click()
    await answerByKey(page)
    const atCustomer = await customer.waitForCall()
    atCustomer.answer()
    await ownCall(page).waitFor()
    await atCustomer.hangup()
    await ownCall(page).waitFor({ state: 'detached' })
    await page.getByText('Đã có bằng chứng trả lời').waitFor()
    await page.keyboard.press('Alt+n')
    const form = page.getByRole('form', { name: 'Ghi kết quả trả lời khách' })
    await form.getByRole('combobox', { name: /^Kết quả/ }).selectOption('ok')
    await form.getByRole('button', { name: 'Thực hiện' }).click()
    await page.getByText('KH đã xác nhận').first().waitFor()
    const { status, evidence } = await read(matter.id)
    expect(status).toBe('confirmed')
    expect(evidence).toContainEqual(expect.objectContaining({ kind: 'call', counts: true }))
  })

  test('close: how it was solved is said, and the books are shut', async () => {
    const { page, person } = day.lan
    await page.keyboard.press('Alt+n')
    const form = page.getByRole('form', { name: 'Đóng phiếu' })
    await form.getByLabel('Kết quả xử lý').selectOption('fixed_on_site')
    await keepPicture(page, 'day-7-close')
    await form.getByRole('button', { name: 'Thực hiện' }).click()
    await page.getByText('Đã đóng').first().waitFor()
    await ringing(page).getByText(COMPANY.name).waitFor({ state: 'detached' })
    const ticket = await eventually(async () => {
      const one = await read(matter.id)
      expect(one.status).toBe('closed')
      return one
    })
    expect(ticket.clocks.filter(({ stoppedAt }) => stoppedAt === null)).toEqual([])
    expect(ticket.callbacks.map(({ status }) => status)).toEqual(['done'])
    const moved = ticket.timeline.filter(({ kind }) => kind === 'moved')
    expect(moved.map(({ fields }) => fields['action'])).toEqual([
      'merge',
      'start_guidance',
      'save_guidance',
      'callback_result',
      'accept',
      'need_field',
      'accept',
      'field_done',
      'verify',
      'reply_result',
      'close',
    ])
    expect(moved.at(-1)?.actor?.id).toBe(person.user.id)
  })
}

/** Every order to call somebody that leaves the page from now on. */
function ordersToCall(page: Page): string[] {
  const orders: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/calls'))
      orders.push(request.url())
  })
  return orders
}
