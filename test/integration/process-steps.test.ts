import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { guidanceFinding } from '../../server/contract/casework/guidance.ts'
import { teamWork } from '../../server/contract/casework/teams.ts'
import { recordStatements } from '../support/query-plan.ts'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

const HOUR_MS = 3_600_000

describe('a step of the process', () => {
  let house: ProcessHouse
  beforeEach(async () => {
    house = await openProcessHouse('sqlite')
  })
  afterEach(() => house.close())

  async function withNoc(): Promise<string> {
    const id = await house.openByCall()
    await house.step('mai', id, 'skip_guidance', { reason: 'los_red' })
    await house.step('noc', id, 'accept')
    return id
  }
  async function withField(area?: string): Promise<string> {
    const id = await withNoc()
    const { version } = await house.read(id)
    if (area !== undefined)
      await house.as('mai').patch(`/tickets/${id}`, { version, area }).expect(200)
    await house.step('noc', id, 'need_field', { address: '12 Cầu Giấy', causeCode: 'fibre_cut' })
    return id
  }
  /** What the lead of NOC sees that nobody of the team has. */
  async function unassignedOfNoc(status: string): Promise<string[]> {
    const { body } = await house.as('boss').get('/teams/team-noc/work').expect(200)
    const stage = body.stages.find((one: { status: string }) => one.status === status)
    const items: { id: string; assignee: object | null }[] = stage.items
    return items.flatMap(({ id, assignee }) => (assignee === null ? [id] : []))
  }
  const holders = (...ids: string[]) =>
    Promise.all(ids.map(async (id) => (await house.read(id)).assignee?.id))
  const told = (staffId: string) =>
    house.notifier.of('notification').flatMap(([to, { kind, fields }]) => {
      return to === staffId && kind === 'team_work' ? [fields['status']] : []
    })

  test('skips the guidance for a reason that fits, of which the page is told', async () => {
    const id = await house.open({ category: 'SLOW' })
    const { actions } = await house.read(id)
    const skip = actions.find(({ action }) => action === 'skip_guidance')
    expect(skip?.needs[0]?.options).toEqual(['area_outage', 'customer_unable'])
    const refused = await house.refusal('mai', id, 'skip_guidance', { reason: 'los_red' })
    expect(refused).toMatchObject({
      status: 422,
      errors: [
        {
          path: 'reason',
          code: 'reason_unfit',
          message: expect.stringMatching(/possible: area_outage, customer_unable$/),
        },
      ],
    })
    await house.step('mai', id, 'skip_guidance', { reason: 'customer_unable' })
  })

  test('that promises a callback nobody can make says so in one word', async () => {
    const { id } = await house.openTicket(house.person('boss'), {})
    await house.step('boss', id, 'start_guidance', {
      category: 'NO_INTERNET',
      identityUnknown: true,
    })
    const steps = { NO_INTERNET_1: { answer: 'ok' } }
    const refused = await house.refusal('boss', id, 'save_guidance', { result: 'ok', steps })
    expect(refused).toMatchObject({ status: 422, errors: [{ code: 'no_phone_to_ring' }] })
  })

  test('that ends the guidance leaves one line, with what was found', async () => {
    const id = await house.openByCall()
    await house.step('mai', id, 'start_guidance', {
      category: 'NO_INTERNET',
      identityUnknown: true,
    })
    const before = (await house.read(id)).timeline.length
    const steps = { NO_INTERNET_1: { answer: 'ok' }, NO_INTERNET_2: { answer: 'nok' } }
    await house.step('mai', id, 'save_guidance', { result: 'nok', steps })
    const lines = (await house.read(id)).timeline.slice(before)
    expect(lines.map(({ kind, fields }) => [kind, fields])).toEqual([
      [
        'moved',
        {
          action: 'save_guidance',
          from: 'guiding',
          to: 'noc_queued',
          loopNo: 1,
          result: 'nok',
          steps_ok: 1,
          steps_nok: 1,
        },
      ],
    ])
  })

  test('hands on what the guidance found: NOC reads it without opening the ticket', async () => {
    const id = await house.openByCall()
    const isOnBoard = { category: 'LOS_FIBER_CUT', identityUnknown: true }
    await house.step('mai', id, 'start_guidance', isOnBoard)
    const steps = {
      LOS_FIBER_CUT_1: { answer: 'ok' },
      LOS_FIBER_CUT_3: { answer: 'nok', note: 'khách bận, gọi 0912345679' },
    }
    const fields = { los_light: 'red_steady', rx_dbm: -29.5 }
    const answers = { result: 'nok', steps, fields }
    const findings = async (who: string) => {
      const { body } = await house.as(who).get('/guidance/findings').expect(200)
      return z.object({ items: z.array(guidanceFinding) }).parse(body).items
    }
    expect(await findings('noc')).toEqual([])
    await house.step('mai', id, 'save_guidance', answers)
    const found = { ticketId: id, result: 'nok', ok: 1, skipped: 0, seen: ['LOS đỏ'], rxDbm: -29.5 }
    expect(await findings('noc')).toMatchObject([
      { ...found, nok: [{ note: 'khách bận, gọi •••• ••• 679' }], olt: null, circuitId: null },
    ])
    await house.as('mai').get('/guidance/findings').expect(403)
  })

  test('says when a technician is to come', async () => {
    const id = await withField()
    const visitAt = new Date(house.clock.nowMs() + 20 * HOUR_MS).toISOString()
    await house.step('mai', id, 'postpone_visit', { visitAt })
    expect((await house.read(id)).visitAt).toBe(visitAt)
    await house.step('tech', id, 'accept')
    const { body } = await house.as('tech').get('/teams/team-field/work').expect(200)
    const rows = teamWork.parse(body).stages.flatMap(({ items }) => items)
    expect(rows.map((row) => row.visitAt)).toEqual([visitAt])
    await house.step('tech', id, 'field_done', { conclusion: 'hàn lại cáp' })
    expect((await house.read(id)).visitAt).toBe(null)
  })

  test('of field that comes back: it is again with who of NOC had it, else in NOC’s queue', async () => {
    const made = {
      name: 'KT Cầu Giấy',
      kind: 'field',
      areas: ['Cầu Giấy'],
      members: [{ staffId: 'tech', isLead: false }],
    }
    const { body: field } = await house.as('chief').post('/teams', made).expect(201)
    const ids = [await withField('Cầu Giấy'), await withField(), await withField()] as const
    const [failed, done, afterwards] = ids
    const row = house.database.db.selectFrom('ticket').select('team_id').where('id', '=', failed)
    expect(await row.executeTakeFirst()).toEqual({ team_id: field.id })
    for (const id of ids) await house.step('tech', id, 'accept')
    await house.step('tech', failed, 'field_failed', { reason: 'cáp của bên khác' })
    await house.step('tech', done, 'field_done', { conclusion: 'hàn lại cáp' })
    expect(await holders(failed, done)).toEqual(['noc', 'noc'])
    expect(told('noc').slice(-2)).toEqual(['noc_diagnosing', 'noc_verifying'])
    await house.people.staff.change('chief', 'noc', { version: 1, active: false })
    await house.step('tech', afterwards, 'field_failed', { reason: 'cáp của bên khác' })
    expect(await unassignedOfNoc('noc_diagnosing')).toContain(afterwards)
    expect(told('boss').at(-1)).toBe('noc_diagnosing')
  })

  test('that finds it still broken: who has it goes on, whoever looked, and is told', async () => {
    const id = await withField()
    await house.step('tech', id, 'accept')
    await house.step('tech', id, 'field_done', { conclusion: 'hàn lại cáp' })
    const before = told('noc').length
    await house.step('noc2', id, 'verify', { result: 'nok' })
    expect(await holders(id)).toEqual(['noc'])
    expect(told('noc').slice(before)).toEqual(['noc_diagnosing'])
  })

  test.each([
    'new',
    'guiding',
    'callback_due',
    'noc_diagnosing',
    'need_customer_info',
    'customer_reply',
    'closed',
  ])(
    'what may be done with a ticket that is %s goes by the one look that its page shows',
    async (status) => {
      const id = await house.openByCall()
      const of = house.database.db.updateTable('ticket').set({ status }).where('id', '=', id)
      const row = await of.returningAll().executeTakeFirstOrThrow()
      for (const name of ['mai', 'noc']) {
        // oxlint-disable-next-line no-await-in-loop
        const asked = await recordStatements(house.database, (db) =>
          house.process.shownTo(db, row, house.person(name)),
        )
        const tables = asked.map(({ sql }) => /from "(\w+)"/.exec(sql)?.[1])
        // what is noted, and the talks on its calls
        expect(tables).toEqual(['reply_evidence', 'call'])
      }
    },
  )

  test('an answer by the same letter is on record once', async () => {
    const id = await house.open({ channel: 'letter' })
    const letter = { kind: 'letter', reference: 'CV-12/2026' }
    const before = (await house.read(id)).timeline.length
    await house.as('mai').post(`/tickets/${id}/evidence`, letter).expect(201)
    await house.as('mai').post(`/tickets/${id}/evidence`, letter).expect(201)
    expect((await house.read(id)).timeline.slice(before).map(({ kind }) => kind)).toEqual([
      'answered',
    ])
  })
})

