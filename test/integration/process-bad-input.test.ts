import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import VECTORS from '../../server/calendar/deadline-vectors.json' with { type: 'json' }
import { problem } from '../../server/contract/primitives.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

const endOf = (day: string) => `${day}T16:59:59.999Z`

describe.each(HOUSE_DIALECTS)('the process and what it is given on %s', (dialect) => {
  let house: ProcessHouse
  beforeAll(async () => {
    house = await openProcessHouse(dialect)
  })
  afterAll(() => house.close())

  const post = (id: string, body: object) => house.as('mai').post(`/tickets/${id}/actions`, body)

  test('the whole case is due by the calendar, across Tết, 30/4 and 2/9', async () => {
    const found: object[] = []
    for (const { received } of VECTORS.twentyWorkingDays) {
      house.clock.set(`${received}T03:00:00.000Z`)
      // oxlint-disable-next-line no-await-in-loop
      const { dueAt, clocks } = await house.read(await house.open())
      const overall = clocks.find(({ kind }) => kind === 'overall')
      found.push({ received, dueAt, clock: overall?.dueAt, startedAt: overall?.startedAt })
    }
    expect(found).toEqual(
      VECTORS.twentyWorkingDays.map(({ received, statutory }) => ({
        received,
        dueAt: endOf(statutory),
        clock: endOf(statutory),
        startedAt: `${received}T03:00:00.000Z`,
      })),
    )
  })

  test('the first word is owed after two working days, and a day is Hanoi’s', async () => {
    const found: object[] = []
    for (const { received } of VECTORS.twoWorkingDays) {
      house.clock.set(`${received}T03:00:00.000Z`)
      // oxlint-disable-next-line no-await-in-loop
      const { clocks } = await house.read(await house.open({ kind: 'complaint' }))
      found.push({ received, due: clocks.find(({ kind }) => kind === 'acknowledgement')?.dueAt })
    }
    expect(found).toEqual(
      VECTORS.twoWorkingDays.map(({ received, statutory }) => ({
        received,
        due: endOf(statutory),
      })),
    )
    for (const { receivedAt, dueOn } of VECTORS.timeZone) {
      house.clock.set(receivedAt)
      // oxlint-disable-next-line no-await-in-loop
      expect(await house.read(await house.open())).toMatchObject({
        receivedAt,
        dueAt: endOf(dueOn),
      })
    }
  })

  test('received three weeks before it was written down, it is due from the receipt', async () => {
    house.clock.set('2026-05-04T03:00:00.000Z')
    const receivedAt = '2026-04-10T03:00:00.000Z'
    const order = { channel: 'letter', kind: 'complaint', receivedAt } as const
    const late = await house.as('mai').post('/tickets', { ...order, number: null })
    expect(late.status).toBe(422)
    const id = await house.open({ ...order, receivedReason: 'thư đến chậm' })
    expect((await house.read(id)).dueAt).toBe(endOf('2026-05-13'))
  })

  test('a note of 100 kB is too large, in a step and beside one', async () => {
    const id = await house.open()
    const note = 'ă'.repeat(50_000)
    for (const path of ['actions', 'notes', 'evidence']) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await house
        .as('mai')
        .post(`/tickets/${id}/${path}`, { action: 'discard', version: 1, reason: 'nuisance', note })
      expect([path, answer.status, problem.parse(answer.body).title]).toEqual([
        path,
        413,
        'Payload Too Large',
      ])
    }
    const long = { reason: 'los_red', note: 'a'.repeat(5001) }
    expect(await house.refused('mai', id, 'skip_guidance', long)).toBe('422 note')
  })

  test('an unknown action, no version and no ticket are told apart', async () => {
    const id = await house.open()
    const before = await house.read(id)
    const unknown = await post(id, { action: 'close_everything', version: before.version })
    expect([unknown.status, unknown.body.errors[0].path]).toEqual([400, 'action'])
    const versionless = await post(id, { action: 'start_guidance' })
    expect([versionless.status, versionless.body.errors[0].path]).toEqual([400, 'version'])
    const nobody = await post('nowhere', { action: 'start_guidance', version: 1 })
    expect(nobody.status).toBe(404)
    const anonymous = house.http.anonymous
    await anonymous.post(`/tickets/${id}/actions`, { action: 'accept', version: 1 }).expect(401)
    expect(await house.read(id)).toEqual(before)
  })

  test.each([
    ['start_guidance', { category: 7, identityUnknown: 'yes' }, '422 category identityUnknown'],
    ['start_guidance', { category: 'NOTHING' }, '422 category'],
    ['start_guidance', {}, '422 identityUnknown category'],
    ['skip_guidance', { reason: ['los_red'] }, '422 reason'],
    [
      'resolved_on_call',
      { resolution: null, customerConfirmed: 1 },
      '422 resolution customerConfirmed',
    ],
    ['merge', { into: { id: 'x' } }, '422 into'],
    ['merge', { into: '' }, '422 into'],
  ])('%s with %j names each wrong field', async (action, input, expected) => {
    const id = await house.open()
    expect(await house.refused('mai', id, action, input)).toBe(expected)
  })

  test('answers that the checklist does not know are refused, and nothing of the step stands', async () => {
    const id = await house.open()
    const begin = { category: 'NO_INTERNET', identityUnknown: true }
    await house.step('mai', id, 'start_guidance', begin)
    const steps = { NO_INTERNET_1: { answer: 'ok' }, VPN_1: { answer: 'ok' } }
    const answer = await house.refusal('mai', id, 'save_guidance', { result: 'ok', steps })
    expect([answer.status, answer.errors?.map(({ path }) => path)]).toEqual([422, ['steps.VPN_1']])
  })

  test('a callback that no number can be called for is refused until the ticket has one', async () => {
    const id = await house.open({ number: null })
    const begin = { category: 'NO_INTERNET', identityUnknown: true }
    await house.step('mai', id, 'start_guidance', begin)
    const input = { result: 'ok', steps: { NO_INTERNET_1: { answer: 'ok' } } }
    const { status, errors } = await house.refusal('mai', id, 'save_guidance', input)
    expect([status, errors?.map(({ code }) => code)]).toEqual([422, ['contactNumber_missing']])
    const { version } = await house.read(id)
    const contact = { version, contactNumber: '0912345678' }
    await house.as('mai').patch(`/tickets/${id}`, contact).expect(200)
    expect(await house.step('mai', id, 'save_guidance', input)).toMatchObject({
      status: 'callback_due',
    })
  })

  test('of two people at once one wins, and the other reads what the ticket is now', async () => {
    const id = await house.open()
    const { version } = await house.read(id)
    const order = { action: 'skip_guidance', version, reason: 'los_red' }
    const answers = await Promise.all(
      ['mai', 'lan'].map((name) => house.as(name).post(`/tickets/${id}/actions`, order)),
    )
    const [won, lost] = answers.toSorted((one, other) => one.status - other.status)
    expect(ticket.parse(won?.body).status).toBe('noc_queued')
    expect(problem.parse(lost?.body)).toMatchObject({
      status: 409,
      code: 'stale',
      state: 'noc_queued',
      action: 'skip_guidance',
      possible: ['link_outage', 'merge'],
    })
    const { timeline } = await house.read(id)
    expect(timeline.filter(({ kind }) => kind === 'moved')).toHaveLength(1)
  })
})
