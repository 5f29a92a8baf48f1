import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { agentState, deskSnapshot } from '../../server/contract/desk.ts'
import { staffMember } from '../../server/contract/staff.ts'
import { DIALECTS } from '../support/database.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { createFakeTelephony, type FakeTelephony } from '../support/telephony.ts'

async function stateOf(person: Person) {
  return (await person.get('/desk', deskSnapshot)).state.state
}

function signOut(person: Person) {
  return person.send('DELETE', '/session', {}, z.null())
}

for (const dialect of DIALECTS) {
  describe(`the phone of a person on ${dialect}`, () => {
    let hotline: Hotline
    let telephony: FakeTelephony
    let lan: Person
    beforeEach(async () => {
      telephony = createFakeTelephony()
      hotline = await startHotline({
        amiUrl: 'ami://a:b@127.0.0.1:1/pbx1',
        dialect,
        createTelephony: () => ({ ...telephony, start() {}, async stop() {} }),
      })
      lan = await hotline.hire('lan', 'agent', '101')
      await lan.send('POST', '/desk/state', { state: 'ready' }, agentState)
    })
    afterEach(() => hotline.stop())

    const orders = () => telephony.memberships.map((one) => `${one.extension} ${one.state}`)

    it('goes on ringing when one of two browsers signs out, and stops with the last', async () => {
      await signOut(await hotline.signIn('lan'))
      expect(await stateOf(lan)).toBe('ready')
      await signOut(lan)
      const later = await hotline.signIn('lan')
      await vi.waitFor(async () => expect(await stateOf(later)).toBe('offline'))
    })

    it('leaves the queues under its old extension when it is given to somebody else', async () => {
      const change = { version: 1, extension: '102' }
      await hotline.admin.send('PATCH', `/staff/${lan.user.id}`, change, staffMember)
      await vi.waitFor(() => expect(orders()).toEqual(['101 ready', '101 offline']))
      expect(await stateOf(lan)).toBe('offline')
    })
  })
}
