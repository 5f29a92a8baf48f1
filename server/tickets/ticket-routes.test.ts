import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ROLES } from '#contract/staff.ts'
import { openTestDatabase } from '../../test/support/database.ts'
import { addStaff, aUser } from '../../test/support/domain/a-staff.ts'
import { openTestHouse, type TestHouse } from '../../test/support/house.ts'
import { createTestApp } from '../../test/support/http.ts'

describe('over HTTP', () => {
  let house: TestHouse
  let http: ReturnType<typeof createTestApp>

  beforeEach(async () => {
    const database = await openTestDatabase('sqlite')
    await addStaff(database, 'agent-1', 'admin-1')
    house = await openTestHouse(database)
    http = createTestApp([
      ...house.tickets.routes,
      ...house.customers.routes,
      ...house.calendar.routes,
    ])
  })
  afterEach(() => house.database.close())

  const agent = () => http.as(aUser())
  const admin = () => http.as(aUser({ id: 'admin-1', role: 'admin' }))

  it('nobody without a session reads anything', async () => {
    for (const path of ['/tickets', '/tickets/x', '/customers', '/customers/lookup?phone=1']) {
      expect((await http.anonymous.get(path)).status).toBe(401)
    }
    expect((await http.anonymous.get('/calendar/days')).status).toBe(401)
  })

  it('a ticket is opened, read, edited and noted', async () => {
    const order = { channel: 'email', subject: 'Mất mạng', number: '0912345678' }
    const opened = await agent().post('/tickets', order)
    expect(opened.status).toBe(201)
    const path = `/tickets/${opened.body.id}`
    expect((await agent().patch(path, { version: 1, priority: 'high' })).body.version).toBe(2)
    expect((await agent().post(`${path}/notes`, { note: 'Đã gọi' })).status).toBe(201)
    const read = await agent().get(path)
    expect(read.body.timeline.map((line: { kind: string }) => line.kind)).toEqual([
      'opened',
      'edited',
      'note',
    ])
    await house.search.catchUp()
    const list = await agent().get('/tickets?q=mat+mang&status=open')
    expect(list.body).toMatchObject({ items: [{ id: opened.body.id }], nextCursor: null })
  })

  it('a ticket is a file with its typed timeline, and nothing of what may be done with it', async () => {
    const opened = await agent().post('/tickets', { channel: 'email', number: '0912345678' })
    const { code } = opened.body
    const file = await agent().get(`/tickets/${opened.body.id}/export`)
    expect(file.headers['content-disposition']).toBe(`attachment; filename="${code}.json"`)
    const { exportedAt, exportedBy, ticket } = file.body
    const { id, displayName } = aUser()
    expect([exportedAt, exportedBy]).toEqual([house.clock.now(), { id, displayName }])
    expect(ticket).toMatchObject({ code, number: { raw: '0912345678' } })
    expect(ticket.timeline).toMatchObject([{ kind: 'opened', fields: { channel: 'email' } }])
    for (const name of ['actions', 'permissions', 'candidates'])
      expect(ticket).not.toHaveProperty(name)
    const noc = await http.as(aUser({ role: 'noc' })).get(`/tickets/${opened.body.id}/export`)
    expect(noc.body.ticket.number).toMatchObject({ raw: '', display: '•••• ••• 678' })
    expect((await agent().get('/tickets/x/export')).status).toBe(404)
  })

  it('refuses what is wrong and says where', async () => {
    const opened = await agent().post('/tickets', { channel: 'email' })
    const path = `/tickets/${opened.body.id}`
    await agent().patch(path, { version: 1, subject: 'A' })
    expect((await agent().patch(path, { version: 1, subject: 'B' })).status).toBe(409)
    expect((await agent().patch(path, { version: 2, customerId: 'x' })).status).toBe(422)
    expect((await agent().get('/tickets/x')).status).toBe(404)
    const wrong = await agent().post('/tickets', { channel: 'pigeon' })
    expect(wrong.status).toBe(400)
    expect(wrong.body.errors).toMatchObject([{ path: 'channel' }])
    expect((await agent().get('/tickets?status=lost')).status).toBe(400)
    expect((await agent().get('/tickets?cursor=lost')).status).toBe(400)
    expect((await agent().post(`${path}/notes`, { note: ' ' })).status).toBe(400)
  })

  it.each(ROLES)('a %s reads tickets and customers and writes as the role may', async (role) => {
    const opened = await agent().post('/tickets', { channel: 'email' })
    const path = `/tickets/${opened.body.id}`
    const one = http.as(aUser({ id: `${role}-9`, role }))
    expect((await one.get(path)).status).toBe(200)
    expect((await one.get('/customers?q=anh')).status).toBe(200)
    expect((await one.post(`${path}/notes`, { note: 'x' })).status).toBe(201)
    const allowed = ['agent', 'supervisor', 'admin'].includes(role)
    expect((await one.patch(path, { version: 1 })).status).toBe(allowed ? 200 : 403)
    expect((await one.post('/customers', { name: 'Anh' })).status).toBe(allowed ? 201 : 403)
    const calendar = await one.put('/calendar/days', { profile: 'S' })
    expect(calendar.status).toBe(role === 'admin' ? 200 : 403)
  })

  it('a note that was just written is taken back by its author; that it was stays', async () => {
    const opened = await agent().post('/tickets', { channel: 'email' })
    const path = `/tickets/${opened.body.id}/notes`
    const noted = (await agent().post(path, { note: 'nhầm phiếu' })).body
    const line = noted.timeline.at(-1)
    const other = http.as(aUser({ id: 'noc-9', role: 'noc' }))
    expect((await other.delete(`${path}/${line.id}`)).status).toBe(403)
    const after = await agent().delete(`${path}/${line.id}`)
    expect(after.status).toBe(200)
    expect(after.body.timeline.at(-1)).toEqual({ ...line, kind: 'note_withdrawn', note: '' })
    expect((await agent().delete(`${path}/${line.id}`)).status).toBe(200)
    expect((await agent().delete(`${path}/x`)).status).toBe(404)
    const opening = opened.body.timeline[0].id
    expect((await agent().delete(`${path}/${opening}`)).status).toBe(403)
  })

  it('a number is looked up, however it is written', async () => {
    const added = await agent().post('/customers', {
      name: 'Lê Ánh',
      phones: [{ number: '0912345678' }],
    })
    await agent().post('/tickets', { channel: 'counter', number: '0912345678' })
    const found = await agent().get('/customers/lookup?phone=%2B84912345678')
    expect(found.body).toMatchObject({
      number: { raw: '+84912345678', kind: 'mobile', key: '+84912345678', display: '0912 345 678' },
      customers: [{ id: added.body.id, code: 'KH-000001', contractNos: [] }],
      openTickets: [{ code: 'KN-2026-000001', status: 'new' }],
    })
    expect((await agent().get('/customers/lookup')).status).toBe(400)
    expect((await agent().get('/customers/lookup?phone=')).body.customers).toEqual([])
  })

  it('a customer is changed with the version that was read', async () => {
    const added = await agent().post('/customers', { name: 'Lê Ánh' })
    const path = `/customers/${added.body.id}`
    expect((await agent().patch(path, { version: 1, note: 'VIP' })).body.note).toBe('VIP')
    expect((await agent().patch(path, { version: 1, note: 'x' })).status).toBe(409)
    const wrong = await agent().patch(path, { version: 2, phones: [{ number: 'vợ' }] })
    expect(wrong.status).toBe(422)
    expect(wrong.body.errors).toMatchObject([{ path: 'phones.0.number' }])
  })

  it('a deadline is counted, by the calendar in force or another profile', async () => {
    const ask = (more: string) =>
      agent().get(`/calendar/deadline?receivedAt=2025-12-10T10:00:00%2B07:00${more}`)
    expect((await ask('')).body).toEqual({
      dueAt: '2026-01-08T16:59:59.999Z',
      dueOn: '2026-01-08',
      skipped: ['2026-01-01'],
      provisional: false,
    })
    expect((await ask('&profile=G')).body.dueOn).toBe('2026-01-09')
    expect((await ask('&workingDays=2')).body.dueOn).toBe('2025-12-12')
    expect((await ask('&workingDays=-1')).status).toBe(400)
    expect((await agent().get('/calendar/deadline')).status).toBe(400)
  })

  it('the days are replaced by an administrator', async () => {
    const days = [{ date: '2026-12-01', kind: 'holiday', name: 'Ngày thử', confidence: 'A' }]
    const changed = await admin().put('/calendar/days', { days })
    expect(changed.body).toMatchObject({ days, cultureDayHoliday: true, profile: 'S' })
    expect((await agent().get('/calendar/days')).body).toEqual(changed.body)
    const twice = await admin().put('/calendar/days', { days: [...days, ...days] })
    expect(twice.status).toBe(400)
  })
})
