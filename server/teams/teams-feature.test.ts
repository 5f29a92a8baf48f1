import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SERVICE_DIALECTS } from '../../test/support/database.ts'
import { openTeamHouse, type TeamHouse } from '../../test/support/team-house.ts'

describe.each(SERVICE_DIALECTS)('teams on %s', (dialect) => {
  let house: TeamHouse

  beforeEach(async () => {
    house = await openTeamHouse(dialect)
  })
  afterEach(() => house.database.close())

  async function fieldTeam(name: string, areas: string[], members: string[], lead?: string) {
    const rows = members.map((staffId) => ({ staffId, isLead: staffId === lead }))
    const order = { kind: 'field', name, areas, members: rows }
    return (await house.as('admin-1').post('/teams', order).expect(201)).body
  }

  async function signIn(staffId: string): Promise<void> {
    const at = house.clock.now()
    const expires = '2027-01-01T00:00:00.000Z'
    const row = { id: `session-${staffId}`, staff_id: staffId, address: '', user_agent: '' }
    await house.database.db
      .insertInto('session')
      .values({ ...row, created_at: at, last_seen_at: at, expires_at: expires })
      .execute()
  }

  it('three are there from the beginning, with everybody by their role', async () => {
    const { body } = await house.as('noc-1').get('/teams').expect(200)
    const shown = body.items.map((team: { name: string; members: { id: string }[] }) => [
      team.name,
      team.members.map(({ id }) => id),
    ])
    expect(Object.fromEntries(shown)).toEqual({
      CSKH: ['agent-1', 'agent-2', 'supervisor-1', 'supervisor-2'],
      NOC: ['noc-1', 'noc-2'],
      'Kỹ thuật': ['field-1', 'field-2'],
    })
  })

  it('one is made, changed by its version, audited, and read again after a restart', async () => {
    const made = await fieldTeam('KT Cầu Giấy', ['Cầu Giấy'], ['field-1'])
    expect(made).toMatchObject({ areas: ['Cầu Giấy'], members: [{ id: 'field-1', isLead: false }] })
    const path = `/teams/${made.id}`
    const members = [{ staffId: 'field-2', isLead: true }]
    const admin = house.as('admin-1')
    await admin.patch(path, { version: 1, members }).expect(200)
    expect((await admin.patch(path, { version: 1, name: 'X' })).body).toMatchObject({
      status: 409,
      errors: [{ code: 'stale' }],
    })
    await house.teams.start()
    const { body } = await admin.get('/teams')
    const read = body.items.find((one: { id: string }) => one.id === made.id)
    expect(read).toMatchObject({ version: 2, members: [{ id: 'field-2', isLead: true }] })
    const audit = await house.database.db.selectFrom('audit').selectAll().execute()
    expect(audit.map(({ action }) => action)).toEqual(['team.changed', 'team.changed'])
  })

  it('takes nobody of another trade, nobody twice and no stranger', async () => {
    const admin = house.as('admin-1')
    const order = (...ids: string[]) => {
      const members = ids.map((staffId) => ({ staffId }))
      return admin.post('/teams', { kind: 'field', name: 'X', members })
    }
    for (const [ids, code] of [
      [['agent-1'], 'wrong_role'],
      [['field-1', 'field-1'], 'twice'],
      [['nobody'], 'no_such_person'],
    ] as const) {
      expect((await order(...ids)).body).toMatchObject({ status: 422, errors: [{ code }] })
    }
  })

  it('is not closed while it has work, and a default team never', async () => {
    const made = await fieldTeam('KT 1', [], [])
    const ticket = await house.aTicket()
    await house.putInto(ticket.id, 'field_queued', { team_id: made.id })
    const admin = house.as('admin-1')
    const close = (id: string) => admin.patch(`/teams/${id}`, { version: 1, active: false })
    expect((await close(made.id)).body).toMatchObject({
      status: 409,
      errors: [{ code: 'has_work' }],
    })
    expect((await close('team-noc')).body.errors[0].code).toBe('default_team')
    await house.putInto(ticket.id, 'noc_verifying')
    await close(made.id).expect(200)
  })

  it('the lead is told, and where none is signed in supervisors are', async () => {
    const made = await fieldTeam('KT 1', ['Cầu Giấy'], ['field-1', 'field-2'], 'field-1')
    expect(house.teams.teamForArea('cau giay')).toBe(made.id)
    expect(house.teams.isLead('field-1', 'field')).toBe(true)
    expect(house.teams.isLead('field-2', 'field')).toBe(false)
    expect(house.teams.isLead('supervisor-1', 'noc')).toBe(true)
    const told = async () => (await house.teams.leadsOf('field', made.id)).onShift
    expect(await told()).toEqual(['supervisor-1', 'supervisor-2'])
    await signIn('supervisor-2')
    expect(await told()).toEqual(['supervisor-2'])
    await signIn('field-1')
    expect(await told()).toEqual(['field-1'])
  })

  it('the work of a team is shown by stage: nobody’s first, then the longest there', async () => {
    const [a, b, c] = [await house.aTicket(), await house.aTicket(), await house.aTicket()]
    const set = (id: string, since: string, assignee: string | null) =>
      house.database.db
        .updateTable('ticket')
        .set({ status_since: since, assignee_id: assignee })
        .where('id', '=', id)
        .execute()
    for (const one of [a, b, c]) await house.putInto(one.id, 'noc_queued')
    await set(a.id, '2026-11-23T01:00:00.000Z', 'noc-1')
    await set(b.id, '2026-11-23T03:00:00.000Z', null)
    await set(c.id, '2026-11-23T02:00:00.000Z', null)
    const { body } = await house.as('noc-2').get('/teams/team-noc/work').expect(200)
    const queued = body.stages.find((one: { status: string }) => one.status === 'noc_queued')
    expect(queued).toMatchObject({ count: 3, unassigned: 2 })
    expect(queued.items.map(({ id }: { id: string }) => id)).toEqual([c.id, b.id, a.id])
    const load = await house.as('supervisor-1').get('/teams/team-noc/workload').expect(200)
    expect(load.body.items).toMatchObject([
      { person: null, total: 2, stages: [{ status: 'noc_queued', count: 2 }] },
      { person: { id: 'noc-1' }, total: 1 },
      { person: { id: 'noc-2' }, total: 0, stages: [] },
    ])
  })

  it('the work of another trade is not shown to NOC and field', async () => {
    const refused = await house.as('noc-1').get('/teams/team-field/work')
    expect(refused.body).toMatchObject({ status: 403, errors: [{ code: 'not_your_team' }] })
    await house.as('field-1').get('/teams/team-cskh/workload').expect(403)
    await house.as('agent-1').get('/teams/team-noc/work').expect(200)
    await house.as('agent-1').get('/teams/none/work').expect(404)
  })
})
