import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../server/db/transaction.ts'
import type { SessionUser } from '../../server/contract/staff.ts'
import { ActionRefused } from '../../server/ports.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { createTestApp } from '../support/http.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'
import { aCaller, aMember } from '../support/queue-events.ts'

interface Answer {
  status: number
  body: { errors?: { code: string }[] }
}
function said({ status, body }: Answer): string {
  const code = body.errors?.[0]?.code
  return code === undefined ? String(status) : `${status} ${code}`
}

const reason = 'khách quan trọng'
const named = { id: 'chi', username: 'chi', displayName: 'Chi' }
const chi: SessionUser = { ...named, role: 'supervisor', extension: '109' }

describe.each(HOUSE_DIALECTS)('supervisors steer, on %s', (dialect) => {
  let database: Database
  let house: LiveHouse
  let http: ReturnType<typeof createTestApp>

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    await house.hire(chi)
    http = createTestApp([...house.calls.routes, ...house.control.routes])
    house.telephony.onOrder((order) => {
      if ('channelId' in order) spyHears(order.channelId)
      else if ('to' in order) house.happen({ type: 'caller_left', ...order })
      else if ('penalty' in order) {
        const member = aMember(order.extension, { penalty: order.penalty })
        house.happen({ type: 'member_status', member })
      }
    })
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const as = (who: string) => http.as(house.person(who))
  const audited = async () => {
    const rows = await database.db
      .selectFrom('audit')
      .select(['actor_id', 'action', 'subject', 'detail'])
      .orderBy('id')
      .execute()
    return rows.map(({ actor_id, action, detail }) => `${actor_id} ${action} ${detail}`)
  }
  /** What people were told of orders about them. */
  const told = () =>
    house.notifier
      .of('notification')
      .map(([staffId, { kind, fields }]) => ({ staffId, kind, fields }))

  function spyHears(spyUniqueid: string): void {
    const heard = { pbxId: 'pbx1', at: house.clock.now(), heardUniqueid: 'phone' }
    house.ears.onSpyEvent({ ...heard, type: 'spy_started', spyUniqueid })
  }

  /** mai talks to a customer; answers the id of the call. */
  async function talk(): Promise<string> {
    await house.hear(`
      00:00.000  queue_joined     caller  num=0912345678
      00:01.000  agent_called     caller  101=phone
      00:04.000  agent_connected  caller  101=phone
      00:04.100  bridge_entered   caller
      00:04.110  bridge_entered   101=phone`)
    const { items } = (await as('chi').get('/calls')).body
    return items[0].id
  }
  const monitor = (who: string, id: string, mode = 'listen') =>
    as(who).post(`/calls/${id}/monitor`, { mode })

  /** Once the phone is told to hear in another way, it does. */
  async function spyChanges(): Promise<void> {
    await eventually(() => expect(house.telephony.spiesChanged).toHaveLength(1))
    spyHears(house.telephony.spiesChanged[0]?.channelId ?? '')
  }

  describe('who listens', () => {
    it('hears the agent, is in the trail and on the board, and the agent is told', async () => {
      const id = await talk()
      house.happen({
        type: 'member_status',
        member: aMember('101', { inCall: true, deviceStatus: 2 }),
      })
      expect(said(await monitor('chi', id))).toBe('204')
      expect(house.telephony.spies).toMatchObject([
        { pbxId: 'pbx1', extension: '109', agentUniqueid: 'phone', mode: 'listen' },
      ])
      expect(house.telephony.spies[0]?.channelId).toMatch(/^spy-/)
      expect(await audited()).toEqual(['chi steering.listened {"extension":"101"}'])
      expect(told()).toEqual([
        { staffId: 'mai', kind: 'member_steered', fields: { state: 'listened', by: 'Chi' } },
      ])
      await house.queues.flush()
      const members = house.queues.snapshot().queues.flatMap((queue) => queue.members)
      expect(members).toMatchObject([{ extension: '101', heardBy: 'Chi', heardAs: 'listen' }])
    })

    it('hears nobody once the phone hung up as it began to hear in another way', async () => {
      const id = await talk()
      await monitor('chi', id).expect(204)
      const changed = monitor('chi', id, 'whisper').then(said)
      await eventually(() => expect(house.telephony.spiesChanged).toHaveLength(1))
      const [spy] = house.telephony.spies
      spyHears(spy?.channelId ?? '')
      await house.hear(`00:20.000  hung_up  109=${spy?.channelId}`)
      expect(await changed).toBe('204')
      await house.hire({ ...chi, id: 'binh', username: 'binh', extension: '108' })
      expect(said(await monitor('binh', id))).toBe('204')
    })

    it('is not told of where administrators have set so; whoever whispers always is', async () => {
      const id = await talk()
      const settings = { tellListened: false, version: 0 }
      expect(said(await as('chi').put('/settings/steering', settings))).toBe('403')
      await as('chief').put('/settings/steering', settings).expect(200)
      expect(said(await as('chief').put('/settings/steering', settings))).toBe('409 settings_stale')
      await monitor('chi', id).expect(204)
      expect(told()).toEqual([])
      const changed = monitor('chi', id, 'whisper')
      await Promise.all([changed.expect(204), spyChanges()])
      expect(told()).toMatchObject([{ staffId: 'mai', fields: { state: 'whispered' } }])
      expect(await audited()).toEqual([
        'chief steering.settings_changed {"tellListened":"false"}',
        'chi steering.listened {"extension":"101"}',
        'chi steering.whispered {"extension":"101"}',
      ])
    })

    it('is a supervisor: others are refused, which is in the trail', async () => {
      const id = await talk()
      expect(said(await monitor('lan', id))).toBe('403 supervisors_only')
      expect(house.telephony.spies).toEqual([])
      expect(await audited()).toEqual(['lan steering.refused {"tried":"listened"}'])
    })

    it('hears a call that goes on and on which an agent talks', async () => {
      const id = await talk()
      expect(said(await monitor('chi', 'none'))).toBe('404')
      await house.hear('00:20.000  hung_up  101=phone')
      expect(said(await monitor('chi', id))).toBe('409 nobody_talks')
      await house.hear('00:30.000  hung_up  caller')
      expect(said(await monitor('chi', id))).toBe('409 call_over')
      expect(await audited()).toEqual([])
    })

    it('is the only one at this agent', async () => {
      const id = await talk()
      await house.hire({ ...chi, id: 'binh', username: 'binh', extension: '108' })
      await monitor('chi', id).expect(204)
      expect(said(await monitor('binh', id))).toBe('409 already_listened')
      const [spy] = house.telephony.spies
      await house.hear(`00:20.000  hung_up  109=${spy?.channelId}`)
      await monitor('binh', id).expect(204)
    })

    it('has a phone that can be rung, and is on no call', async () => {
      const id = await talk()
      expect(said(await monitor('chief', id))).toBe('422 no_phone')
      house.telephony.phoneUses.set('109', 'busy')
      expect(said(await monitor('chi', id))).toBe('409 own_phone_busy')
      house.telephony.phoneUses.set('109', 'away')
      expect(said(await monitor('chi', id))).toBe('409 own_phone_away')
      await house.hear(`
        00:05.000  queue_joined     other  num=0912345679
        00:06.000  agent_called     other  109=second
        00:07.000  agent_connected  other  109=second`)
      expect(said(await monitor('chi', id))).toBe('409 own_phone_busy')
      expect([house.telephony.spies, await audited()]).toEqual([[], []])
    })

    it('is told when the own phone does not answer, or the PBX says nothing', async () => {
      const id = await talk()
      house.telephony.onOrder((order) => {
        if (!('channelId' in order)) return
        const { pbxId, channelId } = order
        const failed = { channelId, succeeded: false, reason: 3 }
        house.ears.onCallEvent({
          pbxId,
          at: house.clock.now(),
          type: 'originate_responded',
          ...failed,
        })
      })
      expect(said(await monitor('chi', id))).toBe('409 own_phone_unanswered')
      const ordered = Promise.withResolvers<void>()
      house.telephony.onOrder(() => ordered.resolve())
      const silent = monitor('chi', id).then(said)
      await ordered.promise
      await house.clock.advance(30_000)
      expect(await silent).toBe('503 unconfirmed')
      expect(told()).toEqual([])
    })

    it('is refused by the PBX at once, and nothing waits for its word then', async () => {
      const id = await talk()
      const { pending } = house.clock
      house.telephony.failWith(new ActionRefused('no such phone'))
      expect(said(await monitor('chi', id))).toBe('409 pbx_refused')
      expect(house.clock.pending).toBe(pending)
    })

    it('is answered at once, without a word, when the service ends', async () => {
      const id = await talk()
      const ordered = Promise.withResolvers<void>()
      house.telephony.onOrder(() => ordered.resolve())
      const { pending } = house.clock
      const silent = monitor('chi', id).then(said)
      await ordered.promise
      house.control.stop()
      expect(await silent).toBe('503 unconfirmed')
      expect(house.clock.pending).toBe(pending)
    })

    it('does so where the dialplan knows of it', async () => {
      const id = await talk()
      house.telephony.unsteered.add('pbx1')
      expect(said(await monitor('chi', id))).toBe('503 dialplan_too_old')
      house.telephony.setLink('pbx1', 'connecting')
      expect(said(await monitor('chi', id))).toBe('503 pbx_away')
    })
  })

  const acts = (uniqueid: string) => ({
    send: (staffId: string) =>
      as('chi').post(`/queues/hotline/waiting/${uniqueid}/send`, { staffId, reason }),
    moveUp: () => as('chi').post(`/queues/hotline/waiting/${uniqueid}/move-up`, { reason }),
  })
  const waits = (uniqueid: string) =>
    house.happen({ type: 'caller_joined', caller: aCaller(uniqueid, { position: 9 }) })

  describe('a waiting caller', () => {
    it('is sent to an agent, once they have left the queue', async () => {
      waits('w1')
      await acts('w1').send('mai').expect(204)
      expect(house.telephony.withdrawals).toEqual([
        { pbxId: 'pbx1', queue: 'hotline', uniqueid: 'w1', to: { extension: '101' } },
      ])
      expect(await audited()).toEqual([
        `chi steering.sent {"uniqueid":"w1","staffId":"mai","reason":"${reason}"}`,
      ])
      expect(said(await acts('w1').send('mai'))).toBe('409 caller_gone')
    })

    it('is sent to nobody who is busy, away, or takes no calls', async () => {
      waits('w1')
      house.telephony.phoneUses.set('101', 'busy')
      expect(said(await acts('w1').send('mai'))).toBe('409 target_busy')
      house.telephony.phoneUses.set('101', 'away')
      expect(said(await acts('w1').send('mai'))).toBe('409 target_unreachable')
      expect(said(await acts('w1').send('nobody'))).toBe('422 no_such_person')
      expect(said(await acts('w1').send('chief'))).toBe('422 target_no_phone')
      expect(said(await acts('w1').send('chi'))).toBe('422 target_no_agent')
      const mais = as('mai').post('/queues/hotline/waiting/w1/send', { staffId: 'lan', reason })
      expect(said(await mais)).toBe('403 supervisors_only')
      expect(house.telephony.withdrawals).toEqual([])
    })

    it('is moved up, with a reason', async () => {
      waits('w1')
      waits('pl-2')
      await acts('w1').moveUp().expect(204)
      await acts('pl-2').moveUp().expect(204)
      waits('cb-3')
      expect(said(await acts('pl-2').send('mai'))).toBe('409 is_place')
      expect(said(await acts('cb-3').send('mai'))).toBe('409 called_first')
      expect(house.telephony.movedUp.map(({ uniqueid }) => uniqueid)).toEqual(['w1', 'pl-2'])
      const elsewhere = as('chi').post('/queues/sales/waiting/w1/move-up', { reason })
      expect((await elsewhere).status).toBe(404)
      expect((await as('chi').post('/queues/hotline/waiting/w1/move-up', {})).status).toBe(400)
      house.telephony.notWaiting.add('w1')
      expect(said(await acts('w1').moveUp())).toBe('409 caller_gone')
    })

    it('is not lost sight of while the PBX is silent: it is said, and a second order waits', async () => {
      waits('w1')
      const ordered = Promise.withResolvers<void>()
      house.telephony.onOrder(() => ordered.resolve())
      const silent = acts('w1').send('mai').then(said)
      await ordered.promise
      expect(said(await acts('w1').moveUp())).toBe('409 under_way')
      await house.clock.advance(20_000)
      expect(await silent).toBe('503 unconfirmed')
    })
  })

  it('whom the phone that rang for them answers meanwhile is neither sent nor promised', async () => {
    house.telephony.onOrder((order) => {
      if (!('to' in order)) return
      const { uniqueid } = order
      void house.hear(`00:04.000  dial_ended  ${uniqueid}  102=other  status=ANSWER`)
      house.happen({ type: 'caller_left', queue: 'hotline', uniqueid })
    })
    waits('w1')
    waits('w2')
    expect(said(await acts('w1').send('mai'))).toBe('409 caller_gone')
    const { body } = await as('chi').post('/queues/hotline/close', { reason }).expect(200)
    expect(body).toEqual({ promised: 0, stayed: 1, unheard: 0 })
  })

  it('a queue is closed for everybody, whom an agent talked to before too, but for who keeps a place and a colleague who asks', async () => {
    await house.hear(`
      00:00.000  queue_joined     back  num=0912345670
      00:01.000  agent_called     back  101=phone
      00:04.000  agent_connected  back  101=phone
      00:04.100  bridge_entered   back
      00:04.110  bridge_entered   101=phone
      00:09.000  hung_up          101=phone
      00:09.100  queue_joined     back  num=0912345670
      00:10.000  channel_created  102=asks`)
    for (const uniqueid of ['back', 'w1', 'w2', 'pl-3', 'asks']) waits(uniqueid)
    const { body } = await as('chi').post('/queues/hotline/close', { reason }).expect(200)
    expect(body).toEqual({ promised: 3, stayed: 1, unheard: 0 })
    expect(house.telephony.withdrawals).toMatchObject([
      { uniqueid: 'back', to: 'promise' },
      { uniqueid: 'w1', to: 'promise' },
      { uniqueid: 'w2', to: 'promise' },
    ])
  })

  it('a member gets another penalty, and is told', async () => {
    const path = '/queues/hotline/members/101/penalty'
    expect(said(await as('chi').post(path, { penalty: 3, reason }))).toBe('409 no_member')
    house.happen({ type: 'member_added', member: aMember('101') })
    await as('chi').post(path, { penalty: 3, reason }).expect(204)
    expect(house.telephony.penalties).toMatchObject([{ extension: '101', penalty: 3 }])
    expect(told()).toMatchObject([{ staffId: 'mai', fields: { state: 'penalty', penalty: '3' } }])
    await house.queues.flush()
    const members = house.queues.snapshot().queues.flatMap((queue) => queue.members)
    expect(members).toMatchObject([{ extension: '101', penalty: 3 }])
  })

  const takeOver = (who: string, id: string) => as(who).post(`/calls/${id}/take-over`, { reason })
  const end = (who: string, id: string, body: object = { reason }) =>
    as(who).post(`/calls/${id}/hangup`, body)

  describe('a call of others', () => {
    it('is taken over once the own phone rings; the agent is told by whom and why', async () => {
      const id = await talk()
      house.telephony.onTransfer(({ uniqueid }) => {
        void house.hear(`00:20.000  dial_begun  ${uniqueid}  109=own`)
      })
      expect(said(await takeOver('mai', id))).toBe('403 supervisors_only')
      expect(said(await takeOver('chief', id))).toBe('422 no_phone')
      await takeOver('chi', id).expect(204)
      expect(house.telephony.transfers).toEqual([
        { pbxId: 'pbx1', uniqueid: 'caller', to: { extension: '109' } },
      ])
      expect(told()).toEqual([
        {
          staffId: 'mai',
          kind: 'member_steered',
          fields: { state: 'taken_over', by: 'Chi', reason },
        },
      ])
    })

    it('is not known to be taken over while the own phone does not ring', async () => {
      const id = await talk()
      const silent = takeOver('chi', id).then(said)
      await eventually(() => expect(house.telephony.transfers).toHaveLength(1))
      await house.clock.advance(5_000)
      expect(await silent).toBe('503 unconfirmed')
      expect(told()).toEqual([])
    })

    it('is not, without the user that may: the page says why', async () => {
      const id = await talk()
      house.telephony.controlLacks.set('pbx1', 'user')
      expect(said(await takeOver('chi', id))).toBe('503 control_user')
      expect(said(await end('chi', id))).toBe('503 control_user')
      expect(await audited()).toEqual([])
    })

    it('is ended with a reason, once the PBX shows its end', async () => {
      const id = await talk()
      expect(said(await end('lan', id))).toBe('403 not_your_call')
      expect(said(await end('chi', id, {}))).toBe('422 reason_missing')
      const ending = end('chi', id).then(said)
      await eventually(() => expect(house.telephony.endedChannels).toHaveLength(1))
      await house.hear('00:30.000  hung_up  caller')
      expect(await ending).toBe('202')
      expect(told()).toMatchObject([{ staffId: 'mai', fields: { state: 'call_ended', reason } }])
      expect(said(await end('chi', id))).toBe('409 call_over')
    })
  })
})
