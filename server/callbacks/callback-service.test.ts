import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callbackQuery } from '#contract/callbacks.ts'
import { openUnpromised } from '../../test/support/promised-ledger.ts'
import { SERVICE_DIALECTS, type TestDialect } from '../../test/support/database.ts'
import { Conflict, Forbidden, InvalidInput, NotFound, Unavailable } from '../errors.ts'

const page = (query: object = {}) => callbackQuery.parse(query)
const plain = { note: '' }

async function setUp(dialect: TestDialect) {
  const ledger = await openUnpromised(dialect)
  const chief = await ledger.addPerson('chief', null, 'supervisor')
  return { ...ledger, chief }
}

for (const dialect of SERVICE_DIALECTS) {
  describe(`the promise ledger on ${dialect}`, () => {
    let ledger: Awaited<ReturnType<typeof setUp>>
    beforeEach(async () => {
      ledger = await setUp(dialect)
    })
    afterEach(() => ledger.database.close())

    test('a promise is due in 30 minutes, to the ticket’s number, kept by who made it', async () => {
      const view = await ledger.service.promise(ledger.mai, 'KN-1', { note: 'xác nhận đèn PON' })
      expect(view).toMatchObject({
        ticket: { id: 'KN-1', code: 'KN-1', subject: 'mất mạng' },
        number: { key: '+84912345678', display: '0912 345 678' },
        dueAt: '2026-11-23T02:30:00.000Z',
        status: 'scheduled',
        note: 'xác nhận đèn PON',
        assignee: { id: 'mai', displayName: 'mai' },
        waitingFor: null,
        attempts: [],
        version: 1,
      })
      expect(ledger.notifier.of('callbackUpdated')).toEqual([[['mai'], view]])
      const made = { type: 'promise_made', promiseId: view.id, ticketId: 'KN-1', actorId: 'mai' }
      expect(ledger.facts).toEqual([{ ...made, dueAt: view.dueAt }])
    })

    test('a ticket has one open promise at a time', async () => {
      await ledger.service.promise(ledger.mai, 'KN-1', plain)
      await expect(ledger.service.promise(ledger.lan, 'KN-1', plain)).rejects.toThrow(Conflict)
      expect(ledger.facts).toHaveLength(1)
    })

    test('two people who promise at the same moment: one is told of the other', async () => {
      const both = await Promise.allSettled([
        ledger.service.promise(ledger.mai, 'KN-1', plain),
        ledger.service.promise(ledger.lan, 'KN-1', plain),
      ])
      expect(both.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect((await ledger.service.ofTicket('KN-1')).length).toBe(1)
    })

    test.each([
      ['a 1900 number', { number: '19000382' }, /service number/],
      ['a short code', { number: '113' }, /short code/],
      ['a time in the past', { dueAt: '2026-11-20T02:00:00.000Z' }, /in the past/],
    ])('%s is refused and says why', async (_what, asked, why) => {
      const refused = ledger.service.promise(ledger.mai, 'KN-1', { ...plain, ...asked })
      await expect(refused).rejects.toMatchObject({
        status: 422,
        message: expect.stringMatching(why),
      })
    })

    test('a hidden number cannot be promised a call without another number', async () => {
      await ledger.addTicket('KN-2', { number: null })
      await expect(ledger.service.promise(ledger.mai, 'KN-2', plain)).rejects.toThrow(/hidden/)
      const asked = { ...plain, number: '024 3822 3344' }
      const view = await ledger.service.promise(ledger.mai, 'KN-2', asked)
      expect(view.number.display).toBe('024 3822 3344')
    })

    test('a person without a phone promises in the name of the ticket’s holder', async () => {
      await expect(ledger.service.promise(ledger.chief, 'KN-1', plain)).rejects.toThrow(
        InvalidInput,
      )
      await ledger.addTicket('KN-2', { assigneeId: 'lan' })
      const view = await ledger.service.promise(ledger.chief, 'KN-2', plain)
      expect(view.assignee?.id).toBe('lan')
    })

    test('an unknown ticket is not found, a closed one refuses', async () => {
      await ledger.addTicket('KN-9', { status: 'closed' })
      await expect(ledger.service.promise(ledger.mai, 'none', plain)).rejects.toThrow(NotFound)
      await expect(ledger.service.promise(ledger.mai, 'KN-9', plain)).rejects.toThrow(Conflict)
    })

    test('moving a promise needs the version that was read', async () => {
      const { id } = await ledger.service.promise(ledger.mai, 'KN-1', plain)
      const dueAt = '2026-11-23T04:00:00.000Z'
      const moved = await ledger.service.reschedule(ledger.mai, id, { version: 1, dueAt })
      expect(moved).toMatchObject({ dueAt, version: 2, status: 'scheduled' })
      expect(ledger.facts.at(-1)).toEqual({
        type: 'promise_moved',
        promiseId: id,
        ticketId: 'KN-1',
        actorId: 'mai',
        dueAt,
      })
      await expect(
        ledger.service.reschedule(ledger.mai, id, { version: 1, dueAt }),
      ).rejects.toThrow(Conflict)
    })

    test('agents change only their own promises, supervisors all', async () => {
      const { id } = await ledger.service.promise(ledger.mai, 'KN-1', plain)
      await expect(ledger.service.cancel(ledger.lan, id, 'x')).rejects.toThrow(Forbidden)
      const view = await ledger.service.cancel(ledger.chief, id, 'khách tự gọi lại')
      expect(view.status).toBe('cancelled')
      expect(ledger.facts.at(-1)).toEqual({
        type: 'promise_cancelled',
        promiseId: id,
        ticketId: 'KN-1',
        actorId: 'chief',
        reason: 'khách tự gọi lại',
      })
      await expect(ledger.service.cancel(ledger.chief, id, 'x')).rejects.toThrow(/cancelled/)
      await expect(ledger.service.cancel(ledger.chief, 'none', 'x')).rejects.toThrow(NotFound)
    })

    test('who made a promise that another keeps may still move it and give it up', async () => {
      const hoa = await ledger.addPerson('hoa', null)
      await ledger.addTicket('KN-2', { assigneeId: 'lan' })
      const { id, assignee } = await ledger.service.promise(hoa, 'KN-2', plain)
      expect(assignee?.id).toBe('lan')
      const asked = { version: 1, dueAt: '2026-11-23T04:00:00.000Z' }
      expect(await ledger.service.reschedule(hoa, id, asked)).toMatchObject({ version: 2 })
      expect(await ledger.service.cancel(ledger.lan, id, 'thôi')).toMatchObject({
        status: 'cancelled',
      })
      await expect(ledger.service.cancel(ledger.mai, id, 'x')).rejects.toThrow(Forbidden)
    })

    test('dial now makes a promise due, and leaves one that is late at its place', async () => {
      const { id } = await ledger.service.promise(ledger.mai, 'KN-1', plain)
      const early = await ledger.service.dialNow(ledger.mai, id)
      expect(early).toMatchObject({ dueAt: '2026-11-23T02:00:00.000Z', version: 2 })
      await ledger.clock.advance(60 * 60_000)
      const late = await ledger.service.dialNow(ledger.mai, id)
      expect(late).toMatchObject({ dueAt: '2026-11-23T02:00:00.000Z', version: 3 })
    })

    test('a new promise takes the place of one that failed', async () => {
      const first = await ledger.service.promise(ledger.mai, 'KN-1', { ...plain, inMinutes: 0 })
      await ledger.tick()
      await ledger.hear('ended', { agentAnsweredAt: 'x', customerCause: 17 })
      const second = await ledger.service.promise(ledger.lan, 'KN-1', plain)
      const rows = await ledger.database.db
        .selectFrom('callback')
        .select(['id', 'status', 'cancel_reason'])
        .orderBy('id')
        .execute()
      expect(rows).toEqual([
        { id: first.id, status: 'cancelled', cancel_reason: 'replaced by a newer promise' },
        { id: second.id, status: 'scheduled', cancel_reason: null },
      ])
      const told = ledger.notifier.of('callbackUpdated').slice(-2)
      expect(told.flatMap(([staffIds]) => staffIds).toSorted()).toEqual(['lan', 'mai'])
    })

    test('after a cancelled promise the ticket can have a new one', async () => {
      const { id } = await ledger.service.promise(ledger.mai, 'KN-1', plain)
      await ledger.service.cancel(ledger.mai, id, 'nhầm')
      await ledger.service.promise(ledger.lan, 'KN-1', plain)
      expect((await ledger.service.ofTicket('KN-1')).map((view) => view.status).toSorted()).toEqual(
        ['cancelled', 'scheduled'],
      )
    })

    test('dial now is refused while no PBX is connected, and changes nothing', async () => {
      const made = await ledger.service.promise(ledger.mai, 'KN-1', plain)
      ledger.telephony.setLink('pbx1', 'closed')
      await expect(ledger.service.dialNow(ledger.mai, made.id)).rejects.toThrow(Unavailable)
      expect(await ledger.service.openOf('mai')).toEqual([made])
    })

    test('dial now rings an agent who is on a break, because they asked', async () => {
      ledger.setReach(ledger.mai, 'paused', 'paused', 'lunch')
      const { id } = await ledger.service.promise(ledger.mai, 'KN-1', plain)
      await ledger.service.dialNow(ledger.mai, id)
      await ledger.tick()
      expect(ledger.telephony.originated).toMatchObject([{ extension: '101' }])
    })

    test('the ledger is paged soonest first; agents see their own, supervisors all', async () => {
      for (const [index, owner] of [ledger.mai, ledger.lan, ledger.mai].entries()) {
        await ledger.addTicket(`KN-1${index}`)
        const asked = { ...plain, inMinutes: 30 - index }
        await ledger.service.promise(owner, `KN-1${index}`, asked)
      }
      const codes = async (user: typeof ledger.mai, query: object) => {
        const list = await ledger.service.list(user, page(query))
        return { codes: list.items.map((item) => item.ticket?.code), next: list.nextCursor }
      }
      expect((await codes(ledger.mai, { status: 'open' })).codes).toEqual(['KN-12', 'KN-10'])
      expect((await codes(ledger.chief, { status: 'open', mine: '1' })).codes).toEqual([])
      const first = await codes(ledger.chief, { status: 'open', limit: 2 })
      expect(first.codes).toEqual(['KN-12', 'KN-11'])
      const rest = await codes(ledger.chief, { status: 'open', limit: 2, cursor: first.next })
      expect(rest).toEqual({ codes: ['KN-10'], next: null })
      expect((await codes(ledger.chief, { status: 'done' })).codes).toEqual([])
      expect((await codes(ledger.chief, {})).codes).toEqual(['KN-10', 'KN-11', 'KN-12'])
      await expect(codes(ledger.chief, { cursor: 'x' })).rejects.toThrow(InvalidInput)
    })

    test('the desk counts what is due and not kept', async () => {
      await ledger.service.promise(ledger.mai, 'KN-1', plain)
      expect(await ledger.service.dueCount('mai')).toBe(0)
      await ledger.clock.advance(31 * 60_000)
      expect(await ledger.service.dueCount('mai')).toBe(1)
    })
  })
}
