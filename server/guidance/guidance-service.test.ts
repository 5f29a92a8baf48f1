import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChecklistContent } from '#contract/casework/guidance.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { addStaff, aUser } from '../../test/support/domain/a-staff.ts'
import { openTestHouse, type TestHouse } from '../../test/support/house.ts'
import { createTestApp } from '../../test/support/http.ts'

const user = aUser()
const admin = aUser({ id: 'admin-1', role: 'admin' })

describe.each(SERVICE_DIALECTS)('guidance on %s', (dialect) => {
  let house: TestHouse
  let http: ReturnType<typeof createTestApp>

  beforeEach(async () => {
    const database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1', 'noc-1', 'admin-1')
    house = await openTestHouse(database)
    http = createTestApp([...house.tickets.routes, ...house.guidance.routes])
  })
  afterEach(() => house.database.close())

  const agent = () => http.as(user)
  const setStatus = (id: string, status: string) =>
    house.database.db.updateTable('ticket').set({ status }).where('id', '=', id).execute()

  /** A ticket without internet whose guidance has begun, as `start_guidance` leaves it. */
  async function guided(): Promise<string> {
    const order = { channel: 'hotline', category: 'NO_INTERNET', area: 'Cầu Giấy' }
    const { body } = await agent().post('/tickets', order)
    await setStatus(body.id, 'guiding')
    await house.database.transaction((trx) => house.guidance.begin(trx, body.id, 'NO_INTERNET'))
    return body.id
  }

  const read = async (id: string) => (await agent().get(`/tickets/${id}`)).body
  const save = (id: string, version: number, fields: object, steps: object = {}) =>
    agent().put(`/tickets/${id}/guidance`, { version, fields, steps })

  it('asks the common steps and those of the category, in the version in force', async () => {
    const { guidance } = await read(await guided())
    expect(guidance).toMatchObject({
      category: 'NO_INTERNET',
      versionNumber: 1,
      commonVersionNumber: 1,
      steps: {},
      fields: {},
      result: null,
      version: 1,
    })
    expect(guidance.content.steps.map((step: { id: string }) => step.id)).toEqual([
      ...[1, 2, 3, 4].map((n) => `GEN_${n}`),
      ...[1, 2, 3, 4, 5].map((n) => `NO_INTERNET_${n}`),
    ])
  })

  it('keeps progress, and names the ticket by what was found', async () => {
    const id = await guided()
    house.notifier.clear()
    const steps = { GEN_1: { answer: 'ok' }, NO_INTERNET_1: { answer: 'nok', note: 'LOS đỏ' } }
    const saved = await save(id, 1, { los_light: 'red_steady', rebooted: true }, steps)
    expect(saved.body).toMatchObject({ version: 2, updatedBy: { id: 'agent-1' } })
    const ticket = await read(id)
    expect(ticket.subject).toBe('Mất kết nối · LOS đỏ · Cầu Giấy')
    expect(ticket.version).toBe(1)
    expect(ticket.guidance.steps.NO_INTERNET_1).toMatchObject({ answer: 'nok', note: 'LOS đỏ' })
    expect(house.notifier.of('ticketUpdated')).toMatchObject([[{ subject: ticket.subject }]])
    await house.search.catchUp()
    expect((await agent().get('/tickets?q=los+do')).body.items).toHaveLength(1)
    const { guidance, database } = house
    expect(await guidance.stepsOf(database.db, id)).toEqual({ ticked: 2, lastIsNok: true })
    expect(await guidance.stepsOf(database.db, 'nowhere')).toEqual({ ticked: 0, lastIsNok: false })
  })

  it('leaves a subject that a person wrote', async () => {
    const id = await guided()
    await agent().patch(`/tickets/${id}`, { version: 1, subject: 'Khách VIP' })
    await save(id, 1, { los_light: 'red_steady' })
    expect((await read(id)).subject).toBe('Khách VIP')
  })

  it('refuses answers that do not fit, each with its path and a code', async () => {
    const id = await guided()
    const refused = await save(
      id,
      1,
      { los_light: 'green', ont_serial: '?', rebooted: 'yes', rx_dbm: -20 },
      { VPN_1: { answer: 'ok' } },
    )
    expect(refused.status).toBe(422)
    expect(refused.body.errors).toMatchObject([
      { path: 'steps.VPN_1', code: 'checklist_no_step' },
      { path: 'fields.los_light', code: 'checklist_choice' },
      { path: 'fields.ont_serial', code: 'checklist_text' },
      { path: 'fields.rebooted', code: 'checklist_flag' },
      { path: 'fields.rx_dbm', code: 'checklist_no_field' },
    ])
    expect((await read(id)).guidance.version).toBe(1)
  })

  it('of two who save at once lets one win: the other gets 409', async () => {
    const id = await guided()
    expect((await save(id, 1, {})).status).toBe(200)
    expect((await save(id, 1, {})).status).toBe(409)
    expect((await save('x', 1, {})).status).toBe(404)
  })

  it('takes answers while guiding, from NOC while it diagnoses, and from field staff never', async () => {
    const id = await guided()
    const noc = http.as(aUser({ id: 'noc-1', role: 'noc' }))
    const field = http.as(aUser({ id: 'field-1', role: 'field' }))
    const order = { version: 1, steps: {}, fields: {} }
    expect((await noc.put(`/tickets/${id}/guidance`, order)).status).toBe(409)
    expect((await field.put(`/tickets/${id}/guidance`, order)).status).toBe(403)
    await setStatus(id, 'noc_diagnosing')
    expect((await save(id, 1, {})).status).toBe(409)
    expect((await noc.put(`/tickets/${id}/guidance`, order)).status).toBe(200)
  })

  it('is no place for 100 kB: 413', async () => {
    const id = await guided()
    const steps = { GEN_1: { answer: 'ok', note: 'x'.repeat(100_000) } }
    expect((await save(id, 1, {}, steps)).status).toBe(413)
    expect((await save(id, 1, {}, { GEN_1: { answer: 'ok', note: 'x'.repeat(501) } })).status).toBe(
      400,
    )
  })

  it('ends with a result, and says how many steps did what', async () => {
    const id = await guided()
    const counts = await house.database.transaction((trx) => {
      const steps = { GEN_1: { answer: 'ok', note: '' } } as const
      return house.guidance.saveAnswers(trx, id, { steps, result: 'nok' }, 'agent-1')
    })
    const ticket = await read(id)
    expect(ticket.guidance).toMatchObject({ result: 'nok', version: 2 })
    expect(counts).toEqual({ ok: 1, nok: 0, skipped: 0 })
  })

  it('has the checklist of another category when the ticket is about that, with what both ask', async () => {
    const id = await guided()
    const steps = { GEN_1: { answer: 'ok' }, NO_INTERNET_1: { answer: 'ok' } }
    await save(id, 1, { los_light: 'red_steady', rebooted: true }, steps)
    await agent().patch(`/tickets/${id}`, { version: 1, category: 'INTERMITTENT' })
    const ticket = await read(id)
    expect(ticket.subject).toBe('Chập chờn · LOS đỏ · Cầu Giấy')
    expect(ticket.guidance).toMatchObject({ category: 'INTERMITTENT', version: 3 })
    expect(Object.keys(ticket.guidance.steps)).toEqual(['GEN_1'])
    expect(ticket.guidance.fields).toEqual({ los_light: 'red_steady' })
  })

  it('keeps its version when another is published, and begins with the new one elsewhere', async () => {
    const before = await guided()
    const { items } = (await agent().get('/checklists')).body
    const content: ChecklistContent = items.find(
      (item: { category: string }) => item.category === 'NO_INTERNET',
    ).content
    const steps = content.steps.slice(1)
    const path = '/checklists/NO_INTERNET'
    const draft = await http
      .as(admin)
      .put(`${path}/draft`, { version: null, content: { ...content, steps } })
    expect(draft.body).toMatchObject({ number: 2, status: 'draft', createdBy: { id: 'admin-1' } })
    expect((await read(await guided())).guidance.versionNumber).toBe(1)
    const published = await http.as(admin).post(`${path}/publish`, { version: draft.body.version })
    expect(published.body).toMatchObject({ number: 2, status: 'published' })
    expect((await read(before)).guidance.versionNumber).toBe(1)
    expect((await read(await guided())).guidance.versionNumber).toBe(2)
    const compared = await agent().get(`${path}/compare?from=1&to=2`)
    expect(compared.body.steps).toMatchObject({ removed: [{ id: 'NO_INTERNET_1' }], added: [] })
    const audit = await house.database.db.selectFrom('audit').selectAll().execute()
    expect(audit).toMatchObject([{ action: 'checklist.published', subject: 'NO_INTERNET' }])
    expect(JSON.parse(audit[0]?.detail ?? '')).toEqual({ number: '2', removed: 'NO_INTERNET_1' })
  })

  it('has one draft when two administrators begin it at once, and the other is told', async () => {
    const path = '/checklists/NO_INTERNET'
    const { content } = (await http.as(admin).get(`${path}/versions/1`)).body
    const begin = () => http.as(admin).put(`${path}/draft`, { version: null, content })
    // Connections that are open already: none waits for its own.
    await Promise.all(Array.from({ length: 8 }, () => http.as(admin).get(`${path}/versions`)))
    const answers = await Promise.all(Array.from({ length: 8 }, begin))
    const won = answers.filter(({ status }) => status === 200)
    const told = answers.filter(({ status }) => status === 409)
    expect([won.length, told.length]).toEqual([1, 7])
  })
})

