import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { openProcessHouse, type PathStep, type ProcessHouse } from '../support/process-house.ts'

const HOUR_MS = 3_600_000
const RESOLVED = { resolution: 'đã hướng dẫn', customerConfirmed: true }
const CODES = { resolutionCode: 'guided_by_phone', causeCode: 'power' }

describe.each(HOUSE_DIALECTS)('ends of the process on %s', (dialect) => {
  let house: ProcessHouse
  beforeEach(async () => {
    house = await openProcessHouse(dialect)
  })
  afterEach(() => house.close())

  async function walk(id: string, path: readonly PathStep[]): Promise<void> {
    expect(await house.walk(id, path)).toEqual(path)
  }

  const wait = (ms: number) => house.clock.set(new Date(house.clock.nowMs() + ms).toISOString())

  async function closed(): Promise<string> {
    const id = await house.openByCall()
    await house.step('mai', id, 'resolved_on_call', RESOLVED)
    await house.step('mai', id, 'close', CODES)
    return id
  }

  test('a silent call is discarded within 24 hours, by CSKH alone', async () => {
    const [id, old] = [await house.openByCall(), await house.openByCall()]
    expect(await house.refused('mai', id, 'discard')).toBe('422 reason')
    expect(await house.refused('mai', id, 'discard', { reason: 'boring' })).toBe('422 reason')
    await walk(id, [['mai', 'discard', { reason: 'silent_call' }, 'cancelled · cskh/mai · - · ']])
    expect(await house.refused('mai', id, 'start_guidance')).toBe(
      '409 not_now in cancelled, possible: ',
    )
    const counter = await house.open()
    expect(await house.refused('mai', counter, 'discard', { reason: 'nuisance' })).toMatch(
      /^409 not_by_call in new/,
    )
    wait(24 * HOUR_MS)
    expect(await house.refused('mai', old, 'discard', { reason: 'silent_call' })).toMatch(
      /^409 too_old in new/,
    )
  })

  test('only a lead cancels, with a reason; the promise goes with it', async () => {
    const id = await house.openByCall()
    await house.as('mai').post(`/tickets/${id}/callbacks`, { inMinutes: 30 }).expect(201)
    expect(await house.refused('mai', id, 'cancel', { reason: 'opened_by_mistake' })).toMatch(
      /^403 not_yours in new/,
    )
    expect(await house.refused('boss', id, 'cancel', { reason: 'duplicate' })).toBe(
      '422 duplicateOf',
    )
    expect(
      await house.refused('boss', id, 'cancel', { reason: 'duplicate', duplicateOf: id }),
    ).toBe('422 duplicateOf')
    expect(await house.refused('boss', id, 'cancel', { reason: 'other' })).toBe('422 note')
    await walk(id, [
      ['boss', 'cancel', { reason: 'opened_by_mistake' }, 'cancelled · cskh/mai · - · '],
    ])
    const { callbacks, timeline } = await house.read(id)
    expect(callbacks).toMatchObject([{ status: 'cancelled' }])
    expect(timeline.findLast(({ kind }) => kind === 'callback_ended')).toMatchObject({
      note: 'opened_by_mistake',
    })
  })

  test('a lead of the team cancels too, and leads no other team', async () => {
    const [cskh] = await house.database.db
      .selectFrom('team')
      .select('id')
      .where('kind', '=', 'cskh')
      .execute()
    const members = { members: [{ staffId: 'lan', isLead: true }] }
    const teams = await house.as('chief').get('/teams').expect(200)
    const team = teams.body.items.find((one: { id: string }) => one.id === cskh?.id)
    const change = { ...members, version: team.version }
    await house.as('chief').patch(`/teams/${cskh?.id}`, change).expect(200)
    const id = await house.openByCall()
    await house.step('mai', id, 'skip_guidance', { reason: 'los_red' })
    expect(await house.refused('lan', id, 'accept')).toMatch(/^403 not_yours in noc_queued/)
    await house.step('lan', id, 'cancel', { reason: 'not_our_service' })
    expect(await house.seen(id)).toBe('cancelled · cskh/mai · - · ')
  })

  test('closed is reopened until the end of the seventh day; receipt and deadline stay', async () => {
    const [early, late] = [await closed(), await closed()]
    const before = await house.read(early)
    house.clock.set('2026-11-30T16:59:59.000Z')
    expect(await house.refused('mai', early, 'reopen')).toBe('422 reason')
    await walk(early, [
      [
        'mai',
        'reopen',
        { reason: 'lại mất mạng' },
        'recheck · cskh/mai · recheck_technical · overall 1 recheck 2',
      ],
    ])
    const after = await house.read(early)
    const kept = ({ receivedAt, dueAt }: typeof after) => ({ receivedAt, dueAt })
    expect({ ...kept(after), loopNo: after.loopNo, closedAt: after.closedAt }).toEqual({
      ...kept(before),
      loopNo: 2,
      closedAt: null,
    })
    house.clock.set('2026-11-30T17:00:00.000Z')
    expect(await house.refused('mai', late, 'reopen', { reason: 'x' })).toBe(
      '409 too_late in closed, possible: ',
    )
    expect(await house.seen(late)).toBe('closed · cskh/mai · - · ')
    await walk(early, [
      ['mai', 'recheck_technical', {}, 'noc_queued · noc/- · accept · noc 2 overall 1'],
    ])
  })
})

test('with FAULTS_SOLVED_ON_CALL=no a fault waits for its callback, a request does not', async () => {
  const house = await openProcessHouse('sqlite', { faultsSolvedOnCall: false })
  const offered = async (id: string) =>
    (await house.read(id)).actions.some(({ action }) => action === 'resolved_on_call')
  const [fault, request] = [await house.openByCall(), await house.open({ kind: 'request' })]
  expect([await offered(fault), await offered(request)]).toEqual([false, true])
  expect(await house.refused('mai', fault, 'resolved_on_call', RESOLVED)).toMatch(
    /^409 callback_confirms in new/,
  )
  await house.step('mai', request, 'resolved_on_call', { resolution: 'đã trả lời' })
  expect(await house.seen(request)).toMatch(/^confirmed/)
  await house.close()
})
