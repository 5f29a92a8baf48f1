import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ticket } from '../../server/contract/tickets.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

const MINUTE_MS = 60_000
const ADDED = ['moved', 'merged_in', 'unmerged', 'callback_ended']

/** What a merge that was taken back must have left as it was. */
function kept(ticket: Ticket) {
  const { version: _version, timeline, callbacks, clocks, ...rest } = ticket
  return {
    ...rest,
    timeline: timeline.filter(({ kind }) => !ADDED.includes(kind)),
    callbacks: callbacks.map(({ version: _its, ...one }) => one),
    clocks: clocks.map(({ rawSeconds: _raw, netSeconds: _net, ...one }) => one),
    stageClock: rest.stageClock && { ...rest.stageClock, rawSeconds: 0, netSeconds: 0 },
  }
}

describe.each(HOUSE_DIALECTS)('wrong calls, merged and taken back, on %s', (dialect) => {
  let house: ProcessHouse
  beforeEach(async () => {
    house = await openProcessHouse(dialect)
    await house.queues.setState(house.person('mai'), { state: 'ready' })
  })
  afterEach(() => house.close())

  async function promised(id: string, inMinutes: number): Promise<string> {
    const answer = await house.as('mai').post(`/tickets/${id}/callbacks`, { inMinutes })
    expect(answer.status).toBe(201)
    return answer.body.dueAt
  }

  /** One ticket of Monday that is being guided, one of Tuesday that is empty; each with its promise. */
  async function twoTickets(minutes: { older: number; newer: number }) {
    const older = await house.openByCall()
    const begin = { category: 'NO_INTERNET', identityUnknown: true }
    await house.step('mai', older, 'start_guidance', begin)
    house.clock.set('2026-11-24T03:00:00.000Z')
    const newer = await house.openByCall()
    await promised(older, minutes.older)
    await promised(newer, minutes.newer)
    return { older, newer }
  }

  async function both(source: string, target: string) {
    return { source: kept(await house.read(source)), target: kept(await house.read(target)) }
  }

  test.each([
    { way: 'newer into older', minutes: { older: 30, newer: 60 } },
    { way: 'newer into older', minutes: { older: 60, newer: 30 } },
    { way: 'older into newer', minutes: { older: 30, newer: 60 } },
    { way: 'older into newer', minutes: { older: 60, newer: 30 } },
  ])('$way, promises $minutes: everything comes back as it was', async ({ way, minutes }) => {
    const { older, newer } = await twoTickets(minutes)
    const [source, target] = way === 'newer into older' ? [newer, older] : [older, newer]
    const before = await both(source, target)
    await house.step('mai', source, 'merge', { into: target })

    const merged = await house.read(source)
    expect(merged).toMatchObject({ mergedInto: { id: target }, calls: [], callbacks: [] })
    expect(merged.actions.map(({ action }) => action)).toEqual(['unmerge'])
    expect(merged.status).toBe(before.source.status)
    expect(merged.clocks.filter(({ stoppedAt }) => stoppedAt === null)).toEqual([])
    const joined = await house.read(target)
    expect(joined.merged).toMatchObject([{ id: source }])
    expect(joined.calls).toHaveLength(2)
    const [receivedAt] = [before.source.receivedAt, before.target.receivedAt].toSorted()
    expect(joined.receivedAt).toBe(receivedAt)
    expect(joined.dueAt).toBe(
      way === 'newer into older' ? before.target.dueAt : before.source.dueAt,
    )
    const open = joined.callbacks.filter(({ status }) => status === 'scheduled')
    expect(open.map(({ dueAt }) => dueAt)).toEqual([
      [before.source, before.target]
        .flatMap((one) => one.callbacks.map(({ dueAt }) => dueAt))
        .toSorted()[0],
    ])
    const promiseClocks = joined.clocks.filter(
      ({ kind, stoppedAt }) => kind === 'promise' && stoppedAt === null,
    )
    expect(promiseClocks.map(({ dueAt }) => dueAt)).toEqual(open.map(({ dueAt }) => dueAt))

    house.clock.set(new Date(house.clock.nowMs() + 5 * MINUTE_MS).toISOString())
    await house.step('mai', source, 'unmerge')
    expect(await both(source, target)).toEqual(before)
  })

  test('merging is refused into itself, in a circle, into what is over, and to other teams', async () => {
    const { older, newer } = await twoTickets({ older: 30, newer: 60 })
    expect(await house.refused('mai', newer, 'merge')).toBe('422 into')
    expect(await house.refused('mai', newer, 'merge', { into: newer })).toBe('422 into')
    expect(await house.refused('mai', newer, 'merge', { into: 'nowhere' })).toBe('422 into')
    for (const name of ['noc', 'tech', 'chief']) {
      // oxlint-disable-next-line no-await-in-loop
      expect(await house.refused(name, newer, 'merge', { into: older })).toMatch(/^403/)
    }
    expect(await house.refused('mai', newer, 'unmerge')).toMatch(/^409 not_now in new/)
    await house.step('mai', newer, 'merge', { into: older })
    expect(await house.refused('mai', older, 'merge', { into: newer })).toBe('422 into')
    expect(await house.refused('mai', newer, 'start_guidance')).toBe(
      '409 merged in new, possible: unmerge',
    )
    const third = await house.openByCall()
    expect(await house.refused('mai', third, 'merge', { into: newer })).toBe('422 into')
    await house.step('boss', older, 'cancel', { reason: 'opened_by_mistake' })
    expect(await house.refused('mai', third, 'merge', { into: older })).toBe('422 into')
    expect(await house.refused('mai', newer, 'unmerge')).toBe('409 moved_on in new, possible: ')
  })

  test('what moved on does not come back: the promise that came with it was dialled', async () => {
    await house.startSchedule()
    const { older, newer } = await twoTickets({ older: 60, newer: 30 })
    await house.step('mai', newer, 'merge', { into: older })
    const { callbacks } = await house.read(older)
    const due = callbacks.find(({ status }) => status === 'scheduled')?.dueAt ?? ''
    await house.until(due)
    await house.talk()
    const { status, code, detail } = await house.refusal('mai', newer, 'unmerge')
    expect([status, code]).toEqual([409, 'moved_on'])
    expect(detail).toContain('was dialled')
    expect((await house.read(older)).callbacks.map((one) => one.status).toSorted()).toEqual([
      'cancelled',
      'done',
    ])
  })

  test('a call that is still talked on goes along, and its end is the other ticket’s', async () => {
    const older = await house.openByCall()
    await house.call(`
      00:00.000  queue_joined     trunk#1
      00:01.000  agent_called     trunk#1  101#1
      00:02.000  agent_connected  trunk#1  101#1  hold=2`)
    const { body } = await house.as('mai').get('/tickets').expect(200)
    const newer: string = body.items.find(({ id }: { id: string }) => id !== older).id
    await house.step('mai', newer, 'merge', { into: older })
    const told = house.notifier.of('deskCall').map(([staffId, own]) => [staffId, own?.ticket?.id])
    expect(told.slice(-2)).toEqual([
      ['mai', newer],
      ['mai', older],
    ])
    await house.hangUpLast()
    expect((await house.read(newer)).calls).toEqual([])
    const { calls } = await house.read(older)
    expect(calls.map(({ endedAt }) => endedAt !== null)).toEqual([true, true])
  })

  test('tickets without any call are merged and taken back too', async () => {
    const [one, other] = [await house.open(), await house.open()]
    const before = await both(one, other)
    await house.step('mai', one, 'merge', { into: other })
    await house.step('mai', one, 'unmerge')
    expect(await both(one, other)).toEqual(before)
  })

  test('of two that merge at once into each other, one does', async () => {
    const { older, newer } = await twoTickets({ older: 30, newer: 60 })
    const [one, other] = [await house.read(older), await house.read(newer)]
    const merge = (from: Ticket, into: Ticket) =>
      house.as('mai').post(`/tickets/${from.id}/merge`, { version: from.version, into: into.id })
    const answers = await Promise.all([merge(one, other), merge(other, one)])
    const [first, second = 0] = answers.map(({ status }) => status).toSorted((a, b) => a - b)
    expect(first).toBe(200)
    expect([409, 422]).toContain(second)
    const after = [await house.read(older), await house.read(newer)]
    expect(after.filter(({ mergedInto }) => mergedInto !== null)).toHaveLength(1)
  })

  test('of two that merge and take back at once, each step is taken once', async () => {
    const { older, newer } = await twoTickets({ older: 30, newer: 60 })
    const names: [string, string] = ['mai', 'lan']
    const merged = await house.race(names, newer, 'merge', { into: older })
    expect(merged).toEqual(['taken', '409 stale new'])
    expect(await house.race(names, newer, 'unmerge')).toEqual(['taken', '409 stale new'])
  })
})
