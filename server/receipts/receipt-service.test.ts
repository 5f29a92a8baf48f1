import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SERVICE_DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { addStaff, aUser } from '../../test/support/domain/a-staff.ts'
import { openTestHouse, type TestHouse } from '../../test/support/house.ts'
import { createTestApp } from '../../test/support/http.ts'

const COMPANY = {
  name: 'Công ty DCNET',
  address: '1 Trần Duy Hưng, Hà Nội',
  hotline: '1900 0382',
  email: 'cskh@dcnet.vn',
  taxCode: '0101234567',
}

describe.each(SERVICE_DIALECTS)('receipt slips on %s', (dialect) => {
  let house: TestHouse
  let http: ReturnType<typeof createTestApp>

  beforeEach(async () => {
    const database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1', 'admin-1')
    house = await openTestHouse(database)
    http = createTestApp([...house.tickets.routes, ...house.receipts.routes])
  })
  afterEach(() => house.database.close())

  const agent = () => http.as(aUser())
  const admin = () => http.as(aUser({ id: 'admin-1', role: 'admin' }))

  it('hold the number, content, request, deadline and who we are', async () => {
    await admin().put('/settings/company', { ...COMPANY, version: 0 })
    const order = {
      channel: 'letter',
      kind: 'complaint',
      category: 'BILLING',
      description: '<script>alert(1)</script> Cước tăng',
      customerRequest: 'Hoàn tiền',
      contactNumber: '0912345678',
      complainant: { relation: 'representative', name: 'Bình', paper: 'GUQ 12/2026' },
    }
    const { body } = await agent().post('/tickets', order)
    const slip = await agent().get(`/tickets/${body.id}/receipt`)
    expect(slip.body).toMatchObject({
      code: 'KN-2026-000001',
      kind: 'complaint',
      receivedAt: '2026-11-23T02:00:00.000Z',
      dueAt: '2026-12-22T16:59:59.999Z',
      category: { name: 'Cước phí, hóa đơn, khóa/mở dịch vụ' },
      content: '<script>alert(1)</script> Cước tăng',
      request: 'Hoàn tiền',
      contact: { number: '0912 345 678' },
      complainant: { relation: 'representative', paper: 'GUQ 12/2026' },
      receivedBy: 'Người agent-1',
      company: COMPANY,
    })
    expect((await agent().get('/tickets/x/receipt')).status).toBe(404)
    const field = http.as(aUser({ id: 'field-1', role: 'field' }))
    expect((await field.get(`/tickets/${body.id}/receipt`)).status).toBe(403)
  })

  it('show the company that administrators name, of two the first, with audit', async () => {
    const put = (version: number, name = 'A') =>
      admin().put('/settings/company', { ...COMPANY, name, version })
    expect((await agent().get('/settings/company')).body).toMatchObject({
      hotline: '19000382',
      version: 0,
    })
    expect((await agent().put('/settings/company', { ...COMPANY, version: 0 })).status).toBe(403)
    expect((await put(1)).status).toBe(409)
    expect((await put(0)).body).toMatchObject({ name: 'A', version: 1 })
    expect((await put(0)).status).toBe(409)
    expect((await put(1, 'B')).body).toMatchObject({ name: 'B', version: 2 })
    expect((await put(2, 'B')).body.version).toBe(2)
    expect((await admin().put('/settings/company', { version: 2, name: '' })).status).toBe(400)
    const audit = await house.database.db.selectFrom('audit').selectAll().execute()
    expect(audit).toMatchObject([{ action: 'company.changed' }, { detail: '{"name":"B"}' }])
  })
})
