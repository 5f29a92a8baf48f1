import { afterEach, beforeEach, expect, test } from 'vitest'
import { callbackView } from '../../server/contract/callbacks.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Listener, Person } from '../support/person.ts'

let hotline: Hotline
let lan: Person
let desks: Record<'lan' | 'mai' | 'chief' | 'admin', Listener>

beforeEach(async () => {
  hotline = await startHotline({ amiUrl: 'ami://nobody:nothing@127.0.0.1:1/pbx1' })
  lan = await hotline.hire('lan', 'agent', '101')
  const mai = await hotline.hire('mai', 'agent', '102')
  const chief = await hotline.hire('chief', 'supervisor')
  desks = {
    lan: await lan.listen(),
    mai: await mai.listen(),
    chief: await chief.listen(),
    admin: await hotline.admin.listen(),
  }
})
afterEach(async () => {
  for (const desk of Object.values(desks)) desk.close()
  await hotline.stop()
})

test('supervisors and administrators hear of every change of a promise, colleagues of none', async () => {
  const intake = { channel: 'counter', number: '0912345678' }
  const { id: ticketId } = await lan.send('POST', '/tickets', intake, ticket)
  const made = await lan.send('POST', `/tickets/${ticketId}/callbacks`, {}, callbackView)
  const path = `/callbacks/${made.id}`
  const dueAt = new Date(Date.now() + 3_600_000).toISOString()
  const moved = await lan.send('PATCH', path, { version: 1, dueAt }, callbackView)
  await lan.send('POST', `${path}/cancel`, { reason: 'khách tự gọi' }, callbackView)
  for (const desk of [desks.lan, desks.chief, desks.admin]) {
    await desk.waitFor('callback_updated', ({ status }) => status === 'cancelled')
    expect(desk.all('callback_updated').map(({ status, version }) => [status, version])).toEqual([
      ['scheduled', made.version],
      ['scheduled', moved.version],
      ['cancelled', moved.version + 1],
    ])
  }
  // told to everybody after it: what mai heard until then is all of it
  const last = await lan.send('POST', '/tickets', intake, ticket)
  await desks.mai.waitFor('ticket_updated', ({ id }) => id === last.id)
  expect(desks.mai.all('callback_updated')).toEqual([])
})
