import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PhoneNumber } from '../../server/contract/customers.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { addStaff, aUser } from '../support/domain/a-staff.ts'
import { openTestHouse, type TestHouse } from '../support/house.ts'
import { createTestApp } from '../support/http.ts'

/** What 81f97ef stored, by the rules of then. */
const OLD = { at: '2026-11-01T00:00:00.000Z' }

describe.each(HOUSE_DIALECTS)('numbers and names over HTTP on %s', (dialect) => {
  let database: Database
  let house: TestHouse
  let http: ReturnType<ReturnType<typeof createTestApp>['as']>

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1')
    house = await openTestHouse(database, { hotlineNumber: '02473000382' })
    const { tickets, customers, calendar } = house
    http = createTestApp([...tickets.routes, ...customers.routes, ...calendar.routes]).as(aUser())
  })
  afterEach(() => database.close())

  function ask(at: string) {
    return http.get(`/calendar/deadline?receivedAt=${encodeURIComponent(at)}`)
  }

  async function lookUp(phone: string) {
    const { body } = await http.get(`/customers/lookup?phone=${encodeURIComponent(phone)}`)
    const number: PhoneNumber = body.number
    return { number, openTickets: body.openTickets, customers: body.customers }
  }

  it.each(['0000000000', '0', '0000', '+', '7', '19001234', '18001166', '024 7300 0382'])(
    '%s is shown and brings no history of strangers',
    async (number) => {
      expect((await http.post('/tickets', { channel: 'counter', number })).status).toBe(201)
      const found = await lookUp(number)
      expect(found).toMatchObject({ number: { key: null }, openTickets: [], customers: [] })
      expect(found.number.display).not.toBe('')
    },
  )

  it.each(['P', 'Asterisk'])('%s of a trunk is nobody’s key', async (number) => {
    expect((await lookUp(number)).number).toMatchObject({ kind: 'nobody', key: null })
  })

  it.each(['+0912345678', '00912345678', '84912345678', '084912345678', '+912345678'])(
    '%s is the customer of 0912345678',
    async (number) => {
      await http.post('/customers', { name: 'Lan', phones: [{ number: '0912345678' }] })
      expect((await lookUp(number)).customers).toMatchObject([{ name: 'Lan' }])
    },
  )

  it.each(['\u00D0', '\u0189', '\u0110', 'D\u0336', '\uFF24\u0336'])(
    'a name with %j is stored with Đ and found by d and by Đ',
    async (letter) => {
      const order = { name: `${letter}ặng Sơn`.normalize('NFD'), address: `12 ${letter}ường Láng` }
      expect((await http.post('/customers', order)).body.name).toBe('Đặng Sơn')
      for (const q of ['dang', 'Đặng', 'duong lang', '\u00D0ặng', 'da\u00ADng']) {
        await house.search.catchUp()
        const { body } = await http.get(`/customers?q=${encodeURIComponent(q)}`)
        expect(body.items).toHaveLength(1)
      }
    },
  )

  it('a subject is stored with the right letters and found without accents', async () => {
    const opened = await http.post('/tickets', { channel: 'counter' })
    const change = { version: 1, subject: '\u00D0\u1EE9t c\u00E1p' }
    expect((await http.patch(`/tickets/${opened.body.id}`, change)).body.subject).toBe('Đứt cáp')
    await house.search.catchUp()
    expect((await http.get('/tickets?q=dut+cap')).body.items).toHaveLength(1)
  })

  it.each([
    ['9.12346E+08', 'number_scientific'],
    ['912345678.0', 'number_decimal'],
    ['0912345678/0987654321', 'number_several'],
    ['0912345678, 0987654321', 'number_several'],
    ['0912345678 (chị Hoa)', 'number_letters'],
    ['09123456781234567', 'number_too_long'],
  ])('the number %s of a customer is refused because of %s', async (number, code) => {
    const { status, body } = await http.post('/customers', { name: 'Hoa', phones: [{ number }] })
    expect(status).toBe(422)
    const message = expect.stringContaining('0912 345 678')
    expect(body.errors).toEqual([{ path: 'phones.0.number', message, code }])
  })

  it('the text mark of a spreadsheet is cleaned off a number', async () => {
    const order = { name: 'Hoa', phones: [{ number: "'0912345678 " }] }
    const number = { key: '+84912345678', raw: '0912345678' }
    expect((await http.post('/customers', order)).body.phones).toMatchObject([{ number }])
  })

  it('a deadline into a year without holidays is marked, and instants outside our time are refused', async () => {
    expect((await ask('2028-01-20T03:00:00Z')).body.provisional).toBe(true)
    expect((await ask('2026-01-20T03:00:00Z')).body.provisional).toBe(false)
    for (const at of ['0000-01-01T00:00:00+23:59', '9999-12-31T23:59:59-23:59']) {
      expect((await ask(at)).status).toBe(400)
    }
  })

  it('a version that no row can have is refused, not a fault', async () => {
    const { body } = await http.post('/customers', { name: 'Hoa' })
    const path = `/customers/${body.id}`
    expect((await http.patch(path, { version: 2 ** 31 - 1, name: 'X' })).status).toBe(400)
    expect((await http.patch(path, { version: 2 ** 31 - 2, name: 'X' })).status).toBe(409)
  })

  it('rows of earlier releases are gone through once: letters, keys and search texts', async () => {
    const customer = (await http.post('/customers', { name: 'x' })).body.id
    const other = (await http.post('/tickets', { channel: 'counter', number: '0000' })).body.id
    const mine = (await http.post('/tickets', { channel: 'counter', number: '0912345678' })).body.id
    const { db } = database
    await db.updateTable('customer').set({ name: '\u00D0ặng' }).where('id', '=', customer).execute()
    await db
      .insertInto('customer_phone')
      .values([
        { id: 'p1', customer_id: customer, phone_key: '0000', raw: '0000', label: '' },
        {
          id: 'p2',
          customer_id: customer,
          phone_key: '+0912345678',
          raw: '+0912345678',
          label: '',
        },
      ])
      .execute()
    const choice = { customer_id: customer, chosen_by: 'agent-1', chosen_at: OLD.at }
    await db
      .insertInto('phone_choice')
      .values([
        { ...choice, phone_key: '0000' },
        { ...choice, phone_key: '+0912345678' },
      ])
      .execute()
    await db.updateTable('ticket').set({ number_key: '0000' }).where('id', '=', other).execute()
    await db
      .updateTable('ticket')
      .set({ number_key: '+0912345678', subject: '\u00D0ứt' })
      .where('id', '=', mine)
      .execute()
    expect((await http.get(`/tickets/${other}`)).body.candidates).toEqual([])

    await house.schedule.rewriteAll()

    await house.search.catchUp()
    expect((await http.get('/customers?q=dang')).body.items).toMatchObject([{ name: 'Đặng' }])
    expect((await http.get('/tickets?q=dut')).body.items).toMatchObject([{ subject: 'Đứt' }])
    const found = await lookUp('0912345678')
    expect(found).toMatchObject({ customers: [{ name: 'Đặng' }], openTickets: [{ id: mine }] })
    const choices = await db.selectFrom('phone_choice').select('phone_key').execute()
    expect(choices).toEqual([{ phone_key: '+84912345678' }])
    const keys = db.selectFrom('ticket').select('number_key').where('id', '=', other)
    expect(await keys.execute()).toEqual([{ number_key: null }])
    await db.updateTable('ticket').set({ subject: 'again' }).where('id', '=', mine).execute()
    await house.schedule.rewriteAll()
    expect((await http.get(`/tickets/${mine}`)).body.subject).toBe('again')
  })
})