test.each([
  [4, 5, 'failed'],
  [5, 5, 'done'],
])(
  'a callback of %i s with SHORTEST_TALK_SECONDS=%i leaves the promise %s, and an answer just so',
  async (talked, shortestTalkSeconds, status) => {
    const house = await openProcessHouse('sqlite', { shortestTalkSeconds })
    await house.startSchedule()
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    const { ticketId } = await house.promise(house.person('mai'))
    await house.until((await house.read(ticketId)).callbacks[0]?.dueAt ?? '')
    const leg = `101=${house.placed()}`
    await house.call(`
    00:00.500  channel_created      ${leg}
    00:03.010  originate_responded  ${leg}
    00:03.100  dial_begun      ${leg}  trunk#2  dial=0912345678@trunk
    00:07.000  dial_ended      ${leg}  trunk#2
    00:07.010  bridge_entered  trunk#2
    00:07.020  bridge_entered  ${leg}
    00:${String(7 + talked).padStart(2, '0')}.000  hung_up  trunk#2
    00:${String(7 + talked).padStart(2, '0')}.010  hung_up  ${leg}`)
    const { callbacks } = await house.read(ticketId)
    expect(callbacks[0]?.status).toBe(status)
    const talk = { ticketId, number: '0912345678', since: '2026-11-23T00:00:00.000Z' }
    const talks = await house.calls.talksWith(house.database.db, {
      ...talk,
      seconds: shortestTalkSeconds,
      now: house.clock.now(),
    })
    expect(talks).toHaveLength(status === 'done' ? 1 : 0)
    await house.close()
  },
)
