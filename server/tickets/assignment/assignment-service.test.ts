import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SERVICE_DIALECTS } from '../../../test/support/database.ts'
import { openTeamHouse, type TeamHouse } from '../../../test/support/team-house.ts'

describe.each(SERVICE_DIALECTS)('who works on a ticket, on %s', (dialect) => {
  let house: TeamHouse

  beforeEach(async () => {
    house = await openTeamHouse(dialect)
  })
  afterEach(() => house.database.close())

  it('of two who take it at once one gets it, the other 409', async () => {
    const { path } = await house.aTicket('noc_queued')
    const answers = await Promise.all(
      ['noc-1', 'noc-2'].map((who) => house.as(who).post(`${path}/take`)),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const lost = answers.find(({ status }) => status === 409)
    expect(lost?.body.errors).toMatchObject([{ code: 'has_assignee' }])
  })

  it('taking it is a line of the timeline with who had it and who has it', async () => {
    const { path, version } = await house.aTicket('noc_queued')
    const { body } = await house.as('noc-1').post(`${path}/take`).expect(200)
    expect(body).toMatchObject({ assignee: { id: 'noc-1' }, version: version + 1 })
    expect(body.timeline.at(-1)).toMatchObject({
      kind: 'taken',
      actor: { id: 'noc-1' },
      fields: { toId: 'noc-1', to: 'Người noc-1' },
    })
    await house.as('noc-1').post(`${path}/take`).expect(200)
  })

  it('the trade that owns the stage takes it, nobody else', async () => {
    const { path } = await house.aTicket('field_queued')
    for (const who of ['agent-1', 'noc-1', 'supervisor-1', 'admin-1']) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await house.as(who).post(`${path}/take`)).status).toBe(403)
    }
    expect((await house.as('field-1').post(`${path}/take`)).status).toBe(200)
  })

  it('a supervisor gives it to a member of the owning team, and to nobody else', async () => {
    const { path, version } = await house.aTicket('noc_queued')
    const supervisor = house.as('supervisor-1')
    const give = (staffId: string) => supervisor.post(`${path}/assign`, { version, staffId })
    expect((await give('agent-1')).body).toMatchObject({
      status: 422,
      errors: [{ path: 'staffId', code: 'not_a_member' }],
    })
    expect((await give('nobody')).body.errors).toMatchObject([{ code: 'no_such_person' }])
    expect((await give('noc-2').expect(200)).body.assignee.id).toBe('noc-2')
    expect((await give('noc-1')).body).toMatchObject({ status: 409, errors: [{ code: 'stale' }] })
  })

  it('goes to another team of the trade, and away from who is not in it', async () => {
    const admin = house.as('admin-1')
    const members = [{ staffId: 'field-2', isLead: true }]
    const made = await admin.post('/teams', { kind: 'field', name: 'KT 2', members })
    const { id, path, version } = await house.aTicket('field_queued')
    await house.putInto(id, 'field_working', { assignee_id: 'field-1' })
    const order = { version, teamId: made.body.id }
    const given = await house.as('field-1').post(`${path}/assign`, order).expect(200)
    expect(given.body.assignee).toBeNull()
    expect(given.body.timeline.at(-1)).toMatchObject({
      kind: 'assigned',
      fields: { from: 'Người field-1', toTeam: 'KT 2' },
    })
    await house.as('field-1').post(`${path}/take`).expect(403)
    await house.as('field-2').post(`${path}/take`).expect(200)
    const noc = { version: version + 2, teamId: 'team-noc' }
    const refused = await house.as('supervisor-1').post(`${path}/assign`, noc)
    expect(refused.body.errors).toMatchObject([{ code: 'other_kind_of_team' }])
  })

  it('many are given at once, or none: then it is said of each that cannot be why', async () => {
    const two = [await house.aTicket('noc_queued'), await house.aTicket('noc_queued')]
    const others = await house.aTicket('field_queued')
    const tickets = two.map(({ id, version }) => ({ id, version }))
    const supervisor = house.as('supervisor-1')
    const give = (more: object[]) =>
      supervisor.post('/tickets/assign', { tickets: [...tickets, ...more], staffId: 'noc-1' })
    const foreign = { id: others.id, version: others.version }
    const refused = await give([{ ...foreign, version: 9 }, foreign, { id: 'x', version: 1 }])
    expect(refused.body).toMatchObject({
      status: 422,
      errors: [
        { path: 'tickets.2', code: 'stale' },
        { path: 'tickets.3', code: 'not_a_member' },
        { path: 'tickets.4', code: 'no_such_ticket' },
      ],
    })
    const holders = () =>
      Promise.all(two.map(async ({ path }) => (await supervisor.get(path)).body.assignee?.id))
    expect(await holders()).toEqual([undefined, undefined])
    const order = { tickets, staffId: 'noc-1' }
    const byMember = await house.as('noc-2').post('/tickets/assign', order)
    expect(byMember.body.errors).toMatchObject([{ code: 'not_lead' }, { code: 'not_lead' }])
    expect((await give([]).expect(200)).body).toEqual({ count: 2 })
    expect(await holders()).toEqual(['noc-1', 'noc-1'])
  })

  it('is given back with the reason, by who has it or a lead', async () => {
    const { id, path, version } = await house.aTicket('noc_queued')
    await house.putInto(id, 'noc_diagnosing', { assignee_id: 'noc-1' })
    const order = { version, reason: 'Hết ca' }
    await house.as('noc-2').post(`${path}/hand-back`, order).expect(403)
    await house.as('noc-1').post(`${path}/hand-back`, { version }).expect(400)
    const back = await house.as('noc-1').post(`${path}/hand-back`, order).expect(200)
    expect(back.body).toMatchObject({ assignee: null })
    expect(back.body.timeline.at(-1)).toMatchObject({
      kind: 'handed_back',
      note: 'Hết ca',
      fields: { fromId: 'noc-1' },
    })
    const again = await house
      .as('noc-1')
      .post(`${path}/hand-back`, { ...order, version: version + 1 })
    expect(again.body).toMatchObject({ status: 409, errors: [{ code: 'no_assignee' }] })
  })

  it('nothing is done to a ticket that is over', async () => {
    const { path, version } = await house.aTicket('closed')
    const take = await house.as('agent-1').post(`${path}/take`)
    expect(take.body).toMatchObject({ status: 409, errors: [{ code: 'ticket_over' }] })
    const order = { version, staffId: 'agent-2' }
    await house.as('supervisor-1').post(`${path}/assign`, order).expect(409)
    await house.as('agent-1').post('/tickets/none/take').expect(404)
  })
})
