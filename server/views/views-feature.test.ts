import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { savedView, type SavedView } from '#contract/casework/views.ts'
import { SERVICE_DIALECTS } from '../../test/support/database.ts'
import { openTeamHouse, type TeamHouse } from '../../test/support/team-house.ts'
import { recordStatements } from '../../test/support/query-plan.ts'
import { countEach } from '../tickets/lists/ticket-count-store.ts'
import { OPEN_STATUSES } from '../tickets/ticket.ts'
import { MOST_VIEWS } from './view.ts'

describe.each(SERVICE_DIALECTS)('saved views on %s', (dialect) => {
  let house: TeamHouse

  beforeEach(async () => {
    house = await openTeamHouse(dialect)
  })
  afterEach(() => house.database.close())

  const OVERDUE = { list: 'tickets', name: 'Quá hạn', search: { scope: 'overdue' } }

  async function keep(who: string, order: object): Promise<SavedView> {
    const answer = await house
      .as(who)
      .post('/views', { ...OVERDUE, ...order })
      .expect(201)
    return savedView.parse(answer.body)
  }

  async function seenBy(who: string): Promise<SavedView[]> {
    const { body } = await house.as(who).get('/views?list=tickets').expect(200)
    return savedView.array().parse(body.items)
  }

  const audited = () => house.database.db.selectFrom('audit').selectAll().execute()

  it('is kept, renamed, changed by its version and deleted by its owner, and nobody else sees it', async () => {
    const { id } = await keep('agent-1', { name: 'Của tôi, quá hạn' })
    expect(await seenBy('agent-2')).toEqual([])
    expect(await seenBy('supervisor-1')).toEqual([])
    await house.as('supervisor-1').patch(`/views/${id}`, { version: 1, name: 'X' }).expect(404)
    await house.as('agent-1').patch(`/views/${id}`, { version: 1, name: 'Gấp' }).expect(200)
    const stale = await house.as('agent-1').patch(`/views/${id}`, { version: 1, search: {} })
    expect(stale.body).toMatchObject({ status: 409, errors: [{ code: 'stale' }] })
    expect(await seenBy('agent-1')).toMatchObject([
      { id, name: 'Gấp', search: { scope: 'overdue' }, version: 2, isMine: true, mayChange: true },
    ])
    await house.as('agent-2').delete(`/views/${id}`).expect(404)
    await house.as('agent-1').delete(`/views/${id}`).expect(204)
    expect(await seenBy('agent-1')).toEqual([])
    expect(await audited()).toEqual([])
  })

  it('is shared with a trade by who leads, and that alone is audited', async () => {
    await house
      .as('agent-1')
      .post('/views', { ...OVERDUE, team: 'cskh' })
      .expect(403)
    const { id } = await keep('supervisor-1', { name: 'NOC quá hạn', team: 'noc' })
    expect(await seenBy('agent-1')).toEqual([])
    expect(await seenBy('noc-1')).toMatchObject([
      {
        name: 'NOC quá hạn',
        team: 'noc',
        isMine: false,
        mayChange: false,
        owner: { id: 'supervisor-1' },
      },
    ])
    await house.as('noc-1').patch(`/views/${id}`, { version: 1, name: 'X' }).expect(403)
    await house.as('admin-1').patch(`/views/${id}`, { version: 1, name: 'NOC gấp' }).expect(200)
    await house.as('supervisor-2').patch(`/views/${id}`, { version: 2, team: null }).expect(200)
    expect(await seenBy('noc-1')).toEqual([])
    expect(
      (await audited()).map(({ action, detail }) => [action, JSON.parse(detail).what]),
    ).toEqual(['shared', 'changed', 'withdrawn'].map((what) => ['view.shared', what]))
  })

  it('says how many open tickets are in each that is counted', async () => {
    const mine = await house.aTicket()
    await house.putInto(mine.id, 'new', { assignee_id: 'agent-1' })
    await house.aTicket('noc_queued', '0912345679')
    await keep('agent-1', { name: 'a mở', search: {} })
    await keep('agent-1', { name: 'b NOC', search: { team: 'noc', sort: '-due' } })
    await keep('agent-1', { name: 'c của tôi', search: { scope: 'mine' } })
    await keep('agent-1', { name: 'd đã hẹn', search: { scope: 'all', promise: 'open' } })
    await keep('agent-1', { name: 'e tất cả', search: { scope: 'all' } })
    await keep('agent-1', { name: 'g tìm', search: { q: 'los' } })
    const counts = (await seenBy('agent-1')).map(({ count }) => count)
    expect(counts).toEqual([2, 1, 1, 0, null, null])
    expect((await seenBy('agent-2')).length).toBe(0)
  })

  it('takes a name once, twenty of a list, and filters that are text', async () => {
    await keep('agent-1', { name: 'Gấp' })
    await keep('agent-2', { name: 'Gấp' })
    const again = await house.as('agent-1').post('/views', { ...OVERDUE, name: 'gấp ' })
    expect(again.body).toMatchObject({ status: 409 })
    for (let index = 1; index < MOST_VIEWS; index += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await keep('agent-1', { name: `Lọc ${index}` })
    }
    await house
      .as('agent-1')
      .post('/views', { ...OVERDUE, name: 'Một nữa' })
      .expect(422)
    await house
      .as('agent-1')
      .post('/views', { ...OVERDUE, list: 'calls', name: 'Gấp' })
      .expect(201)
    await house
      .as('agent-2')
      .post('/views', { ...OVERDUE, search: { a: { b: 1 } } })
      .expect(400)
    await house
      .as('agent-2')
      .post('/views', { ...OVERDUE, name: ' ' })
      .expect(400)
  })

  it('asks once for the counts of twenty', async () => {
    const filter = { statuses: OPEN_STATUSES, now: house.clock.now(), promise: 'late' } as const
    const twenty = Array.from({ length: MOST_VIEWS }, () => filter)
    const asked = await recordStatements(house.database, (db) => countEach(db, twenty))
    expect(asked).toHaveLength(1)
  })
})
