import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const CALLER = { pbxId: 'pbx1', uniqueid: 'caller' }

function said({ status, body }: { status: number; body: { errors?: { code: string }[] } }): string {
  return `${status} ${body.errors?.[0]?.code}`
}

describe.each(HOUSE_DIALECTS)('the own call is ended and handed on, on %s', (dialect) => {
  let database: Database
  let house: LiveHouse
  let http: ReturnType<typeof createTestApp>

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    http = createTestApp([...house.calls.routes, ...house.control.routes])
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const as = (who: string) => http.as(house.person(who))
  const hangUp = (who: string, id: string) => as(who).post(`/calls/${id}/hangup`)
  const transfer = (id: string, to: object) => as('mai').post(`/calls/${id}/transfer`, { to })
  const audited = () =>
    database.db.selectFrom('audit').select(['action', 'detail']).orderBy('id').execute()

  /** mai talks to a customer; answers the id of the call. */
  async function talk(): Promise<string> {
    await house.hear(`
      00:00.000  queue_joined     caller  num=0912345678
      00:01.000  agent_called     caller  101=phone
      00:04.000  agent_connected  caller  101=phone
      00:04.100  bridge_entered   caller
      00:04.110  bridge_entered   101=phone`)
    const { items } = (await as('mai').get('/calls')).body
    return items[0].id
  }

  it('by who talks on it, and by nobody else; it is in the trail once, however often it was pressed', async () => {
    const id = await talk()
    expect(said(await hangUp('lan', id))).toBe('403 not_your_call')
    expect((await hangUp('mai', 'none')).status).toBe(404)
    await hangUp('mai', id).expect(202)
    await hangUp('mai', id).expect(202)
    expect(house.telephony.endedChannels).toEqual(['pbx1/caller'])
    expect(await audited()).toMatchObject([{ action: 'call.hung_up' }])
    await house.hear('00:30.000  hung_up  caller')
    expect(said(await hangUp('mai', id))).toBe('409 call_over')
  })

  it('a channel that the PBX does not know any more is a call that is over', async () => {
    const id = await talk()
    house.telephony.goneChannels.add('caller')
    expect(said(await hangUp('mai', id))).toBe('409 call_over')
    expect(said(await transfer(id, { staffId: 'lan' }))).toBe('409 call_over')
  })

  it('to a colleague: the caller alone is sent there, once, and then it is the colleague’s', async () => {
    const id = await talk()
    await transfer(id, { staffId: 'lan' }).expect(202)
    await transfer(id, { staffId: 'lan' }).expect(202)
    expect(house.telephony.transfers).toEqual([{ ...CALLER, to: { extension: '102' } }])
    // until the PBX has told what came of it, nothing else may become of the customer
    expect(said(await transfer(id, { queue: 'hotline' }))).toBe('409 call_under_way')
    expect(said(await hangUp('mai', id))).toBe('409 call_under_way')
    await house.hear(`
      00:06.010  hung_up         101=phone
      00:06.020  dial_begun      caller  102=other
      00:08.000  dial_ended      caller  102=other
      00:08.010  bridge_entered  102=other
      00:08.020  bridge_entered  caller`)
    expect(said(await hangUp('mai', id))).toBe('403 not_your_call')
    await hangUp('lan', id).expect(202)
  })

  it('to a colleague again, when they did not take the caller, who is back already', async () => {
    const id = await talk()
    await transfer(id, { staffId: 'lan' }).expect(202)
    await house.hear(`
      00:06.010  hung_up          101=phone
      00:06.020  dial_begun       caller  102=other
      00:07.000  dial_ended       caller  102=other  status=BUSY
      00:07.010  queue_joined     caller  num=0912345678
      00:07.100  agent_called     caller  101=again
      00:09.000  agent_connected  caller  101=again
      00:09.010  bridge_entered   caller
      00:09.020  bridge_entered   101=again`)
    await transfer(id, { staffId: 'lan' }).expect(202)
    expect(house.telephony.transfers).toHaveLength(2)
  })

  /** Once mai has asked lan, whose phone rings. */
  async function ask(): Promise<string> {
    const id = await talk()
    const order = { to: { staffId: 'lan' }, askFirst: true }
    await as('mai').post(`/calls/${id}/transfer`, order).expect(202)
    await house.hear(`
      00:10.000  held        101=phone
      00:10.100  dial_begun  caller  102=other`)
    return id
  }
  const end = (id: string, how: string) => as('mai').post(`/calls/${id}/consult`, { end: how })

  it('after a colleague was asked, who is given the caller once they have answered', async () => {
    const id = await ask()
    expect(house.notifier.of('deskCall').at(-1)).toMatchObject([
      'mai',
      { consult: { extension: '102', stage: 'ringing' } },
    ])
    expect(said(await hangUp('mai', id))).toBe('409 consult_open')
    expect(said(await transfer(id, { queue: 'hotline' }))).toBe('409 consult_open')
    expect(said(await end(id, 'hand_over'))).toBe('409 consult_unanswered')
    await house.hear('00:12.000  dial_ended  caller  102=other  status=ANSWER')
    await end(id, 'hand_over').expect(202)
    await end(id, 'hand_over').expect(202)
    const agent = { pbxId: 'pbx1', agentUniqueid: 'phone' }
    expect(house.telephony.consults).toEqual([
      { ...agent, step: { ask: '102' } },
      { ...agent, step: 'hand_over' },
    ])
    expect((await audited()).map(({ action }) => action)).toEqual([
      'call.consulted',
      'call.handed_over',
    ])
  })

  it('not any more when the colleague did not want it; the caller is mai’s again, to do anything with', async () => {
    const id = await ask()
    await house.hear('00:12.000  dial_ended  caller  102=other  status=BUSY')
    expect(said(await end(id, 'hand_over'))).toBe('409 consult_over')
    // the same colleague again is another order, though the first was told just now
    const order = { to: { staffId: 'lan' }, askFirst: true }
    await as('mai').post(`/calls/${id}/transfer`, order).expect(202)
    expect(house.telephony.consults).toHaveLength(2)
    expect(said(await hangUp('mai', id))).toBe('409 call_under_way')
    await house.clock.advance(2_000)
    await hangUp('mai', id).expect(202)
  })

  it('and a hold at the desk phone is told to who holds', async () => {
    await talk()
    const told = () => house.notifier.of('deskCall').at(-1)?.[1]
    expect(told()).toMatchObject({ heldSince: null, consult: null })
    await house.hear('00:10.000  held  101=phone')
    expect(told()).toMatchObject({ heldSince: expect.stringMatching(/:10\.000Z$/) })
    await house.hear('00:15.000  resumed  101=phone')
    expect(told()).toMatchObject({ heldSince: null })
  })

  it('a queue is not asked', async () => {
    const id = await talk()
    const order = { to: { queue: 'hotline' }, askFirst: true }
    const answer = await as('mai').post(`/calls/${id}/transfer`, order)
    expect(said(answer)).toBe('422 consult_of_queue')
  })

  it('to a queue when the first order came to nothing', async () => {
    const id = await talk()
    await transfer(id, { staffId: 'lan' }).expect(202)
    await house.clock.advance(10_000)
    await transfer(id, { queue: 'hotline' }).expect(202)
    expect(house.telephony.transfers.at(-1)).toEqual({ ...CALLER, to: { queue: 'hotline' } })
    const details = (await audited()).map(({ action, detail }) => `${action} ${detail}`)
    expect(details).toEqual([
      'call.transferred {"extension":"102"}',
      'call.transferred {"queue":"hotline"}',
    ])
  })

  it('not to who cannot take it, and then nothing is told and nothing is in the trail', async () => {
    const id = await talk()
    expect(said(await transfer(id, { staffId: 'chief' }))).toBe('422 target_no_phone')
    expect(said(await transfer(id, { staffId: 'mai' }))).toBe('422 target_self')
    expect(said(await transfer(id, { staffId: 'nobody' }))).toBe('422 no_such_person')
    expect(said(await transfer(id, { queue: 'sales' }))).toBe('422 no_such_queue')
    await house.hear(`
      00:05.000  queue_joined     other  num=0912345679
      00:06.000  agent_called     other  102=second
      00:07.000  agent_connected  other  102=second`)
    expect(said(await transfer(id, { staffId: 'lan' }))).toBe('422 target_busy')
    expect([house.telephony.transfers, await audited()]).toEqual([[], []])
  })

  it('not where no PBX can be told; a dialplan that is too old still lets calls be hung up', async () => {
    const id = await talk()
    house.telephony.controlLacks.set('pbx1', 'user')
    expect((await hangUp('mai', id)).status).toBe(503)
    house.telephony.controlLacks.set('pbx1', 'dialplan')
    expect((await transfer(id, { staffId: 'lan' })).status).toBe(503)
    expect(await audited()).toEqual([])
    await hangUp('mai', id).expect(202)
  })

  it('the directory shows who has a phone and how it is, and what the PBX lacks', async () => {
    await talk()
    house.telephony.controlLacks.set('pbx1', 'user')
    house.queues.setPbxStatus(house.telephony.status())
    const { body } = await as('mai').get('/directory').expect(200)
    expect(body.people).toMatchObject([
      { id: 'lan', extension: '102' },
      { id: 'mai', extension: '101', state: 'in_call' },
    ])
    expect(body.people).toHaveLength(2)
    expect(body.queues.map(({ name }: { name: string }) => name)).toEqual(['hotline'])
    expect(body.pbxs).toEqual([{ pbxId: 'pbx1', lacks: 'user' }])
  })
})
