import { afterEach, describe, expect, test } from 'vitest'
import { deskSnapshot } from '../../server/contract/desk.ts'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

const STEPS = { steps: { NO_INTERNET_1: { answer: 'ok' } } }
const REACHED = ['solved', 'unsolved', 'not_reached']

describe('whoever called a customer back says how it went', () => {
  let house: ProcessHouse
  afterEach(() => house.close())

  /** A ticket that waits for its callback, which has been placed. */
  async function calling(): Promise<string> {
    house = await openProcessHouse('sqlite')
    await house.startSchedule()
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    const id = await house.openByCall()
    await house.step('mai', id, 'start_guidance', {
      category: 'NO_INTERNET',
      identityUnknown: true,
    })
    await house.step('mai', id, 'save_guidance', { result: 'unknown', ...STEPS })
    await dial(id)
    return id
  }
  const promiseOf = async (id: string) => {
    const [promise] = (await house.read(id)).callbacks
    if (promise === undefined) throw new Error('there is no promise')
    return promise
  }
  async function dial(id: string): Promise<void> {
    await house.until((await promiseOf(id)).dueAt)
    expect((await promiseOf(id)).status).toBe('dialing')
  }
  /** The customer's line is answered for so long: by a mailbox, perhaps. */
  const answered = (seconds: number) => {
    const leg = `101=${house.placed()}`
    const end = String(7 + seconds).padStart(2, '0')
    return house.call(`
      00:00.500  channel_created      ${leg}
      00:03.010  originate_responded  ${leg}
      00:03.100  dial_begun      ${leg}  trunk#2  dial=0912345678@trunk
      00:07.000  dial_ended      ${leg}  trunk#2
      00:07.010  bridge_entered  trunk#2
      00:07.020  bridge_entered  ${leg}
      00:${end}.000  hung_up  trunk#2
      00:${end}.010  hung_up  ${leg}`)
  }
  async function say(id: string, word: object, name = 'mai', version?: number) {
    const promise = await promiseOf(id)
    const order = { version: version ?? promise.version, ...word }
    const answer = await house.as(name).post(`/callbacks/${promise.id}/outcome`, order)
    await house.settled()
    return answer
  }
  const SOLVED = { outcome: 'reached', result: 'ok' }
  const UNSOLVED = { outcome: 'reached', result: 'nok' }
  const MACHINE = { outcome: 'no_answer' }

  /** What the desk asks this person for. */
  async function asked(name = 'mai') {
    const { body } = await house.as(name).get('/desk').expect(200)
    return deskSnapshot.parse(body).awaiting.map(({ id, awaits }) => ({ id, ...awaits }))
  }
  async function state(id: string) {
    const { status, callbacks } = await house.read(id)
    return [status, callbacks[0]?.status]
  }
  const minutesToNext = async (id: string) =>
    Math.round((Date.parse((await promiseOf(id)).dueAt) - house.clock.nowMs()) / 60_000)
  const tries = async (id: string) =>
    (await house.read(id)).evidence.filter(({ kind }) => kind === 'attempt').length
  const audited = async () =>
    (
      await house.database.db
        .selectFrom('audit')
        .select(['action', 'actor_id', 'detail'])
        .where('action', 'like', 'callback.%')
        .orderBy('at')
        .execute()
    ).map(({ action, actor_id: who, detail }) => `${action} ${who} ${detail}`)

  test('is asked on the desk, and one word confirms the ticket: once, however often it is pressed', async () => {
    const id = await calling()
    await house.talk()
    const promise = await promiseOf(id)
    expect(await asked()).toEqual([{ id: promise.id, staffId: 'mai', words: REACHED }])
    expect(await asked('lan')).toEqual([])
    expect(promise.attempts).toMatchObject([{ outcome: 'reached', talkSeconds: 33, saidBy: null }])
    const answers = await Promise.all([
      say(id, SOLVED, 'mai', promise.version),
      say(id, SOLVED, 'mai', promise.version),
    ])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
    expect(await state(id)).toEqual(['confirmed', 'done'])
    expect((await promiseOf(id)).attempts).toMatchObject([{ outcome: 'reached', saidBy: 'mai' }])
    expect(await asked()).toEqual([])
    const told = house.notifier.of('callbackUpdated').at(-1)
    expect([told?.[0], told?.[1].awaits]).toEqual([['mai'], null])
    const { timeline } = await house.read(id)
    const ended = timeline.filter(({ fields }) => fields['corrected'] === '1')
    expect(ended.map(({ actor }) => actor?.id)).toEqual(['mai'])
    expect(timeline.at(-1)).toMatchObject({
      kind: 'moved',
      actor: { id: 'mai' },
      fields: { action: 'callback_result', result: 'ok', to: 'confirmed' },
    })
    expect(await audited()).toEqual([
      'callback.confirmed mai {"outcome":"reached","was":"reached","result":"ok"}',
    ])
  })

  test('reached, but not solved: the ticket is NOC’s', async () => {
    const id = await calling()
    await house.talk()
    expect((await say(id, UNSOLVED)).status).toBe(200)
    expect(await state(id)).toEqual(['noc_queued', 'done'])
  })

  describe('of a line that was answered for 4 seconds,', () => {
    // oxlint-disable-next-line consistent-function-scoping -- reads best beside its tests
    async function guessed() {
      const id = await calling()
      await answered(4)
      expect((await promiseOf(id)).attempts).toMatchObject([
        { outcome: 'no_answer', talkSeconds: 4 },
      ])
      expect(await asked()).toMatchObject([{ staffId: 'mai', words: REACHED }])
      expect([await minutesToNext(id), await tries(id)]).toEqual([15, 1])
      return id
    }

    test('that it was a machine: the retry plan goes on, and the try counts once', async () => {
      const id = await guessed()
      expect((await say(id, MACHINE)).status).toBe(200)
      expect([await minutesToNext(id), await tries(id)]).toEqual([15, 1])
      expect(await asked()).toEqual([])
      await dial(id)
    })

    test('that it was the customer: what the process asks for is asked, nothing else is dialled', async () => {
      const id = await guessed()
      const { dueAt } = await promiseOf(id)
      const refused = await say(id, SOLVED)
      expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'note_missing'])
      expect(await state(id)).toEqual(['callback_due', 'scheduled'])
      expect((await asked()).length).toBe(1)
      const dialled = house.telephony.originated.length
      expect((await say(id, { ...SOLVED, note: 'khách bảo đã có mạng' })).status).toBe(200)
      expect([await state(id), await tries(id)]).toEqual([['confirmed', 'done'], 0])
      await house.until(dueAt)
      expect(house.telephony.originated).toHaveLength(dialled)
      expect(await audited()).toEqual([
        'callback.corrected mai {"outcome":"reached","was":"no_answer","result":"ok"}',
      ])
    })

    test('at the third try: reached keeps the promise that was given up', async () => {
      const id = await guessed()
      await dial(id)
      await answered(4)
      await dial(id)
      await answered(4)
      expect(await state(id)).toEqual(['need_customer_info', 'cancelled'])
      expect(await asked()).toMatchObject([{ words: ['reached', 'not_reached'] }])
      expect((await say(id, SOLVED)).body.errors[0].code).toBe('word_overtaken')
      expect((await say(id, { outcome: 'reached' })).status).toBe(200)
      expect(await state(id)).toEqual(['need_customer_info', 'done'])
    })
  })

  test('a talking machine, said afterwards: row 8 counts it and calls again, figures stand', async () => {
    const id = await calling()
    await house.talk()
    const { verdict, version } = await promiseOf(id)
    expect((await say(id, { outcome: 'reached' }, 'mai', version)).status).toBe(200)
    expect((await say(id, { outcome: 'reached' }, 'mai', version)).status).toBe(409)
    expect(await state(id)).toEqual(['callback_due', 'done'])
    expect((await say(id, MACHINE)).status).toBe(200)
    expect([await state(id), await minutesToNext(id)]).toEqual([['callback_due', 'scheduled'], 15])
    expect([await tries(id), (await promiseOf(id)).verdict]).toEqual([1, verdict])
    await dial(id)
  })

  describe('of a promise that tells a result,', () => {
    /** NOC has mended it, and mai promises the customer of this channel a call about it. */
    // oxlint-disable-next-line consistent-function-scoping -- reads best beside its tests
    async function telling(channel: 'hotline' | 'email') {
      house = await openProcessHouse('sqlite')
      await house.startSchedule()
      await house.queues.setState(house.person('mai'), { state: 'ready' })
      const id = await house.openByCall()
      await house.database.db.updateTable('ticket').set({ channel }).execute()
      await house.step('mai', id, 'skip_guidance', { reason: 'los_red' })
      await house.step('noc', id, 'accept')
      await house.step('noc', id, 'core_fixable', { causeCode: 'configuration' })
      await house.step('noc', id, 'core_done', { note: 'đã mở lại cổng' })
      await house.step('noc', id, 'verify', { result: 'ok', testResult: 'ping 2 ms' })
      await house.as('mai').post(`/tickets/${id}/callbacks`, { inMinutes: 1 }).expect(201)
      expect((await promiseOf(id)).reason).toBe('result')
      await dial(id)
      await house.talk()
      expect(await asked()).toMatchObject([{ words: REACHED }])
      return id
    }

    test('that it is solved: the call is the answer on the hotline', async () => {
      const id = await telling('hotline')
      expect((await say(id, SOLVED)).status).toBe(200)
      expect(await state(id)).toEqual(['confirmed', 'done'])
      // Said too soon: they call again, and it is broken.
      expect((await say(id, UNSOLVED)).status).toBe(200)
      expect(await state(id)).toEqual(['noc_queued', 'done'])
    })

    test('that it is solved: why it was no mail is asked where they had written one', async () => {
      const id = await telling('email')
      const refused = await say(id, SOLVED)
      expect(refused.body.errors[0]).toMatchObject({ path: 'messageId', code: 'evidence_missing' })
      const note = 'khách xác nhận qua điện thoại'
      expect((await say(id, { ...SOLVED, note })).status).toBe(200)
      const { status, timeline } = await house.read(id)
      expect([status, timeline.at(-1)?.fields['overrideReason']]).toEqual(['confirmed', note])
    })
  })

  test('of a missed caller in one step with how it was solved, on the ticket of the call', async () => {
    house = await openProcessHouse('sqlite')
    await house.startSchedule()
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    await house.call(`
      00:00.000  queue_joined     trunk#1
      00:20.000  queue_abandoned  trunk#1
      00:20.000  queue_left       trunk#1
      00:20.010  hung_up          trunk#1`)
    const { due_at: dueAt } = await house.database.db
      .selectFrom('callback')
      .select('due_at')
      .executeTakeFirstOrThrow()
    await house.until(dueAt)
    await house.talk()
    expect(await asked()).toMatchObject([{ words: ['solved', 'reached', 'not_reached'] }])
    const ticket = await house.database.db
      .selectFrom('ticket')
      .select('id')
      .executeTakeFirstOrThrow()
    expect((await say(ticket.id, SOLVED)).body.errors).toMatchObject([{ path: 'resolution' }])
    const note = 'hướng dẫn khởi động lại'
    expect((await say(ticket.id, { ...SOLVED, note })).status).toBe(200)
    const { status, resolution } = await house.read(ticket.id)
    expect([status, resolution]).toEqual(['confirmed', note])
  })

  test('is asked no more once the ticket went another way, and its page is told', async () => {
    const id = await calling()
    await house.talk()
    await house.step('lan', id, 'callback_result', { result: 'nok' })
    expect(await asked()).toEqual([])
    expect(house.notifier.of('callbackUpdated').at(-1)).toMatchObject([['mai'], { awaits: null }])
  })

  test('is asked whoever keeps the promise since, and nobody else may say it', async () => {
    const id = await calling()
    await answered(4)
    const { version, id: promiseId } = await promiseOf(id)
    const give = { version, staffId: 'lan' }
    await house.as('mai').post(`/callbacks/${promiseId}/assign`, give).expect(200)
    await house.database.db.updateTable('callback').set({ created_by: 'lan' }).execute()
    expect((await asked()).length).toBe(1)
    expect((await say(id, MACHINE, 'noc')).status).toBe(403)
    expect((await say(id, MACHINE)).status).toBe(200)
    expect((await say(id, MACHINE)).status).toBe(403)
  })

  test('not while the attempt is in progress: 409, and it says so', async () => {
    const id = await calling()
    const refused = await say(id, SOLVED)
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'the promise is being dialled now and cannot be given an outcome before the attempt has ended',
    ])
    expect(await asked()).toEqual([])
  })

  test('a result of nobody’s call is refused', async () => {
    const id = await calling()
    await answered(4)
    expect((await say(id, { outcome: 'busy', result: 'ok' })).status).toBe(400)
  })
})
