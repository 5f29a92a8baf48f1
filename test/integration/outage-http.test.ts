import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { auditEntry } from '../../server/contract/audit.ts'
import {
  outageList,
  outageSettingsView,
  outageView,
} from '../../server/contract/casework/outages.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { createFakeTelephony } from '../support/telephony.ts'

const ORDER = { area: 'Cầu Giấy', message: 'Đứt cáp', expectedUntil: '2199-01-01T00:00:00+07:00' }
const nothing = z.unknown()

describe.each(HOUSE_DIALECTS)('area outages over HTTP on %s', (dialect) => {
  let hotline: Hotline
  let agent: Person
  let noc: Person
  let field: Person

  beforeAll(async () => {
    const telephony = { ...createFakeTelephony(), start() {}, async stop() {} }
    hotline = await startHotline({
      amiUrl: 'ami://a:b@127.0.0.1:1/pbx1',
      dialect,
      createTelephony: () => telephony,
    })
    agent = await hotline.hire('mai', 'agent', '101')
    noc = await hotline.hire('noc', 'noc')
    field = await hotline.hire('kt', 'field')
  })
  afterAll(() => hotline.stop())

  const openTicket = (details: Record<string, unknown> = {}) =>
    agent.send('POST', '/tickets', { channel: 'counter', number: '0912345678', ...details }, ticket)
  const declare = (order: Record<string, unknown> = ORDER, by = noc) =>
    by.send('POST', '/outages', order, outageView)

  test('are opened by NOC, listed for everybody, linked to many tickets and audited', async () => {
    const opened = await declare()
    const parentId = opened.ticket?.id ?? ''
    expect(opened).toMatchObject({
      status: 'open',
      children: 0,
      expectedUntil: '2198-12-31T17:00:00.000Z',
    })
    const list = await field.get('/outages?status=open', outageList)
    expect(list.items.map(({ id }) => id)).toContain(opened.id)
    const tickets = [await openTicket({ area: 'cầu giấy' }), await openTicket()]
    expect(tickets[0]?.outageOffer).toMatchObject({ ticketId: parentId, message: 'Đứt cáp' })
    const link = { ticketIds: tickets.map(({ id }) => id) }
    const linked = await agent.send('POST', `/outages/${parentId}/link`, link, outageView)
    expect(linked.children).toBe(2)
    const before = await agent.get(`/tickets/${tickets[0]?.id}`, ticket)
    const again = { ticketIds: [tickets[0]?.id, ...link.ticketIds] }
    await agent.send('POST', `/outages/${parentId}/link`, again, outageView)
    expect(await agent.get(`/tickets/${tickets[0]?.id}`, ticket)).toMatchObject({
      version: before.version,
    })
    const audit = await hotline.admin.get('/audit?action=outage.opened', pageOf(auditEntry))
    expect(audit.items[0]).toMatchObject({
      subject: parentId,
      detail: { message: 'Đứt cáp' },
      names: { [parentId]: opened.ticket?.code },
    })
  })

  test.each([
    ['neither area nor service', { message: 'x' }, 400],
    ['an end that has passed', { ...ORDER, expectedUntil: '2020-01-01T00:00:00Z' }, 422],
    ['no pace at all', { ...ORDER, callbacksPerMinute: 0 }, 400],
    ['an offer that is not there', { message: 'x', fromOffer: 'nobody' }, 404],
  ])('with %s are refused', async (_name, order, status) => {
    await expect(declare(order)).rejects.toMatchObject({ status })
  })

  test('are neither opened by field staff nor by administrators', async () => {
    for (const who of [field, hotline.admin]) {
      // oxlint-disable-next-line no-await-in-loop
      await expect(declare(ORDER, who)).rejects.toMatchObject({ status: 403 })
    }
  })

  test('are changed by their version: a stale one is refused, and an unknown outage', async () => {
    const { ticket: parent, version } = await declare()
    const path = `/outages/${parent?.id}`
    const change = { version, message: 'Đang hàn' }
    const changed = await agent.send('PATCH', path, change, outageView)
    expect(changed).toMatchObject({ message: 'Đang hàn', version: version + 1 })
    await expect(agent.send('PATCH', path, change, nothing)).rejects.toMatchObject({ status: 409 })
    const unknown = agent.send('PATCH', '/outages/nobody', change, nothing)
    await expect(unknown).rejects.toMatchObject({ status: 404 })
  })

  test('that were cancelled take no link (409), and others none of what cannot be linked (422)', async () => {
    const { ticket: parent } = await declare()
    const path = `/outages/${parent?.id}/link`
    const { id } = await openTicket()
    const wrong = agent.send('POST', path, { ticketIds: [id, 'nobody'] }, nothing)
    await expect(wrong).rejects.toMatchObject({ status: 422 })
    await expect(wrong).rejects.toThrow(/ticketIds\.1/)
    const boss = await hotline.hire(`boss`, 'supervisor')
    const { version } = await boss.get(`/tickets/${parent?.id}`, ticket)
    const cancel = { action: 'cancel', version, reason: 'opened_by_mistake' }
    await boss.send('POST', `/tickets/${parent?.id}/actions`, cancel, ticket)
    const late = agent.send('POST', path, { ticketIds: [id] }, nothing)
    await expect(late).rejects.toMatchObject({ status: 409 })
    await expect(late).rejects.toThrow('this outage is over')
  })

  test('let tickets go again that were linked by mistake, all of them or none', async () => {
    const [right, wrong] = [(await declare()).ticket?.id, (await declare()).ticket?.id]
    const ids = [(await openTicket()).id, (await openTicket()).id]
    await agent.send('POST', `/outages/${right}/link`, { ticketIds: ids }, outageView)
    const unlink = (parent: string | undefined, by = noc) =>
      by.send('POST', `/outages/${parent}/unlink`, { ticketIds: ids }, outageView)
    await expect(unlink(wrong)).rejects.toMatchObject({
      status: 422,
      message: expect.stringMatching(/ticketIds\.0.*ticketIds\.1/s),
    })
    await expect(unlink(right, field)).rejects.toMatchObject({ status: 403 })
    expect((await unlink(right)).children).toBe(0)
    const { outage, clocks, timeline } = await agent.get(`/tickets/${ids[0]}`, ticket)
    expect([outage, clocks.every(({ pausedBy }) => pausedBy === null)]).toEqual([null, true])
    expect(timeline.at(-1)).toMatchObject({
      actor: { displayName: 'noc' },
      fields: {
        action: 'outage_unlinked',
        outageId: right,
        outage: expect.stringMatching(/^KN-\d{4}-\d+ · Cầu Giấy$/),
      },
    })
  })

  test('are offered by numbers that administrators alone set', async () => {
    const path = '/settings/outages'
    const put = (wanted: object, by = hotline.admin) =>
      by.send('PUT', path, wanted, outageSettingsView)
    expect(await agent.get(path, outageSettingsView)).toEqual({
      callers: 5,
      minutes: 15,
      version: 0,
    })
    const wanted = { callers: 8, minutes: 10, version: 0 }
    await expect(put(wanted, agent)).rejects.toMatchObject({ status: 403 })
    expect(await put(wanted)).toEqual({ ...wanted, version: 1 })
    expect(await agent.get(path, outageSettingsView)).toEqual({ ...wanted, version: 1 })
    await expect(put({ callers: 1, minutes: 10, version: 1 })).rejects.toMatchObject({
      status: 400,
    })
    const audit = await hotline.admin.get('/audit?action=outages.changed', pageOf(auditEntry))
    expect(audit.items).toMatchObject([{ detail: { callers: '8', minutes: '10' } }])
  })

  test('two administrators do not overwrite each other’s numbers unseen', async () => {
    const path = '/settings/outages'
    const put = (wanted: object) => hotline.admin.send('PUT', path, wanted, outageSettingsView)
    const { version } = await hotline.admin.get(path, outageSettingsView)
    const both = [6, 7].map((callers) => put({ callers, minutes: 20, version }))
    const ended = await Promise.allSettled(both)
    const refused = ended.filter(({ status }) => status === 'rejected')
    expect(refused).toMatchObject([
      { reason: { status: 409, message: expect.stringContaining('settings_stale') } },
    ])
    const saved = await hotline.admin.get(path, outageSettingsView)
    expect(saved.version).toBe(version + 1)
    await expect(put({ callers: 9, minutes: 9, version })).rejects.toMatchObject({ status: 409 })
    expect(await hotline.admin.get(path, outageSettingsView)).toEqual(saved)
    expect(await put({ ...saved, minutes: 15 })).toMatchObject({ version: version + 2 })
    const audit = await hotline.admin.get('/audit?action=outages.changed', pageOf(auditEntry))
    expect(audit.items.filter(({ detail }) => detail['minutes'] === '9')).toEqual([])
  })
})