describe('checklists over HTTP', () => {
  let house: TestHouse
  let http: ReturnType<typeof createTestApp>

  beforeEach(async () => {
    const database = await openTestDatabase('sqlite')
    await addStaff(database, 'admin-1', 'admin-2')
    house = await openTestHouse(database)
    http = createTestApp(house.guidance.routes)
  })
  afterEach(() => house.database.close())

  const path = '/checklists/VPN'
  const asAdmin = () => http.as(admin)
  const contentOf = async () => (await asAdmin().get(`${path}/versions/1`)).body.content

  it('are all there after the first start, and once after the second', async () => {
    await house.guidance.start()
    const { items } = (await http.as(user).get('/checklists')).body
    expect(items).toHaveLength(18)
    expect(items[0]).toMatchObject({ category: 'GEN', number: 1, status: 'published' })
    const rows = await house.database.db.selectFrom('checklist_version').selectAll().execute()
    expect(rows).toHaveLength(18)
  })

  it('are written by administrators alone, of two the first', async () => {
    const content = await contentOf()
    const order = { version: null, content }
    expect((await http.as(user).put(`${path}/draft`, order)).status).toBe(403)
    expect((await http.as(user).post(`${path}/publish`, { version: 1 })).status).toBe(403)
    expect((await asAdmin().post(`${path}/publish`, { version: 1 })).status).toBe(409)
    expect((await asAdmin().put(`${path}/draft`, order)).status).toBe(200)
    expect((await asAdmin().put(`${path}/draft`, order)).status).toBe(409)
    expect((await asAdmin().put(`${path}/draft`, { version: 1, content })).body.version).toBe(2)
    expect((await asAdmin().post(`${path}/publish`, { version: 1 })).status).toBe(409)
    expect((await asAdmin().post(`${path}/publish`, { version: 2 })).status).toBe(200)
    const { items } = (await asAdmin().get(`${path}/versions`)).body
    expect(items).toMatchObject([{ number: 2, status: 'published' }, { number: 1 }])
  })

  it('that contradict themselves are refused with 422 and the place', async () => {
    const content = await contentOf()
    const steps = [...content.steps, content.steps[0]]
    const order = { version: null, content: { ...content, steps } }
    const refused = await asAdmin().put(`${path}/draft`, order)
    expect(refused.status).toBe(422)
    expect(refused.body.errors).toMatchObject([{ path: 'content.steps.3.id' }])
    expect((await asAdmin().get('/checklists/NOPE/versions')).status).toBe(400)
    expect((await asAdmin().get(`${path}/versions/9`)).status).toBe(404)
    expect((await asAdmin().get(`${path}/compare?from=1&to=9`)).status).toBe(404)
  })
})
